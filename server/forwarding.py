"""SERVICE, by a detour: the engine calls an address of ours, and what is listed is called from there.

The engine has an HTTP client of its own, without limits and without a hook. So a query is given other IRIs:
each listed endpoint is a number below a secret path of a server on the loopback interface, which is a thread
of the process for queries and ends with it.
"""

from __future__ import annotations

import secrets
import socketserver
import threading
from http.server import BaseHTTPRequestHandler

from kg.errors import KgError
from server.calling import Call, Called, call
from server.lexer import services
from server.refusal import as_refusal

_LARGEST = 100_000_000
"""Bytes of an answer that are taken."""


class Forwarder:
    """Passes on what the engine sends to a listed endpoint.

    Args:
        allowed: IRIs of the endpoints.
        timeout: seconds for each call.
    """

    def __init__(self, allowed: tuple[str, ...], timeout: float) -> None:
        self._allowed, self._timeout = allowed, timeout
        self._server = _Server(("127.0.0.1", 0), _Handler)
        self._server.forwarder = self
        self._secret = secrets.token_hex(8)
        self._place = f"http://127.0.0.1:{self._server.server_address[1]}/{self._secret}/"
        self.failure: KgError | None = None  # why the last call of a query has failed
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def rewrite(self, query: str) -> str:
        """Return the query with addresses of ours in place of the endpoints; lines stay lines.

        Args:
            query: one that ``lexer.calls_only`` lets through.
        """
        self.failure = None
        pieces, done = [], 0
        for service in services(query):
            if service.iri in self._allowed:
                end = service.end - len(service.iri) - 2
                pieces += [query[done:end], f"<{self._place}{self._allowed.index(service.iri)}>"]
                done = service.end
        return "".join([*pieces, query[done:]])

    def restore(self, message: str) -> str:
        """Return a message of the engine with the endpoints as they were asked for."""
        for number, iri in reversed([*enumerate(self._allowed)]):
            message = message.replace(f"{self._place}{number}", iri)
        return message

    def call(self, path: str, body: bytes, headers: dict[str, str]) -> Called:
        """Call the endpoint that a path stands for.

        Raises:
            KgError: it does not answer.
            ValueError, IndexError: it stands for none.
        """
        secret, _, number = path.removeprefix("/").partition("/")
        if not secrets.compare_digest(secret.encode(), self._secret.encode()):
            raise ValueError("the path is not ours")
        try:
            return call(Call(self._allowed[int(number)], self._timeout, _LARGEST, body, headers))
        except KgError as error:
            self.failure = error
            raise


class _Server(socketserver.ThreadingTCPServer):
    daemon_threads = True
    forwarder: Forwarder


class _Handler(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        """Part of the interface of http.server."""
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        headers = {name: self.headers[name] for name in ("Accept", "Content-Type") if name in self.headers}
        headers["User-Agent"] = "Communique (https://w3id.org/communique)"
        assert isinstance(self.server, _Server)
        try:
            called = self.server.forwarder.call(self.path, body, headers)
        except KgError as error:
            refusal = as_refusal(error)
            self._send(refusal.status, "text/plain; charset=utf-8", refusal.reason.encode("utf-8"))
        except (ValueError, IndexError):
            self._send(404, "text/plain", b"")
        else:
            self._send(200, called.media_type, called.body)

    def _send(self, status: int, media_type: str, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", media_type)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *arguments: object) -> None:  # noqa: A002 (the name is inherited)
        """Write nothing: the query is in the log already."""
