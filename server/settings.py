"""What ``kg serve`` can be told."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from kg.errors import UsageError
from server.calling import check_listed

_POSITIVE = (
    "fronts workers waiting timeout update_timeout query_memory max_body max_query max_answer service_timeout"
)

Memory = Literal["auto", "on", "off"]


@dataclass(frozen=True, slots=True)
class Settings:
    """All settings of the server."""

    store: Path
    base: str | None = None  # base IRI that the store must have; None takes its own
    token: str | None = None  # what a client needs for writing; None: nobody writes
    host: str = "127.0.0.1"
    port: int = 8000
    fronts: int = 2  # processes that speak HTTP
    workers: int = 2  # processes for queries that may take long, per front
    waiting: int = 64  # requests that may wait for such a process, per front
    timeout: float = 30.0  # seconds that a query may take
    update_timeout: float = 300.0  # seconds that an update or an upload may take
    memory: Memory = "auto"  # whether reading is done from a copy in memory
    memory_limit: int = 0  # MB that the copy may take in all processes; 0: three quarters of what is free
    query_memory: int = 2000  # MB that one query may take
    union: bool = True  # whether the default graph of a query is the union of all graphs
    max_body: int = 100_000_000  # bytes of an upload or an update
    max_query: int = 1_000_000  # bytes of a query
    max_answer: int = 2_000_000_000  # bytes of an answer
    cache: int = 64_000_000  # bytes of answers kept, per front; 0: none
    services: tuple[str, ...] = ()  # endpoints that SERVICE may call
    loads: tuple[str, ...] = ()  # documents that LOAD may fetch, or places with a slash at the end
    service_timeout: float = 10.0  # seconds that a call of either may take
    renew: int = 0  # MB that a process may gain until another takes its place; 0: half of what it has
    backups: Path | None = None  # folder for copies of the store; None: none are made
    access_log: str | None = None  # a file, or - for standard error
    slow: float = 5.0  # seconds after which a query is logged

    def __post_init__(self) -> None:
        for name in _POSITIVE.split():
            if getattr(self, name) <= 0:
                raise UsageError(f"{name}: must be more than 0, not {getattr(self, name)}")
        for iri in self.services:
            check_listed(iri, "service")
        for iri in self.loads:
            check_listed(iri, "load")
        if self.memory not in ("auto", "on", "off"):
            raise UsageError(f"memory: {self.memory!r} is not one of auto, on, off")
        if self.token is not None and len(self.token) < 8:
            raise UsageError("token: has to have at least 8 characters")

    @property
    def readers(self) -> int:
        """How many processes may read from the store at most."""
        return self.fronts * (1 + self.workers + 1)  # the last for queries that are quick


def free_memory() -> int:
    """Return how many bytes of memory are free on this machine; 0 if it does not tell."""
    try:
        lines = Path("/proc/meminfo").read_text("ascii").splitlines()
        return 1024 * next(int(line.split()[1]) for line in lines if line.startswith("MemAvailable"))
    except (OSError, StopIteration):
        return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 2
