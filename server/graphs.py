"""``/store``: the SPARQL 1.1 Graph Store HTTP Protocol. A graph is named by ``?graph=``, by ``?default``, or
is the address of the request itself. As with other servers, ``?graph=default`` is the default graph, too."""

from __future__ import annotations

import asyncio
import re
import uuid
from email.message import Message
from urllib.parse import parse_qsl

import pyoxigraph as ox

from kg.rdf.formats import GRAPH_FORMATS, TRIPLE_FORMATS
from server import responding
from server.answering import Job
from server.front import Backend
from server.protocol import UPDATE, Asked, Ordered, check_iri
from server.refusal import Refusal
from server.responding import Receive, Scope, Send, header, here
from server.rewriting import within
from server.sparql import Endpoint
from server.updates import checked
from server.writer import Drop, Put, Update

PATH = "/store"
_ALLOW = "GET, HEAD, PUT, POST, DELETE, PATCH, OPTIONS"
UPLOADS = {
    "text/turtle": ox.RdfFormat.TURTLE,
    "application/n-triples": ox.RdfFormat.N_TRIPLES,
    "text/plain": ox.RdfFormat.N_TRIPLES,
    "application/rdf+xml": ox.RdfFormat.RDF_XML,
    "application/ld+json": ox.RdfFormat.JSON_LD,
    "text/n3": ox.RdfFormat.N3,
}
"""Formats that are taken, by media type."""

_SUFFIXES = {GRAPH_FORMATS[name].suffix: GRAPH_FORMATS[name].media_types[0] for name in TRIPLE_FORMATS}


