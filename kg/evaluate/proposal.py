"""Score the layer "proposals" by sentence.

Corpora annotate the sentences that hold a proposal, and some of them its source and target (addressee).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from kg.evaluate.figures import Agreement, Fields, Figures, Pair, Prediction, Share, rule_of, to_spans
from kg.records import Span
from kg.text.spans import Spans, shared


@dataclass(frozen=True, slots=True)
class _Proposal:
    extent: Spans  # the sentence or the words of the proposal
    source: Spans
    target: Spans
    rule: str = ""
    confidence: float = 1.0

    @property
    def sentence(self) -> Span:
        """The span from the first to the last character of the extent."""
        return self.extent[0][0], self.extent[-1][1]


def score(pairs: Sequence[Pair]) -> Figures:
    """Compare the layer ``proposals`` of all pairs."""
    sentences = predicted = 0
    matches: list[
        tuple[list[_Proposal], list[_Proposal]]
    ] = []  # gold and predicted, for each sentence in both
    annotated: list[_Proposal] = []
    for pair in pairs:
        gold = defaultdict(list)
        for proposal in _proposals(pair, pair.gold):
            gold[proposal.sentence].append(proposal)
            annotated.append(proposal)
        by_sentence, outside = _by_sentence(_proposals(pair, pair.predicted), sorted(gold))
        sentences += len(gold)
        predicted += len(by_sentence) + _count_blocks(outside)
        matches += [(gold[sentence], proposals) for sentence, proposals in by_sentence.items()]
    figures: Figures = {"sentence": Agreement(len(matches), predicted, sentences)}
    if any(proposal.source for proposal in annotated):
        figures["source overlaps, of found"] = _share(
            [
                ([g.source for g in gold if g.source], [p.source for p in proposals])
                for gold, proposals in matches
            ]
        )
    if any(proposal.target for proposal in annotated):
        figures["target overlaps, of found"] = _share(
            [
                ([g.target for g in gold if g.target], [p.target for p in proposals])
                for gold, proposals in matches
            ]
        )
    return figures


def predictions(pairs: Sequence[Pair]) -> Iterator[Prediction]:
    """Yield each predicted proposal, right if it overlaps an annotated sentence."""
    for pair in pairs:
        gold = [proposal.extent for proposal in _proposals(pair, pair.gold)]
        for proposal in _proposals(pair, pair.predicted):
            right = any(shared(proposal.extent, extent) for extent in gold)
            yield Prediction(proposal.rule, proposal.confidence, right)


def _by_sentence(
    proposals: Iterable[_Proposal], sentences: Sequence[Span]
) -> tuple[dict[Span, list[_Proposal]], list[_Proposal]]:
    """Return the proposals by the gold sentence that each overlaps most, and those that overlap none."""
    by_sentence: dict[Span, list[_Proposal]] = defaultdict(list)
    outside = []
    for proposal in proposals:
        most, sentence = max(
            ((shared(proposal.extent, (span,)), span) for span in sentences), default=(0, (0, 0))
        )
        if most:
            by_sentence[sentence].append(proposal)
        else:
            outside.append(proposal)
    return by_sentence, outside


def _count_blocks(outside: Sequence[_Proposal]) -> int:
    """Return the number of proposals outside gold sentences; those that overlap each other count once."""
    count, reached = 0, -1
    for start, end in sorted(proposal.sentence for proposal in outside):
        count += start >= reached
        reached = max(reached, end)
    return count


def _share(cases: Sequence[tuple[list[Spans], list[Spans]]]) -> Share:
    """Return the share of gold spans that overlap predicted ones of the same sentence."""
    outcomes = [
        any(shared(spans, other) for other in predicted) for gold, predicted in cases for spans in gold
    ]
    return Share(sum(outcomes), len(outcomes))


def _proposals(pair: Pair, side: Fields) -> list[_Proposal]:
    proposals = [_proposal(fields) for fields in side.get("proposals", ())]
    return [proposal for proposal in proposals if pair.is_annotated(proposal.extent)]


def _proposal(fields: Fields) -> _Proposal:
    extent = [fields["sentence"]] if fields.get("sentence") is not None else fields["span"]
    source, target = to_spans(fields.get("source")), to_spans(fields.get("target"))
    return _Proposal(to_spans(extent), source, target, *rule_of(fields))
