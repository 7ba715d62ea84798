"""A fake Wikibase, and a client of it whose clock stands still but for its own waits."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from kg.linking.live import Live
from kg.linking.live.cache import Cache
from kg.linking.live.service import Service
from tests.linking.live.wikibase import Server, serving


@dataclass
class Clock:
    """Time that passes when it is slept."""

    now: float = 1_000_000.0
    waits: list[float] = field(default_factory=list)

    def __call__(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.waits.append(seconds)
        self.now += seconds


@pytest.fixture
def wikibase() -> Iterator[Server]:
    with serving() as server:
        yield server


@pytest.fixture
def clock() -> Clock:
    return Clock()


@dataclass
class Client:
    """A client, as a run has one."""

    live: Live
    warnings: list[str]


@pytest.fixture
def client(wikibase: Server, clock: Clock, tmp_path: Path) -> Client:
    return make_client(wikibase.address, clock, tmp_path)


def make_client(address: str, clock: Clock, folder: Path, run: str = "1") -> Client:
    cache = Cache(folder / "live.sqlite", clock)
    service = Service(
        address, "communique/0 (me@x.org)", cache, run=run, clock=clock, sleep=clock.sleep, timeout=0.3
    )
    warnings: list[str] = []
    return Client(Live(service, cache, "2026-01-02", warnings.append), warnings)
