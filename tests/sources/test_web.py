"""Tests of fetching web pages from an HTTP server on a local port."""

from __future__ import annotations

import gzip
import socket
import sys
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from kg.config import Config
from kg.errors import NoArticle, UnreadableSource
from tests.sources.samples import BODY, HEADLINE, TEXT, article, error, read

PAGE = (Path(__file__).parent / "pages/article.html").read_bytes()
HTML = "text/html; charset=utf-8"


class Courier(BaseHTTPRequestHandler):
    """Serves one kind of response, most of them faulty, under each path."""

    agents: list[str] = []  # noqa: RUF012 - shared by all requests: the User-Agent headers received

    def do_GET(self) -> None:
        self.agents.append(self.headers["User-Agent"])
        action = getattr(self, "page_" + self.path.strip("/").replace("-", "_").partition(".")[0], None)
        if action is None:
            self.send_error(404)
        else:
            action()

    def reply(self, body: bytes, content_type: str | None = HTML, status: int = 200, **headers: str) -> None:
        self.send_response(status)
        if content_type:
            self.send_header("Content-Type", content_type)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def page_article(self) -> None:
        self.reply(PAGE)

    def page_no_canonical(self) -> None:
        self.reply(PAGE.replace(b'rel="canonical"', b'rel="other"'))

    def page_moved(self) -> None:
        self.reply(b"", status=301, Location="/no-canonical")

    def page_circle(self) -> None:
        self.reply(b"", status=302, Location="/circle")

    def page_to_file(self) -> None:
        self.reply(b"", status=302, Location="file:///etc/hostname")

    def page_packed(self) -> None:
        self.reply(gzip.compress(PAGE), Content_Encoding="gzip")

    def page_bomb(self) -> None:
        self.reply(gzip.compress(b"so " * 1_000_000), Content_Encoding="gzip")

    def page_broken_packing(self) -> None:
        self.reply(b"this is not gzip", Content_Encoding="gzip")

    def page_latin(self) -> None:
        page = PAGE.decode().replace("“", '"').replace("”", '"').replace('<meta charset="utf-8">', "")
        self.reply(
            page.replace("ferries", "fêted ferries").encode("iso-8859-1"), "text/html; charset=iso-8859-1"
        )

    def page_text(self) -> None:
        self.reply(TEXT.encode(), "text/plain")

    def page_lines(self) -> None:
        self.reply(
            b'{"text": "One reopens."}\n{"text": "Two reopens.", "url": "https://a.example/2"}\n',
            "application/x-ndjson",
        )

    def page_json(self) -> None:
        self.reply(b'{"headline": "Port reopens", "articleBody": "It does."}', "application/json")

    def page_untold(self) -> None:
        self.reply(PAGE, None)

    def page_archive(self) -> None:
        self.reply(gzip.compress(TEXT.encode()), "application/gzip")

    def page_picture(self) -> None:
        self.reply(b"\x89PNG\r\n", "image/png")

    def page_false_picture(self) -> None:
        self.reply(b"\x89PNG\r\n\x1a\n\x00", "text/html")

    def page_empty(self) -> None:
        self.reply(b"")

    def page_long(self) -> None:
        self.reply(b"x", Content_Length="50000000")

    def page_endless(self) -> None:
        self.reply(b"<p>" + b"so " * 100_000)

    def page_slow(self) -> None:
        time.sleep(1.5)
        self.reply(PAGE)

    def page_dripping(self) -> None:
        self.reply(b"<html>")
        for _ in range(15):
            try:
                self.wfile.write(b"so ")
                self.wfile.flush()
            except OSError:  # the client has had enough, as it should
                return
            time.sleep(0.1)

    def page_cut(self) -> None:
        self.reply(PAGE[:100], Content_Length=str(len(PAGE)))

    def page_fault(self) -> None:
        self.send_error(503)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name in the standard library
        """Write no log."""


