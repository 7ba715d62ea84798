"""Undertakings without a word of speech; kept apart from statements."""

from __future__ import annotations

import pytest

from kg.records import Proposal
from tests.extractor.parsed import extracted


def undertaken(*sentences: str) -> tuple[Proposal, ...]:
    return extracted(*sentences, evaluation_layers=True).undertakings


@pytest.mark.parametrize(
    "sentence",
    [
        "Norway will build two schools in Peru.",
        "The council will build two schools.",
        "We will build two schools.",
    ],
)
def test_somebody_will_do_something(sentence: str) -> None:
    (only,) = undertaken(sentence)
    assert only.force == "promise"
    assert only.content is not None
    assert only.content.startswith("build two schools")


@pytest.mark.parametrize(
    "sentence",
    [
        "The bridge will need repairs.",
        "If Norway invades Poland, prices will rise.",
        "Norway built two schools.",
    ],
)
def test_what_binds_nobody(sentence: str) -> None:
    assert undertaken(sentence) == ()


def test_the_items_of_a_list() -> None:
    (only,) = undertaken("Our plan has one point.", "\n\n- Building two schools in Peru.")
    assert only.force == "plan"


def test_they_have_no_place_in_the_graph() -> None:
    found = extracted("Norway will build two schools in Peru.", evaluation_layers=True)
    assert found.statements == ()
    assert extracted("Norway will build two schools in Peru.").undertakings == ()


def test_to_refuse_binds_too() -> None:
    (only,) = undertaken("Norway will not build two schools.")
    assert only.content == "not build two schools"


@pytest.mark.parametrize(
    ("sentence", "rule", "content"),
    [
        ("The government is investing $2 billion in rail.", "under way", "investing $2 billion in rail"),
        ("• $4 million for schools.", "list item", "$4 million for schools"),
        ("This scheme will help farmers.", "undertaking", "help farmers"),
    ],
)
def test_what_is_given_or_done_by_a_plan(sentence: str, rule: str, content: str) -> None:
    (only,) = undertaken(sentence)
    assert only.rule == rule
    assert only.content == content
