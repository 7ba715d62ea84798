"""Loading the language model, and running it over articles."""

from __future__ import annotations

import textwrap
from pathlib import Path

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st
from spacy.language import Language

from kg.errors import ModelError
from kg.extractor.language_model import for_parser, load, model_id, parse
from kg.records import Article

WRAPPED = textwrap.fill(
    "The mayor said on Monday that the old bridge would be closed for two years. " * 5, 70
)


def article(text: str) -> Article:
    return Article(text, "test")


def test_a_missing_model_is_an_error_with_its_name() -> None:
    with pytest.raises(ModelError, match=r"'no_such_model'.*pip"):
        load("no_such_model")


def test_a_model_without_a_needed_component_is_an_error(tmp_path: Path) -> None:
    spacy.blank("en").to_disk(tmp_path / "blank")
    with pytest.raises(ModelError, match="parser"):
        load(str(tmp_path / "blank"))


@pytest.mark.parametrize(
    "text",
    [
        "One line.",
        "One.\n\nTwo.",
        WRAPPED,
    ],
)
def test_the_text_for_the_parser_has_the_same_offsets(text: str) -> None:
    given_text = for_parser(text)
    assert len(given_text) == len(text)
    assert given_text.split() == text.split()


def test_a_wrapped_line_does_not_end_a_clause() -> None:
    assert "\n" in WRAPPED
    assert "\n" not in for_parser(WRAPPED)


@given(st.text(st.sampled_from("aB .,\n\t“"), max_size=120))
def test_the_parser_text_differs_in_space_only(text: str) -> None:
    given_text = for_parser(text)
    assert len(given_text) == len(text)
    for new, old in zip(given_text, text, strict=True):
        assert new == old or (new.isspace() and old.isspace())


@pytest.mark.model
def test_the_model_identifier(nlp: Language) -> None:
    name, version = model_id(nlp).rsplit("-", 1)
    assert name.startswith("en_core_web_sm")
    assert version[0].isdigit()


@pytest.mark.model
def test_articles_come_back_in_order_with_their_offsets(nlp: Language) -> None:
    texts = [f"Article {number} says\nit  rained.\n\nIn Oslo — it snowed 🌨." for number in range(20)]
    pairs = list(parse((article(text) for text in texts), nlp, batch_size=3))
    assert [one.text for one, _ in pairs] == texts
    for one, doc in pairs:
        assert all(
            token.is_space or one.text[token.idx : token.idx + len(token)] == token.text for token in doc
        )


@pytest.mark.model
def test_a_headline_is_a_sentence_of_its_own(nlp: Language) -> None:
    ((_, doc),) = parse([article("Rovers sack coach\n\nThe club said so on Monday")], nlp)
    sentences = [sentence.text.strip() for sentence in doc.sents]
    assert sentences == ["Rovers sack coach", "The club said so on Monday"]


@pytest.mark.model
def test_no_articles_and_empty_text(nlp: Language) -> None:
    assert list(parse([], nlp)) == []
    ((_, doc),) = parse([article("")], nlp)
    assert len(doc) == 0


@pytest.mark.model
def test_the_model_by_the_name_it_is_installed_under(nlp: Language) -> None:
    installed = f"{nlp.lang}_{nlp.meta['name']}"
    assert model_id(load(installed)) == model_id(nlp)
