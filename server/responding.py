"""HTTP responses without a framework: what the routes that have to be fast are made of."""

from __future__ import annotations

import asyncio
import base64
import hmac
import re
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, MutableMapping
from http import HTTPStatus
from typing import Any

from server.refusal import Refusal
from server.timeouts import BODY_IDLE

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
Headers = list[tuple[bytes, bytes]]
Rendering = Callable[[Headers], bytes]
"""Returns a whole response as it is sent, with more headers."""
WholeResponse = tuple[int, Headers, bytes]
"""Status, headers and body."""

_HOST = re.compile(r"(?:[\w.~-]+|\[[0-9A-Fa-f:.]+\])(?::\d{1,5})?", re.ASCII)

_STATUS = {int(one): f"HTTP/1.1 {one} {one.phrase}\r\n".encode("ascii") for one in HTTPStatus}

CORS: Headers = [
    (b"access-control-allow-origin", b"*"),
    (b"access-control-expose-headers", b"ETag, Location, Retry-After"),
]


def header(scope: Scope, name: bytes) -> str | None:
    """Return the value of a request's header, several of one name as one; None if there is none."""
    return joined(scope["headers"], name)


def joined(fields: Headers, name: bytes) -> str | None:
    """Return the value of the fields of a name, which is in small letters; None if there is none."""
    values = [value for key, value in fields if key == name]
    return b", ".join(values).decode("latin-1") if values else None


async def body_of(receive: Receive, scope: Scope, limit: int, option: str = "") -> bytes:
    """Return the body of a request.

    Args:
        receive: of ASGI, as the next.
        scope: of the request.
        limit: most bytes.
        option: of ``kg serve``, that sets the limit.

    Raises:
        Refusal: 413 if it has more than ``limit`` bytes, 415 if it is compressed.
    """
    if (header(scope, b"content-encoding") or "identity").lower() != "identity":
        raise Refusal(415, "Content-Encoding: send the body as it is", {"Accept-Encoding": "identity"})
    said = header(scope, b"content-length")
    too_large = Refusal(
        413, f"the body may have {limit} bytes{option and f' ({option})'}; send less", {"Connection": "close"}
    )
    if said is not None and said.isdigit() and int(said) > limit:
        raise too_large
    pieces: list[bytes] = []
    size = 0
    while True:
        try:
            async with asyncio.timeout(BODY_IDLE):
                message = await receive()
        except TimeoutError:
            said = f"nothing more of the body has come for {BODY_IDLE:g} s"
            raise Refusal(408, said, {"Connection": "close"}) from None
        if message["type"] == "http.disconnect":
            raise Refusal(499, "the client has gone away")
        pieces.append(message.get("body", b""))
        size += len(pieces[-1])
        if size > limit:
            raise too_large
        if not message.get("more_body"):
            return b"".join(pieces)


async def respond(send: Send, status: int, headers: Iterable[tuple[bytes, bytes]], body: bytes = b"") -> None:
    """Send a whole response."""
    await send({"type": "http.response.start", "status": status, "headers": _complete(status, headers, body)})
    await send({"type": "http.response.body", "body": body})


def rendered(response: WholeResponse, more: Headers) -> bytes:
    """Return a whole response as it is sent by HTTP/1.1 (RFC 9112, section 2.1).

    Args:
        response: status, headers and body.
        more: headers beside those of the response.
    """
    status, headers, body = response
    return b"%s%s\r\n%s" % (status_line(status), lines((*more, *_complete(status, headers, body))), body)


def status_line(status: int) -> bytes:
    """Return the first line of a response of HTTP/1.1."""
    return _STATUS[status]


def lines(headers: Iterable[tuple[bytes, bytes]]) -> bytes:
    """Return headers as lines of HTTP/1.1."""
    return b"".join([b"%s: %s\r\n" % field for field in headers])


def _complete(status: int, headers: Iterable[tuple[bytes, bytes]], body: bytes) -> Headers:
    if status in (204, 304):
        return [*headers, *CORS]
    return [*headers, (b"content-length", b"%d" % len(body)), *CORS]


async def stream(
    send: Send, status: int, headers: Iterable[tuple[bytes, bytes]], pieces: AsyncIterator[bytes]
) -> None:
    """Send a response piece by piece, nothing before the first of them is there.

    Raises:
        KgError: from ``pieces``; nothing is sent if it comes before the first.
    """
    first = await anext(pieces, b"")
    await send({"type": "http.response.start", "status": status, "headers": [*headers, *CORS]})
    await send({"type": "http.response.body", "body": first, "more_body": True})
    async for piece in pieces:
        await send({"type": "http.response.body", "body": piece, "more_body": True})
    await send({"type": "http.response.body", "body": b""})


def is_among(etag: bytes, condition: str) -> bool:
    """Whether an ETag is one of an If-None-Match, compared as weak ones (RFC 9110, section 13.1.2)."""
    tag = etag.decode("ascii").removeprefix("W/")
    return any(one.strip().removeprefix("W/") == tag for one in condition.split(","))


async def break_off(scope: Scope, receive: Receive) -> None:
    """Close the connection when what was sent is out, without the end of a response, which tells the client
    that it is not whole."""
    transport: asyncio.Transport = scope["communique.transport"]
    transport.close()
    try:
        async with asyncio.timeout(BODY_IDLE):
            while (await receive())["type"] != "http.disconnect":
                pass
    except TimeoutError:
        transport.abort()


async def refuse(send: Send, refusal: Refusal) -> None:
    """Send why a request is refused."""
    headers = [
        (name.lower().encode("ascii"), value.encode("latin-1")) for name, value in refusal.headers.items()
    ]
    text = [(b"content-type", b"text/plain; charset=utf-8")]
    await respond(send, refusal.status, [*text, *headers], f"{refusal.reason}\n".encode())


def authorise(scope: Scope, token: str | None) -> None:
    """Let only those through who know the token: as a Bearer, or as the password of anyone.

    Raises:
        Refusal: 401 or 403.
    """
    if token is None:
        raise Refusal(403, "the store is served for reading only; start the server with a token to write")
    kind, _, given = (header(scope, b"authorization") or "").partition(" ")
    if kind.lower() == "basic":
        given = _password(given)
    if not hmac.compare_digest(given.strip().encode("utf-8"), token.encode("utf-8")):
        raise Refusal(
            401,
            "writing needs the token: Authorization: Bearer TOKEN",
            {"WWW-Authenticate": 'Bearer realm="communique", Basic realm="communique"'},
        )


def _password(credentials: str) -> str:
    try:
        return base64.b64decode(credentials, validate=True).decode("utf-8").partition(":")[2]
    except ValueError:
        return ""


def here(scope: Scope) -> str:
    """Return the address of the server as the client sees it, without a slash at the end.

    Raises:
        Refusal: 400, the client calls it what no server can be called.
    """
    host = header(scope, b"host") or "localhost"
    if not _HOST.fullmatch(host):
        raise Refusal(400, f"Host: {host!r} is not the name or address of a server")
    return f"{scope['scheme']}://{host}"
