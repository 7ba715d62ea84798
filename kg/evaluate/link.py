"""Links: names with their items, how sure it was of them, and what ranking by popularity alone comes to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kg.evaluate.figures import Agreement, Fields, Figures, Pair, Share, reliability
from kg.evaluate.mention import bare_name
from kg.records import Span


@dataclass(frozen=True, slots=True)
class _Found:
    """What was found for a name."""

    qid: str | None
    best: str | None  # the likeliest item, accepted or not
    score: float
    popular: str | None


@dataclass(frozen=True, slots=True)
class _Document:
    gold: Mapping[Span, frozenset[str]]  # no item is NIL
    free: frozenset[Span]  # names that may be linked and need not
    found: Mapping[Span, _Found]


def score(pairs: Sequence[Pair]) -> Figures:
    """Compare the layer ``links`` of all pairs.

    Only names with a capital letter count. A name annotated without an item must not be linked; to find it
    is no merit. Reliability is that of the likeliest items of annotated names, by what was said of them.
    """
    documents = [_document(pair) for pair in pairs]
    figures = _figures(documents, "")
    if any(one.popular for document in documents for one in document.found.values()):
        by_popularity = [_by_popularity(document) for document in documents]
        figures |= _figures(by_popularity, "by popularity alone: ")
    return figures | _reliability(documents)


def _figures(documents: Sequence[_Document], prefix: str) -> Figures:
    right = linked = named = among = held = 0
    for one in documents:
        wanted = {span: qids for span, qids in one.gold.items() if qids}
        chosen = {span: found.qid for span, found in one.found.items() if found.qid is not None}
        right += sum(qid in one.gold.get(span, ()) for span, qid in chosen.items())
        linked += sum(span in one.gold or span not in one.free for span in chosen)
        named += len(wanted)
        among += sum(span in one.gold for span in chosen)
        held += sum(span in one.found for span in wanted)
    return {
        prefix + "end to end": Agreement(right, linked, named),
        prefix + "right, where the name is found": Share(right, held),
        prefix + "right, of names linked and annotated": Share(right, among),
    }


def _by_popularity(document: _Document) -> _Document:
    found = {span: _Found(one.popular, one.popular, 1.0, one.popular) for span, one in document.found.items()}
    return _Document(document.gold, document.free, found)


def _reliability(documents: Sequence[_Document]) -> Figures:
    """Of the likeliest items of annotated names."""
    return reliability(
        (one.score, one.best in document.gold[span])
        for document in documents
        for span, one in document.found.items()
        if one.best is not None and span in document.gold
    )


def _document(pair: Pair) -> _Document:
    gold: dict[Span, set[str]] = defaultdict(set)
    free = set()
    for one in pair.gold.get("links", ()):
        span = _span(pair, one)
        if span is not None and one.get("optional"):
            free.add(span)
        elif span is not None:
            gold[span] |= {one["qid"]} - {None}
    found = {span: _found(one) for one in pair.found.get("links", ()) if (span := _span(pair, one))}
    return _Document({span: frozenset(qids) for span, qids in gold.items()}, frozenset(free), found)


def _span(pair: Pair, one: Fields) -> Span | None:
    start, end = bare_name(pair.text, one["start"], one["end"])
    named = any(letter.isupper() for letter in pair.text[start:end])
    return (start, end) if named and pair.scored(((start, end),)) else None


def _found(one: Fields) -> _Found:
    best = one.get("best", one["qid"])
    return _Found(one["qid"], best, float(one.get("score", 1.0)), one.get("popular"))
