"""Score the layer "events": triggers, and participants, roles and polarity of matched triggers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kg.evaluate.figures import Agreement, Fields, Figures, Pair, Prediction, Share, rule_of, to_spans
from kg.text.spans import Spans, matched, shared

_Participants = list[tuple[str | None, Spans]]  # role and spans of each participant


@dataclass(frozen=True, slots=True)
class _Event:
    trigger: Spans
    optional: bool
    polarity: str | None
    participants: _Participants | None  # None if the corpus does not annotate participants
    rule: str = ""
    confidence: float = 1.0


def score(pairs: Sequence[Pair]) -> Figures:
    """Compare the layer ``events`` of all pairs."""
    triggers: list[Agreement] = []
    matches: list[tuple[_Event, _Event]] = []
    for pair in pairs:
        predicted, gold = _events(pair, pair.predicted), _events(pair, pair.gold)
        required = [event for event in gold if not event.optional]
        indexes = _matched_triggers(required, predicted)
        matches += [(required[i], predicted[j]) for i, j in indexes]
        matched_indexes = {j for _, j in indexes}
        unmatched = [event for j, event in enumerate(predicted) if j not in matched_indexes]
        uncounted = sum(_is_optional(event, gold) for event in unmatched)
        triggers.append(Agreement(len(indexes), len(predicted) - uncounted, len(required)))
    return {"trigger overlap": _total(triggers)} | _participants(matches) | _polarity(matches)


def predictions(pairs: Sequence[Pair]) -> Iterator[Prediction]:
    """Yield each predicted event, right if its trigger is annotated. Optional events are left out."""
    for pair in pairs:
        predicted, gold = _events(pair, pair.predicted), _events(pair, pair.gold)
        required = [event for event in gold if not event.optional]
        right = {j for _, j in _matched_triggers(required, predicted)}
        for index, event in enumerate(predicted):
            if index in right or not _is_optional(event, gold):
                yield Prediction(event.rule, event.confidence, index in right)


def _matched_triggers(gold: Sequence[_Event], predicted: Sequence[_Event]) -> list[tuple[int, int]]:
    """Return the indexes of the gold and predicted events whose triggers match."""
    return matched([event.trigger for event in gold], [event.trigger for event in predicted])


def _is_optional(event: _Event, gold: Sequence[_Event]) -> bool:
    """Return True if the trigger of a predicted event overlaps that of an optional gold event."""
    return any(other.optional and shared(event.trigger, other.trigger) for other in gold)


def _participants(matches: Sequence[tuple[_Event, _Event]]) -> Figures:
    """Return the figures of participants, of matched events whose gold annotates participants."""
    cases = [
        (gold.participants, predicted.participants or [])
        for gold, predicted in matches
        if gold.participants is not None
    ]
    if not cases:
        return {}
    overlapping = [_matched_participants(gold, predicted, 0.0) for gold, predicted in cases]
    close = sum(len(_matched_participants(gold, predicted, 0.5)) for gold, predicted in cases)
    roles = [
        (gold[i][0], predicted[j][0])
        for (gold, predicted), indexes in zip(cases, overlapping, strict=True)
        for i, j in indexes
        if gold[i][0] and predicted[j][0]
    ]
    totals = sum(len(predicted) for _, predicted in cases), sum(len(gold) for gold, _ in cases)
    figures: Figures = {
        "participants overlap, trigger matched": Agreement(sum(map(len, overlapping)), *totals),
        "participants IoU>=.5, trigger matched": Agreement(close, *totals),
    }
    if roles:
        figures["same role, of matched with roles"] = Share(
            sum(gold == predicted for gold, predicted in roles), len(roles)
        )
    return figures


def _polarity(matches: Sequence[tuple[_Event, _Event]]) -> Figures:
    """Return the share of matched events with the same polarity, of those that have one in both documents."""
    cases = [
        (gold.polarity, predicted.polarity)
        for gold, predicted in matches
        if gold.polarity and predicted.polarity
    ]
    if not cases:
        return {}
    return {
        "same polarity, of matched that give it": Share(
            sum(gold == predicted for gold, predicted in cases), len(cases)
        )
    }


def _matched_participants(
    gold: _Participants, predicted: _Participants, least: float
) -> list[tuple[int, int]]:
    return matched([spans for _, spans in gold], [spans for _, spans in predicted], least)


def _events(pair: Pair, side: Fields) -> list[_Event]:
    events = [_event(fields) for fields in side.get("events", ())]
    return [event for event in events if pair.is_annotated(event.trigger)]


def _event(fields: Fields) -> _Event:
    participants = fields.get("participants")
    polarity = fields.get("polarity")
    return _Event(
        to_spans(fields["trigger"]),
        bool(fields.get("optional")),
        str(polarity).lower()[:3] if polarity else None,  # corpora write "neg", "NEG" or "negative"
        None if participants is None else [(p.get("role"), to_spans(p["span"])) for p in participants],
        *rule_of(fields),
    )


def _total(counts: Sequence[Agreement]) -> Agreement:
    return Agreement(
        sum(count.matched for count in counts),
        sum(count.predicted for count in counts),
        sum(count.gold for count in counts),
    )
