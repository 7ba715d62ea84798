"""``kg backup``."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.store.local import Store
from tests.cli.conftest import Run
from tests.server.served import TOKEN, make_store, serving


def test_a_store_in_a_folder_is_copied(store: Path, elsewhere: Path, kg: Run) -> None:
    with Store.open(store):  # somebody else reads it
        run = kg("backup", "copies/monday")
    assert (run.exit_code, run.stdout) == (0, "copies/monday\n")
    assert kg("stats", "--store", "copies/monday").stdout == kg("stats").stdout
    assert kg("backup", "copies/monday").exit_code == 2
    with Store.open(store, write=True):
        busy = kg("backup", "copies/tuesday")
    assert busy.exit_code == 2
    assert "--store http://" in busy.stderr
    assert not (elsewhere / "copies" / "tuesday").exists()


def test_a_served_store_is_copied_by_its_server(
    elsewhere: Path, kg: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_store(elsewhere / "served")
    with serving(elsewhere / "served", "--backups", str(elsewhere / "copies")) as served:
        monkeypatch.setenv("KG_TOKEN", TOKEN)
        run = kg("backup", "monday", "--store", served.url)
        assert run.stdout.strip() == str(elsewhere / "copies" / "monday")
        assert kg("backup", "../monday", "--store", served.url).exit_code == 2
    assert "1  articles" in kg("stats", "--store", "copies/monday").stdout
