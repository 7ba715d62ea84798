"""Heads of requests that have been read before, and need not be read again.

A client sends the same fields with every request. Where all of a head but its first line is, byte by byte,
one that the parser has read, it means the same; and the first line is taken only in its plainest form. So
what the parser would have refused is not let through here.
"""

from __future__ import annotations

import string
from typing import NamedTuple

from server.compression import coding_for
from server.connection import LONGEST_TARGET
from server.responding import Headers, joined

_VERSION = b" HTTP/1.1\r\n"
_BEGIN = b"GET /sparql?"
_PLAIN = (string.ascii_letters + string.digits + "-._~%!$&'()*+,;=:@/?").encode("ascii")
"""What a query may have by RFC 3986, section 3.4."""

_UNUSUAL = frozenset([b"content-length", b"transfer-encoding", b"expect", b"upgrade"])
_MOST = 500
_LONGEST = 4_000


class Head(NamedTuple):
    """What the answer to a query depends on beside the query."""

    accept: str | None
    condition: str | None  # If-None-Match
    coding: str | None  # in which a body is to be sent
    forwarded: bool  # whether the client is another than who has connected


def head_of(fields: Headers) -> Head | None:
    """Return what a head says; None if it speaks of a body, or of what is beyond the usual way.

    Args:
        fields: names in small letters, and values.
    """
    names = [name for name, _ in fields]
    if not _UNUSUAL.isdisjoint(names):
        return None
    accept, condition, encoding = (
        joined(fields, name) for name in (b"accept", b"if-none-match", b"accept-encoding")
    )
    return Head(accept, condition, coding_for(encoding), b"x-forwarded-for" in names)


class Heads:
    """The heads of late."""

    def __init__(self) -> None:
        self._known: dict[bytes, Head] = {}

    def read(self, request: bytes) -> tuple[bytes, Head] | None:
        """Return the query string of a GET at ``/sparql`` and its head, if they are known to be sound.

        Args:
            request: what has come when a request was due: less or more than one is none of these.
        """
        line, _, rest = request.partition(_VERSION)
        head = self._known.get(rest)
        if head is None or len(line) > LONGEST_TARGET:
            return None
        query_string = _query_string(line)
        return None if query_string is None else (query_string, head)

    def remember(self, request: bytes, head: Head) -> None:
        """Take note of the head of a request that was read.

        Args:
            request: that request and nothing else, or it is not taken note of.
            head: what it says.
        """
        line, _, rest = request.partition(_VERSION)
        ends = rest.count(b"\r\n")
        whole = rest.find(b"\r\n\r\n") == len(rest) - 4 and rest.count(b"\r") == rest.count(b"\n") == ends
        if not whole or len(rest) > _LONGEST or _query_string(line) is None:
            return
        if len(self._known) >= _MOST:
            self._known.clear()
        self._known[rest] = head


def _query_string(line: bytes) -> bytes | None:
    """What is behind the question mark, if the line is of the plainest form."""
    if not line.startswith(_BEGIN) or line.translate(None, _PLAIN) != b" ":
        return None
    return line[len(_BEGIN) :]
