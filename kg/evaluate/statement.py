"""Statements: contents at two thresholds and by character, cues, sources; and direct quotations apart."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from kg.evaluate.figures import Agreement, Fields, Figures, Judged, Pair, Share, rule_of, stretch
from kg.evaluate.mention import bare_name
from kg.text.spans import Spans, matched, merged, shared, size

_DOUBLE_QUOTES = '"“”„«»'


@dataclass(frozen=True, slots=True)
class _Statement:
    source: Spans
    cue: Spans
    content: Spans
    rule: str = ""
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class _Document:
    text: str
    gold: list[_Statement]
    found: list[_Statement]

    def agreeing(self, least: float) -> list[tuple[int, int]]:
        """Statements whose contents overlap by ``least``, as pairs of places."""
        return matched([one.content for one in self.gold], [one.content for one in self.found], least)


def score(pairs: Sequence[Pair]) -> Figures:
    """Compare the layer ``statements`` of all pairs."""
    documents = [_document(pair) for pair in pairs]
    direct = [
        _Document(one.text, _direct(one.gold, one.text), _direct(one.found, one.text)) for one in documents
    ]
    return _figures(documents) | {f"direct quotes: {name}": value for name, value in _figures(direct).items()}


def judged(pairs: Sequence[Pair]) -> Iterator[Judged]:
    """Yield each statement found, right if half of its content is that of an annotated one."""
    for pair in pairs:
        one = _document(pair)
        right = {j for _, j in one.agreeing(0.5)}
        for place, statement in enumerate(one.found):
            yield Judged(statement.rule, statement.confidence, place in right)


def _figures(documents: Sequence[_Document]) -> Figures:
    gold = sum(len(one.gold) for one in documents)
    found = sum(len(one.found) for one in documents)
    half = sum(len(one.agreeing(0.5)) for one in documents)
    most = sum(len(one.agreeing(0.9)) for one in documents)
    return {
        "content IoU>=.5": Agreement(half, found, gold),
        "content IoU>=.9": Agreement(most, found, gold),
        "content characters": _characters(documents),
        "cue overlap": _cues(documents),
        **_sources(documents),
    }


def _characters(documents: Sequence[_Document]) -> Agreement:
    sides = [(_all_contents(one.found), _all_contents(one.gold)) for one in documents]
    return Agreement(
        sum(shared(found, gold) for found, gold in sides),
        sum(size(found) for found, _ in sides),
        sum(size(gold) for _, gold in sides),
    )


def _all_contents(statements: Iterable[_Statement]) -> Spans:
    return merged(span for one in statements for span in one.content)


def _cues(documents: Sequence[_Document]) -> Agreement:
    """Statements without a cue are left out on both sides."""
    sides = [([s.cue for s in one.gold if s.cue], [s.cue for s in one.found if s.cue]) for one in documents]
    return Agreement(
        sum(len(matched(gold, found)) for gold, found in sides),
        sum(len(found) for _, found in sides),
        sum(len(gold) for gold, _ in sides),
    )


def _sources(documents: Sequence[_Document]) -> Figures:
    """Of statements whose contents agree and whose gold has a source."""
    cases = [
        (one.text, one.gold[i].source, one.found[j].source)
        for one in documents
        for i, j in one.agreeing(0.5)
        if one.gold[i].source
    ]
    touching = sum(shared(gold, found) > 0 for _, gold, found in cases)
    exact = sum(
        bool(found)
        and [bare_name(text, *span) for span in gold] == [bare_name(text, *span) for span in found]
        for text, gold, found in cases
    )
    return {
        "source overlaps, of matched": Share(touching, len(cases)),
        "source exact, of matched": Share(exact, len(cases)),
    }


def _document(pair: Pair) -> _Document:
    gold, found = (_statements(pair, side) for side in (pair.gold, pair.found))
    return _Document(pair.text, gold, found)


def _statements(pair: Pair, side: Fields) -> list[_Statement]:
    every = [
        _Statement(
            stretch(one.get("source")), stretch(one.get("cue")), stretch(one["content"]), *rule_of(one)
        )
        for one in side.get("statements", ())
    ]
    return [one for one in every if pair.scored(one.content)]


def _direct(statements: Iterable[_Statement], text: str) -> list[_Statement]:
    """Those whose content opens with a double quotation mark, or stands right behind one."""
    return [
        one
        for one in statements
        if set(text[max(0, one.content[0][0] - 1) : one.content[0][0] + 1]) & set(_DOUBLE_QUOTES)
    ]
