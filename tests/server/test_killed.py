"""All processes killed at once, at any moment, under a load of writes of every kind."""

from __future__ import annotations

import contextlib
import os
import random
import signal
import threading
import time
from collections.abc import Callable
from pathlib import Path

import httpx
import pyoxigraph as ox

from kg.errors import StoreLocked
from kg.store.local import Store
from tests.server.served import KEY, Served, make_store, serving

ROUNDS = 4
SIZE = 40
"""Triples of each write: all of them are there, or none."""


def test_what_was_acknowledged_is_there_and_nothing_is_half_there(tmp_path: Path) -> None:
    chance = random.Random(7)
    store = make_store(tmp_path / "store")
    rounds: list[dict[str, int]] = []  # of each kind, the number of the last write that was acknowledged
    for round_ in range(ROUNDS):
        with serving(store, "--fronts", "2") as server:
            rounds.append(_write_until_killed(server, f"x:{round_}/", chance.uniform(0.3, 1.1)))
        with _opened(store) as opened:
            for before, acknowledged in enumerate(rounds):
                _check(opened.engine, f"x:{before}/", acknowledged)
            assert opened.articles()  # and what was there at first
    with serving(store):
        snapshots = [path.name for path in tmp_path.glob(".store-*")]
    assert len(snapshots) <= 1  # those of the servers that were killed are gone
    assert all(sum(one[kind] for one in rounds) > ROUNDS for kind in WRITES)


def _opened(store: Path) -> Store:
    """Open the store as soon as the processes are gone that were killed."""
    for _ in range(100):
        with contextlib.suppress(StoreLocked):
            return Store.open(store)
        time.sleep(0.1)
    return Store.open(store)


def _insert(client: httpx.Client, place: str, number: int) -> httpx.Response:
    triples = " ".join(f"<x:s> <x:p{n}> {number} ." for n in range(SIZE))
    return _update(client, f"INSERT DATA {{ GRAPH <{place}insert/{number}> {{ {triples} }} }}")


def _blank(client: httpx.Client, place: str, number: int) -> httpx.Response:
    triples = " ".join(f"[] <x:p{n}> {number} ." for n in range(SIZE))
    return _update(client, f"INSERT DATA {{ GRAPH <{place}blank/{number}> {{ {triples} }} }}")


def _replace(client: httpx.Client, place: str, number: int) -> httpx.Response:
    triples = " ".join(f"<x:s> <x:p{n}> {number} ." for n in range(SIZE))
    return _update(
        client,
        f"DROP SILENT GRAPH <{place}replace> ; INSERT DATA {{ GRAPH <{place}replace> {{ {triples} }} }}",
    )


def _put(client: httpx.Client, place: str, number: int) -> httpx.Response:
    triples = " ".join(f"<x:s> <x:p{n}> {number} ." for n in range(SIZE))
    sent = KEY | {"Content-Type": "text/turtle"}
    return client.put("/store", params={"graph": f"{place}put"}, content=triples, headers=sent)


def _update(client: httpx.Client, update: str) -> httpx.Response:
    return client.post("/update", data={"update": update}, headers=KEY)


WRITES: dict[str, Callable[[httpx.Client, str, int], httpx.Response]] = {
    "insert": _insert,
    "blank": _blank,
    "replace": _replace,
    "put": _put,
}


def _write_until_killed(server: Served, place: str, seconds: float) -> dict[str, int]:
    acknowledged = dict.fromkeys(WRITES, 0)
    threads = [
        threading.Thread(target=_write, args=(server.url, kind, place, acknowledged)) for kind in WRITES
    ]
    for thread in threads:
        thread.start()
    time.sleep(seconds)
    os.killpg(server.process.pid, signal.SIGKILL)
    for thread in threads:
        thread.join()
    return acknowledged


def _write(url: str, kind: str, place: str, acknowledged: dict[str, int]) -> None:
    with httpx.Client(base_url=url, timeout=30) as client:
        try:
            while True:
                number = acknowledged[kind] + 1
                answer = WRITES[kind](client, place, number)
                assert answer.status_code in (201, 204), answer.text
                acknowledged[kind] = number
        except httpx.TransportError:
            return


def _check(engine: ox.Store, place: str, acknowledged: dict[str, int]) -> None:
    for kind in ("insert", "blank"):
        sizes = [_values(engine, f"{place}{kind}/{n}") for n in range(1, acknowledged[kind] + 2)]
        assert sizes[:-1] == [[n] * SIZE for n in range(1, acknowledged[kind] + 1)]
        assert sizes[-1] in ([], [acknowledged[kind] + 1] * SIZE)  # written, but not yet said
    for kind in ("replace", "put"):
        now = acknowledged[kind]
        assert _values(engine, f"{place}{kind}") in ([now] * SIZE if now else [], [now + 1] * SIZE)


def _values(engine: ox.Store, graph: str) -> list[int]:
    quads = engine.quads_for_pattern(None, None, None, ox.NamedNode(graph))
    return [int(quad.object.value) for quad in quads if isinstance(quad.object, ox.Literal)]
