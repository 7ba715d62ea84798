"""Which items a subject might be."""

from __future__ import annotations

import pytest

from kg.linking.candidates import Finder, Found, national, one_given_name, without_suffix
from kg.linking.knowledge import Item
from kg.linking.subject import Subject, subjects
from kg.records import ActorKind
from tests.linking.memory import Memory, actor, extraction, place

TEAM = Item("Q1", "Norland national football team", description="men's football team", type="organisation")
LAND = Item("Q2", "Norland", description="country", type="place", popularity=50.0)
CLUB = Item("Q3", "Sandby United", description="football club in Norland", type="organisation")
COUNCIL = Item("Q4", "Sandby Council", description="local authority", type="organisation")
ROBERT = Item("Q5", "Robert Quist", type="person")
MIDDLE = Item("Q6", "Ada B. Quist", type="person")
TREASURY = Item("Q7", "United States Department of the Treasury", type="organisation")
QUAYS = Item("Q8", "Quay Holdings", type="organisation")


def subject(label: str, kind: ActorKind = "organisation", *others: str) -> Subject:
    text = f"{label} spoke. " + " ".join(others)
    (found,) = subjects(extraction(text, actor(text, label, kind, *others)))
    return found


def candidates(one: Subject, *items: Item, sport: bool = False) -> list[Found]:
    return Finder([Memory(*items)]).candidates(one, sport)


def test_each_item_comes_once_by_its_best_name() -> None:
    doubled = Item("Q9", "Harbour Board", ("The Board of the Harbour",), type="organisation")
    (found,) = candidates(subject("Harbour Board", "organisation", "The Board of the Harbour"), doubled)
    assert (found.how, found.name) == ("label", "Harbour Board")


@pytest.mark.parametrize(("sport", "qids"), [(False, ["Q2"]), (True, ["Q2", "Q1"])])
def test_in_reports_of_sport_a_country_may_be_its_team(sport: bool, qids: list[str]) -> None:
    found = candidates(subject("Norland", "country"), TEAM, LAND, CLUB, sport=sport)
    assert [one.item.qid for one in found] == qids


def test_a_town_may_be_its_team_but_not_its_council() -> None:
    text = "Sandby won."
    (town,) = subjects(extraction(text, place(text, "Sandby")))
    assert [one.item.qid for one in candidates(town, CLUB, COUNCIL, sport=True)] == ["Q3"]


@pytest.mark.parametrize(
    ("label", "kind", "qid"),
    [
        ("Bob Quist", "person", "Q5"),
        ("Ada Quist", "person", "Q6"),
        ("U.S. Treasury", "organisation", "Q7"),
        ("Quay Inc.", "organisation", "Q8"),
    ],
)
def test_names_in_another_form_are_found(label: str, kind: ActorKind, qid: str) -> None:
    found = candidates(subject(label, kind), ROBERT, MIDDLE, TREASURY, QUAYS)
    assert [one.item.qid for one in found] == [qid]


def test_a_name_is_asked_for_once() -> None:
    base = Memory(LAND)
    finder = Finder([base])
    for _ in range(3):
        finder.candidates(subject("Norland", "country"), False)
    assert base.asked == ["Norland"]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("bob", "robert", True),
        ("robert", "bob", True),
        ("d", "dean", True),
        ("ann", "ann", True),
        ("ann", "anton", False),
        ("bob", "bill", False),
    ],
)
def test_given_names(one: str, other: str, same: bool) -> None:
    assert one_given_name(one, other) is same


def test_legal_forms_and_countries_come_off() -> None:
    assert without_suffix("Texaco, Inc.") == "Texaco"
    assert without_suffix("Dillon Read and Co Inc") == "Dillon Read"
    assert without_suffix("Inc.") == "Inc."
    assert national("British Labour Party") == ("United Kingdom", "Labour Party")
    assert national("Labour Party") == ("", "Labour Party")
    assert national("Norway") == ("", "Norway")
