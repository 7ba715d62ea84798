"""Proposals, their force, and the actions that they put forward."""

from __future__ import annotations

import pytest

from kg.records import Proposal
from tests.extractor.parsed import extracted
from tests.extractor.views import names, proposal, speakers, statement

FORCES = [
    ("Norway proposed a ceasefire.", "propose", "propose"),
    ("Norway proposed that talks be held.", "propose", "propose"),
    ("Norway suggested holding talks.", "suggest", "propose"),
    ("Norway called for a ceasefire.", "call for", "propose"),
    ("Norway urged Poland to sign the treaty.", "urge", "request"),
    ("Norway asked Poland to sign the treaty.", "ask", "request"),
    ("The minister called upon Moscow to withdraw.", "call upon", "request"),
    ("Norway demanded that Poland withdraw its troops.", "demand", "demand"),
    ("Norway offered to host the talks.", "offer", "offer"),
    ("Norway promised to send aid.", "promise", "promise"),
    ("Norway pledged to sign the treaty.", "pledge", "promise"),
    ("Norway plans to send aid.", "plan", "plan"),
    ("Norway wants to sign the treaty.", "want", "wish"),
    ("Norway expressed its desire to join the talks.", "express", "wish"),
    ("Marta Oduya said Poland must withdraw its troops.", "say", "demand"),
]


@pytest.mark.parametrize(("sentence", "cue", "force"), FORCES)
def test_force(sentence: str, cue: str, force: str) -> None:
    assert proposal(extracted(sentence), cue).force == force


@pytest.mark.parametrize(
    "sentence",
    [
        "Norway suggested that the vote was fair.",
        "Norway promised that it had paid.",
        "Norway insisted that the vote was fair.",
        "Norway asked whether the vote was fair.",
        "Norway offered its condolences to Poland.",
        "Marta Oduya proposed a toast.",
        "Norway did not propose a ceasefire.",
        "Norway rejected a request to join the talks.",
    ],
)
def test_statements_that_are_no_proposals(sentence: str) -> None:
    for said in extracted(sentence).statements:
        assert not isinstance(said, Proposal), f"{said.cue} of force {said.force}"


@pytest.mark.parametrize(
    ("sentence", "cue", "addressee"),
    [
        ("Norway urged Poland to sign the treaty.", "urge", "Poland"),
        ("The minister called upon Moscow to withdraw.", "call upon", "Russia"),
        ("Norway demanded that Poland withdraw its troops.", "demand", "Poland"),
        pytest.param(
            "Norway demanded an apology from Poland.",
            "demand",
            "Poland",
            marks=pytest.mark.xfail(reason="an apology is a ceremony even where it is demanded"),
        ),
    ],
)
def test_addressees_of_proposals(sentence: str, cue: str, addressee: str) -> None:
    found = extracted(sentence)
    asked = proposal(found, cue)
    assert names(found, asked.addressees) == {addressee}
    assert asked.addressee_spans


def test_the_speaker_of_a_passive_proposal() -> None:
    found = extracted("Poland was urged by Norway to sign the treaty.")
    asked = proposal(found, "urge")
    assert speakers(found, asked) == {"Norway"}
    assert names(found, asked.addressees) == {"Poland"}


def test_the_modality_of_a_proposal_is_hypothetical() -> None:
    assert proposal(extracted("Norway proposed a ceasefire."), "propose").modality == "hypothetical"


def test_the_reference_of_a_proposal() -> None:
    assert proposal(extracted("Norway proposed a ceasefire."), "propose").ref.startswith("#proposal-")
    plain = extracted("Norway denied that it sent arms.")
    assert statement(plain, "deny").ref.startswith("#statement-")


def test_an_announcement_of_a_fact_is_no_proposal() -> None:
    found = extracted("Marta Oduya said the bridge might be safe.")
    assert not isinstance(statement(found, "say"), Proposal)


@pytest.mark.parametrize(
    ("sentence", "force", "asked", "content"),
    [
        (
            "The minister demanded that Brandt appear before the council.",
            "demand",
            "Brandt",
            "Brandt appear before the council",
        ),
        (
            "The mayor had demanded support from the government to deal with the problem.",
            "demand",
            "the government",
            "support from the government",
        ),
        ("Some 3,000 people have sought refuge in Sudan.", "request", "Sudan", "refuge"),
        (
            "Oduya said the council must be ready to act.",
            "demand",
            "the council",
            "the council must be ready to act",
        ),
    ],
)
def test_addressees_in_the_content(sentence: str, force: str, asked: str, content: str) -> None:
    (only,) = (one for one in extracted(sentence).statements if isinstance(one, Proposal))
    assert only.force == force
    assert [sentence[start:end] for start, end in only.addressee_spans] == [asked]
    assert only.content == content
