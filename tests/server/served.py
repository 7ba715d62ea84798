"""A real server on a real port, in its own processes."""

from __future__ import annotations

import contextlib
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx

from kg.store.local import Store
from tests.sample import sample_graph

TOKEN = "a-token-for-tests"
KEY = {"Authorization": f"Bearer {TOKEN}"}


@dataclass
class Served:
    """A running server."""

    process: subprocess.Popen[bytes]
    client: httpx.Client
    store: Path
    log: Path

    @property
    def url(self) -> str:
        return str(self.client.base_url).rstrip("/")

    def select(self, query: str, **parameters: str) -> list[list[str]]:
        """Return the rows of a query, as text, the head first."""
        answer = self.client.get("/sparql", params={"query": query, "format": "csv", **parameters})
        assert answer.status_code == 200, answer.text
        return [line.split(",") for line in answer.text.split()]

    def update(self, update: str) -> None:
        """Make an update that has to succeed."""
        answer = self.client.post("/update", data={"update": update}, headers=KEY)
        assert answer.status_code == 204, answer.text


def make_store(folder: Path) -> Path:
    """Make a store with the graph of one article."""
    with Store.open(folder, create=True) as store:
        store.write([sample_graph()])
    return folder


@contextlib.contextmanager
def serving(store: Path, *options: str, token: str | None = TOKEN) -> Iterator[Served]:
    """Serve the store until the block ends."""
    log = store.parent / "serve.log"
    environment = {name: value for name, value in os.environ.items() if name != "KG_TOKEN"}
    environment |= {"KG_TOKEN": token} if token else {}
    command = [sys.executable, "-m", "kg", "serve", "--store", str(store), "--port", "0", *options]
    with log.open("wb") as errors:
        process = subprocess.Popen(
            command,
            stderr=errors,
            env=environment,
            cwd=Path(__file__).parents[2],
            start_new_session=True,  # so that all of its processes can be killed at once
        )
    try:
        with httpx.Client(base_url=_address(process, log), timeout=60) as client:
            yield Served(process, client, store, log)
    finally:
        process.terminate()
        process.wait(30)


def _address(process: subprocess.Popen[bytes], log: Path) -> str:
    import time

    for _ in range(400):
        found = re.search(r"served at (http://\S+)/sparql", log.read_text("utf-8"))
        if found:
            return found[1]
        assert process.poll() is None, log.read_text("utf-8")
        time.sleep(0.05)
    raise AssertionError("the server does not answer")
