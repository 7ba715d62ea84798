"""Servers of the SPARQL protocol, real ones, on real ports."""

from __future__ import annotations

import contextlib
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.config import Address, Config
from kg.store.local import Store
from tests.server.served import TOKEN, serving
from tests.serving import free_port, wait_for


@contextlib.contextmanager
def oxigraph(folder: Path, *options: str) -> Iterator[str]:
    """Run Oxigraph's own server."""
    command = shutil.which("oxigraph") or str(Path(sys.executable).with_name("oxigraph"))
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    process = subprocess.Popen(
        [command, "serve", "--location", str(folder), "--bind", f"127.0.0.1:{port}", *options],
        stderr=subprocess.DEVNULL,
    )
    try:
        wait_for(address, process)
        yield address
    finally:
        process.terminate()
        process.wait(30)


@pytest.fixture
def ours(tmp_path: Path) -> Iterator[Config]:
    """An empty store that ``kg serve`` serves."""
    Store.open(tmp_path / "served", create=True).close()
    with serving(tmp_path / "served") as served:
        yield Config(store=Address(served.url), token=TOKEN)


@pytest.fixture(params=["kg", "oxigraph", "oxigraph union"])
def anyone(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Config]:
    """An empty store that is served: by ``kg serve``, by Oxigraph, by Oxigraph with a union default graph."""
    if request.param == "kg":
        yield request.getfixturevalue("ours")
        return
    options = ["--union-default-graph"] if "union" in request.param else []
    with oxigraph(tmp_path / "oxigraph", *options) as address:
        yield Config(store=Address(address))
