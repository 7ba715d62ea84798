"""Copies of a store that is served, or not; what is restored is what was there."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from kg.errors import UsageError
from kg.store.backup import back_up
from kg.store.local import Store
from tests.server.served import KEY, make_store, serving


def test_a_copy_of_a_closed_store_is_a_store(tmp_path: Path) -> None:
    with Store.open(make_store(tmp_path / "store")) as store:
        back_up(store, tmp_path / "copies" / "monday")
        with Store.open(tmp_path / "copies" / "monday") as copy:
            assert copy.base == store.base
            assert set(copy.engine) == set(store.engine)


def test_a_folder_that_is_there_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "copy").mkdir()
    (tmp_path / "copy" / "letter.txt").write_text("mine")
    with (
        Store.open(make_store(tmp_path / "store")) as store,
        pytest.raises(UsageError, match="exists already"),
    ):
        back_up(store, tmp_path / "copy")
    assert [path.name for path in (tmp_path / "copy").iterdir()] == ["letter.txt"]


def test_a_copy_made_under_writes_has_all_that_was_acknowledged_and_nothing_half(tmp_path: Path) -> None:
    with serving(make_store(tmp_path / "store"), "--backups", str(tmp_path / "copies")) as served:
        acknowledged: list[int] = []
        done = threading.Event()
        writer = threading.Thread(target=_write, args=(served.update, acknowledged, done))
        writer.start()
        try:
            while len(acknowledged) < 20:
                pass
            before = list(acknowledged)
            answer = served.client.post("/backup", data={"name": "under-writes"}, headers=KEY)
        finally:
            done.set()
            writer.join()
    assert answer.status_code == 201, answer.text
    folder = Path(answer.text.strip())
    assert folder == tmp_path / "copies" / "under-writes"
    with serving(folder) as restored:
        rows = restored.select(
            "SELECT ?n (COUNT(*) AS ?parts) { ?s <https://e.org/n> ?n ; <https://e.org/part> ?p } GROUP BY ?n"
        )
    found = {int(number): int(parts) for number, parts in rows[1:]}
    assert set(before) <= set(found)
    assert set(found.values()) == {3}


def _write(update: Callable[[str], None], acknowledged: list[int], done: threading.Event) -> None:
    number = 0
    while not done.is_set():
        number += 1
        node = f"<https://e.org/{number}>"
        update(f"INSERT DATA {{ {node} <https://e.org/n> {number} ; <https://e.org/part> 1, 2, 3 }}")
        acknowledged.append(number)


class TestRefusals:
    def test_only_with_the_token(self, tmp_path: Path) -> None:
        with serving(make_store(tmp_path / "store"), "--backups", str(tmp_path / "copies")) as served:
            assert served.client.post("/backup").status_code == 401
            assert served.client.get("/backup").status_code == 405
        assert not (tmp_path / "copies").exists()

    def test_only_where_the_operator_wants_copies(self, tmp_path: Path) -> None:
        with serving(make_store(tmp_path / "store")) as served:
            answer = served.client.post("/backup", headers=KEY)
            assert (answer.status_code, "--backups" in answer.text) == (403, True)

    @pytest.mark.parametrize("name", ["../elsewhere", "/tmp/elsewhere", ".hidden", "a/b", "a\nb", ""])
    def test_nowhere_else(self, tmp_path: Path, name: str) -> None:
        with serving(make_store(tmp_path / "store"), "--backups", str(tmp_path / "copies")) as served:
            answer = served.client.post("/backup", data={"name": name}, headers=KEY)
            assert answer.status_code == (400 if name else 201)
        assert {path.name for path in tmp_path.iterdir()} <= {"store", "copies", "serve.log"}

    def test_a_name_that_is_not_given_once_in_a_form(self, tmp_path: Path) -> None:
        with serving(make_store(tmp_path / "store"), "--backups", str(tmp_path / "copies")) as served:

            def status(address: str, **body: Any) -> int:
                return served.client.post(address, headers=KEY, **body).status_code

            assert status("/backup?name=a", data={"name": "b"}) == 400
            assert status("/backup", json={"name": "a"}) == 415
            assert status("/backup?name=a") == 201
        assert [path.name for path in (tmp_path / "copies").iterdir()] == ["a"]

    def test_never_over_another_copy(self, tmp_path: Path) -> None:
        with serving(make_store(tmp_path / "store"), "--backups", str(tmp_path / "copies")) as served:
            assert served.client.post("/backup", data={"name": "a"}, headers=KEY).status_code == 201
            answer = served.client.post("/backup", data={"name": "a"}, headers=KEY)
            assert (answer.status_code, "is there already" in answer.text) == (409, True)
