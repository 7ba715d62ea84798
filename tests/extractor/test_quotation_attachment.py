"""Speakers of quotations."""

from __future__ import annotations

import pytest

from kg.records import Extraction
from tests.extractor.parsed import extracted
from tests.extractor.views import speakers


def spoken(found: Extraction) -> list[tuple[set[str], str | None]]:
    return [(speakers(found, s), s.content) for s in found.statements]


@pytest.mark.parametrize(
    "sentence",
    [
        '"The bridge is safe," Marta Oduya said.',
        '"The bridge is safe," said Marta Oduya.',
        'Marta Oduya said: "The bridge is safe."',
        'Marta Oduya said, "The bridge is safe."',
        "“The bridge is safe,” added Marta Oduya, the engineer.",
    ],
)
def test_a_speaker_before_or_after_the_quotation(sentence: str) -> None:
    (only,) = (found := extracted(sentence)).statements
    assert speakers(found, only) == {"Marta Oduya"}
    assert only.content is not None
    assert only.content.rstrip(".") == "The bridge is safe"
    assert only.quotation == "direct"


def test_an_interrupted_quotation_is_one_statement() -> None:
    found = extracted('"The bridge is old," said Marta Oduya, "but it is safe."')
    (only,) = found.statements
    assert speakers(found, only) == {"Marta Oduya"}
    assert len(only.content_spans) == 2
    assert only.content is not None
    assert "is old" in only.content
    assert "it is safe" in only.content


def test_a_following_quotation_has_the_same_speaker() -> None:
    found = extracted('"The bridge is safe," Marta Oduya said.', '"Nobody needs to worry."')
    (only,) = found.statements
    assert only.content is not None
    assert "Nobody needs to worry" in only.content


def test_a_quotation_over_two_paragraphs_is_one_statement() -> None:
    found = extracted("Marta Oduya said: “The bridge is old.", "\n\n“It will stand for years.”")
    (only,) = found.statements
    assert speakers(found, only) == {"Marta Oduya"}
    assert only.content is not None
    assert "stand for years" in only.content


def test_a_paragraph_of_quotation_has_the_speaker_before() -> None:
    found = extracted('"The bridge is safe," Marta Oduya said.', '\n\n"Nobody needs to worry."')
    (only,) = found.statements
    assert only.content is not None
    assert "Nobody needs to worry" in only.content


def test_a_continued_quotation_need_not_fill_its_paragraph() -> None:
    found = extracted(
        "“The bridge is old,” Marta Oduya said.",
        "“It is dear to us.",
        "\n\n“It will stand for years.”",
        "Prices fell.",
    )
    (only,) = found.statements
    assert only.content is not None
    assert "stand for years" in only.content


def test_the_noun_after_said_is_the_source_in_any_parse() -> None:
    # the frozen parse has Brandt as the object of "said", as models do
    (only,) = (found := extracted('"The bridge is new," said Tomas Brandt.')).statements
    assert speakers(found, only) == {"Tomas Brandt"}


def test_an_addressee_is_no_speaker() -> None:
    assert extracted('"The bridge is safe," Marta Oduya was told.').statements == ()


def test_two_speakers_in_two_paragraphs() -> None:
    found = extracted(
        '"The bridge is safe," Marta Oduya said.', '\n\n"It will fall," replied engineer Tomas Brandt.'
    )
    assert spoken(found) == [
        ({"Marta Oduya"}, "The bridge is safe"),
        ({"Tomas Brandt"}, "It will fall"),
    ]


def test_the_antecedent_of_a_pronoun_is_the_speaker() -> None:
    found = extracted("Maria Holm met Peter Okello.", '"The bridge is safe," she said.')
    assert spoken(found) == [({"Maria Holm"}, "The bridge is safe")]


def test_scare_quotes_are_no_quotation() -> None:
    assert extracted('The "smart" bridge closed on Monday.').statements == ()
    assert extracted('His film "Harbour Lights" won a prize.').statements == ()


def test_a_partly_quoted_clause_is_a_mixed_quotation() -> None:
    found = extracted('Marta Oduya said the bridge was "perfectly safe" and would stay open.')
    (only,) = found.statements
    assert only.quotation == "mixed"
    assert only.content == 'the bridge was "perfectly safe" and would stay open'


def test_a_quotation_without_a_speaker_is_no_statement() -> None:
    assert extracted('"The bridge is safe."').statements == ()


def test_a_verb_inside_a_quotation_is_not_its_cue() -> None:
    found = extracted('"They told me the bridge was closed," Marta Oduya said.')
    assert ({"Marta Oduya"}, "They told me the bridge was closed") in spoken(found)
