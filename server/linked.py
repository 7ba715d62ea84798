"""Linked data: each IRI that the project mints is answered at its path on this server.

An article is a document: at its address it comes in the format that the client likes best. Actors, places and
everything else are not documents: there the answer is 303, See Other, and the document about them has the
same address with the format's ending.

    /article/{name}            200, negotiated       /article/{name}.ttl   200, Turtle
    /actor/{name}              303, negotiated       /actor/{name}.html    200, the page for people

IRIs with a fragment are asked for without it (RFC 9110, section 7.1), so the document of an article tells of
all that is in it.
"""

from __future__ import annotations

from collections.abc import MutableMapping
from typing import Any
from urllib.parse import quote

from kg.rdf.formats import GRAPH_FORMATS, TRIPLE_FORMATS
from server import responding
from server.answering import Job
from server.front import Backend
from server.negotiation import choose
from server.page import asking, pages
from server.page.rendering import ENDINGS, HTML
from server.protocol import Asked, check_iri
from server.refusal import Refusal
from server.responding import Receive, Scope, Send, header, here
from server.sparql import Endpoint

KINDS = ("article", "actor", "place", "run", "graph")
"""First parts of the paths of minted IRIs."""

_NAMES = {GRAPH_FORMATS[name].suffix: name for name in TRIPLE_FORMATS}
_GRAPH = """CONSTRUCT {{ ?s ?p ?o }} WHERE {{
  {{ GRAPH {node} {{ ?s ?p ?o }} }} UNION
  {{ GRAPH ?links {{ {{ ?s kg:reportedIn {node} }} UNION {{ ?link kg:reportedIn {node} ; kg:candidate ?s }}
     ?s ?p ?o }} FILTER ( ?links != {node} && ?links = {all_links} ) }} }}"""
_NODE = """CONSTRUCT {{ {node} ?p ?o . ?s ?q {node} . ?s rdfs:label ?name }} WHERE {{
  {{ GRAPH ?g {{ {node} ?p ?o }} }} UNION
  {{ GRAPH ?h {{ ?s ?q {node} OPTIONAL {{ ?s rdfs:label ?name }} }} }} }}"""


class Linked:
    """Answers for the things that the graph names."""

    def __init__(self, backend: Backend, endpoint: Endpoint) -> None:
        self._backend, self._endpoint = backend, endpoint

    def has(self, path: str) -> bool:
        """Whether an address is one of a thing."""
        kind, slash, name = path[1:].partition("/")
        return kind in KINDS and bool(slash and name)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request for a thing, or a document about it.

        Raises:
            KgError: the thing is not known, the method or format does not fit, or the graph does not answer.
        """
        if scope["method"] not in ("GET", "HEAD"):
            raise Refusal(405, "things can only be read here", {"Allow": "GET, HEAD, OPTIONS"})
        path, ending = _parted(scope["path"])
        node = self._backend.base + path[1:]
        try:
            check_iri(node, "path")
            known = await asking.is_known(self._backend, asking.iri(node))
        except (Refusal, ValueError):
            known = False
        if not known:
            await self._unknown(node, scope, send)
        elif ending:
            await self._document(node, ending, scope, receive, send)
        else:
            await self._thing(node, scope, receive, send)

    async def _thing(self, node: str, scope: Scope, receive: Receive, send: Send) -> None:
        kind = choose(header(scope, b"accept"), ENDINGS)
        if kind is None:
            raise Refusal(406, f"Accept: nothing in it can be given; these can: {', '.join(ENDINGS)}")
        if node.startswith(self._backend.base + "article/"):
            await self._document(node, ENDINGS[kind], scope, receive, _negotiated(send, scope, ENDINGS[kind]))
            return
        location = _address(scope) + ENDINGS[kind]
        headers = [(b"location", location.encode("ascii")), (b"vary", b"Accept")]
        await responding.respond(send, 303, headers, f"see {location}\n".encode())

    async def _document(self, node: str, ending: str, scope: Scope, receive: Receive, send: Send) -> None:
        if ending == ".html":
            await pages.thing(self._backend, node, scope, send)
            return
        graphs = (f"{self._backend.base}article/", f"{self._backend.base}graph/")
        query = _GRAPH if node.startswith(graphs) else _NODE
        text = asking.HEAD + query.format(
            node=asking.iri(node), all_links=asking.iri(self._backend.base + "graph/links")
        )
        job = Job(Asked(text, wanted=_NAMES[ending]))
        await self._endpoint.answer(job, ("linked", node, ending), scope, receive, send)

    async def _unknown(self, node: str, scope: Scope, send: Send) -> None:
        if choose(header(scope, b"accept"), ("text/plain", HTML)) != HTML:
            raise Refusal(404, f"nothing is known of {node}", {"Vary": "Accept"})
        await pages.unknown(self._backend, node, send)


def _parted(path: str) -> tuple[str, str]:
    """Return the path of the thing, and the ending of the document asked for; "" for the thing itself."""
    path = path.rstrip("/")
    ending = next((ending for ending in ENDINGS.values() if path.endswith(ending)), "")
    return path.removesuffix(ending), ending


def _address(scope: Scope) -> str:
    """Return where the request went, without its query."""
    return here(scope) + quote(scope["path"].rstrip("/"), safe="/~")


def _negotiated(send: Send, scope: Scope, ending: str) -> Send:
    """Add where the document stands that was chosen (RFC 9110, section 8.7)."""

    async def with_location(message: MutableMapping[str, Any]) -> None:
        if message["type"] == "http.response.start":
            place = (_address(scope) + ending).encode("ascii")
            others = [pair for pair in message["headers"] if pair[0] != b"vary"]
            vary = (b"vary", b"Accept, Accept-Encoding")
            message["headers"] = [*others, vary, (b"content-location", place)]
        await send(message)

    return with_location
