"""Events: triggers, and, where triggers agree, participants, their roles and polarity."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kg.evaluate.figures import Agreement, Fields, Figures, Judged, Pair, Share, rule_of, stretch
from kg.text.spans import Spans, matched, shared

_Participants = list[tuple[str | None, Spans]]  # role, where


@dataclass(frozen=True, slots=True)
class _Event:
    trigger: Spans
    optional: bool
    polarity: str | None
    participants: _Participants | None  # None: the corpus does not annotate them
    rule: str = ""
    confidence: float = 1.0


def score(pairs: Sequence[Pair]) -> Figures:
    """Compare the layer ``events`` of all pairs."""
    triggers: list[Agreement] = []
    agreeing: list[tuple[_Event, _Event]] = []
    for pair in pairs:
        found = _events(pair, pair.found)
        gold = _events(pair, pair.gold)
        needed = [one for one in gold if not one.optional]
        places = matched([one.trigger for one in needed], [one.trigger for one in found])
        agreeing += [(needed[i], found[j]) for i, j in places]
        free = [one for j, one in enumerate(found) if j not in {j for _, j in places}]
        uncounted = sum(_may_be_found(one, gold) for one in free)
        triggers.append(Agreement(len(places), len(found) - uncounted, len(needed)))
    return {"trigger overlap": _total(triggers)} | _participants(agreeing) | _polarity(agreeing)


def judged(pairs: Sequence[Pair]) -> Iterator[Judged]:
    """Yield each event found, right if its trigger is annotated; where the gold may have it or not, none."""
    for pair in pairs:
        found, gold = _events(pair, pair.found), _events(pair, pair.gold)
        needed = [one for one in gold if not one.optional]
        places = matched([one.trigger for one in needed], [one.trigger for one in found])
        right = {j for _, j in places}
        for place, one in enumerate(found):
            if place in right or not _may_be_found(one, gold):
                yield Judged(one.rule, one.confidence, place in right)


def _may_be_found(event: _Event, gold: Sequence[_Event]) -> bool:
    return any(one.optional and shared(event.trigger, one.trigger) for one in gold)


def _participants(agreeing: Sequence[tuple[_Event, _Event]]) -> Figures:
    """Of events whose gold annotates participants; roles matter only in the last figure."""
    cases = [
        (gold.participants, found.participants or [])
        for gold, found in agreeing
        if gold.participants is not None
    ]
    if not cases:
        return {}
    pairs = [_touching(gold, found, 0.0) for gold, found in cases]
    roles = [
        (gold[i][0], found[j][0])
        for (gold, found), places in zip(cases, pairs, strict=True)
        for i, j in places
        if gold[i][0] and found[j][0]
    ]
    whole = len([one for _, found in cases for one in found]), len([one for gold, _ in cases for one in gold])
    close = sum(len(_touching(gold, found, 0.5)) for gold, found in cases)
    figures: Figures = {
        "participants overlap, trigger matched": Agreement(sum(map(len, pairs)), *whole),
        "participants IoU>=.5, trigger matched": Agreement(close, *whole),
    }
    if roles:
        figures["same role, of matched with roles"] = Share(
            sum(gold == found for gold, found in roles), len(roles)
        )
    return figures


def _polarity(agreeing: Sequence[tuple[_Event, _Event]]) -> Figures:
    cases = [(gold.polarity, found.polarity) for gold, found in agreeing if gold.polarity and found.polarity]
    if not cases:
        return {}
    return {
        "same polarity, of matched that give it": Share(
            sum(gold == found for gold, found in cases), len(cases)
        )
    }


def _touching(gold: _Participants, found: _Participants, least: float) -> list[tuple[int, int]]:
    return matched([spans for _, spans in gold], [spans for _, spans in found], least)


def _events(pair: Pair, side: Fields) -> list[_Event]:
    every = [_event(one) for one in side.get("events", ())]
    return [one for one in every if pair.scored(one.trigger)]


def _event(fields: Fields) -> _Event:
    participants = fields.get("participants")
    polarity = fields.get("polarity")
    return _Event(
        stretch(fields["trigger"]),
        bool(fields.get("optional")),
        str(polarity).lower()[:3] if polarity else None,  # corpora write "neg", "NEG", "negative"
        None if participants is None else [(one.get("role"), stretch(one["span"])) for one in participants],
        *rule_of(fields),
    )


def _total(counts: Sequence[Agreement]) -> Agreement:
    return Agreement(
        sum(one.matched for one in counts),
        sum(one.predicted for one in counts),
        sum(one.gold for one in counts),
    )
