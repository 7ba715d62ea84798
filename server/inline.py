"""Small queries answered within the process that speaks HTTP: no other process is asked, which would cost
more
than they do.

A query is expected to be small if others of the same shape were: the same text but for its digits. Should one
take long after all, it blocks this process; so its answer may have so many bytes, and a thread watches the
clock, tells the client, and ends the process (another takes its place).
"""

from __future__ import annotations

import asyncio
import os
import re
import threading
import time
from collections import OrderedDict

from server.answering import Job, Source, answer

SMALL = 0.002
"""Seconds that queries of a shape may have taken, each of the last ones, to be expected to be small."""

LARGEST = 100_000
"""Most bytes of an answer that is written here."""

_TIMES = 3
_SHAPES = 5_000
_DIGITS = re.compile(r"[0-9]+")


class TooLargeError(Exception):
    """The answer has more bytes than expected."""


class Shapes:
    """How often in a row queries of each shape were small."""

    def __init__(self) -> None:
        self._runs: OrderedDict[str, int] = OrderedDict()

    def is_small(self, query: str) -> bool:
        """Whether a query is expected to be small."""
        return self._runs.get(_DIGITS.sub("0", query), 0) >= _TIMES

    def learn(self, query: str, seconds: float, size: int) -> None:
        """Take note of what a query has cost."""
        shape = _DIGITS.sub("0", query)
        small = seconds < SMALL and size < LARGEST
        # One that is not small counts for many that are: better a detour than a process that stands still.
        self._runs[shape] = min(self._runs.get(shape, 0) + 1, _TIMES) if small else -100
        self._runs.move_to_end(shape)
        if len(self._runs) > _SHAPES:
            self._runs.popitem(last=False)


class Bounded:
    """Takes an answer of a bounded size."""

    def __init__(self) -> None:
        self.media_type = ""
        self.body = bytearray()

    def begin(self, media_type: str) -> Bounded:
        """Take the media type."""
        self.media_type = media_type
        return self

    def write(self, piece: bytes) -> int:
        """Take a piece; return its length, as the engine expects of a file."""
        self.body += piece
        if len(self.body) > LARGEST:
            raise TooLargeError
        return len(piece)

    def flush(self) -> None:
        """There is nothing to do; the engine expects it of a file."""


class Watch:
    """The thread that ends the process if a query within it does not end in time.

    Args:
        limit: seconds that a query may take.
    """

    def __init__(self, limit: float) -> None:
        self._limit = limit
        self._since = 0.0
        self._transport: asyncio.Transport | None = None
        threading.Thread(target=self._look, daemon=True).start()

    def answer(self, source: Source, job: Job, transport: asyncio.Transport | None) -> Bounded:
        """Answer a query while the thread looks on.

        Args:
            source: what is asked.
            job: the query.
            transport: to the client.

        Raises:
            TooLargeError: it was not small after all.
            KgError: as ``answering.answer``.
        """
        output = Bounded()
        self._transport, self._since = transport, time.monotonic()
        try:
            answer(source, job, output.begin)
        finally:
            self._since = 0.0
        return output

    def _look(self) -> None:
        while True:
            time.sleep(min(self._limit, 1.0) / 4)
            since = self._since
            if since and time.monotonic() - since > self._limit:
                self._end()

    def _end(self) -> None:
        connection = self._transport and self._transport.get_extra_info("socket")
        if connection:
            reason = f"the query took longer than {self._limit:g} s and was stopped\n".encode()
            head = (
                "HTTP/1.1 503 Service Unavailable\r\nContent-Type: text/plain; charset=utf-8\r\n"
                "Access-Control-Allow-Origin: *\r\nConnection: close\r\n"
                f"Content-Length: {len(reason)}\r\n\r\n"
            )
            os.write(connection.fileno(), head.encode("ascii") + reason)
        os._exit(3)
