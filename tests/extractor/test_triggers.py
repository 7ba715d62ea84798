"""Triggers of events."""

from __future__ import annotations

import pytest

from tests.extractor.parsed import extracted
from tests.extractor.views import event, has_event, triggers


@pytest.mark.parametrize(
    ("sentence", "trigger", "kind"),
    [
        ("China and Brazil held talks.", "talks", "Meeting"),
        ("The leaders met in Moscow.", "met", "Meeting"),
        ("Troops invaded Poland in May.", "invaded", "Invasion"),
        ("The earthquake in Peru killed two people.", "earthquake", "Disaster"),
        ("The earthquake in Peru killed two people.", "killed", "Death|Attack|Disaster"),
        ("The trial of Tomas Brandt began.", "trial", "Trial"),
        ("Marta Oduya won the election.", "election", "Election"),
        ("A rebellion led by Tomas Brandt failed.", "rebellion", "Rebellion"),
        ("Peter Okello resigned.", "resigned", "Personnel"),
        ("The EU imposed sanctions on Moscow.", "sanctions", "Sanction"),
        ("Norway sent aid to Peru.", "aid|sent", "Aid"),
        pytest.param(
            "Talks between China and Brazil stalled.",
            "Talks",
            "Meeting",
        ),
        pytest.param(
            "Rebels attacked the town.",
            "attacked",
            "Attack",
        ),
        pytest.param(
            "The attack by Norway on Poland failed.",
            "attack",
            "Attack",
        ),
        ("Thousands marched through Oslo.", "marched", "Protest"),
        ("Police arrested Tomas Brandt.", "arrested", "Coercion"),
    ],
)
def test_nouns_and_verbs(sentence: str, trigger: str, kind: str) -> None:
    found = extracted(sentence)
    told = next(event(found, word) for word in trigger.split("|") if has_event(found, word))
    assert told.type in kind.split("|")


def test_a_light_verb_is_no_trigger() -> None:
    found = extracted("China and Brazil held talks.")
    assert [triggers(found, told) for told in found.events] == [["talks"]]


def test_a_participle_on_an_event_noun_is_no_trigger() -> None:
    assert not has_event(extracted("A rebellion led by Tomas Brandt failed."), "led")


def test_a_noun_inside_a_name_is_no_trigger() -> None:
    found = extracted("The Peace Talks Foundation paid in cash.")
    assert not has_event(found, "Talks")


def test_a_generic_noun_is_no_trigger() -> None:
    found = extracted("They value peace, trade and aid.")
    assert found.events == ()


def test_a_compound_modifier_is_no_trigger() -> None:
    assert not has_event(extracted("The election law changed nothing."), "election")


def test_a_cue_is_no_trigger() -> None:
    assert extracted("Marta Oduya said the bridge is safe.").events == ()


def test_a_modal_is_no_trigger() -> None:
    assert not has_event(extracted("Talks will begin on Friday."), "will")
