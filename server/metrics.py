"""Counters and gauges that the processes share: each front has its own slots in memory that all can read."""

from __future__ import annotations

import itertools
import mmap
import os
import time
from bisect import bisect_left
from collections.abc import Iterator, Mapping

COUNTERS = {
    "requests_total": "Requests answered.",
    "queries_total": "Queries answered.",
    "updates_total": "Writes made.",
    "refused_total": "Requests answered with a status of 400 to 499.",
    "failed_total": "Requests answered with a status of 500 to 599.",
    "timeouts_total": "Queries stopped at their limit of time.",
    "cut_total": "Answers that were not sent to their end: too large, too late, or the client went away.",
    "cached_total": "Queries answered from the cache, 304 included.",
    "inline_total": "Queries answered without a process of their own.",
    "bytes_total": "Bytes of answers.",
    "query_seconds_total": "Seconds spent on queries, waiting included.",
}
GAUGES = {
    "queries_running": "Queries that are waiting or under way.",
    "cache_bytes": "Bytes of answers that are kept, as counted against the limit.",
}
"""What each front says of itself every second."""

BUCKETS = (0.001, 0.01, 0.1, 1.0, 10.0)
"""Upper bounds of the histogram of query times, in seconds."""

_BOUNDS = [(bound, f"le_{bound}") for bound in BUCKETS]
_NAMES = (*COUNTERS, *(name for _, name in _BOUNDS), "over", *GAUGES)
_PLACE = {name: place for place, name in enumerate(_NAMES)}
_REQUESTS, _BYTES, _QUERIES, _SECONDS = (
    _PLACE[name] for name in ("requests_total", "bytes_total", "queries_total", "query_seconds_total")
)
_FIRST_BOUND = _PLACE[_BOUNDS[0][1]]  # those of the others follow, and "over"


class Metrics:
    """The counters and gauges of all fronts; writes go to those of one. Made in the main process."""

    def __init__(self, fronts: int) -> None:
        self.main = os.getpid()
        self.began = time.time()  # seconds since 1970
        self._fronts = fronts
        self._slots = memoryview(mmap.mmap(-1, fronts * len(_NAMES) * 8)).cast("d")
        self._own = 0

    def own(self, front: int) -> None:
        """From now on, count for this front."""
        self._own = front * len(_NAMES)

    def add(self, name: str, amount: float = 1) -> None:
        """Add to a counter."""
        self._slots[self._own + _PLACE[name]] += amount

    def set(self, name: str, value: float) -> None:
        """Set a gauge."""
        self._slots[self._own + _PLACE[name]] = value

    def request(self, status: int, size: int) -> None:
        """Count an answered request.

        Args:
            status: of HTTP.
            size: bytes of the body.
        """
        slots, own = self._slots, self._own  # this is done with every request, however small
        slots[own + _REQUESTS] += 1
        slots[own + _BYTES] += size
        if status >= 500:
            self.add("failed_total")
        elif status >= 400:
            self.add("refused_total")

    def query(self, seconds: float) -> None:
        """Count a query that took so long."""
        slots, own = self._slots, self._own
        slots[own + _QUERIES] += 1
        slots[own + _SECONDS] += seconds
        slots[own + _FIRST_BOUND + bisect_left(BUCKETS, seconds)] += 1

    def total(self, name: str) -> float:
        """Return the sum over all fronts."""
        return sum(self._slots[_PLACE[name] :: len(_NAMES)])

    def lines(self) -> Iterator[str]:
        """Yield them in the text format of Prometheus."""
        yield from gauge("start_time_seconds", "When the server was started, since 1970.", {"": self.began})
        for name, meaning in COUNTERS.items():
            if name == "query_seconds_total":
                continue
            yield from _family(name, meaning, "counter", {"": self.total(name)})
        for name, meaning in GAUGES.items():
            yield from gauge(name, meaning, {"": self.total(name)})
        yield "# HELP communique_query_seconds Time from request to answer.\n"
        yield "# TYPE communique_query_seconds histogram\n"
        within = itertools.accumulate(self.total(name) for _, name in _BOUNDS)
        for bound, count in zip(BUCKETS, within, strict=True):
            yield f'communique_query_seconds_bucket{{le="{bound}"}} {count:.0f}\n'
        count = self.total("queries_total")
        yield f'communique_query_seconds_bucket{{le="+Inf"}} {count:.0f}\n'
        yield f"communique_query_seconds_sum {self.total('query_seconds_total'):.6f}\n"
        yield f"communique_query_seconds_count {count:.0f}\n"


def gauge(name: str, meaning: str, values: Mapping[str, float]) -> Iterator[str]:
    """Yield a gauge in the text format of Prometheus.

    Args:
        name: without the project's.
        meaning: a sentence.
        values: by labels, such as ``{kind="front"}``; of one without labels, by the empty string.
    """
    return _family(name, meaning, "gauge", values)


def _family(name: str, meaning: str, kind: str, values: Mapping[str, float]) -> Iterator[str]:
    yield f"# HELP communique_{name} {meaning}\n# TYPE communique_{name} {kind}\n"
    for labels, value in values.items():
        yield f"communique_{name}{labels} {value:.15g}\n"
