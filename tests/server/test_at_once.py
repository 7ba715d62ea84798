"""Small queries take a shorter way through the server; nobody must be able to tell, but by the clock."""

from __future__ import annotations

import http.client
import json
import random
import socket
import time
from collections.abc import Iterator
from urllib.parse import parse_qs, quote

import httpx
import pytest

from server.inline import cost
from server.protocol import read_query
from server.refusal import Refusal
from server.shapes import DOUBTFUL, Shape, Shapes
from tests.server.served import Served, make_store, serving

SMALL = "SELECT ?n {{ VALUES ?n {{ {0} }} }}"


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    store = make_store(tmp_path_factory.mktemp("at-once") / "store")
    options = ("--fronts", "1", "--access-log", str(store.parent / "access.log"))
    with serving(store, *options) as server:
        for number in range(100, 105):  # from now on, they are expected to be small
            server.client.get("/sparql", params={"query": SMALL.format(number)})
        yield server


@pytest.fixture
def connection(served: Served) -> Iterator[socket.socket]:
    url = httpx.URL(served.url)
    with socket.create_connection((url.host, url.port or 0), timeout=20) as made:
        yield made


def _request(number: int, *headers: str, method: str = "GET", version: str = "1.1") -> bytes:
    head = f"{method} /sparql?query={quote(SMALL.format(number))} HTTP/{version}\r\nHost: x\r\n"
    return (head + "".join(f"{header}\r\n" for header in headers) + "\r\n").encode()


def _read(connection: socket.socket, method: str = "GET") -> http.client.HTTPResponse:
    """Read one response, and no byte beyond."""
    head = b""
    while not head.endswith(b"\r\n\r\n"):
        piece = connection.recv(1)
        assert piece, head
        head += piece
    length = next((line for line in head.lower().split(b"\r\n") if line.startswith(b"content-length")), b":0")
    body = b"" if method == "HEAD" else connection.recv(int(length.partition(b":")[2]), socket.MSG_WAITALL)
    ours, theirs = socket.socketpair()
    with ours, theirs:
        ours.sendall(head + body)
        ours.shutdown(socket.SHUT_WR)
        response = http.client.HTTPResponse(theirs, method=method)
        response.begin()
        response.content = response.read()  # type: ignore[attr-defined]
    return response


def _number(response: http.client.HTTPResponse) -> int:
    assert response.status == 200
    found = json.loads(response.content)  # type: ignore[attr-defined]
    return int(found["results"]["bindings"][0]["n"]["value"])


def _inline(served: Served) -> int:
    line = next(
        line
        for line in served.client.get("/metrics").text.split("\n")
        if line.startswith("communique_inline")
    )
    return int(line.split()[1])


def test_both_ways_give_the_same_response(served: Served) -> None:
    query = {"query": SMALL.format(200)}
    before = _inline(served)
    short = served.client.get("/sparql", params=query)
    assert _inline(served) == before + 1
    again = served.client.get("/sparql", params=query)  # what was kept
    # A body, if an empty one, is a reason to take the usual way.
    usual = served.client.request("GET", "/sparql", params=query, headers={"Content-Length": "0"})
    assert short.status_code == 200
    for response in (again, usual):
        assert response.content == short.content
        assert {**response.headers, "date": ""} == {**short.headers, "date": ""}
    assert "date" in short.headers
    assert "server" not in short.headers
    assert short.headers["access-control-allow-origin"] == "*"


def test_requests_sent_together_are_answered_in_order(connection: socket.socket) -> None:
    numbers = [*range(300, 340)]
    connection.sendall(b"".join(_request(number) for number in numbers))
    assert [_number(_read(connection)) for _ in numbers] == numbers
    # In pieces, too: the end of one with the beginning of the next.
    connection.sendall(_request(340) + _request(341)[:30])
    assert _number(_read(connection)) == 340
    connection.sendall(_request(341)[30:] + _request(342))
    assert [_number(_read(connection)), _number(_read(connection))] == [341, 342]


