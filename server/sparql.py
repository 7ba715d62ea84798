"""``/sparql``: from the request to the engine and back, by the shortest way."""

from __future__ import annotations

import asyncio
from collections.abc import Hashable
from typing import TYPE_CHECKING, NamedTuple

from server import responding, sent
from server.answering import Job
from server.cache import Kept
from server.compression import coding_for
from server.description import service_description
from server.front import Backend
from server.lexer import calls_only
from server.protocol import Asked, read_query
from server.refusal import Refusal
from server.responding import Receive, Scope, Send, header
from server.sent import Ready
from server.shapes import Shape

if TYPE_CHECKING:
    from server.heads import Head

_DIGEST = (1 << 64) - 1


class Pending(NamedTuple):
    """A query that a process for queries has to answer."""

    job: Job
    shape: Shape
    key: Hashable  # what its answer depends on
    etag: bytes  # of the answer; "" where another may come the next time


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
        asked = read_query(method, query_string, kind, body)
        await self.answer(Job(asked, accept), key, scope, receive, send)

    def at_once(self, query_string: bytes, head: Head, transport: asyncio.Transport) -> Ready | Pending:
        """Return the response to a GET with a query if nothing has to be waited for: the client or the cache
        has the answer, or the query is a small one. Else, what :meth:`later` takes.

        Args:
            query_string: as it came, without the question mark.
            head: of the request.
            transport: to the client.

        Raises:
            KgError: the request is refused.
        """
        key = (query_string, b"", "", head.accept)  # as in ``query``
        ready = self._repeated(key, head.condition, head.coding)
        if ready is not None:
            return ready
        job = Job(read_query("GET", query_string, "", b""), head.accept)
        return self._attempt(job, key, head.coding, transport)

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
        condition = None
        if scope["method"] == "POST":
            scope["communique.sparql"] = job.asked.query
        else:
            condition = header(scope, b"if-none-match")
        coding, transport = _coding(scope), scope["communique.transport"]
        found: Ready | Pending | None = self._repeated(key, condition, coding)
        found = found or self._attempt(job, key, coding, transport)
        if isinstance(found, Pending):
            found = await self.later(found, coding, scope, receive, send)
        if found is not None:
            await found.send(scope, send)

    async def later(
        self, pending: Pending, coding: str | None, scope: Scope, receive: Receive, send: Send
    ) -> Ready | None:
        """Have a query answered by a process.

        Args:
            pending: the query.
            coding: in which the client takes the answer.
            scope: of ASGI, as the next two.
            receive: tells when the client goes away.
            send: takes a response that is sent piece by piece.

        Returns:
            The response, None if it was sent.

        Raises:
            KgError: it cannot be answered.
        """
        backend, etag = self._backend, pending.etag
        key = (backend.state, pending.key)  # as it is when the query begins
        async with backend.ask(pending.job, pending.shape, receive) as reply:
            if reply.whole is None:
                cache = backend.cache if etag else None
                pieces = sent.bounded(reply, backend.settings.max_answer, cache, key)
                await sent.stream(reply.media_type, pieces, etag, coding, scope, send)
                return None
            kept = self._sized(Kept(reply.media_type, reply.whole))
            if etag and key[0] == backend.state:
                backend.cache.put(key, kept)
            return Ready.of(kept, etag, coding)

    def _repeated(self, key: Hashable, condition: str | None, coding: str | None) -> Ready | None:
        """The response without evaluating anything, if the client or the cache has the answer already."""
        if condition is not None and responding.is_among(self._etag(key), condition):
            self._backend.metrics.add("cached_total")
            return Ready.unchanged(self._etag(key))
        kept = self._backend.cache.get((self._backend.state, key))
        if kept is None:
            return None
        self._backend.metrics.add("cached_total")
        return Ready.of(kept, self._etag(key), coding)

    def _attempt(
        self, job: Job, key: Hashable, coding: str | None, transport: asyncio.Transport
    ) -> Ready | Pending:
        """The response, if the query is a small one."""
        shape = self._backend.shapes.of(job.asked.query)
        self._check(job.asked, shape)
        etag = b"" if shape.volatile else self._etag(key)
        small = self._backend.small(job, shape, transport)
        if small is None:
            return Pending(job, shape, key, etag)
        kept = self._sized(small)
        if etag:
            self._backend.cache.put_again((self._backend.state, key), kept)
        return Ready.of(kept, etag, coding)

    def _check(self, asked: Asked, shape: Shape) -> None:
        if len(asked.query) > self._backend.settings.max_query:
            raise Refusal(
                413, f"a query may have {self._backend.settings.max_query} characters (--max-query)"
            )
        allowed = self._backend.settings.services
        if shape.calls and not calls_only(asked.query, allowed):
            raise _not_allowed(allowed)

    def _sized(self, kept: Kept) -> Kept:
        limit = self._backend.settings.max_answer
        if len(kept.body) > limit:
            raise sent.too_large(limit)
        return kept

    def _etag(self, key: Hashable) -> bytes:
        # All processes of a server come from one and hash alike; those of another have another instance.
        return b'W/"%s-%d-%x"' % (self._backend.instance, self._backend.state, hash(key) & _DIGEST)


def _coding(scope: Scope) -> str | None:
    return coding_for(header(scope, b"accept-encoding"))


def _not_allowed(allowed: tuple[str, ...]) -> Refusal:
    """Why a query with SERVICE is not made."""
    if not allowed:
        reason = (
            "SERVICE would ask another endpoint, and this server may ask none; whoever runs it can allow "
            "some: kg serve --service IRI (a prefix may not be called so, either)"
        )
    else:
        reason = (
            f"SERVICE may ask {', '.join(allowed)} here, and no other; write it as an IRI in full (a prefix "
            "may not be called so, nor may a relative IRI beside the word have # or ' or a bracket)"
        )
    return Refusal(403, reason)
