"""uvicorn's reading of HTTP, with limits to what it reads, and reasons for what it refuses."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any, cast

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol, RequestResponseCycle

from server import responding
from server.responding import Rendering
from server.timeouts import REQUEST_HEAD

LONGEST_TARGET = 65_535
"""Bytes of what is asked for, query included; httptools reads no more."""

LONGEST_HEAD = 150_000
"""Bytes of a request before its body."""

_FAREWELL = 2.0
"""Seconds for which what a client still sends is taken, so that it gets to read why it is refused."""


class _Unsound(Exception):
    """The request is to be refused."""


class Cycle(RequestResponseCycle):
    """A request that uvicorn has not read, as it sees it until it is answered."""

    def finish(self, rendering: Rendering) -> None:
        """Send a whole response."""
        self.response_started = self.response_complete = True
        if not self.disconnected:
            self.transport.write(rendering(self.default_headers))
        self.message_event.set()
        if not self.keep_alive:
            self.transport.close()
        self.on_response()


class Connection(HttpToolsProtocol):
    """A client's connection. Adds ``communique.transport`` to the scope, for ``inline.Watch``."""

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.since: float | None = None  # when a client was first waited for; None: by uvicorn, or not at all
        self._head: int | None = 0  # bytes of the head that is being read; None: it was read
        self.refused = False
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
        if self.refused:
            return
        super().data_received(data)
        if self._head is not None:
            self._head += len(data)
            if self._head > LONGEST_HEAD and not self.refused:
                self._refuse(*self._too_long())

    def plain_scope(self, query_string: bytes) -> dict[str, Any]:
        """Return what ASGI says of a GET at ``/sparql``, as far as it matters."""
        return {
            "type": "http",
            "http_version": "1.1",
            "method": "GET",
            "path": "/sparql",
            "query_string": query_string,
            "headers": [],
            "client": self.client,
            "communique.transport": self.transport,
        }

    def begin(self, query_string: bytes, application: Callable[..., Awaitable[None]]) -> None:
        """Have a GET at ``/sparql`` answered later; what is sent next waits until then.

        Args:
            query_string: as it came, without the question mark.
            application: of ASGI, which first takes what sends a whole response.
        """
        self.since = self._head = None
        cycle = self.cycle = Cycle(
            scope=cast("Any", self.plain_scope(query_string)),
            transport=self.transport,
            flow=self.flow,
            logger=self.logger,
            access_logger=self.access_logger,
            access_log=False,
            default_headers=self.server_state.default_headers,
            message_event=asyncio.Event(),
            expect_100_continue=False,
            keep_alive=True,
            on_response=self.on_response_complete,
        )
        cycle.more_body = False
        task = self.loop.create_task(cycle.run_asgi(cast("Any", partial(application, cycle.finish))))
        task.add_done_callback(self.tasks.discard)
        self.tasks.add(task)

    def rest(self) -> None:
        """Say that a request has its answer, and that the next one is waited for."""
        self.since, self._head = self.loop.time(), None

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
        self.refused = True
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
        if self.since is not None and not self.refused:
            rests = self._head is None
            left = self.since + (self.timeout_keep_alive if rests else REQUEST_HEAD) - self.loop.time()
            if left <= 0:
                self.transport.close()
                return
        self._clock = self.loop.call_later(min(left, self.timeout_keep_alive), self._look)
