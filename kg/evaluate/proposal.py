"""Proposals by the sentence: corpora say which sentences hold one, and sometimes from whom and to whom."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from kg.evaluate.figures import Agreement, Fields, Figures, Judged, Pair, Share, rule_of, stretch
from kg.records import Span
from kg.text.spans import Spans, shared


@dataclass(frozen=True, slots=True)
class _Proposal:
    where: Spans
    source: Spans
    target: Spans
    rule: str = ""
    confidence: float = 1.0

    @property
    def sentence(self) -> Span:
        return self.where[0][0], self.where[-1][1]


def score(pairs: Sequence[Pair]) -> Figures:
    """Compare the layer ``proposals`` of all pairs."""
    sentences = predicted = 0
    found: list[tuple[list[_Proposal], list[_Proposal]]] = []  # gold and predicted of each sentence found
    annotated: list[_Proposal] = []
    for pair in pairs:
        gold = defaultdict(list)
        for one in _proposals(pair, pair.gold):
            gold[one.sentence].append(one)
            annotated.append(one)
        hits, strays = _by_sentence(_proposals(pair, pair.found), sorted(gold))
        sentences += len(gold)
        predicted += len(hits) + _blocks(strays)
        found += [(gold[sentence], hits[sentence]) for sentence in hits]
    figures: Figures = {"sentence": Agreement(len(found), predicted, sentences)}
    if any(one.source for one in annotated):
        figures["source overlaps, of found"] = _share(
            [([g.source for g in gold if g.source], [h.source for h in hits]) for gold, hits in found]
        )
    if any(one.target for one in annotated):
        figures["target overlaps, of found"] = _share(
            [([g.target for g in gold if g.target], [h.target for h in hits]) for gold, hits in found]
        )
    return figures


def judged(pairs: Sequence[Pair]) -> Iterator[Judged]:
    """Yield each proposal found, right if it stands in a sentence that is annotated."""
    for pair in pairs:
        gold = [one.where for one in _proposals(pair, pair.gold)]
        for one in _proposals(pair, pair.found):
            yield Judged(one.rule, one.confidence, any(shared(one.where, other) for other in gold))


def _by_sentence(
    proposals: Iterable[_Proposal], sentences: Sequence[Span]
) -> tuple[dict[Span, list[_Proposal]], list[_Proposal]]:
    """Give each prediction to the gold sentence that it overlaps most; return the rest apart."""
    hits: dict[Span, list[_Proposal]] = defaultdict(list)
    strays = []
    for one in proposals:
        most, sentence = max(((shared(one.where, (span,)), span) for span in sentences), default=(0, (0, 0)))
        if most:
            hits[sentence].append(one)
        else:
            strays.append(one)
    return hits, strays


def _blocks(strays: Sequence[_Proposal]) -> int:
    """Predictions that overlap each other outside of every gold sentence count once."""
    count, reached = 0, -1
    for start, end in sorted(one.sentence for one in strays):
        count += start >= reached
        reached = max(reached, end)
    return count


def _share(cases: Sequence[tuple[list[Spans], list[Spans]]]) -> Share:
    outcomes = [any(shared(one, other) for other in found) for gold, found in cases for one in gold]
    return Share(sum(outcomes), len(outcomes))


def _proposals(pair: Pair, side: Fields) -> list[_Proposal]:
    every = [_proposal(one) for one in side.get("proposals", ())]
    return [one for one in every if pair.scored(one.where)]


def _proposal(fields: Fields) -> _Proposal:
    where = [fields["sentence"]] if fields.get("sentence") is not None else fields["span"]
    source, target = stretch(fields.get("source")), stretch(fields.get("target"))
    return _Proposal(stretch(where), source, target, *rule_of(fields))
