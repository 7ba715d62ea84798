"""Packs: what is put in is found again, under every spelling, by many processes; faults are told."""

from __future__ import annotations

import sqlite3
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import pytest

from kg.errors import SourceNotFound, StopError, UsageError
from kg.linking.knowledge import Hit, Item, Office
from kg.linking.packs import Pack

ITEMS = (
    Item("Q10", "Newport", description="small town", type="place", popularity=3),
    Item("Q11", "Newport", ("Port Novo",), "large city", "place", popularity=90),
    Item("Q12", "Wanda Newport", ("Newport", "W. Newport"), "singer", "person", popularity=40),
    Item("Q13", "Agency for Harbour Safety", type="organisation", popularity=7),
    Item("Q14", "Yevgeny Tarasenko", type="person", popularity=9),
    Item(
        "Q15",
        "Élodie Martin",
        ('Elodie "Lo" Martin',),
        "minister",
        "person",
        ("Q5",),
        12.0,
        ("Ruritania",),
        ("politician",),
        (Office("Minister of Harbours", "2019-05", ""),),
        ("Harbour Party",),
        ("Q99",),
        ("Q16",),
        born="1961-02-03",
    ),
)


@pytest.fixture
def pack(tmp_path: Path) -> Pack:
    path = tmp_path / "harbour.pack"
    Pack.build(path, ITEMS, date="2026-01-02")
    return Pack.open(path)


def ids(hits: object) -> list[str]:
    assert isinstance(hits, list)
    return [hit.item.qid for hit in hits]


def test_items_come_back_as_they_were_put_in(pack: Pack) -> None:
    assert list(pack.items([item.qid for item in ITEMS])) == list(ITEMS)
    assert list(pack.items(["Q15", "Q404", "Q10"])) == [ITEMS[5], ITEMS[0]]


def test_best_match_comes_first_then_most_popular(pack: Pack) -> None:
    assert ids(pack.find("Newport")) == ["Q11", "Q10", "Q12"]
    assert [hit.match for hit in pack.find("Newport")] == ["label", "label", "alias"]
    assert ids(pack.find("Newport", "person")) == ["Q12"]
    assert ids(pack.find("Newport", limit=1)) == ["Q11"]


@pytest.mark.parametrize(
    ("name", "qid", "match"),
    [
        ("elodie martin", "Q15", "folded"),
        ("Élodie Martin’s", "Q15", "label"),
        ("Martin, Elodie", "Q15", "folded"),
        ("Evgenij Tarasenko", "Q14", "folded"),
        ("Yevgani Tarasenko", "Q14", "partial"),
        ("AHS", "Q13", "partial"),
    ],
)
def test_a_name_is_found_in_other_spellings(pack: Pack, name: str, qid: str, match: str) -> None:
    (hit,) = pack.find(name)
    assert (hit.item.qid, hit.match, hit.source) == (qid, match, "harbour")


@pytest.mark.parametrize("name", ["Nobody", "", "  ", "’", "Yevgena Tarasenko", "ahs"])
def test_what_is_not_there_is_not_found(pack: Pack, name: str) -> None:
    assert not pack.find(name)


def test_longer_names_are_found_by_their_words(pack: Pack) -> None:
    assert ids(pack.containing("Tarasenko")) == ["Q14"]
    assert ids(pack.containing("Harbour Agency")) == ["Q13"]
    assert not pack.containing("Harbour Agency", "person")


def test_the_manifest_says_what_was_built(pack: Pack) -> None:
    assert (pack.name, pack.date) == ("harbour", "2026-01-02")
    assert (pack.manifest["items"], pack.manifest["repeated"]) == (6, 0)


def test_of_items_with_one_id_the_first_counts(tmp_path: Path) -> None:
    twice = (Item("Q1", "First"), Item("Q1", "Second"))
    manifest = Pack.build(tmp_path / "p", twice, name="twice", source="here")
    assert (manifest["items"], manifest["repeated"], manifest["source"]) == (1, 1, "here")
    with Pack.open(tmp_path / "p") as pack:
        assert not pack.find("Second")


def look_up(path: Path) -> list[str]:
    with Pack.open(path) as pack:
        return [hit.item.qid for hit in pack.find("Newport")]


def test_many_processes_read_one_pack(pack: Pack) -> None:
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
        assert list(pool.map(look_up, [pack.path] * 4)) == [["Q11", "Q10", "Q12"]] * 4


def test_a_pack_cannot_be_changed(pack: Pack) -> None:
    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        pack._connection.execute("DELETE FROM item")


def test_a_build_that_fails_leaves_the_former_pack(pack: Pack) -> None:
    def broken() -> object:
        yield ITEMS[0]
        raise UsageError("line 2 is wrong")

    with pytest.raises(UsageError):
        Pack.build(pack.path, broken())  # type: ignore[arg-type]
    assert ids(Pack.open(pack.path).find("Newport")) == ["Q11", "Q10", "Q12"]
    assert [path.name for path in pack.path.parent.iterdir()] == ["harbour.pack"]


def test_a_hit_names_its_pack(pack: Pack) -> None:
    assert pack.find("Port Novo")[0] == Hit(ITEMS[1], "Port Novo", "alias", "harbour")


def test_what_is_no_pack_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SourceNotFound, match="no such pack"):
        Pack.open(tmp_path / "none")
    (tmp_path / "text").write_text("this is not a database, whatever its name may say" * 40)
    with pytest.raises(UsageError, match="is not a pack"):
        Pack.open(tmp_path / "text")
    with sqlite3.connect(tmp_path / "other") as other:
        other.execute("CREATE TABLE item(qid)")
    other.close()
    with pytest.raises(UsageError, match="is not a pack"):
        Pack.open(tmp_path / "other")


def test_a_pack_of_another_version_is_to_be_built_again(pack: Pack) -> None:
    with sqlite3.connect(pack.path) as connection:
        connection.execute("PRAGMA user_version = 1")
    connection.close()
    with pytest.raises(UsageError, match=r"version 1.*build it again"):
        Pack.open(pack.path)


def test_a_place_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StopError, match="cannot be written"):
        Pack.build(tmp_path / "file" / "p.pack", ITEMS)
