"""Most small queries are answered as soon as they are read."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, cast

from server.connection import Connection
from server.heads import Head, Heads, head_of

if TYPE_CHECKING:
    from server.app import App

_PATH = b"/sparql?"
_HEADS = Heads()


class Protocol(Connection):
    """Answers without a task of asyncio or messages of ASGI, which would cost three times as much as the
    rest; and without a parser, if the client sends nothing new but the query."""

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self._application = cast("App", self.config.app)
        self._due = True  # whether nothing of the next request has been read
        self._data = b""  # what has come when it was due
        self._first = False  # whether no request of this piece of the stream has been read
        self._answered = False  # whether the request that is read has its answer

    def data_received(self, data: bytes) -> None:
        """Part of asyncio's interface."""
        if self._due and self._is_free() and (known := _HEADS.read(data)):
            self._unset_keepalive_if_required()
            if self._answer(*known):
                return
        self._data = data if self._due else b""
        self._first = True
        super().data_received(data)

    def on_message_begin(self) -> None:
        """Part of httptools' interface."""
        self._due = False
        super().on_message_begin()

    def on_head(self) -> None:
        """Answer a request of which all but the body was read."""
        # Of requests sent together the others take the usual way, so that other clients have their turn.
        asked = self._asked() if self._first else None
        self._first = False
        self._answered = asked is not None and self._answer(*asked)
        if not self._answered:
            super().on_head()

    def on_body(self, body: bytes) -> None:
        """Part of httptools' interface."""
        if not self._answered:
            super().on_body(body)

    def on_message_complete(self) -> None:
        """Part of httptools' interface."""
        self._due = True
        if not self._answered:
            super().on_message_complete()

    def _is_free(self) -> bool:
        """Whether an answer that is sent now comes behind all that are due before it."""
        return (self.cycle is None or self.cycle.response_complete) and not (
            self.flow.write_paused or self.refused
        )

    def _asked(self) -> tuple[bytes, Head] | None:
        """The query string of a GET at ``/sparql`` that is as most are, and its head."""
        if (
            not self.url.startswith(_PATH)
            or self.parser.get_method() != b"GET"
            or self.parser.get_http_version() != "1.1"
            or not self.parser.should_keep_alive()
            or not self._is_free()
        ):
            return None
        head = head_of(self.headers)
        if head is None:
            return None
        _HEADS.remember(self._data, head)
        query_string = self.url[len(_PATH) :].partition(b"#")[0]
        return query_string, head

    def _answer(self, query_string: bytes, head: Head) -> bool:
        """Answer a request, or begin to; return whether that could be done."""
        found = self._application.at_once(query_string, head, self)
        if found is None:
            return False
        if isinstance(found, bytes):
            self.transport.write(found)
            self.server_state.total_requests += 1
            self.rest()
        else:
            self.begin(query_string, partial(self._application.later, found, head.coding))
        return True
