"""Attributions whose cue is a noun."""

from __future__ import annotations

import pytest

from tests.extractor.parsed import extracted
from tests.extractor.views import names, speakers, statement


@pytest.mark.parametrize(
    ("sentence", "cue", "speaker", "content"),
    [
        ("Marta Oduya expressed concern about the delay.", "express", "Marta Oduya", "the delay"),
        ("Norway issued a warning that prices would rise.", "issue", "Norway", "prices would rise"),
        ("Norway expressed its desire to join the talks.", "express", "Norway", "to join the talks"),
        ("Norway's claim that the vote was fair is false.", "claim", "Norway", "the vote was fair"),
        ("Criticism from Norway of the ruling grew.", "criticism", "Norway", "the ruling"),
    ],
)
def test_support_verbs_whose_subject_is_the_source(
    sentence: str, cue: str, speaker: str, content: str
) -> None:
    found = extracted(sentence)
    said = statement(found, cue)
    assert speakers(found, said) == {speaker}
    assert said.content is not None
    assert content in said.content


@pytest.mark.parametrize(
    "sentence",
    [
        "Marta Oduya faced criticism from Norway for the delay.",
        "Marta Oduya drew criticism from Norway over the delay.",
        "Marta Oduya came under criticism from Norway for the delay.",
    ],
)
def test_support_verbs_whose_subject_is_the_addressee(sentence: str) -> None:
    found = extracted(sentence)
    said = statement(found, "criticism")
    assert said.cue == "criticism", "the verb tells what befell the one spoken of"
    assert speakers(found, said) == {"Norway"}
    assert "Marta Oduya" in names(found, (*said.opposes, *said.addressees))
    assert "Marta Oduya" not in speakers(found, said)


def test_the_source_of_received_support_is_the_giver() -> None:
    found = extracted("The plan won praise from Norway for its simplicity.")
    said = statement(found, "praise")
    assert speakers(found, said) == {"Norway"}


def test_the_verb_is_the_cue_of_a_need() -> None:
    found = extracted("Norway emphasised the need for a ceasefire.")
    said = statement(found, "emphasise")
    assert speakers(found, said) == {"Norway"}
    assert said.content == "the need for a ceasefire"


def test_a_noun_without_a_source_is_no_cue() -> None:
    assert extracted("The warning came too late.").statements == ()
    assert extracted("The claim that prices would rise was false.").statements == ()


def test_the_request_of_reject_a_request_is_no_cue() -> None:
    found = extracted("Norway rejected a request to join the talks.")
    assert {said.cue for said in found.statements} <= {"reject"}
