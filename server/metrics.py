"""Counters that the processes share: each front has its own slots in memory that all can read."""

from __future__ import annotations

import itertools
import mmap
from collections.abc import Iterator

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
BUCKETS = (0.001, 0.01, 0.1, 1.0, 10.0)
"""Upper bounds of the histogram of query times, in seconds."""

_BOUNDS = [(bound, f"le_{bound}") for bound in BUCKETS]
_NAMES = (*COUNTERS, *(name for _, name in _BOUNDS), "over")
_PLACE = {name: place for place, name in enumerate(_NAMES)}


class Metrics:
    """The counters of all fronts; writes go to those of one."""

    def __init__(self, fronts: int) -> None:
        self._fronts = fronts
        self._slots = memoryview(mmap.mmap(-1, fronts * len(_NAMES) * 8)).cast("d")
        self._own = 0

    def own(self, front: int) -> None:
        """From now on, count for this front."""
        self._own = front * len(_NAMES)

    def add(self, name: str, amount: float = 1) -> None:
        """Add to a counter."""
        self._slots[self._own + _PLACE[name]] += amount

    def request(self, status: int, size: int) -> None:
        """Count an answered request.

        Args:
            status: of HTTP.
            size: bytes of the body.
        """
        self.add("requests_total")
        self.add("bytes_total", size)
        if status >= 500:
            self.add("failed_total")
        elif status >= 400:
            self.add("refused_total")

    def time(self, seconds: float) -> None:
        """Count a query that took so long."""
        self.add("queries_total")
        self.add("query_seconds_total", seconds)
        self.add(next((name for bound, name in _BOUNDS if seconds <= bound), "over"))

    def total(self, name: str) -> float:
        """Return the sum over all fronts."""
        return sum(self._slots[_PLACE[name] :: len(_NAMES)])

    def lines(self) -> Iterator[str]:
        """Yield them in the text format of Prometheus."""
        for name, meaning in COUNTERS.items():
            if name == "query_seconds_total":
                continue
            yield f"# HELP communique_{name} {meaning}\n# TYPE communique_{name} counter\n"
            yield f"communique_{name} {self.total(name):.0f}\n"
        yield "# HELP communique_query_seconds Time from request to answer.\n"
        yield "# TYPE communique_query_seconds histogram\n"
        within = itertools.accumulate(self.total(name) for _, name in _BOUNDS)
        for bound, count in zip(BUCKETS, within, strict=True):
            yield f'communique_query_seconds_bucket{{le="{bound}"}} {count:.0f}\n'
        count = self.total("queries_total")
        yield f'communique_query_seconds_bucket{{le="+Inf"}} {count:.0f}\n'
        yield f"communique_query_seconds_sum {self.total('query_seconds_total'):.6f}\n"
        yield f"communique_query_seconds_count {count:.0f}\n"
