"""Processes that have grown are replaced, and nobody notices."""

from __future__ import annotations

import subprocess
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.server.served import KEY, Served, make_store, serving

GRAPH = "https://e.org/new-terms"


@pytest.fixture(params=["on", "off"])
def served(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Served]:
    options = ("--fronts", "2", "--renew", "4", "--memory", request.param)
    with serving(make_store(tmp_path / "store"), *options) as server:
        yield server


def processes(served: Served) -> set[str]:
    """Return the processes of the server: all in its session."""
    told = subprocess.run(
        ["ps", "-o", "pid=", "--sid", str(served.process.pid)], capture_output=True, text=True, check=True
    )
    return set(told.stdout.split())


def put_and_drop(served: Served, turn: int) -> None:
    """Write a graph of terms that nothing else has, and remove it."""
    lines = "\n".join(
        f'<https://e.org/{turn}/{n}> <https://e.org/p> "text {turn} {n}" .' for n in range(10_000)
    )
    kind = {"Content-Type": "application/n-triples"}
    with httpx.Client(base_url=served.url, timeout=60) as client:
        put = client.put("/store", params={"graph": GRAPH}, content=lines, headers={**KEY, **kind})
        assert put.is_success, put.text
        found = client.get(
            "/sparql",
            params={
                "query": f"SELECT (COUNT(*) AS ?n) {{ GRAPH <{GRAPH}> {{ ?s ?p ?o }} }}",
                "format": "csv",
            },
        )
        assert found.text.split()[1] == "10000"
        assert client.delete("/store", params={"graph": GRAPH}, headers=KEY).is_success


def test_they_are_replaced_while_all_is_answered(served: Served) -> None:
    first = processes(served)
    wrong: list[str] = []
    done = threading.Event()
    reader = threading.Thread(target=_read, args=(served.url, wrong, done))
    reader.start()
    try:
        for turn in range(8):
            put_and_drop(served, turn)
    finally:
        done.set()
        reader.join()
    assert wrong == []
    if served.log.read_text("utf-8").count("copy in memory"):
        assert len(first - processes(served)) >= 2  # both fronts
    assert "another takes its place" not in served.log.read_text("utf-8")


ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n ?o }"


def test_who_leaves_takes_as_long_as_its_queries_do(tmp_path: Path) -> None:
    options = ("--fronts", "1", "--renew", "4", "--timeout", "14")
    with serving(make_store(tmp_path / "store"), *options) as served:
        answer, thread = _asked(served.url)
        for turn in range(8):
            put_and_drop(served, turn)
        thread.join()
        assert [(one.status_code, "longer than 14 s" in one.text) for one in answer] == [(503, True)]


def test_told_to_end_the_server_says_so_to_who_waits(tmp_path: Path) -> None:
    with serving(make_store(tmp_path / "store"), "--fronts", "1", "--timeout", "60") as served:
        answer, thread = _asked(served.url)
        served.process.terminate()
        thread.join()
        assert served.process.wait(20) == 0
        assert [(one.status_code, one.text) for one in answer] == [(503, "the server is stopping\n")]


def _asked(url: str) -> tuple[list[httpx.Response], threading.Thread]:
    answers: list[httpx.Response] = []

    def ask() -> None:
        answers.append(httpx.get(f"{url}/sparql", params={"query": ENDLESS}, timeout=60))

    thread = threading.Thread(target=ask)
    thread.start()
    time.sleep(0.5)
    return answers, thread


def _read(url: str, wrong: list[str], done: threading.Event) -> None:
    """Ask until it is enough, by a new connection each time."""
    query = "SELECT (COUNT(*) AS ?n) { ?s a <https://w3id.org/communique#Actor> }"
    answers = set()
    while not done.is_set():
        try:
            answer = httpx.get(f"{url}/sparql", params={"query": query, "format": "csv"}, timeout=30)
            answers.add((answer.status_code, answer.text))
        except httpx.TransportError as error:
            wrong.append(repr(error))
    wrong += [] if len(answers) == 1 else [str(answers)]
