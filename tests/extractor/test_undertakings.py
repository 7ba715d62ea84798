"""Undertakings, which are reported without an act of speech and kept apart from statements."""

from __future__ import annotations

import pytest

from kg.records import Proposal
from tests.extractor.parsed import extracted


def undertakings_in(*sentences: str) -> tuple[Proposal, ...]:
    return extracted(*sentences, evaluation_layers=True).undertakings


@pytest.mark.parametrize(
    "sentence",
    [
        "Norway will build two schools in Peru.",
        "The council will build two schools.",
        "We will build two schools.",
    ],
)
def test_will_makes_a_promise(sentence: str) -> None:
    (undertaking,) = undertakings_in(sentence)
    assert undertaking.force == "promise"
    assert undertaking.content is not None
    assert undertaking.content.startswith("build two schools")


@pytest.mark.parametrize(
    "sentence",
    [
        "The bridge will need repairs.",
        "If Norway invades Poland, prices will rise.",
        "Norway built two schools.",
    ],
)
def test_predictions_conditions_and_facts_are_no_undertakings(sentence: str) -> None:
    assert undertakings_in(sentence) == ()


def test_a_list_item_is_a_plan() -> None:
    (undertaking,) = undertakings_in("Our plan has one point.", "\n\n- Building two schools in Peru.")
    assert undertaking.force == "plan"


def test_undertakings_are_no_statements() -> None:
    found = extracted("Norway will build two schools in Peru.", evaluation_layers=True)
    assert found.statements == ()
    assert extracted("Norway will build two schools in Peru.").undertakings == ()


def test_a_refusal_is_an_undertaking() -> None:
    (undertaking,) = undertakings_in("Norway will not build two schools.")
    assert undertaking.content == "not build two schools"


@pytest.mark.parametrize(
    ("sentence", "rule", "content"),
    [
        ("The government is investing $2 billion in rail.", "under way", "investing $2 billion in rail"),
        ("• $4 million for schools.", "list item", "$4 million for schools"),
        ("This scheme will help farmers.", "undertaking", "help farmers"),
    ],
)
def test_undertakings_of_other_forms(sentence: str, rule: str, content: str) -> None:
    (undertaking,) = undertakings_in(sentence)
    assert undertaking.rule == rule
    assert undertaking.content == content
