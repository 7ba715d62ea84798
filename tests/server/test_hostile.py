"""What no sound client sends: right statuses, reasons in words, and a server that goes on."""

from __future__ import annotations

import contextlib
import re
import socket
from collections.abc import Iterator

import pytest

from tests.server.served import KEY, TOKEN, Served, make_store, serving

ASK = "/sparql?query=ASK%7B%7D"
QUERY = "Content-Type: application/sparql-query"
WRITE = f"Authorization: Bearer {TOKEN}"
TURTLE = "Content-Type: text/turtle"


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with serving(make_store(tmp_path_factory.mktemp("hostile") / "store"), "--fronts", "1") as server:
        yield server
        assert server.process.poll() is None
        assert server.client.get("/health").json() == {"status": "ok"}
        assert "Traceback" not in server.log.read_text("utf-8")


def _connected(served: Served) -> socket.socket:
    url = served.client.base_url
    return socket.create_connection((url.host, url.port), timeout=40)


def sent(served: Served, line: str, *headers: str, body: bytes = b"", host: str = "h") -> tuple[int, str]:
    """Send the bytes of a request as they are; return status and body, of the final response."""
    head = "\r\n".join([f"{line} HTTP/1.1", f"Host: {host}", *headers, "Connection: close", "", ""])
    with _connected(served) as connection:
        connection.sendall(head.encode("latin-1") + body)
        answer = b"".join(iter(lambda: connection.recv(65536), b"")).decode("utf-8", "replace")
    found = re.findall(r"^HTTP/1\.1 (\d+) ", answer, re.MULTILINE)
    return int(found[-1]), answer.rpartition("\r\n\r\n")[2]


@pytest.mark.parametrize(
    ("target", "status", "said"),
    [
        ("/sparql?query=ASK%7B%7D%zz", 400, "cannot stand here"),
        ("/sparql?query=%E4%F6", 400, "not percent-encoded UTF-8"),
        ("/sparql?query=ASK%7B%7D%23%ED%A0%80", 400, "not percent-encoded UTF-8"),
        ("/sparql?query=ASK%7B%00%7D", 400, "line 1, column 5"),
        ("/sparql?query=ASK {}", 400, "RFC 9112"),
        ("/sparql?query=ASK{\xe9}", 400, "RFC 9112"),
        ("/sparql?query=ASK{\0}", 400, "RFC 9112"),
        (f"{ASK}&query=ASK%7B%7D", 400, "given 2 times"),
        (f"{ASK}&default-graph-uri=http://%5B%5B", 400, "host"),
        (f"{ASK}&format=csv&format=json", 200, "boolean"),
        ("/store?graph=x:a&graph=x:b", 400, "name one graph"),
        ("/store?graph=%ff", 400, "absolute IRI"),
        ("/store/%zz%0a", 400, "/store/%zz"),
        ("/actor/%ff%00%3E", 404, "nothing is known"),
        ("/queries/%ff", 404, "no question"),
        ("/static/../../pyproject.toml", 404, "there is no"),
        ("/static/%2e%2e%2fapp.py", 404, "there is no"),
        ("/%ff", 404, "Not Found"),
    ],
)
def test_addresses(served: Served, target: str, status: int, said: str) -> None:
    code, text = sent(served, f"GET {target}")
    assert (code, said in text) == (status, True), text


@pytest.mark.parametrize(
    ("headers", "body", "status"),
    [
        (["Content-Length: 7"], b"ASK {\0}", 400),
        (["Content-Length: 7"], b"ASK {\xff}", 400),
        (["Content-Length: -1"], b"ASK {}", 400),
        (["Content-Length: six"], b"ASK {}", 400),
        (["Content-Length: 99999999999999"], b"ASK {}", 413),
        (["Content-Length: 999999999999999999999999999"], b"ASK {}", 400),
        (["Content-Length: 6", "Content-Length: 7"], b"ASK {}", 400),
        (["Content-Length: 6", "Transfer-Encoding: chunked"], b"6\r\nASK {}\r\n0\r\n\r\n", 400),
        (["Content-Length: 3"], b"ASK {}", 400),
        (["Transfer-Encoding: chunked"], b"3\r\nASK\r\n3\r\n {}\r\n0\r\n\r\n", 200),
        (["Transfer-Encoding: chunked"], b"zz\r\nASK\r\n", 400),
        (["Transfer-Encoding: chunked"], b"ffffffffffffffffffff\r\nASK\r\n", 400),
        (["Content-Encoding: gzip", "Content-Length: 6"], b"ASK {}", 415),
        (["Content-Length: 6", "Expect: 100-continue"], b"ASK {}", 200),
        (["Content-Length: 6", "Accept: \xff"], b"ASK {}", 406),
        (["Content-Length: 6", "Accept: ;;;q=,,/"], b"ASK {}", 406),
        (["Content-Length: 6", "Accept: text/csv;q=nan, */*;q=1e999"], b"ASK {}", 200),
        (["Content-Length: 200000"], b"{" * 100_000 + b"}" * 100_000, 400),
    ],
)
def test_bodies(served: Served, headers: list[str], body: bytes, status: int) -> None:
    code, text = sent(served, "POST /sparql", QUERY, *headers, body=body)
    assert code == status, text
    assert text.strip()


def test_a_query_nested_too_deeply_ends_its_own_process(served: Served) -> None:
    body = b"ASK " + b"{" * 100_000 + b"}" * 100_000
    assert sent(served, "POST /sparql", QUERY, f"Content-Length: {len(body)}", body=body)[0] == 503


