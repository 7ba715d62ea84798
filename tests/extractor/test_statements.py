"""Records of statements: quotation, content, occasion, time, and who conveyed them."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.extractor.parsed import extracted
from tests.extractor.views import event, names, speakers, statement, words


@pytest.mark.parametrize(
    ("sentence", "cue", "quotation"),
    [
        ('"The bridge is safe," Marta Oduya said.', "say", "direct"),
        ("Marta Oduya said the bridge is safe.", "say", "indirect"),
        ('Marta Oduya said the bridge was "perfectly safe" and would stay open.', "say", "mixed"),
        ("Norway criticised Poland.", "criticise", "narrated"),
        ("Norway condemned the attack in Oslo.", "condemn", "narrated"),
    ],
)
def test_quotation(sentence: str, cue: str, quotation: str) -> None:
    assert statement(extracted(sentence), cue).quotation == quotation


def test_the_content_of_a_quotation_has_no_marks() -> None:
    said = statement(extracted("“The bridge is safe,” added Marta Oduya, the engineer."), "add")
    assert said.content == "The bridge is safe"


def test_the_source_span_includes_the_apposition() -> None:
    found = extracted("“The bridge is safe,” added Marta Oduya, the engineer.")
    assert words(found, statement(found, "add").source_spans) == "Marta Oduya, the engineer"


def test_the_cue_span_includes_auxiliaries_and_negation() -> None:
    found = extracted("Marta Oduya did not say that the bridge was safe.")
    assert words(found, statement(found, "say").cue_spans) == "did not say"


def test_a_statement_during_an_event() -> None:
    found = extracted("Norway expressed its desire to cooperate with Peru during a meeting in Oslo.")
    said = statement(found, "express")
    assert said.during == (event(found, "meeting").ref,)
    assert said.content is not None
    assert "during" not in said.content


def test_a_statement_conveyed_by_somebody() -> None:
    found = extracted("Marta Oduya said the bridge is safe, according to the ministry.")
    said = statement(found, "say")
    assert speakers(found, said) == {"Marta Oduya"}
    assert names(found, said.conveyed_by) == {"ministry"}


def test_the_time_of_a_statement() -> None:
    found = extracted("Oduya said on Monday that the talks had failed.")
    said = statement(found, "say")
    assert said.time is not None
    assert said.time.earliest == dt.date(2024, 5, 13)
    assert said.content == "the talks had failed"


def test_events_in_the_content() -> None:
    found = extracted("Marta Oduya said Norway will invade Poland.")
    assert statement(found, "say").about == (event(found, "invade").ref,)


def test_the_speaker_is_no_addressee() -> None:
    for sentence in ("Norway praised Poland.", "Marta Oduya told Norway that the bridge is safe."):
        (said,) = extracted(sentence).statements
        assert not set(said.speakers) & set(said.addressees)


def test_evidence_is_cue_and_content() -> None:
    found = extracted("Marta Oduya said the bridge is safe.")
    assert [(found.article.text[m.start : m.end], m.part) for m in statement(found, "say").evidence] == [
        ("said", "cue"),
        ("the bridge is safe", "content"),
    ]
