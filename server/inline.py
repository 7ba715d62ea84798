"""Small queries answered within the process that speaks HTTP: to ask another would cost more than they do.

A query is expected to be small if others of the same shape were. Should one take long after all, it blocks
this process: so it is given up, for another to begin anew, if it writes more and takes longer than that is
worth; and if it does not write, a thread watches the clock, tells the client, and ends the process (another
takes its place).
"""

from __future__ import annotations

import asyncio
import os
import threading
import time

from server.answering import Job, Source, answer

_LARGEST = 500_000
"""Most bytes of an answer that is written here."""

_LONGEST = 0.005
"""Seconds after which an answer that goes on and on is given up."""

_BEGUN = 20_000
"""Bytes of an answer that is expected to go on; a shorter one may be all there when it begins."""


class NotSmallError(Exception):
    """The answer is larger than expected."""


def cost(seconds: float, size: int) -> float:
    """Return the seconds that a query would have taken here until it was answered or given up.

    Args:
        seconds: that it has taken where it was answered.
        size: bytes of the answer.
    """
    return min(seconds, _LONGEST) if size > _BEGUN else seconds


class Bounded:
    """Takes an answer of a bounded size."""

    def __init__(self) -> None:
        self.media_type = ""
        self.body = bytearray()
        self._late = time.monotonic() + _LONGEST

    def begin(self, media_type: str) -> Bounded:
        """Take the media type."""
        self.media_type = media_type
        return self

    def write(self, piece: bytes) -> int:
        """Take a piece; return its length, as the engine expects of a file."""
        self.body += piece
        size = len(self.body)
        if size > _LARGEST or (size > _BEGUN and time.monotonic() > self._late):
            raise NotSmallError
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
            NotSmallError: it was not small after all.
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
            reason = f"the query took longer than {self._limit:g} s (--timeout) and was stopped\n".encode()
            head = (
                "HTTP/1.1 503 Service Unavailable\r\nContent-Type: text/plain; charset=utf-8\r\n"
                "Access-Control-Allow-Origin: *\r\nConnection: close\r\n"
                f"Content-Length: {len(reason)}\r\n\r\n"
            )
            os.write(connection.fileno(), head.encode("ascii") + reason)
        os._exit(3)
