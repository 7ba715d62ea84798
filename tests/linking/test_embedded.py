"""The embedded knowledge base: every id has a source, news is found, traps are not walked into."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

from kg.linking.embedded import FOLDER, Embedded, sources
from kg.linking.knowledge import ItemType, KnowledgeBase, WordIndex
from kg.linking.names import key

BASE = Embedded()


def found(name: str, wanted: ItemType = "") -> list[tuple[str, str]]:
    return [(hit.item.qid, hit.item.label) for hit in BASE.find(name, wanted)]


def test_it_is_a_knowledge_base() -> None:
    base: KnowledgeBase = BASE
    assert base.name == "embedded"
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", base.date)
    assert isinstance(base, WordIndex)


def test_every_row_has_a_source_that_is_explained() -> None:
    lines = (FOLDER / "sources.tsv").read_text("utf-8").splitlines()
    explained = {line.partition("\t")[0] for line in lines if not line.startswith("#")} - {"source"}
    named = {source for named in sources().values() for source in named}
    assert named == explained
    offices = {qid for item in BASE.all_items() for qid in item.linked}
    assert {item.qid for item in BASE.all_items()} - offices == set(sources())


def test_ids_are_ids_and_stand_once() -> None:
    counts = Counter(item.qid for item in BASE.all_items())
    assert [qid for qid, count in counts.items() if count > 1 or not re.fullmatch("Q[1-9][0-9]*", qid)] == []
    assert len(counts) > 1_300


def test_it_is_small() -> None:
    files = [path for path in FOLDER.iterdir() if path.is_file()]
    assert {path.suffix for path in files} == {".tsv"}
    assert sum(path.stat().st_size for path in files) < 1_000_000


@pytest.mark.parametrize(
    ("name", "wanted", "qid"),
    [
        ("China", "organisation", "Q148"),
        ("China", "place", "Q148"),
        ("Russia", "", "Q159"),
        ("Ukraine", "place", "Q212"),
        ("Xi Jinping", "person", "Q15031"),
        ("Vladimir Putin", "person", "Q7747"),
        ("Valery Gerasimov", "person", "Q36073"),
        ("Russian Navy", "organisation", "Q465283"),
        ("Beijing", "place", "Q956"),
        ("Moscow", "place", "Q649"),
        ("U.S.", "organisation", "Q30"),
        ("NATO", "organisation", "Q7184"),
        ("the United Nations", "organisation", "Q1065"),
        ("Volodymyr Zelensky", "person", "Q3874799"),
        ("Volodimir Zelenskij", "person", "Q3874799"),
        ("Netherlands", "place", "Q55"),
        ("Washington", "place", "Q61"),
        ("Crimea", "place", "Q7835"),
    ],
)
def test_what_news_names_is_found(name: str, wanted: ItemType, qid: str) -> None:
    assert found(name, wanted)[0][0] == qid


@pytest.mark.parametrize(
    "name",
    ["Moscow", "Kremlin", "the Kremlin", "Russian government", "Government of Russia", "Russia", "Russia’s"],
)
def test_governments_lead_to_their_countries(name: str) -> None:
    assert found(name, "organisation") == [("Q159", "Russia")]


def test_seats_are_places_where_a_place_is_asked_for() -> None:
    assert found("Moscow", "place") == found("Moscow") == [("Q649", "Moscow")]
    assert found("Kremlin", "place") == []
    assert found("Colombo") == []  # no item of the tables, though it stands for the government of one
    assert found("Moscow", "person") == []


@pytest.mark.parametrize(
    "name",
    """Hu;MU;GM;Congo;Donetsk;New York;Victoria;Geneva;Dubai;Lasa;Emetab Russia;Chechen Republic of Ichkeria
    Wagner;Wagner Group;Li Shangfu;Putin;Yevgeny Prigozhin""".replace("\n    ", ";").split(";"),
)
def test_names_that_mislead_find_nothing(name: str) -> None:
    assert found(name) == []


def test_countries_share_their_names_with_few() -> None:
    bearers: dict[str, set[str]] = {}
    for item in BASE.all_items():
        for name in (item.label, *item.aliases):
            bearers.setdefault(key(name), set()).add(item.qid)
    shared = {name for name, qids in bearers.items() if len(qids) > 1}
    assert shared <= {"georgia", "sao tome", "tunis"}


def test_people_are_described_by_their_office() -> None:
    (item,) = BASE.items(["Q36073"])
    assert item.description == item.offices[0].label == "Chief of the General Staff of Russia"
    assert (item.type, item.classes, item.countries) == ("person", ("Q5",), ("Russia",))


def test_longer_names_are_found_by_their_words() -> None:
    assert [hit.item.qid for hit in BASE.containing("Gerasimov")] == ["Q36073"]
    assert not BASE.containing("Gerasimov", "place")
    assert not BASE.containing("Gerasimov Putin")


def test_items_are_given_by_id() -> None:
    assert [item.label for item in BASE.items(["Q159", "Q404404", "Q148"])] == ["Russia", "China"]


def test_countries_of_rows_are_those_of_the_table() -> None:
    labels = {item.label for item in BASE.all_items() if item.type == "place"}
    assert {country for item in BASE.all_items() for country in item.countries} <= labels


def test_the_tables_have_no_stray_blanks() -> None:
    cells = [
        (path.name, cell)
        for path in Path(FOLDER).glob("*.tsv")
        for line in path.read_text("utf-8").splitlines()
        if not line.startswith("#")
        for cell in line.split("\t")
        if cell != cell.strip() or "||" in cell or cell.startswith("|") or cell.endswith("|")
    ]
    assert cells == []


def test_states_of_the_united_states_are_found_by_what_follows_the_name_of_a_town() -> None:
    assert [Embedded().find(short)[0].item.label for short in ("Calif.", "N.Y.")] == [
        "California",
        "New York State",
    ]
