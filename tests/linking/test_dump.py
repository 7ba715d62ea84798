"""The dump of Wikidata: what is kept, how it is described, and that a broken-off run goes on."""

from __future__ import annotations

import bz2
import gzip
from pathlib import Path

import pytest

from kg.errors import SourceNotFound, StopError, UsageError
from kg.linking.knowledge import Item, Office
from kg.linking.packs import dump as module
from kg.linking.packs.classes import Classes
from kg.linking.packs.dump import Filter, read_dump
from kg.linking.packs.entity import Entity, iso_date
from tests.linking.entities import claim, dump, entity

CLASSES = (
    entity("Q900", "town", sitelinks=0, P279="Q901"),
    entity("Q901", "settlement", sitelinks=0, P279=["Q900", "Q17334923"]),  # a circle, as there are some
    entity("Q902", "harbour master", P279="Q4164871"),
    entity("Q903", "disambiguation of towns", sitelinks=0, P279="Q4167410"),
)
RURITANIA = entity("Q910", "Ruritania", P31="Q901")
MARTIN = entity(
    "Q911",
    "Élodie Martin",
    "E. Martin",
    sitelinks=8,
    P31="Q5",
    P27=[claim("Q910"), claim("Q912", rank="deprecated"), claim("")],
    P39=claim("Q902", P580=("+2019-05-00T00:00:00Z", 10), P582=("+2021-01-31T00:00:00Z", 11)),
    P569=claim(("+1961-02-03T00:00:00Z", 11)),
)
TOWN = entity("Q912", "Newport", sitelinks=2, P31="Q900", P17="Q910", P1889="Q913")
PAGE = entity("Q913", "Newport", P31="Q903")
ALL = (*CLASSES, RURITANIA, MARTIN, TOWN, PAGE)


def read(
    tmp_path: Path, chosen: Filter, name: str = "d.json", content: bytes = dump(*ALL)
) -> dict[str, Item]:
    (tmp_path / name).write_bytes(content)
    return {item.qid: item for item in read_dump(tmp_path / name, tmp_path / "parts", chosen)}


def test_items_are_described_by_what_they_refer_to(tmp_path: Path) -> None:
    items = read(tmp_path, Filter())
    assert items["Q911"] == Item(
        "Q911",
        "Élodie Martin",
        ("E. Martin",),
        "what Élodie Martin is",
        "person",
        ("Q5",),
        8.0,
        ("Ruritania",),
        offices=(Office("harbour master", "2019-05", "2021-01-31"),),
        linked=("Q910", "Q902"),
        born="1961-02-03",
    )
    assert (items["Q912"].type, items["Q912"].different_from) == ("place", ("Q913",))
    assert items["Q902"].type == ""  # a class is no instance of anything here


def test_pages_of_wikimedia_and_items_without_sitelinks_are_left_out(tmp_path: Path) -> None:
    assert set(read(tmp_path, Filter())) == {"Q902", "Q910", "Q911", "Q912"}


@pytest.mark.parametrize(
    ("chosen", "kept"),
    [
        (Filter(types=("person",)), {"Q911"}),
        (Filter(sitelinks=5), {"Q902", "Q910", "Q911"}),
        (Filter(countries=("Q910",)), {"Q911", "Q912"}),
        (Filter(types=("place",), countries=("Q910",)), {"Q912"}),
        (Filter(countries=("Q912",)), set()),  # of a deprecated statement only
    ],
)
def test_a_filter_chooses(tmp_path: Path, chosen: Filter, kept: set[str]) -> None:
    assert set(read(tmp_path, chosen)) == kept


@pytest.mark.parametrize(("name", "pack"), [("d.json.gz", gzip.compress), ("d.json.bz2", bz2.compress)])
def test_packed_dumps_are_read(tmp_path: Path, name: str, pack: object) -> None:
    assert callable(pack)
    assert "Q911" in read(tmp_path, Filter(), name, pack(dump(*ALL)))


def test_a_run_that_broke_off_goes_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "LINES", 3)
    whole = gzip.compress(dump(*ALL), mtime=0)
    path = tmp_path / "d.json.gz"
    path.write_bytes(whole[:-20] + bytes(20))
    with pytest.raises(StopError, match="goes on from where it is"):
        read(tmp_path, Filter(), path.name, path.read_bytes())
    parts = sorted((tmp_path / "parts").glob("*.jsonl"))
    assert parts
    read_before = parts[0].stat().st_mtime_ns
    assert "Q911" in read(tmp_path, Filter(), path.name, whole)
    assert parts[0].stat().st_mtime_ns == read_before


def test_parts_of_another_filter_are_refused(tmp_path: Path) -> None:
    read(tmp_path, Filter())
    with pytest.raises(UsageError, match="another filter; delete it"):
        read(tmp_path, Filter(sitelinks=9))


def test_what_is_no_dump_is_told(tmp_path: Path) -> None:
    with pytest.raises(SourceNotFound):
        next(read_dump(tmp_path / "none.json", tmp_path / "parts", Filter()))
    with pytest.raises(UsageError, match="is no item"):
        read(tmp_path, Filter(), content=b'[\n{"id":"Q1","labels":{"en":1},"x":{"badges":[]}}\n]\n')


def test_old_dumps_name_items_by_number() -> None:
    old = entity("Q1", "A", P31="Q5")
    del old["claims"]["P31"][0]["mainsnak"]["datavalue"]["value"]["id"]
    told = Entity.from_json(old)
    assert told is not None
    assert told.classes == ["Q5"]


def test_an_item_without_an_english_name_is_none() -> None:
    assert Entity.from_json(entity("Q1", "A") | {"labels": []}) is None


@pytest.mark.parametrize(
    ("time", "precision", "expected"),
    [
        ("+2012-05-07T00:00:00Z", 11, "2012-05-07"),
        ("+2012-05-00T00:00:00Z", 10, "2012-05"),
        ("+2012-00-00T00:00:00Z", 9, "2012"),
        ("+1900-00-00T00:00:00Z", 7, ""),
        ("-0044-03-15T00:00:00Z", 11, ""),
    ],
)
def test_dates_are_as_precise_as_they_are_known(time: str, precision: int, expected: str) -> None:
    assert iso_date({"time": time, "precision": precision}) == expected


def test_the_nearest_class_counts() -> None:
    classes = Classes({"Q1": ["Q2", "Q43229"], "Q2": ["Q17334923"], "Q3": ["Q3"]})
    assert classes.kind(["Q1"]) == "organisation"
    assert classes.kind(["Q2"]) == "place"
    assert classes.kind(["Q3"]) == "other"
    assert classes.kind(["Q3", "Q5"]) == "person"
    assert classes.kind([]) == ""
