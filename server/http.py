"""Most small queries are answered as soon as they are read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from server import responding
from server.connection import Connection

if TYPE_CHECKING:
    from server.app import App
    from server.responding import Scope

_PATH = b"/sparql?"
_UNUSUAL = frozenset([b"content-length", b"transfer-encoding", b"expect", b"upgrade"])


class Protocol(Connection):
    """Answers without a task of asyncio or messages of ASGI, which would cost three times as much as the
    rest."""

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self._application = cast("App", self.config.app)
        self._first = False  # whether no request of this piece of the stream has been read
        self._answered = False  # whether the request that is read has its answer

    def data_received(self, data: bytes) -> None:
        """Part of asyncio's interface."""
        self._first = True
        super().data_received(data)

    def on_head(self) -> None:
        """Answer a request of which all but the body was read."""
        # Of requests sent together the others take the usual way, so that other clients have their turn.
        response = self._response() if self._first else None
        self._first = False
        self._answered = response is not None
        if response is None:
            super().on_head()
        else:
            self.transport.write(response)
            self.server_state.total_requests += 1
            self.since = self.loop.time()

    def on_body(self, body: bytes) -> None:
        """Part of httptools' interface."""
        if not self._answered:
            super().on_body(body)

    def on_message_complete(self) -> None:
        """Part of httptools' interface."""
        if not self._answered:
            super().on_message_complete()

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
