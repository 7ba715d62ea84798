"""uvicorn's reading of HTTP, with limits to what it reads, and reasons for what it refuses."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from server import responding

if TYPE_CHECKING:
    import asyncio

LONGEST_TARGET = 65_535
"""Bytes of what is asked for, query included; httptools reads no more."""

LONGEST_HEAD = 150_000
"""Bytes of a request before its body."""

_PATIENCE = 20.0
"""Seconds that a client has for the head of a request."""

_FAREWELL = 2.0
"""Seconds for which what a client still sends is taken, so that it gets to read why it is refused."""


class _Unsound(Exception):
    """The request is to be refused."""


class Connection(HttpToolsProtocol):
    """A client's connection. Adds ``communique.transport`` to the scope, for ``inline.Watch``."""

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.since: float | None = None  # when a client was first waited for; None: by uvicorn, or not at all
        self._head: int | None = 0  # bytes of the head that is being read; None: it was read
        self._refused = False
        self._clock: asyncio.TimerHandle

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Part of asyncio's interface."""
        super().connection_made(transport)
        self.since = self.loop.time()
        self._clock = self.loop.call_later(self.timeout_keep_alive, self._look)

    def connection_lost(self, exc: Exception | None) -> None:
        """Part of asyncio's interface."""
        self._clock.cancel()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Part of asyncio's interface."""
        if self._refused:
            return
        super().data_received(data)
        if self._head is not None:
            self._head += len(data)
            if self._head > LONGEST_HEAD and not self._refused:
                self._refuse(*self._too_long())

    def on_message_begin(self) -> None:
        """Part of httptools' interface."""
        super().on_message_begin()
        self._head = 0
        if self.since is None:
            self.since = self.loop.time()
        self.scope["communique.transport"] = self.transport  # type: ignore[typeddict-unknown-key]

    def on_headers_complete(self) -> None:
        """Part of httptools' interface."""
        self.since = self._head = None
        if len(self.url) > LONGEST_TARGET or not self._has_host():
            raise _Unsound
        self.on_head()

    def on_head(self) -> None:
        """Answer a request of which all but the body was read."""
        super().on_headers_complete()

    def send_400_response(self, msg: str) -> None:
        """Part of uvicorn's interface: say why the request is refused, and end."""
        del msg
        if self.url and len(self.url) > LONGEST_TARGET:
            self._refuse(*self._too_long())
        elif self._head is None and not self._has_host():
            self._refuse(400, "Host: has to be there, once (RFC 9112, section 3.2)")
        else:
            self._refuse(400, "this cannot be read as a request of HTTP/1.1 (RFC 9112)")

    def _has_host(self) -> bool:
        there = [name for name, _ in self.headers or ()].count(b"host")
        return there == 1 or (there == 0 and self.parser.get_http_version() != "1.1")

    def _too_long(self) -> tuple[int, str]:
        if self.headers and len(self.url) <= LONGEST_TARGET:
            return 431, f"what is before the body may have {LONGEST_HEAD} bytes"
        return 414, f"an address may have {LONGEST_TARGET} bytes; send a longer query by POST"

    def _refuse(self, status: int, reason: str) -> None:
        self._refused = True
        if self.cycle is not None and not self.cycle.response_complete:
            if self.cycle.response_started or not self.cycle.more_body:
                self.cycle.keep_alive = False  # what was asked before is answered, and nothing after it
                return
            self.cycle.disconnected = True  # it waits for a body, and will not get it
            self.cycle.message_event.set()
        headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"connection", b"close")]
        response = (status, headers, f"{reason}\n".encode())
        self.transport.write(responding.rendered(response, self.server_state.default_headers))
        if self.transport.can_write_eof():
            self.transport.write_eof()
        self.loop.call_later(_FAREWELL, self.transport.close)

    def _look(self) -> None:
        """Close the connection if the client has been waited for too long."""
        left = float(self.timeout_keep_alive)
        if self.since is not None and not self._refused:
            rests = self._head is None
            left = self.since + (self.timeout_keep_alive if rests else _PATIENCE) - self.loop.time()
            if left <= 0:
                self.transport.close()
                return
        self._clock = self.loop.call_later(min(left, self.timeout_keep_alive), self._look)
