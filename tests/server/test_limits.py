"""Every size that has a limit: what is beyond is refused in words, or cut off so that all can see it."""

from __future__ import annotations

import json
import socket
import zlib
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
import zstandard

from kg.errors import UsageError
from server.settings import Settings
from tests.server.served import KEY, Served, make_store, serving

LARGE = "?a ?b ?c . ?d ?e ?f"
"""Matches more than a megabyte of rows."""


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    store = make_store(tmp_path_factory.mktemp("limits") / "store")
    log = store.parent / "access.log"
    limits = ["--max-answer", "160000", "--max-body", "3000", "--max-query", "2000", "--query-memory", "100"]
    with serving(store, *limits, "--access-log", str(log), "--timeout", "20") as server:
        yield server


def _raw(served: Served, query: str, accept: str, encoding: str = "identity") -> tuple[bytes, bytes]:
    """Send a query by hand; return head and body as they come until the connection ends."""
    body = query.encode()
    head = (
        f"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Type: application/sparql-query\r\nAccept: {accept}\r\n"
        f"Accept-Encoding: {encoding}\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    url = served.client.base_url
    with socket.create_connection((url.host, url.port or 0), 30) as connection:
        connection.sendall(head.encode() + body)
        answer = b"".join(iter(lambda: connection.recv(65536), b""))
    before, _, after = answer.partition(b"\r\n\r\n")
    return before, after


@pytest.mark.parametrize("encoding", ["identity", "gzip", "zstd"])
@pytest.mark.parametrize(
    ("form", "accept"),
    [
        ("SELECT *", "application/sparql-results+json"),
        ("SELECT *", "application/sparql-results+xml"),
        ("SELECT *", "text/csv"),
        ("SELECT *", "text/tab-separated-values"),
        ("CONSTRUCT { ?a ?e ?f , ?c }", "text/turtle"),
        ("CONSTRUCT { ?a ?e ?f , ?c }", "application/n-triples"),
        ("CONSTRUCT { ?a ?e ?f , ?c }", "application/rdf+xml"),
        ("CONSTRUCT { ?a ?e ?f , ?c }", "application/ld+json"),
    ],
)
def test_an_answer_cut_off_is_marked(served: Served, form: str, accept: str, encoding: str) -> None:
    head, body = _raw(served, f"{form} {{ {LARGE} }}", accept, encoding)
    assert b" 200 " in head
    assert b"transfer-encoding: chunked" in head.lower()
    assert not body.endswith(b"0\r\n\r\n")  # the end of a whole answer in chunks
    text = _unchunked(body)
    if encoding == "gzip":
        squeezed = zlib.decompressobj(31)
        text = squeezed.decompress(text)
        assert not squeezed.eof
    elif encoding == "zstd":
        frame = zstandard.ZstdDecompressor().decompressobj()
        text = frame.decompress(text)
        assert not frame.eof
    last = text.decode().splitlines()[-1]
    assert last == "# cut off: the answer has more than 160000 bytes (--max-answer); ask for less"
    assert len(text) < 300_000


def _unchunked(body: bytes) -> bytes:
    pieces = []
    while body:
        size, _, body = body.partition(b"\r\n")
        pieces.append(body[: int(size, 16)])
        body = body[int(size, 16) + 2 :]
    return b"".join(pieces)


def test_clients_see_that_it_is_cut_off(served: Served) -> None:
    with pytest.raises(httpx.RemoteProtocolError):
        served.client.get("/sparql", params={"query": f"SELECT * {{ {LARGE} }}"})
    entry = json.loads((served.store.parent / "access.log").read_text("utf-8").splitlines()[-1])
    assert "more than 160000 bytes" in entry["cut"]
    assert "Traceback" not in served.log.read_text("utf-8")
    assert "communique_cut_total 0" not in served.client.get("/metrics").text


def test_what_is_known_to_be_too_large_is_not_begun(tmp_path: Path) -> None:
    with serving(make_store(tmp_path / "store"), "--max-answer", "3000", "--fronts", "1") as server:
        for size, number in ((1000, 3), (50, 6)):  # of more than a piece, and small ones
            for _ in range(number):
                query = f"SELECT * {{ {LARGE} }} LIMIT {size}"
                answer = server.client.get("/sparql", params={"query": query})
                assert (answer.status_code, "more than 3000 bytes" in answer.text) == (503, True)
        few = server.client.get("/sparql", params={"query": f"SELECT * {{ {LARGE} }} LIMIT 2"}).json()
        assert len(few["results"]["bindings"]) == 2


@pytest.mark.parametrize("path", ["/update", "/store?default", "/sparql"])
def test_bodies_are_limited(served: Served, path: str) -> None:
    kinds = {"/update": "application/sparql-update", "/store?default": "text/turtle"}
    sent = KEY | {"Content-Type": kinds.get(path, "application/sparql-query")}
    limit = 2000 if path == "/sparql" else 3000
    large = b"#" * 20 + b"x" * limit
    for content in (large, iter([large[:1000], large[1000:]])):  # with its length told, and in chunks
        answer = served.client.post(path, content=content, headers=sent)
        assert (answer.status_code, f"{limit} bytes" in answer.text) == (413, True)


def test_a_query_that_takes_too_much_memory_is_ended(served: Served) -> None:
    greedy = "SELECT (COUNT(*) AS ?n) { SELECT DISTINCT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } }"
    answer = served.client.get("/sparql", params={"query": greedy})
    assert (answer.status_code, "memory" in answer.text) == (503, True)
    assert served.client.get("/sparql", params={"query": "ASK { ?s ?p ?o }"}).json()["boolean"] is True


@pytest.mark.parametrize(
    "name", ["max_answer", "max_query", "max_body", "query_memory", "service_timeout", "timeout", "waiting"]
)
def test_a_limit_of_nothing_is_refused(name: str) -> None:
    with pytest.raises(UsageError, match=name):
        Settings(Path("store"), **{name: 0})  # type: ignore[arg-type]