@pytest.mark.parametrize(("path", "method"), [("/update", "POST"), ("/store?default", "PATCH")])
def test_an_update_nested_too_deeply_is_not_begun(served: Served, path: str, method: str) -> None:
    body = b"INSERT {} WHERE " + b"{" * 100_000 + b"}" * 100_000
    kind = "Content-Type: application/sparql-update"
    code, text = sent(served, f"{method} {path}", WRITE, kind, f"Content-Length: {len(body)}", body=body)
    assert (code, "brackets" in text) == (400, True)


@pytest.mark.parametrize("host", ['<evil> "x', "a b", "\xe9\xff", "a>b", "h:port", "[::1"])
def test_names_that_no_server_has(served: Served, host: str) -> None:
    for line, *headers in (
        ("GET /sparql",),
        ("GET /.well-known/void",),
        ("POST /store", WRITE, TURTLE, "Content-Length: 0"),
        ("PUT /store/x", WRITE, TURTLE, "Content-Length: 0"),
    ):
        code, text = sent(served, line, *headers, host=host)
        assert (code, "Host" in text) == (400, True), text
    assert sent(served, "GET /sparql", host="[::1]:8000")[0] == 200


def test_heads_are_read_up_to_a_limit(served: Served) -> None:
    assert sent(served, f"GET {ASK}", "X-Large: " + "a" * 60_000)[0] == 200
    assert sent(served, f"GET {ASK}%23" + "a" * 60_000)[0] == 200
    for line, headers, status in (
        ("GET /sparql?query=" + "a" * 70_000, (), 414),
        (f"GET {ASK}%23" + "a" * 3_000_000, (), 414),
        (f"GET {ASK}", ["X-Large: " + "a" * 3_000_000], 431),
        (f"GET {ASK}", ["X-Large: a"] * 100_000, 431),
    ):
        code, text = sent(served, line, *headers)
        assert code == status, text
        assert re.search(r"may have \d+ bytes", text)


@pytest.mark.parametrize("head", ["", "Host: a\r\nHost: b\r\n"])
def test_a_request_names_one_host(served: Served, head: str) -> None:
    request = f"GET {ASK} HTTP/1.1\r\n{head}\r\n".encode()
    with _connected(served) as connection:
        connection.sendall(request)
        answer = b"".join(iter(lambda: connection.recv(65536), b""))
    assert answer.startswith(b"HTTP/1.1 400 ")
    assert b"connection: close" in answer
    assert b"Host:" in answer


def test_what_was_asked_before_is_answered(served: Served) -> None:
    slow = "/sparql?query=SELECT%20(COUNT(*)%20AS%20%3Fn)%20%7B%3Fa%20%3Fb%20%3Fc.%3Fd%20%3Fe%20%3Ff%7D"
    with _connected(served) as connection:
        connection.sendall(f"GET {slow} HTTP/1.1\r\nHost: h\r\n\r\nnonsense\r\n\r\n".encode())
        answer = b"".join(iter(lambda: connection.recv(65536), b""))
    assert answer.startswith(b"HTTP/1.1 200 ")
    assert answer.count(b"HTTP/1.1") == 1


def test_who_connects_and_says_little_is_left(served: Served) -> None:
    with contextlib.ExitStack() as stack:
        connections = []
        for begun in ("", "GET /sparql", "GET / HTTP/1.1\r\nHost: h\r\nX-"):
            connections.append(stack.enter_context(_connected(served)))
            connections[-1].sendall(begun.encode())
        assert [connection.recv(1) for connection in connections] == [b"", b"", b""]


def test_a_body_that_does_not_come_is_not_waited_for(served: Served) -> None:
    code, text = sent(served, "POST /sparql", QUERY, "Content-Length: 7", body=b"ASK")
    assert (code, "body" in text) == (408, True)


@pytest.mark.parametrize("credentials", ["Basic \xff\xfe", "Basic ====", "Bearer ", "Bearer \xff", TOKEN])
def test_credentials_that_are_none(served: Served, credentials: str) -> None:
    assert sent(served, "POST /update", f"Authorization: {credentials}", "Content-Length: 0")[0] == 401


READ = [
    "/",
    "/ontology",
    "/.well-known/void",
    "/queries",
    "/health",
    "/metrics",
    "/openapi.json",
    ASK,
    "/sparql",
]


@pytest.mark.parametrize("path", READ)
def test_head_is_get_without_a_body_and_nothing_else_is_done(served: Served, path: str) -> None:
    get, head = served.client.get(path), served.client.head(path)
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["content-type"] == get.headers["content-type"]
    for method in ("PUT", "DELETE", "PATCH", "TRACE", "PROPFIND"):
        answer = served.client.request(method, path, headers=KEY)
        assert answer.status_code == 405, method
        assert "GET" in answer.headers["allow"]


@pytest.mark.parametrize("path", [*READ, "/update", "/store", "/store/x", "/queries/none", "/nothing"])
def test_any_page_may_ask_whether_it_may_ask(served: Served, path: str) -> None:
    wish = {"Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "authorization"}
    answer = served.client.options(path, headers={"Origin": "http://page.example"} | wish)
    assert answer.status_code == 204
    assert answer.headers["access-control-allow-origin"] == "*"
    assert "POST" in answer.headers["access-control-allow-methods"]
    assert "authorization" in answer.headers["access-control-allow-headers"].lower()
