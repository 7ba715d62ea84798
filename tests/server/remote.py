"""Other machines' endpoints, as servers of this one: sound, slow, redirecting, endless."""

from __future__ import annotations

import contextlib
import socketserver
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler
from typing import ClassVar

ROWS = b'{"head":{"vars":["x"]},"results":{"bindings":[{"x":{"type":"literal","value":"from afar"}}]}}'
TURTLE = b'@prefix x: <x:> . <#it> x:says "from afar" ; x:of [ x:in <other> ] .'


class Remote(socketserver.ThreadingTCPServer):
    """A server that notes which paths are asked for."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.asked: list[str] = []
        self.url = f"http://127.0.0.1:{self.server_address[1]}"


class _Handler(BaseHTTPRequestHandler):
    _bodies: ClassVar[dict[str, tuple[int, str, bytes]]] = {
        "/rows": (200, "application/sparql-results+json", ROWS),
        "/unlisted": (200, "application/sparql-results+json", ROWS),
        "/broken": (500, "text/plain", b"out of order"),
        "/nonsense": (200, "application/sparql-results+json", b"<html>"),
        "/doc.ttl": (200, "text/turtle", TURTLE),
        "/docs/none": (404, "text/plain", b"there is none"),
        "/docs/page": (200, "text/html", b"<p>no data</p>"),
        "/docs/wrong": (200, "text/turtle", b"<x:s> <x:p> ."),
    }

    def do_POST(self) -> None:
        assert isinstance(self.server, Remote)
        self.server.asked.append(self.path)
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        with contextlib.suppress(OSError):
            if self.path == "/redirect":
                self._redirect("/unlisted")
            elif self.path == "/slow":
                time.sleep(20)
            elif self.path == "/drops":
                self._drip()
            else:
                self._send(*self._bodies[self.path])

    do_GET = do_POST  # noqa: N815 (http.server wants it so)

    def _redirect(self, path: str) -> None:
        self.send_response(307)
        self.send_header("Location", path)
        self.end_headers()

    def _drip(self) -> None:
        self.send_response(200)
        self.send_header("Content-Length", "1000")
        self.end_headers()
        for _ in range(1000):
            self.wfile.write(b" ")
            time.sleep(0.05)

    def _send(self, status: int, media_type: str, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", media_type)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *arguments: object) -> None:  # noqa: A002 (the name is inherited)
        """Write nothing."""


@contextlib.contextmanager
def remote() -> Iterator[Remote]:
    """Run such a server until the block ends."""
    with Remote() as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()