def test_slow_ones_before_it_are_answered_first(connection: socket.socket) -> None:
    slow = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f FILTER(STRLEN(STR(?c)) > 1) }"
    connection.sendall(f"GET /sparql?query={quote(slow)} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
    connection.sendall(_request(350))
    assert _number(_read(connection)) > 1000
    assert _number(_read(connection)) == 350


def test_of_head_the_body_is_not_sent(connection: socket.socket) -> None:
    connection.sendall(_request(360) + _request(360, method="HEAD") + _request(361))
    found, head, other = _read(connection), _read(connection, "HEAD"), _read(connection)
    assert head.headers["content-length"] == found.headers["content-length"]
    assert head.content == b""  # type: ignore[attr-defined]
    assert _number(other) == 361


def test_a_body_is_read_and_left_alone(connection: socket.socket) -> None:
    connection.sendall(_request(370, "Content-Length: 5") + b"abcde" + _request(371))
    assert [_number(_read(connection)), _number(_read(connection))] == [370, 371]


@pytest.mark.parametrize(
    "request_", [_request(380, "Connection: close"), _request(380, version="1.0")], ids=["close", "1.0"]
)
def test_connections_end_when_the_client_wants_it(connection: socket.socket, request_: bytes) -> None:
    connection.sendall(request_)
    assert _number(_read(connection)) == 380
    assert connection.recv(1) == b""


def test_connections_that_rest_are_closed(connection: socket.socket) -> None:
    began = time.monotonic()
    for number in range(380, 383):
        connection.sendall(_request(number))
        assert _number(_read(connection)) == number
        time.sleep(1)
    assert connection.recv(1) == b""
    assert 6 < time.monotonic() - began < 15  # 5 s after the last


def test_what_the_client_has_is_not_sent_again(served: Served, connection: socket.socket) -> None:
    connection.sendall(_request(390))
    etag = _read(connection).headers["etag"]
    connection.sendall(_request(390, f"If-None-Match: {etag}"))
    found = _read(connection)
    assert (found.status, found.headers["etag"], found.headers["content-length"]) == (304, etag, None)
    served.update("INSERT DATA { <x:s> <x:p> 390 }")
    connection.sendall(_request(390, f"If-None-Match: {etag}"))
    assert _number(_read(connection)) == 390


@pytest.mark.parametrize(
    "address", ["/sparql?query=ASK%7B%7D", "/queries/who-holds-which-office", "/store?default"]
)
def test_what_the_client_has_is_not_sent_again_by_others(served: Served, address: str) -> None:
    for method in ("GET", "HEAD"):
        etag = served.client.request(method, address).headers["etag"]
        for tag in (etag, etag.removeprefix("W/"), f'"other", {etag}'):
            answer = served.client.request(method, address, headers={"If-None-Match": tag})
            assert (answer.status_code, answer.headers["etag"], answer.content) == (304, etag, b"")


def test_refusals_are_said_in_the_usual_way(connection: socket.socket) -> None:
    connection.sendall(_request(400, "Accept: image/png"))
    found = _read(connection)
    assert found.status == 406
    assert b"application/sparql-results+json" in found.content  # type: ignore[attr-defined]
    broken = _request(401).replace(quote("}").encode(), b"", 1)
    for _ in range(5):
        connection.sendall(broken)
        assert _read(connection).status == 400


def test_what_is_squeezed_is_the_same(served: Served) -> None:
    query = {"query": SMALL.format(" ".join(str(number) for number in range(1000)))}
    plain = served.client.get("/sparql", params=query, headers={"Accept-Encoding": "identity"})
    for _ in range(5):
        squeezed = served.client.get("/sparql", params=query, headers={"Accept-Encoding": "gzip"})
        assert squeezed.headers["content-encoding"] == "gzip"
        assert squeezed.content == plain.content


def test_one_that_goes_on_and_on_is_answered_elsewhere(served: Served) -> None:
    query = "SELECT ?a ?b {{ ?a ?p ?x LATERAL {{ ?b ?q ?y }} }} LIMIT {}"
    for number in range(10, 50):
        assert len(served.select(query.format(number))) == number + 1
    before = _inline(served)
    assert len(served.select(query.format(50_000))) == 50_001  # some megabytes
    assert _inline(served) == before
    for number in range(60, 80):
        assert len(served.select(query.format(number))) == number + 1
    assert _inline(served) > before  # one tells little of the others


def test_the_log_knows_of_all_of_them(served: Served) -> None:
    log = served.store.parent / "access.log"
    seen = len(log.read_text("utf-8").splitlines())
    query = {"query": SMALL.format("500 501")}
    for _ in range(4):
        served.client.get("/sparql", params=query)
    served.client.get("/sparql", params=query, headers={"X-Forwarded-For": "192.0.2.7"})
    lines = [json.loads(line) for line in log.read_text("utf-8").splitlines()[seen:]]
    assert [line["status"] for line in lines] == [200] * 5
    assert {line["rows"] for line in lines} == {2}
    assert {line["client"] for line in lines[:4]} == {"127.0.0.1"}
    assert lines[4]["client"] == "192.0.2.7"


def test_parameters_are_those_that_others_read() -> None:
    chance = random.Random(3)
    alphabet = [*"aé=&+% \n\r\0;?~", "%3D", "%25", "%0A", "%0d", "%c3%a9", "%C3", "%zz", "=3D", "=\n"]
    for _ in range(20_000):
        text = "".join(chance.choices(alphabet, k=chance.randint(0, 12)))
        encoded = ("query=" + text).encode()
        try:
            expected = parse_qs(encoded.decode(), keep_blank_values=True, errors="strict")
            query = expected.pop("query")
        except ValueError:
            query = []
        if len(query) == 1:
            assert read_query("GET", encoded, "", b"").query == query[0]
        else:
            with pytest.raises(Refusal):
                read_query("GET", encoded, "", b"")


def test_shapes_learn_from_the_last_ones() -> None:
    quick, larger, long = 0.0001, 0.004, 0.1
    assert not _after([quick] * 2)
    assert _after([quick] * 5)
    assert _after([*[quick] * 30, larger])
    assert not _after([*[quick] * 30, larger, larger, larger])
    assert not _after([*[quick] * 30, long, *[quick] * 500])  # which is what 500 detours cost
    assert _after([*[quick] * 30, long, *[quick] * 600])


def test_after_a_doubtful_one_the_next_are_looked_at_more_closely() -> None:
    tiny = [0.0001] * 30
    assert [_shape_after(few).is_tiny for few in ([], tiny, [*tiny, DOUBTFUL])] == [False, True, False]
    assert _after([*tiny, DOUBTFUL])


def test_what_goes_on_and_on_costs_what_it_takes_to_give_it_up() -> None:
    assert cost(0.002, 1_000_000) == 0.002
    assert cost(2.0, 1_000_000) == cost(3.0, 100_000) < 0.01
    assert cost(2.0, 1000) == 2.0  # it would be all there when it begins


def _after(queries: list[float]) -> bool:
    return _shape_after(queries).is_small


def _shape_after(queries: list[float]) -> Shape:
    shape = Shapes().of("ASK {}")
    for seconds in queries:
        shape.learn(seconds)
    return shape


def test_shapes_differ_in_more_than_digits() -> None:
    shapes = Shapes()
    assert shapes.of("ASK { ?s ?p 1 }") is shapes.of("ASK { ?s ?p 234 }")
    assert shapes.of("ASK { ?s ?p 1 }") is not shapes.of("ASK { ?s ?o 1 }")
    # An escape of digits may be a letter of SERVICE.
    assert shapes.of(r"ASK { \u0053ERVICE <x:1> {} }").calls
    assert not shapes.of(r"ASK { \u0054ERVICE <x:1> {} }").calls
