"""Links between events."""

from __future__ import annotations

import pytest

from kg.records import Event
from tests.extractor.parsed import extracted
from tests.extractor.views import event

CASES = [
    ("after", "The leaders met after the attack in Oslo.", "met", "attack"),
    ("after", "The leaders met following the attack in Oslo.", "met", "attack"),
    ("after", "Norway invaded Poland since the election in May.", "invaded", "election"),
    ("after", "The leaders met after Norway invaded Poland.", "met", "invaded"),
    ("after", "Norway invaded Poland before the leaders met.", "met", "invaded"),
    ("during", "Rebels raided Poland during the summit.", "raided", "summit"),
    ("during", "Rebels raided Poland amid the war in Ukraine.", "raided", "war"),
    pytest.param(
        "caused_by",
        "Peter Okello resigned because of the attack in Oslo.",
        "resigned",
        "attack",
    ),
    ("caused_by", "The attack in Oslo triggered the war in Ukraine.", "war", "attack"),
    ("caused_by", "The war in Ukraine was triggered by the attack in Oslo.", "war", "attack"),
    pytest.param(
        "part_of",
        "The leaders met on the sidelines of the summit.",
        "met",
        "summit",
        marks=pytest.mark.xfail(reason="a meeting and the summit beside which it took place are joined"),
    ),
    ("part_of", "Rebels raided Poland as part of the rebellion in Peru.", "raided", "rebellion"),
]


def links(found_event: Event) -> dict[str, tuple[str, ...]]:
    every = {
        "after": found_event.after,
        "during": found_event.during,
        "caused_by": found_event.caused_by,
        "part_of": found_event.part_of,
    }
    return {name: refs for name, refs in every.items() if refs}


@pytest.mark.parametrize(("relation", "sentence", "trigger", "linked_trigger"), CASES)
def test_relations(relation: str, sentence: str, trigger: str, linked_trigger: str) -> None:
    found = extracted(sentence)
    assert links(event(found, trigger)) == {relation: (event(found, linked_trigger).ref,)}
    assert links(event(found, linked_trigger)) == {}


def test_events_in_successive_sentences_are_not_linked() -> None:
    found = extracted("The leaders met in Moscow.", "Peter Okello resigned.")
    assert all(links(found_event) == {} for found_event in found.events)


def test_a_year_after_since_is_no_event() -> None:
    found = extracted("Norway has bombed Poland since 2020.")
    assert all(links(found_event) == {} for found_event in found.events)
