"""Attributions: cue, source, content, addressee, polarity and modality."""

from __future__ import annotations

import pytest

from tests.extractor.parsed import attributed, extracted
from tests.extractor.views import has_statement, names, speakers, statement


def test_the_content_of_according_to_is_the_rest_of_the_clause() -> None:
    for sentence in (
        "According to Marta Oduya, the bridge is safe.",
        "The bridge is safe, according to Marta Oduya.",
    ):
        found = extracted(sentence)
        said = statement(found, "according to")
        assert speakers(found, said) == {"Marta Oduya"}
        assert said.content is not None
        assert said.content.lower() == "the bridge is safe"


def test_a_headline_colon() -> None:
    found = extracted("Oduya: Bridge is safe.", "\n\nMarta Oduya won.")
    said = statement(found, ":")
    assert speakers(found, said) == {"Marta Oduya"}
    assert said.content is not None
    assert said.content.rstrip(".") == "Bridge is safe"


def test_a_colon_after_another_word_is_no_cue() -> None:
    assert not has_statement(extracted("Explained: Why the bridge is safe."), ":")


@pytest.mark.parametrize(
    ("sentence", "content"),
    [
        pytest.param(
            "The bridge, Marta Oduya said, is safe.",
            "The bridge is safe",
        ),
        pytest.param(
            "The road, the mayor said, was closed.",
            "The road was closed",
            marks=pytest.mark.xfail(reason="the commas around the cue stay in the content"),
        ),
    ],
)
def test_the_content_around_a_parenthetical_cue_has_two_spans(sentence: str, content: str) -> None:
    said = statement(extracted(sentence), "say")
    assert said.content == content
    assert len(said.content_spans) == 2


def test_a_cue_after_its_content() -> None:
    found = extracted("The bridge is safe, Marta Oduya said.")
    said = statement(found, "say")
    assert speakers(found, said) == {"Marta Oduya"}
    assert said.content == "The bridge is safe"


def test_a_predicate_adjective() -> None:
    found = extracted("Marta Oduya is confident that the bridge is safe.")
    said = statement(found, "confident")
    assert speakers(found, said) == {"Marta Oduya"}
    assert said.content == "the bridge is safe"


def test_an_attributive_adjective_is_no_cue() -> None:
    assert extracted("A confident Marta Oduya opened the bridge.").statements == ()


@pytest.mark.xfail(reason="whatever shows or suggests is taken for a speaker")
def test_data_are_no_speaker() -> None:
    assert extracted("The data show that prices rose.").statements == ()


def test_a_negated_cue_has_negative_polarity() -> None:
    found = extracted("Marta Oduya did not say that the bridge was safe.")
    assert statement(found, "say").polarity == "negative"


def test_deny_has_negative_polarity_and_not_deny_positive() -> None:
    assert statement(extracted("Norway denied that it sent arms."), "deny").polarity == "negative"
    assert statement(extracted("Norway did not deny that it sent arms."), "deny").polarity == "positive"


@pytest.mark.parametrize(
    ("sentence", "cue", "modality"),
    [
        ("Marta Oduya said the bridge is safe.", "say", "actual"),
        ("Marta Oduya said the bridge might be safe.", "say", "possible"),
        ("Marta Oduya said the bridge must be closed.", "say", "necessary"),
        ("Norway emphasised the need for a ceasefire.", "emphasise", "necessary"),
    ],
)
def test_modality(sentence: str, cue: str, modality: str) -> None:
    said = statement(extracted(sentence), cue)
    assert said.modality == modality or getattr(said, "force", None) in ("demand", "propose")


def test_the_speaker_behind_an_unnamed_spokesman_is_the_country() -> None:
    found = extracted("A spokesman for Norway said the bridge is safe.")
    assert speakers(found, statement(found, "say")) == {"Norway"}


def test_a_named_spokesman_is_the_speaker() -> None:
    found = extracted("Tomas Brandt, a spokesman for Norway, said the bridge is safe.")
    assert speakers(found, statement(found, "say")) == {"Tomas Brandt"}


def test_coordinated_speakers() -> None:
    found = extracted("China and Brazil said the talks had failed.")
    assert speakers(found, statement(found, "say")) == {"China", "Brazil"}


def test_an_unnamed_speaker_has_a_reference_of_this_article() -> None:
    found = extracted("Three officials said the bridge is safe.")
    said = statement(found, "say")
    assert all(ref.startswith("#") for ref in said.speakers)
    assert speakers(found, said) == {"Three officials"}


def test_the_object_of_tell_is_the_addressee() -> None:
    found = extracted("Marta Oduya told Norway that the bridge is safe.")
    said = statement(found, "tell")
    assert names(found, said.addressees) == {"Norway"}
    assert said.content == "the bridge is safe"


def test_a_statement_without_a_source_is_unattributed() -> None:
    found = extracted("The company was accused of bribing officials.", evaluation_layers=True)
    assert found.statements == ()
    assert [said.cue for said in found.unattributed] == ["accuse"]


def test_a_cue_has_one_attribution() -> None:
    _, attributions = attributed('"The bridge is old," said Marta Oduya, "but it is safe."')
    heads = [attribution.head for attribution in attributions]
    assert len(heads) == len(set(heads))
    assert heads == sorted(heads)


@pytest.mark.parametrize(
    ("sentence", "cue", "source", "content"),
    [
        (
            "Marta Oduya said the company would build a bridge and suggested that it was cheap.",
            "suggest",
            "Marta Oduya",
            "it was cheap",
        ),
        (
            "Marta Oduya said the company would build a bridge and suggested that it was cheap.",
            "say",
            "Marta Oduya",
            "the company would build a bridge",
        ),
        (
            "Analysts said geopolitical factors have contributed to the growth, citing the importance of the"
            " port.",
            "cite",
            "Analysts",
            "the importance of the port",
        ),
        (
            "Analysts said geopolitical factors have contributed to the growth, citing the importance of the"
            " port.",
            "say",
            "Analysts",
            "geopolitical factors have contributed to the growth",
        ),
        (
            "Tomas Brandt, who told the council that the bridge was safe, resigned.",
            "tell",
            "Tomas Brandt, who",
            "the bridge was safe",
        ),
        (
            "In a meeting with the editors of the Oslo Post Brandt said that the bridge was safe.",
            "say",
            "the Oslo Post Brandt",
            "the bridge was safe",
        ),
        (
            "Norway, which paid for the bridge, made a strong condemnation of the attack.",
            "condemnation",
            "Norway",
            "the attack",
        ),
        (
            "Voters have long worried about the European reluctance to hand over powers.",
            "reluctance",
            "European",
            "to hand over powers",
        ),
    ],
)
def test_sources_that_the_parser_attaches_elsewhere(
    sentence: str, cue: str, source: str, content: str
) -> None:
    said = statement(extracted(sentence), cue)
    assert [sentence[start:end] for start, end in said.source_spans] == [source]
    assert said.content == content
