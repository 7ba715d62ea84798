"""What is sent for an answer: its headers, its body as a whole or piece by piece, compressed, and cut off."""

from __future__ import annotations

from collections.abc import AsyncIterator, Hashable
from functools import lru_cache
from typing import NamedTuple

from kg.errors import KgError
from server import responding
from server.cache import Cache, Kept
from server.compression import compressor
from server.lanes import Reply
from server.negotiation import content_type
from server.refusal import Refusal
from server.responding import CORS, Headers, Scope, Send

_VARY = (b"vary", b"Accept, Accept-Encoding")
_REVALIDATE, _NOT_KEPT = (b"cache-control", b"no-cache"), (b"cache-control", b"no-store")


class Ready(NamedTuple):
    """A whole response to a query."""

    status: int
    etag: bytes  # "" where another answer may come the next time
    kept: Kept | None  # the answer; None: the client has it
    coding: str | None  # of the body
    body: bytes

    @classmethod
    def of(cls, kept: Kept, etag: bytes, coding: str | None) -> Ready:
        """Return the response with an answer, to who takes a coding."""
        used, body = kept.sent(coding)
        return cls(200, etag, kept, used, body)

    @classmethod
    def unchanged(cls, etag: bytes) -> Ready:
        """Return the response to who has the answer."""
        return cls(304, etag, None, None, b"")

    @property
    def media_type(self) -> str | None:
        """Of the answer."""
        return None if self.kept is None else self.kept.media_type

    async def send(self, scope: Scope, send: Send) -> None:
        """Send it by ASGI."""
        if self.kept is not None:
            _count(scope, self.kept.media_type, self.kept.body)
        headers = _headers(self.media_type, self.coding, self.etag)
        await responding.respond(send, self.status, headers, self.body)

    def rendered(self, more: Headers) -> bytes:
        """Return it as it is sent by HTTP/1.1, with more headers."""
        start = _start(self.status, self.media_type, self.coding, bool(self.etag))
        etag = b"etag: %s\r\n" % self.etag if self.etag else b""
        length = b"content-length: %d\r\n" % len(self.body) if self.kept else b""
        return b"%s%s%s%s\r\n%s" % (start, responding.lines(more), etag, length, self.body)


def _headers(media_type: str | None, coding: str | None, etag: bytes) -> Headers:
    headers = [_VARY, *([(b"etag", etag), _REVALIDATE] if etag else [_NOT_KEPT])]
    if media_type is not None:
        headers.insert(0, (b"content-type", content_type(media_type).encode("ascii")))
    if coding is not None:
        headers.append((b"content-encoding", coding.encode("ascii")))
    return headers


@lru_cache(maxsize=100)
def _start(status: int, media_type: str | None, coding: str | None, tagged: bool) -> bytes:
    """What many responses begin with: the status line, and headers but for the ETag."""
    headers = [header for header in _headers(media_type, coding, b"*" * tagged) if header[0] != b"etag"]
    return responding.status_line(status) + responding.lines([*headers, *CORS])


async def stream(
    media_type: str, pieces: AsyncIterator[bytes], etag: bytes, coding: str | None, scope: Scope, send: Send
) -> None:
    """Send an answer by ASGI as its pieces come; if they break off, with a last line that says why.

    Raises:
        KgError: from ``pieces``.
    """
    pieces = _marked(_counted(scope, media_type, pieces))
    if coding is not None:
        pieces = _squeezed(pieces, coding)
    await responding.stream(send, 200, _headers(media_type, coding, etag), pieces)


def _count(scope: Scope, media_type: str, piece: bytes) -> None:
    rows = scope.get("communique.rows")
    if rows is not None:
        rows.feed(media_type, piece)


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


def too_large(limit: int) -> Refusal:
    """Return why an answer of more bytes than that is not given."""
    return Refusal(503, f"the answer has more than {limit} bytes (--max-answer); ask for less")


async def bounded(
    reply: Reply, limit: int, cache: Cache | None, key: tuple[int, Hashable]
) -> AsyncIterator[bytes]:
    """Yield the pieces of a long answer; keep it if it turns out not to be too long.

    Args:
        reply: the answer.
        limit: most bytes of it.
        cache: where to keep it; None if it is not to be kept.
        key: under which it is kept.

    Raises:
        KgError: it is larger than the limit, or breaks off.
    """
    kept: list[bytes] | None = [] if cache is not None else None
    size = 0
    async for piece in reply.pieces:
        size += len(piece)
        if size > limit:
            raise too_large(limit)
        if kept is not None and cache is not None:
            kept.append(piece)
            if size > cache.largest:
                kept = None
        yield piece
    if kept is not None and cache is not None:
        cache.put(key, Kept(reply.media_type, b"".join(kept)))