class QuietServer(ThreadingHTTPServer):
    """A server that does not report connections closed by the client."""

    def handle_error(self, request: Any, client_address: Any) -> None:
        if not isinstance(sys.exception(), OSError):
            super().handle_error(request, client_address)


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    httpd = QuietServer(("127.0.0.1", 0), Courier)
    thread = threading.Thread(target=httpd.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield f"http://127.0.0.1:{httpd.server_port}"
    httpd.shutdown()
    thread.join()
    httpd.server_close()


@pytest.fixture(autouse=True)
def no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_PROXY", "*")


def refused(url: str, **settings: float) -> str:
    found = error(read(url, config=Config(**settings)), UnreadableSource)  # type: ignore[arg-type]
    assert found.origin == url
    return found.reason


def test_a_page(server: str) -> None:
    found = article(read(f"{server}/article"))
    assert (found.title, found.publisher) == (HEADLINE, "The Larnholm Courier")
    assert found.url == "https://courier.example/news/port-reopens"
    assert found.origin == f"{server}/article"
    assert Courier.agents[-1] == "communique/0.1 (+https://w3id.org/communique)"


def test_redirection_gives_the_address_that_answered(server: str) -> None:
    found = article(read(f"{server}/moved"))
    assert (found.url, found.origin) == (f"{server}/no-canonical", f"{server}/moved")


@pytest.mark.parametrize("path", ["packed", "untold"])
def test_content_encodings_and_redirections(server: str, path: str) -> None:
    assert article(read(f"{server}/{path}")).title == HEADLINE


def test_charset_of_the_content_type_header(server: str) -> None:
    assert "the fêted ferries" in article(read(f"{server}/latin")).text


@pytest.mark.parametrize("path", ["text", "archive"])
def test_plain_text(server: str, path: str) -> None:
    found = article(read(f"{server}/{path}"))
    assert (found.text, found.url) == (f"{HEADLINE}\n\n{BODY}", f"{server}/{path}")


def test_json(server: str) -> None:
    assert article(read(f"{server}/json")).text == "Port reopens\n\nIt does."
    assert [getattr(found, "url", found) for found in read(f"{server}/lines")] == [
        None,
        "https://a.example/2",
    ]


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("nowhere", "the server answers 404 Not Found"),
        ("fault", "the server answers 503 Service Unavailable"),
        ("circle", "redirected more than 8 times"),
        ("picture", "the server sends image/png; only HTML, JSON and plain text are read"),
        ("false-picture", "not text but a PNG image; convert it to text or HTML first"),
        ("long", "too big: 50,000,000 bytes; the limit is 20,000,000 (setting fetch_bytes)"),
    ],
)
def test_refused_responses(server: str, path: str, reason: str) -> None:
    assert refused(f"{server}/{path}") == reason


def test_redirection_to_a_file_url_is_refused(server: str) -> None:
    assert "neither http nor https" in refused(f"{server}/to-file")


@pytest.mark.parametrize("path", ["endless", "bomb"])
def test_page_over_the_size_limit(server: str, path: str) -> None:
    expected = "too big: more than 100,000 bytes; the limit is 100,000 (setting fetch_bytes)"
    assert refused(f"{server}/{path}", fetch_bytes=100_000) == expected


@pytest.mark.parametrize("path", ["slow", "dripping"])
def test_page_over_the_time_limit(server: str, path: str) -> None:
    expected = "no answer in full within 0.4 seconds (setting fetch_timeout)"
    assert refused(f"{server}/{path}", fetch_timeout=0.4) == expected


@pytest.mark.parametrize("path", ["cut", "broken-packing"])
def test_truncated_or_corrupt_response(server: str, path: str) -> None:
    assert refused(f"{server}/{path}").startswith("cannot be fetched: ")


def test_an_empty_page(server: str) -> None:
    assert error(read(f"{server}/empty"), NoArticle)


def test_connection_refused() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))  # bound and not listening: connections are refused
        url = f"http://127.0.0.1:{free.getsockname()[1]}/"
        assert refused(url).startswith("cannot connect: ")


def test_unknown_host() -> None:
    reason = refused("http://courier.invalid/")
    assert reason.startswith("cannot connect: ")
    assert reason.endswith("check the address and the network")


@pytest.mark.parametrize("url", ["http://", "https://[", "http://a b.example/", "http://a.example:port/"])
def test_invalid_url_is_refused(url: str) -> None:
    assert refused(url)
