"""Linking as a whole: the right item, or none."""

from __future__ import annotations

import pytest

from kg.linking.decide import Thresholds
from kg.linking.embedded import Embedded
from kg.linking.knowledge import Item
from kg.linking.linker import Linker, most_popular
from kg.linking.overrides import Override, Overrides
from kg.records import Candidate, Extraction, Link
from tests.linking.memory import Memory, actor, extraction, place

RIVAL = Item("Q1", "Ann Lee", description="Norwegian painter", type="person", popularity=90.0)
MINISTER = Item(
    "Q2",
    "Ann Lee",
    description="Ruritanian politician, minister of fisheries",
    type="person",
    popularity=4.0,
    occupations=("politician",),
)
BOARD = Item(
    "Q3", "Harbour Board", description="Ruritanian port authority", type="organisation", popularity=9.0
)
TOWN = Item("Q4", "Port Ann", description="town in Ruritania", type="place", popularity=12.0)

TEXT = (
    "Politician Ann Lee, the minister of fisheries, opened the Ruritanian port.\n"
    "Lee thanked the Harbour Board."
)


def article(text: str = TEXT) -> Extraction:
    return extraction(
        text, actor(text, "Ann Lee", "person", "Lee"), actor(text, "Harbour Board", "organisation")
    )


def linked(made: Extraction, *items: Item, overrides: Overrides | None = None) -> dict[str, Link]:
    linker = Linker([Memory(*items)], Thresholds(), overrides=overrides)
    return {link.label: link for link in linker.link(made)}


def test_what_the_article_says_counts_more_than_popularity() -> None:
    links = linked(article(), RIVAL, MINISTER, BOARD)
    assert links["Ann Lee"].qid == "Q2"
    assert links["Harbour Board"].qid == "Q3"


def test_probabilities_with_nil_are_one() -> None:
    link = linked(article(), RIVAL, MINISTER)["Ann Lee"]
    assert sum(one.probability for one in link.candidates) + link.nil == pytest.approx(1.0, abs=0.02)
    assert link.candidates[0].probability == max(one.probability for one in link.candidates)


def test_features_are_readable_and_from_0_to_1() -> None:
    (first, *_) = linked(article(), RIVAL, MINISTER)["Ann Lee"].candidates
    features = dict(first.features)
    assert features["label"] == 1.0
    assert features["context"] > dict(linked(article(), RIVAL)["Ann Lee"].candidates[0].features)["context"]
    assert {"type", "popularity", "share", "role", "coherence", "country", "time"} <= set(features)
    assert all(0 <= value <= 1 for value in features.values())


def test_a_name_that_nothing_bears_is_nil_and_says_who_was_asked() -> None:
    link = linked(article())["Ann Lee"]
    assert (link.status, link.qid, link.candidates, link.nil) == ("nil", None, (), 1.0)
    assert link.knowledge == (("memory", "2026-01-02"),)


def test_a_surname_alone_is_not_linked() -> None:
    text = "Lee spoke in the harbour."
    lone = linked(extraction(text, actor(text, "Lee", "person")), RIVAL, MINISTER)["Lee"]
    assert lone.status != "accepted"


def test_the_surname_of_somebody_named_in_full_is_not_looked_up() -> None:
    base = Memory(Item("Q9", "Lee", type="person", popularity=300.0), MINISTER)
    (link, _) = Linker([base], Thresholds()).link(article())
    assert "Lee" not in base.asked
    assert [one.qid for one in link.candidates] == ["Q2"]


def test_each_actor_is_linked_once_also_if_it_is_a_place() -> None:
    text = "Port Ann is in Port Ann."
    made = extraction(text, actor(text, "Port Ann", "country"), place(text, "Port Ann"))
    assert len(linked(made, TOWN)) == 1


def test_what_has_no_name_is_not_linked() -> None:
    text = "Three officials spoke."
    assert linked(extraction(text, actor(text, "three officials", "group")), TOWN) == {}


class TestDecisions:
    def test_an_accepted_item_is_linked_though_nothing_holds_it(self) -> None:
        overrides = Overrides([Override("Ann Lee", qid="Q77")])
        link = linked(article(), RIVAL, overrides=overrides)["Ann Lee"]
        assert (link.qid, link.method) == ("Q77", "user")
        assert [one.qid for one in link.candidates] == ["Q77", "Q1"]

    def test_an_accepted_item_that_is_known_keeps_its_description(self) -> None:
        overrides = Overrides([Override("Ann Lee", qid="Q4")])
        first = linked(article(), TOWN, overrides=overrides)["Ann Lee"].candidates[0]
        assert first == Candidate("Q4", "Port Ann", "town in Ruritania", 0.0, (), "memory")

    def test_a_rejected_item_is_no_candidate(self) -> None:
        overrides = Overrides([Override("Ann Lee", decision="reject", qid="Q2")])
        link = linked(article(), RIVAL, MINISTER, overrides=overrides)["Ann Lee"]
        assert "Q2" not in [one.qid for one in link.candidates]

    def test_never_is_nil(self) -> None:
        overrides = Overrides([Override("Ann Lee", decision="never")])
        link = linked(article(), MINISTER, overrides=overrides)["Ann Lee"]
        assert (link.status, link.method) == ("nil", "user")

    def test_a_decision_for_one_article_holds_there(self) -> None:
        overrides = Overrides([Override("Ann Lee", article="http://x/a", qid="Q1")])
        linker = Linker([Memory(RIVAL, MINISTER)], Thresholds(), overrides=overrides)
        qids = [linker.link(article(), iri)[0].qid for iri in ("http://x/a", "http://x/b")]
        assert qids == ["Q1", "Q2"]


def test_the_most_popular_item_is_what_ranking_has_to_beat() -> None:
    (case, _) = Linker([Memory(RIVAL, MINISTER)], Thresholds()).cases(article())
    assert most_popular(case) == "Q1"


class TestEmbedded:
    """The knowledge base that ships: what it holds is linked, all else is not."""

    TEXT = (
        "Xi Jinping met Vladimir Putin in Moscow.\nChina and Russia spoke of Ukraine; Beijing was calm.\n"
        "Li Shangfu and Wagner were not there."
    )

    def test_the_world_is_known_and_nothing_else_is(self) -> None:
        text = self.TEXT
        made = extraction(
            text,
            *(actor(text, name, "country") for name in ("China", "Russia", "Ukraine")),
            *(actor(text, name, "person") for name in ("Xi Jinping", "Vladimir Putin", "Li Shangfu")),
            actor(text, "Wagner", "organisation"),
            place(text, "Moscow"),
            place(text, "Beijing"),
        )
        found = {link.label: link.qid for link in Linker([Embedded()], Thresholds()).link(made)}
        assert found == {
            "China": "Q148",
            "Russia": "Q159",
            "Ukraine": "Q212",
            "Xi Jinping": "Q15031",
            "Vladimir Putin": "Q7747",
            "Li Shangfu": None,
            "Wagner": None,
            "Moscow": "Q649",
            "Beijing": "Q956",
        }
