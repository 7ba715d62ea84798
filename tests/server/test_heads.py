"""A head that is not read again means what the parser would have read."""

from __future__ import annotations

import random

import httptools
import pytest

from server.connection import LONGEST_TARGET
from server.heads import Head, Heads, head_of
from server.responding import Headers

HEAD = b"Host: x\r\nAccept: text/csv\r\n\r\n"
REQUEST = b"GET /sparql?query=ASK%7B%7D HTTP/1.1\r\n" + HEAD
CSV = Head("text/csv", None, None, False)


@pytest.fixture
def heads() -> Heads:
    known = Heads()
    known.remember(REQUEST, CSV)
    assert known.read(REQUEST) == (b"query=ASK%7B%7D", CSV)
    return known


def test_the_query_may_be_another(heads: Heads) -> None:
    assert heads.read(REQUEST.replace(b"ASK%7B%7D", b"a+b&format=tsv")) == (b"query=a+b&format=tsv", CSV)


@pytest.mark.parametrize(
    "request_",
    [
        REQUEST.replace(b"x\r\n", b"y\r\n"),
        REQUEST.replace(b"1.1", b"1.0"),
        REQUEST.replace(b"GET", b"HEAD"),
        REQUEST.replace(b"GET", b" GET"),
        REQUEST.replace(b"GET /sparql", b"GET http://x/sparql"),
        REQUEST.replace(b"/sparql", b"/update"),
        REQUEST.replace(b"ASK", b"ASK "),
        REQUEST.replace(b"ASK", b"ASK#"),
        REQUEST.replace(b"ASK", b"ASK\t"),
        REQUEST.replace(b"ASK", b"ASK\r\nExpect: 100-continue\r\n"),
        REQUEST.replace(b"ASK", "ä".encode()),
        REQUEST.replace(b"ASK", b"a" * LONGEST_TARGET),
        REQUEST[:-1],
        REQUEST[1:],
        REQUEST + b"GET",
        REQUEST + REQUEST,
        b"\r\n" + REQUEST,
        HEAD,
        b"",
    ],
)
def test_all_else_is_read(heads: Heads, request_: bytes) -> None:
    assert heads.read(request_) is None


@pytest.mark.parametrize(
    "request_",
    [
        # Whoever ends a line otherwise could have another read for what others send.
        b"GET /sparql?query=ASK%7B%7D HTTP/1.1\nAccept: a HTTP/1.1\r\nHost: z\r\n\r\n",
        b"GET /sparql?query=ASK%7B%7D HTTP/1.1\r\nHost: z\nAccept: a\r\n\r\n",
        b"GET /sparql?query=ASK%7B%7D HTTP/1.1\r\nHost: z\n\nGET / HTTP/1.1\r\n\r\n",
        b"GET /sparql?query=ASK%7B%7D HTTP/1.1\r\nHost: z\rAccept: a\r\n\r\n",
        b"GET /sparql?query=ASK%7B%7D HTTP/1.1\r\nHost: z\r\n\r\nGET / HTTP/1.1\r\nHost: z\r\n\r\n",
        b"GET /sparql?query=ASK%7B%7D HTTP/1.1\r\nHost: z\r\n",
        b"POST /sparql?query=ASK%7B%7D HTTP/1.1\r\nHost: z\r\n\r\n",
        b"GET /sparql?query=ASK%7B%7D HTTP/1.1\r\nHost: " + b"z" * 5000 + b"\r\n\r\n",
    ],
)
def test_what_is_not_one_plain_request_is_not_remembered(request_: bytes) -> None:
    heads = Heads()
    heads.remember(request_, CSV)
    rest = request_.split(b" HTTP/1.1\r\n")
    assert all(heads.read(b"GET /sparql?query=b HTTP/1.1\r\n" + one) is None for one in [*rest, HEAD])
    assert heads.read(request_) is None


def test_there_are_not_more_and_more_of_them(heads: Heads) -> None:
    for number in range(2000):
        heads.remember(REQUEST.replace(b"Host: x", b"Host: %d" % number), CSV)
    assert heads.read(REQUEST) is None
    heads.remember(REQUEST, CSV)
    assert heads.read(REQUEST) is not None


def test_heads_that_speak_of_a_body_or_more_are_none() -> None:
    for name in (b"content-length", b"transfer-encoding", b"expect", b"upgrade"):
        assert head_of([(b"host", b"x"), (name, b"1")]) is None
    fields = [(b"accept", b"a"), (b"accept-encoding", b"gzip"), (b"accept", b"b"), (b"if-none-match", b'"e"')]
    assert head_of(fields) == Head("a, b", '"e"', "gzip", False)
    assert head_of([(b"x-forwarded-for", b"192.0.2.1")]) == Head(None, None, None, True)


class _Read:
    """What the parser makes of what has come."""

    def __init__(self, data: bytes) -> None:
        self.url, self.fields, self.complete = b"", [], 0
        self.parser = httptools.HttpRequestParser(self)
        self.parser.feed_data(data)

    fields: Headers

    def on_url(self, url: bytes) -> None:
        self.url += url

    def on_header(self, name: bytes, value: bytes) -> None:
        self.fields.append((name.lower(), value))

    def on_message_complete(self) -> None:
        self.complete += 1


def test_whatever_is_taken_the_parser_reads_alike() -> None:
    chance = random.Random(5)
    lines = b'|query=|ASK|%7B|+|&| |#|\r\n|\n|\r|\t|\x00|\xc3\xa4|"|<|{| HTTP/1.1|HTTP/1.1\r\n|^'.split(b"|")
    fields = (
        b"Host: x\r\n|Accept: text/csv\r\n|Accept: */*\n|X: a HTTP/1.1\r\n|\r\n|\n|\r|X:|:| |GET /".split(
            b"|"
        )
    )
    taken = 0
    for _ in range(30_000):
        heads = Heads()
        first = b"GET /sparql?query=ASK HTTP/1.1\r\nHost: x\r\n" + b"".join(chance.choices(fields, k=3))
        first += b"\r\n" * chance.randint(0, 1)
        try:
            read = _Read(first)
        except httptools.HttpParserError:
            continue
        if not read.complete or (head := head_of(read.fields)) is None:
            continue
        heads.remember(first, head)
        line = b"GET /sparql?" + b"".join(chance.choices(lines, k=chance.randint(1, 3))) + b" HTTP/1.1\r\n"
        second = line + first.partition(b" HTTP/1.1\r\n")[2]
        if (known := heads.read(second)) is not None:
            taken += 1
            again = _Read(second)
            assert (again.complete, head_of(again.fields)) == (1, known[1])
            assert again.url == b"/sparql?" + known[0]
    assert taken > 100
