"""``/sparql`` and ``/update``: from the request to the engine and back, by the shortest way."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Hashable

from kg.errors import KgError
from server import responding
from server.answering import Job
from server.cache import Cache, Kept
from server.compression import coding_for, compressor
from server.description import service_description
from server.front import Backend
from server.lanes import Reply
from server.lexer import calls_only, is_deeper, uses
from server.loading import with_documents
from server.negotiation import content_type
from server.protocol import Asked, Ordered, check_iri, read_query, read_update
from server.refusal import Refusal
from server.responding import Headers, Receive, Scope, Send, WholeResponse, header
from server.rewriting import with_dataset
from server.shapes import Shape
from server.writer import Update

_SQUEEZE = 1000
"""Bytes below which an answer is not compressed."""

_DEEPEST = 200
"""Brackets within each other in an update. The engine goes into each by a call of its own, and the process
that writes must not run out of stack; queries are the business of processes that may end."""

_DIGEST = (1 << 64) - 1
_VARY = (b"vary", b"Accept, Accept-Encoding")
_REVALIDATE = (b"cache-control", b"no-cache")


class Endpoint:
    """Answers queries."""

    def __init__(self, backend: Backend) -> None:
        self._backend = backend

    async def query(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request at ``/sparql``: SPARQL 1.1 Protocol, section 2.1, or the service description.

        Raises:
            KgError: the request is refused.
        """
        method: str = scope["method"]
        if method not in ("GET", "HEAD", "POST"):
            raise Refusal(405, "GET or POST a query", {"Allow": "GET, HEAD, POST, OPTIONS"})
        query_string: bytes = scope["query_string"]
        if method != "POST" and not query_string:
            await service_description(self._backend, scope, send)
            return
        body = b""
        if method == "POST":
            body = await responding.body_of(receive, scope, self._backend.settings.max_query, "--max-query")
        accept, kind = header(scope, b"accept"), header(scope, b"content-type") or ""
        key = (query_string, body, kind if body else "", accept)
        response = self._repeated(key, scope)
        if response is not None:
            await responding.respond(send, *response)
        else:
            asked = read_query(method, query_string, kind, body)
            await self.answer(Job(asked, accept), key, scope, receive, send)

    def at_once(self, scope: Scope) -> WholeResponse | None:
        """Return the response to a GET with a query if nothing has to be waited for: the client or the cache
        has the answer, or the query is a small one.

        Raises:
            KgError: the request is refused.
        """
        query_string, accept = scope["query_string"], header(scope, b"accept")
        key = (query_string, b"", "", accept)  # as in ``query``
        response = self._repeated(key, scope)
        if response is None:
            job = Job(read_query("GET", query_string, "", b""), accept)
            response = self._small(job, self._backend.shapes.of(job.asked.query), key, scope)
        return response

    def _repeated(self, key: Hashable, scope: Scope) -> WholeResponse | None:
        """The response without evaluating anything, if the client or the cache has the answer already."""
        condition = header(scope, b"if-none-match")
        if condition is not None and scope["method"] != "POST" and _matches(condition, self._etag(key)):
            self._backend.metrics.add("cached_total")
            return 304, [(b"etag", self._etag(key)), _VARY, _REVALIDATE], b""
        kept = self._backend.cache.get((self._backend.state, key))
        if kept is None:
            return None
        self._backend.metrics.add("cached_total")
        return _response(kept, self._etag(key), scope)

    def _small(self, job: Job, shape: Shape, key: Hashable, scope: Scope) -> WholeResponse | None:
        if len(job.asked.query) > self._backend.settings.max_query:
            return None  # which ``answer`` refuses
        kept = self._backend.small(job, shape, scope.get("communique.transport"))
        if kept is None:
            return None
        self._check_size(kept.body)
        if not shape.volatile:
            self._backend.cache.put_again((self._backend.state, key), kept)
        return _response(kept, b"" if shape.volatile else self._etag(key), scope)

    async def answer(self, job: Job, key: Hashable, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a query.

        Args:
            job: the query.
            key: what else of the request the answer depends on, all in all.
            scope: of ASGI, as the next two.
            receive: tells when the client goes away.
            send: takes the response.

        Raises:
            KgError: it cannot be answered.
        """
        shape = self._backend.shapes.of(job.asked.query)
        self._check(job.asked, shape)
        if scope["method"] == "POST":
            scope["communique.sparql"] = job.asked.query
        response = self._small(job, shape, key, scope)
        if response is not None:
            await responding.respond(send, *response)
            return
        key = (self._backend.state, key)  # as it is when the query begins
        etag = b"" if shape.volatile else self._etag(key[1])
        async with self._backend.ask(job, receive) as reply:
            if reply.whole is not None:
                self._check_size(reply.whole)
                kept = Kept(reply.media_type, reply.whole)
                if not shape.volatile and key[0] == self._backend.state:
                    self._backend.cache.put(key, kept)
                await responding.respond(send, *_response(kept, etag, scope))
            else:
                cache = None if shape.volatile else self._backend.cache
                pieces = _bounded(reply, self._backend.settings.max_answer, cache, key)
                await _stream(reply.media_type, pieces, etag, scope, send)

    def _check(self, asked: Asked, shape: Shape) -> None:
        if len(asked.query) > self._backend.settings.max_query:
            raise Refusal(
                413, f"a query may have {self._backend.settings.max_query} characters (--max-query)"
            )
        allowed = self._backend.settings.services
        if shape.calls and not calls_only(asked.query, allowed):
            known = f"allowed are {', '.join(allowed)}" if allowed else "none is allowed here"
            raise Refusal(
                403,
                f"SERVICE would call another endpoint: {known}, each as an IRI in full (a prefix may not be "
                "called so, nor may a relative IRI beside the word have # or ' or a bracket)",
            )

    def _check_size(self, body: bytes) -> None:
        limit = self._backend.settings.max_answer
        if len(body) > limit:
            raise _too_large(limit)

    def _etag(self, key: Hashable) -> bytes:
        # All processes of a server come from one and hash alike; those of another have another instance.
        return b'W/"%s-%d-%x"' % (self._backend.instance, self._backend.state, hash(key) & _DIGEST)

    async def update(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Make an update at ``/update``: SPARQL 1.1 Protocol, section 2.2.

        Raises:
            KgError: nothing was written.
        """
        if scope["method"] != "POST":
            raise Refusal(405, "POST an update", {"Allow": "POST, OPTIONS"})
        responding.authorise(scope, self._backend.settings.token)
        body = await responding.body_of(receive, scope, self._backend.settings.max_body, "--max-body")
        ordered = read_update(scope["query_string"], header(scope, b"content-type") or "", body)
        scope["communique.sparql"] = ordered.update
        limits = self._backend.settings
        loaded = await asyncio.to_thread(
            with_documents,
            checked(ordered, may_load=True),
            limits.loads,
            limits.service_timeout,
            limits.max_body,
        )
        await self._backend.write(Update(loaded))
        await responding.respond(send, 204, [])


def checked(ordered: Ordered, may_load: bool = False) -> str:
    """Return the update with the dataset of its request.

    Args:
        ordered: the update.
        may_load: whether LOAD is let through, because ``loading.with_documents`` comes after.

    Raises:
        Refusal: 403, it would call other machines; 400, it names a dataset itself, or is nested too deeply.
    """
    if is_deeper(ordered.update, _DEEPEST):
        raise Refusal(400, f"the update has more than {_DEEPEST} brackets within each other")
    for keyword in ("SERVICE",) if may_load else ("SERVICE", "LOAD"):
        if uses(ordered.update, keyword):
            raise Refusal(
                403,
                f"{keyword} would call another machine; fetch the data yourself and send it to /store "
                "(a prefix may not be called so, either)",
            )
    if not (ordered.default_graphs or ordered.named_graphs):
        return ordered.update
    for iri in (*ordered.default_graphs, *ordered.named_graphs):
        check_iri(iri, "using-graph-uri")
    update = with_dataset(ordered.update, ordered.default_graphs, ordered.named_graphs)
    if update is None:
        raise Refusal(400, "using-graph-uri: the update itself says USING or WITH; say it in one place")
    return update


def _headers(media_type: str, etag: bytes) -> Headers:
    kind = (b"content-type", content_type(media_type).encode("ascii"))
    return (
        [kind, _VARY, (b"etag", etag), _REVALIDATE]
        if etag
        else [kind, _VARY, (b"cache-control", b"no-store")]
    )


def _matches(condition: str | None, etag: bytes) -> bool:
    return condition is not None and etag.decode("ascii") in (one.strip() for one in condition.split(","))


def _coding(scope: Scope) -> str | None:
    return coding_for(header(scope, b"accept-encoding"))


def _count(scope: Scope, media_type: str, piece: bytes) -> None:
    rows = scope.get("communique.rows")
    if rows is not None:
        rows.feed(media_type, piece)


def _response(kept: Kept, etag: bytes, scope: Scope) -> WholeResponse:
    _count(scope, kept.media_type, kept.body)
    headers = _headers(kept.media_type, etag)
    coding = _coding(scope) if len(kept.body) >= _SQUEEZE else None
    if coding is None:
        return 200, headers, kept.body
    headers.append((b"content-encoding", coding.encode("ascii")))
    return 200, headers, kept.compressed(coding)


async def _stream(
    media_type: str, pieces: AsyncIterator[bytes], etag: bytes, scope: Scope, send: Send
) -> None:
    headers = _headers(media_type, etag)
    pieces = _marked(_counted(scope, media_type, pieces))
    coding = _coding(scope)
    if coding is not None:
        headers.append((b"content-encoding", coding.encode("ascii")))
        pieces = _squeezed(pieces, coding)
    await responding.stream(send, 200, headers, pieces)


async def _counted(scope: Scope, media_type: str, pieces: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    async for piece in pieces:
        _count(scope, media_type, piece)
        yield piece


async def _marked(pieces: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    """The pieces, and if they break off, a last line that says why, before the connection breaks off, too."""
    begun = False
    try:
        async for piece in pieces:
            begun = True
            yield piece
    except KgError as error:
        if begun:
            yield f"\n# cut off: {error}\n".encode()
        raise


async def _squeezed(pieces: AsyncIterator[bytes], coding: str) -> AsyncIterator[bytes]:
    squeezer, unfinished = compressor(coding)
    begun = False
    try:
        async for piece in pieces:
            begun = True
            if squeezed := squeezer.compress(piece):
                yield squeezed
    except KgError:
        if begun:
            yield squeezer.flush(unfinished)  # what there is, without the end of a whole
        raise
    yield squeezer.flush()


def _too_large(limit: int) -> Refusal:
    return Refusal(503, f"the answer has more than {limit} bytes (--max-answer); ask for less")


async def _bounded(
    reply: Reply, limit: int, cache: Cache | None, key: tuple[int, Hashable]
) -> AsyncIterator[bytes]:
    """The pieces of a long answer; it is kept if it turns out not to be too long."""
    kept: list[bytes] | None = [] if cache is not None else None
    size = 0
    async for piece in reply.pieces:
        size += len(piece)
        if size > limit:
            raise _too_large(limit)
        if kept is not None and cache is not None:
            kept.append(piece)
            if size > cache.largest:
                kept = None
        yield piece
    if kept is not None and cache is not None:
        cache.put(key, Kept(reply.media_type, b"".join(kept)))
