"""uvicorn's reading of HTTP, with the connection itself within reach of the application."""

from __future__ import annotations

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol


class Protocol(HttpToolsProtocol):
    """Adds ``communique.transport`` to the scope, for ``inline.Watch``."""

    def on_message_begin(self) -> None:
        """Part of uvicorn's interface."""
        super().on_message_begin()
        self.scope["communique.transport"] = self.transport  # type: ignore[typeddict-unknown-key]
