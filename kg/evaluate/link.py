"""Score the layer "links": the items of names, their calibration, and a baseline of popularity alone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kg.evaluate.figures import Agreement, Fields, Figures, Pair, Share, reliability
from kg.evaluate.mention import bare_name
from kg.records import Span


@dataclass(frozen=True, slots=True)
class _Link:
    """The predicted link of a name."""

    qid: str | None  # the accepted item
    best: str | None  # the most likely item, accepted or not
    score: float  # probability of ``best``
    popular: str | None  # the most popular item with that name


@dataclass(frozen=True, slots=True)
class _Document:
    gold: Mapping[Span, frozenset[str]]  # the right items of each name; an empty set is NIL
    optional: frozenset[Span]  # names whose links do not count
    predicted: Mapping[Span, _Link]


def score(pairs: Sequence[Pair]) -> Figures:
    """Compare the layer ``links`` of all pairs.

    Only names with a capital letter count. A name annotated without an item (NIL) counts as an error if it is
    linked, and not at all if it is not. The calibration is that of the most likely items of annotated names.
    """
    documents = [_document(pair) for pair in pairs]
    figures = _figures(documents, "")
    if any(link.popular for document in documents for link in document.predicted.values()):
        by_popularity = [_by_popularity(document) for document in documents]
        figures |= _figures(by_popularity, "by popularity alone: ")
    return figures | _reliability(documents)


def _figures(documents: Sequence[_Document], prefix: str) -> Figures:
    right = linked = with_item = linked_annotated = recognised = 0
    for document in documents:
        wanted = {span: qids for span, qids in document.gold.items() if qids}
        accepted = {span: link.qid for span, link in document.predicted.items() if link.qid is not None}
        right += sum(qid in document.gold.get(span, ()) for span, qid in accepted.items())
        linked += sum(span in document.gold or span not in document.optional for span in accepted)
        with_item += len(wanted)
        linked_annotated += sum(span in document.gold for span in accepted)
        recognised += sum(span in document.predicted for span in wanted)
    return {
        prefix + "end to end": Agreement(right, linked, with_item),
        prefix + "right, where the name is found": Share(right, recognised),
        prefix + "right, of names linked and annotated": Share(right, linked_annotated),
    }


def _by_popularity(document: _Document) -> _Document:
    """Return the document as the baseline predicts it: each name is linked to its most popular item."""
    links = {
        span: _Link(link.popular, link.popular, 1.0, link.popular)
        for span, link in document.predicted.items()
    }
    return _Document(document.gold, document.optional, links)


def _reliability(documents: Sequence[_Document]) -> Figures:
    """Return the calibration of the most likely items of annotated names."""
    return reliability(
        (link.score, link.best in document.gold[span])
        for document in documents
        for span, link in document.predicted.items()
        if link.best is not None and span in document.gold
    )


def _document(pair: Pair) -> _Document:
    gold: dict[Span, set[str]] = defaultdict(set)
    optional = set()
    for fields in pair.gold.get("links", ()):
        span = _span(pair, fields)
        if span is not None and fields.get("optional"):
            optional.add(span)
        elif span is not None:
            gold[span] |= {fields["qid"]} - {None}
    predicted = {
        span: _link(fields) for fields in pair.predicted.get("links", ()) if (span := _span(pair, fields))
    }
    return _Document({span: frozenset(qids) for span, qids in gold.items()}, frozenset(optional), predicted)


def _span(pair: Pair, fields: Fields) -> Span | None:
    """Return the span of a name that counts, or None."""
    start, end = bare_name(pair.text, fields["start"], fields["end"])
    has_capital = any(letter.isupper() for letter in pair.text[start:end])
    return (start, end) if has_capital and pair.is_annotated(((start, end),)) else None


def _link(fields: Fields) -> _Link:
    best = fields.get("best", fields["qid"])
    return _Link(fields["qid"], best, float(fields.get("score", 1.0)), fields.get("popular"))
