"""A line of JSON for each request, and one for each slow query in the log of the program. No line has the
token."""

from __future__ import annotations

import datetime as dt
import json
import logging
import os
import sys
from collections.abc import MutableMapping
from typing import TYPE_CHECKING, Any

from kg.rdf.formats import GRAPH_FORMATS, ROW_FORMATS
from server.metrics import Metrics
from server.responding import Scope, Send
from server.settings import Settings

if TYPE_CHECKING:
    from server.sent import Ready

log = logging.getLogger("communique.server")

_SHOWN = 2000
"""Characters of a query that are written."""

_ROW = {
    media_type: known.row_mark
    for known in ROW_FORMATS.values()
    for media_type in known.media_types
    if known.row_mark is not None
} | {GRAPH_FORMATS["ntriples"].media_types[0]: GRAPH_FORMATS["ntriples"].row_mark}
"""What stands before each row but the first, or after each, and cannot stand within a text."""


class AccessLog:
    """Where the lines go."""

    def __init__(self, settings: Settings, metrics: Metrics) -> None:
        self._slow, self._metrics = settings.slow, metrics
        self._file: int | None = None
        if settings.access_log == "-":
            self._file = sys.stderr.fileno()
        elif settings.access_log is not None:
            # One write appends one line, also where several processes write.
            self._file = os.open(settings.access_log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o640)

    @property
    def names_clients(self) -> bool:
        """Whether it is written who asked."""
        return self._file is not None

    def entry(self, scope: Scope, now: float) -> Entry:
        """Return what is to be known of a request.

        Args:
            scope: of ASGI.
            now: seconds, of any clock.
        """
        if self._file is not None:
            scope["communique.rows"] = Rows()
        return Entry(scope, now)

    def end(self, entry: Entry, now: float) -> None:
        """Take note of a request that is over."""
        seconds = now - entry.began
        if entry.cut is not None:
            self._metrics.add("cut_total")
        if self.count(entry.scope["path"], entry.status, entry.size, seconds):
            self.write(entry, seconds)

    def count(self, path: str, status: int, size: int, seconds: float) -> bool:
        """Count a request that is over; return whether a line about it is to be written.

        Args:
            path: of the request.
            status: of HTTP.
            size: bytes of the body.
            seconds: that it took.
        """
        self._metrics.request(status, size)
        if path == "/sparql" or path.startswith("/queries/"):
            self._metrics.query(seconds)
        return self._file is not None or seconds >= self._slow

    def write(self, entry: Entry, seconds: float) -> None:
        """Write the lines about a request that took so long."""
        line = entry.line(seconds)
        if seconds >= self._slow:
            log.warning("slow: %s", line)
        if self._file is not None:
            os.write(self._file, line.encode("utf-8") + b"\n")


class Entry:
    """A request and its response."""

    def __init__(self, scope: Scope, began: float) -> None:
        self.scope, self.began = scope, began
        self.status = 0
        self.size = 0
        self.cut: str | None = None  # why the answer was not sent to its end

    def watching(self, send: Send) -> Send:
        """Return what passes messages on to the client, taking note of them."""

        async def watched(message: MutableMapping[str, Any]) -> None:
            if message["type"] == "http.response.start":
                self.status = message["status"]
            else:
                self.size += len(message.get("body", b""))
            await send(message)

        return watched

    def of(self, ready: Ready) -> Entry:
        """Take note of a response that was there at once; return this entry."""
        self.status, self.size = ready.status, len(ready.body)
        rows = self.scope.get("communique.rows")
        if rows is not None and ready.kept is not None:
            rows.feed(ready.kept.media_type, ready.kept.body)
        return self

    def line(self, seconds: float) -> str:
        """Return what is written in the log."""
        client = self.scope.get("client")
        entry = {
            "time": dt.datetime.now(dt.UTC).isoformat(timespec="milliseconds"),
            "client": client[0] if client else None,
            "method": self.scope["method"],
            "path": self.scope["path"],
            "query": self.scope["query_string"].decode("latin-1")[:_SHOWN],
            "status": self.status,
            "seconds": round(seconds, 6),
            "bytes": self.size,
        }
        body = self.scope.get("communique.sparql")  # which the address does not have
        if body is not None:
            entry["sparql"] = body[:_SHOWN]
        if self.cut is not None:
            entry["cut"] = self.cut
        rows = self.scope.get("communique.rows")
        if rows is not None and rows.count is not None:
            entry["rows"] = rows.count
        return json.dumps(entry, ensure_ascii=False)


class Rows:
    """Counts the rows of an answer by what stands between them."""

    def __init__(self) -> None:
        self.count: int | None = None
        self._marker = b""
        self._tail = b""
        self._quoted = False

    def feed(self, media_type: str, piece: bytes) -> None:
        """Take the next piece of the answer, as it is before it is compressed."""
        if media_type == "text/csv":
            self._feed_csv(piece)
            return
        if self.count is None:
            marker = _ROW.get(media_type)
            if marker is None:
                return
            # The first row of JSON has nothing before it, and the first line of TSV is no row.
            self._marker, self.count = marker, -piece.startswith(b"?")
            self.count += b'"bindings":[{' in piece[:100_000] if marker[:1] == b"}" else 0
        self.count += (self._tail + piece).count(self._marker)
        self._tail = (self._tail + piece)[-len(self._marker) + 1 :] if len(self._marker) > 1 else b""

    def _feed_csv(self, piece: bytes) -> None:
        # A line within quotes is part of a text; a quote within a text is doubled, which changes nothing.
        for number, part in enumerate(piece.split(b'"')):
            self._quoted ^= number > 0
            if not self._quoted:
                self.count = (-1 if self.count is None else self.count) + part.count(b"\n")