class GraphStore:
    """Reads and writes whole graphs."""

    def __init__(self, backend: Backend, endpoint: Endpoint) -> None:
        self._backend, self._endpoint = backend, endpoint

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request.

        Raises:
            KgError: it is refused.
        """
        method: str = scope["method"]
        if method in ("GET", "HEAD"):
            await self._get(scope, receive, send)
            return
        writers = {"PUT": self._put, "POST": self._post, "DELETE": self._delete, "PATCH": self._patch}
        if method not in writers:
            raise Refusal(405, f"one of {_ALLOW}", {"Allow": _ALLOW})
        responding.authorise(scope, self._backend.settings.token)
        await self._agree(scope)
        await writers[method](scope, receive, send)

    async def _get(self, scope: Scope, receive: Receive, send: Send) -> None:
        graph = _named(scope)
        wanted = dict(_parameters(scope)).get("format")
        if graph is not None:
            await self._known(graph)
        pattern = "?s ?p ?o" if graph is None else f"GRAPH <{graph}> {{ ?s ?p ?o }}"
        asked = Asked(f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ {pattern} }}", wanted=wanted, unnamed=True)
        job = Job(asked, header(scope, b"accept"))
        await self._endpoint.answer(job, (PATH, graph, wanted, job.accept), scope, receive, send)

    async def _known(self, graph: str) -> None:
        if not await self._is_there(graph):
            raise Refusal(404, f"there is no graph {graph}")

    async def _is_there(self, graph: str | None) -> bool:
        if graph is None:
            return True
        asked = Asked(f"ASK {{ GRAPH <{graph}> {{}} }}", wanted="csv", unnamed=True)
        async with self._backend.ask(Job(asked)) as reply:
            return b"true" in (reply.whole or b"")

    async def _agree(self, scope: Scope) -> None:
        """Refuse a write that is meant for another state than the present one (RFC 9110, section 13.1).

        An ETag tells the state of the store, not of the graph: what has changed elsewhere counts as well.
        """
        wanted, unwanted = header(scope, b"if-match"), header(scope, b"if-none-match")
        if wanted is None and unwanted is None:
            return
        there = not _is_of_the_store(scope) and await self._is_there(_named(scope))
        if wanted is not None and not (there and self._is_present(wanted)):
            raise Refusal(412, "If-Match: the graph is another one by now; read it again")
        if unwanted is not None and there and self._is_present(unwanted):
            raise Refusal(412, "If-None-Match: the graph is there already")

    def _is_present(self, tags: str) -> bool:
        """Whether one of the ETags is of the present state; ``*`` is of any."""
        present = f'"{self._backend.instance.decode("ascii")}-{self._backend.state}-'
        return tags.strip() == "*" or any(
            tag.strip().removeprefix("W/").startswith(present) for tag in tags.split(",")
        )

    async def _put(self, scope: Scope, receive: Receive, send: Send) -> None:
        graph = _named(scope)
        new = await self._backend.write(await self._read(scope, receive, graph, replace=True))
        await responding.respond(send, 201 if new else 204, [])

    async def _post(self, scope: Scope, receive: Receive, send: Send) -> None:
        if _is_of_the_store(scope):
            await self._create(scope, receive, send)
            return
        graph = _named(scope)
        new = await self._backend.write(await self._read(scope, receive, graph, replace=False))
        await responding.respond(send, 201 if new else 200, [])

    async def _create(self, scope: Scope, receive: Receive, send: Send) -> None:
        graph = f"{here(scope)}{PATH}/{uuid.uuid4()}"
        await self._backend.write(await self._read(scope, receive, graph, replace=False))
        await responding.respond(send, 201, [(b"location", graph.encode("ascii"))])

    async def _delete(self, scope: Scope, _receive: Receive, send: Send) -> None:
        await self._backend.write(Drop(_named(scope)))
        await responding.respond(send, 200, [])

    async def _patch(self, scope: Scope, receive: Receive, send: Send) -> None:
        graph = _named(scope)
        media_type, _ = _content_type(scope)
        if media_type != UPDATE:
            raise Refusal(415, f"Content-Type: PATCH takes {UPDATE}", {"Accept-Patch": UPDATE})
        body = await responding.body_of(receive, scope, self._backend.settings.max_body, "--max-body")
        text = checked(Ordered(_utf8(body)))
        if graph is not None:
            await self._known(graph)
        await self._backend.write(Update(within(text, graph)))
        await responding.respond(send, 204, [])

    async def _read(self, scope: Scope, receive: Receive, graph: str | None, replace: bool) -> Put:
        body = await responding.body_of(receive, scope, self._backend.settings.max_body, "--max-body")
        media_type, parameters = _content_type(scope)
        if parameters.get_content_charset("utf-8") not in ("utf-8", "utf8", "us-ascii"):
            raise Refusal(415, f"Content-Type: RDF is sent as UTF-8, not {parameters.get_content_charset()}")
        files = _files(body, parameters) if media_type == "multipart/form-data" else [(media_type, body)]
        return await asyncio.to_thread(_parsed, files, graph, replace, graph or here(scope) + PATH)


def _is_of_the_store(scope: Scope) -> bool:
    """Whether a request names no graph, but the store itself: what is posted there gets a name."""
    return not scope["query_string"] and scope["path"].rstrip("/") == PATH


def _named(scope: Scope) -> str | None:
    """Return the graph that a request is about; None for the default graph (section 4 of the standard)."""
    parameters = _parameters(scope)
    graphs = [value for name, value in parameters if name == "graph"]
    default = any(name == "default" for name, _ in parameters)
    if graphs == ["default"]:
        graphs, default = [], True
    direct = scope["path"].startswith(PATH + "/")
    if direct and any(name != "format" for name, _ in parameters):
        raise Refusal(400, "the address of a graph below /store/ has no question mark; use ?graph=IRI")
    if len(graphs) + default + direct != 1:
        raise Refusal(400, "name one graph: ?graph=IRI, or ?default, or a path below /store/")
    if default:
        return None
    iri: str = here(scope) + scope["raw_path"].decode("latin-1") if direct else graphs[0]
    check_iri(iri, "graph")
    return iri


def _parameters(scope: Scope) -> list[tuple[str, str]]:
    return parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True)


def _content_type(scope: Scope) -> tuple[str, Message]:
    given = header(scope, b"content-type")
    if not given:
        raise Refusal(415, f"Content-Type: say what is sent: {', '.join(UPLOADS)}")
    message = Message()
    message["Content-Type"] = given
    return message.get_content_type(), message


def _files(body: bytes, parameters: Message) -> list[tuple[str, bytes]]:
    """Return the files of a form (RFC 7578), each with its media type."""
    boundary = parameters.get_param("boundary")
    if not isinstance(boundary, str) or not boundary:
        raise Refusal(400, "multipart/form-data without a boundary")
    found: list[tuple[str, bytes]] = []
    # Lines end with CRLF; a lone LF, as in forms written by hand, is understood as well.
    limit = re.compile(rb"\r?\n--" + re.escape(boundary.encode("latin-1")) + rb"(--)?[ \t]*(?=[\r\n]|\Z)")
    _, *parts = limit.split(b"\n" + body)
    for last, part in zip(parts[::2], parts[1::2], strict=True):
        if last and found:
            return found
        if last:
            raise Refusal(400, "multipart/form-data without a file")
        head, content, *_ = *re.split(rb"\r?\n\r?\n", part, maxsplit=1), b""
        if head.strip():  # a part says at least what it is called
            found.append((_part_type(head.strip()), content))
    raise Refusal(400, "multipart/form-data that does not end")


def _part_type(head: bytes) -> str:
    message = Message()
    for line in head.decode("utf-8", "replace").splitlines():
        name, _, value = line.partition(":")
        message[name.strip()] = value.strip()
    if "Content-Type" in message and message.get_content_type() != "application/octet-stream":
        return message.get_content_type()
    name = message.get_filename() or ""
    return next((kind for suffix, kind in _SUFFIXES.items() if name.endswith(suffix)), "text/turtle")


def _parsed(files: list[tuple[str, bytes]], graph: str | None, replace: bool, base: str) -> Put:
    triples: set[ox.Triple] = set()
    for media_type, content in files:
        if media_type not in UPLOADS:
            raise Refusal(415, f"Content-Type: {media_type} is not one of {', '.join(UPLOADS)}")
        try:
            parsed = ox.parse(
                content,
                format=UPLOADS[media_type],
                base_iri=base,
                without_named_graphs=True,
                rename_blank_nodes=True,
            )
            triples.update(quad.triple for quad in parsed)
        except (SyntaxError, ValueError) as error:
            raise Refusal(400, f"what was sent is not {media_type}: {error}") from error
    name = ox.DefaultGraph() if graph is None else ox.NamedNode(graph)
    quads = (ox.Quad(triple.subject, triple.predicate, triple.object, name) for triple in triples)
    as_triples = ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES) or b""
    as_quads = ox.serialize(quads, format=ox.RdfFormat.N_QUADS) or b""
    return Put(graph, as_quads, as_triples, replace, b"_:" in as_triples)


def _utf8(body: bytes) -> str:
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise Refusal(400, f"the body is not UTF-8 (byte {error.start})") from error
