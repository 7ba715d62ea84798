"""Names of people, organisations and places: exact span and type."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeVar

from kg.evaluate.figures import Agreement, Fields, Figures, Judged, Pair, rule_of
from kg.records import Span

K = TypeVar("K")
TYPES = ("PER", "ORG", "LOC")

Name = tuple[str, int, int, str]  # document, start, end, type


def score(pairs: Sequence[Pair]) -> Figures:
    """Compare the layer ``mentions`` of all pairs."""
    gold = {name for pair in pairs for name in _names(pair, pair.gold)}
    found = {name for pair in pairs for name in _names(pair, pair.found)}
    by_type = {
        f"typed exact {kind}": _agreement(
            {n for n in gold if n[3] == kind}, {n for n in found if n[3] == kind}
        )
        for kind in TYPES
    }
    spans = _agreement({name[:3] for name in gold}, {name[:3] for name in found})
    return {"typed exact": _agreement(gold, found), **by_type, "span only": spans}


def judged(pairs: Sequence[Pair]) -> Iterator[Judged]:
    """Yield each name found, right if it is annotated with the same span and type."""
    for pair in pairs:
        gold = set(_names(pair, pair.gold))
        for one in pair.found.get("mentions", ()):
            for name in _names(pair, {"mentions": [one]}):
                yield Judged(*rule_of(one), name in gold)


def bare_name(text: str, start: int, end: int) -> Span:
    """Return the span without a leading "the" and a final 's, about which annotators differ."""
    if text[start:end].lower().startswith("the ") and end - start > len("the "):
        start += len("the ")
    if text[start:end].endswith(("'s", "’s")) and end - start > len("'s"):
        end -= len("'s")
    return start, end


def _names(pair: Pair, side: Fields) -> list[Name]:
    return [
        (pair.id, *bare_name(pair.text, one["start"], one["end"]), one["type"])
        for one in side.get("mentions", ())
        if pair.scored(((one["start"], one["end"]),))
    ]


def _agreement(gold: set[K], found: set[K]) -> Agreement:
    return Agreement(len(gold & found), len(found), len(gold))
