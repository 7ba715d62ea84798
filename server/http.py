"""uvicorn's reading of HTTP, with the connection itself within reach of the application."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from server import responding

if TYPE_CHECKING:
    import asyncio

    from server.app import App
    from server.responding import Scope

_PATH = b"/sparql?"
_UNUSUAL = frozenset([b"content-length", b"transfer-encoding", b"expect", b"upgrade"])


class Protocol(HttpToolsProtocol):
    """Answers most small queries as soon as they are read, without a task of asyncio or messages of ASGI,
    which would cost three times as much as the rest.

    Adds ``communique.transport`` to the scope, for ``inline.Watch``.
    """

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self._application = cast("App", self.config.app)
        self._rested: float | None = (
            None  # since when it has nothing to do, if ``_response`` gave the last answer
        )
        self._rest: asyncio.TimerHandle | None = None
        self._first = False  # whether no request of this piece of the stream has been read
        self._answered = False  # whether the request that is read has its answer

    def data_received(self, data: bytes) -> None:
        """Part of asyncio's interface."""
        self._first = True
        self._rested = None
        super().data_received(data)

    def on_message_begin(self) -> None:
        """Part of httptools' interface."""
        super().on_message_begin()
        self.scope["communique.transport"] = self.transport  # type: ignore[typeddict-unknown-key]

    def on_headers_complete(self) -> None:
        """Part of httptools' interface."""
        # Of requests sent together the others take the usual way, so that other clients have their turn.
        response = self._response() if self._first else None
        self._first = False
        self._answered = response is not None
        if response is None:
            super().on_headers_complete()
        else:
            self.transport.write(response)
            self.server_state.total_requests += 1
            self._rested = self.loop.time()
            if self._rest is None:  # one clock for many requests: to start one costs as much as to read one
                self._rest = self.loop.call_later(self.timeout_keep_alive, self._end_rest)

    def on_body(self, body: bytes) -> None:
        """Part of httptools' interface."""
        if not self._answered:
            super().on_body(body)

    def on_message_complete(self) -> None:
        """Part of httptools' interface."""
        if not self._answered:
            super().on_message_complete()

    def _end_rest(self) -> None:
        """Close the connection if it has had nothing to do for long."""
        self._rest = None
        if self._rested is None or self.transport.is_closing():
            return  # after answers that it gives itself, uvicorn looks at the clock
        left = self._rested + self.timeout_keep_alive - self.loop.time()
        if left > 0:
            self._rest = self.loop.call_later(left, self._end_rest)
        else:
            self.transport.close()

    def _response(self) -> bytes | None:
        """The response, if it can be given now."""
        if (
            not self.url.startswith(_PATH)
            or self.parser.get_method() != b"GET"
            or self.parser.get_http_version() != "1.1"
            or not self.parser.should_keep_alive()
            or any(name in _UNUSUAL for name, _ in self.headers)
            or not (self.cycle is None or self.cycle.response_complete)
            or self.flow.write_paused
        ):
            return None
        query = self.url[len(_PATH) :].partition(b"#")[0]
        self.scope |= {"method": "GET", "path": "/sparql", "query_string": query}
        response = self._application.at_once(cast("Scope", self.scope))
        return None if response is None else responding.rendered(response, self.server_state.default_headers)
