"""Score the layer "mentions": names of persons, organisations and places, by exact span and type."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeVar

from kg.evaluate.figures import Agreement, Fields, Figures, Pair, Prediction, rule_of
from kg.records import Span

Key = TypeVar("Key")
TYPES = ("PER", "ORG", "LOC")

Name = tuple[str, int, int, str]  # document, start, end, type


def score(pairs: Sequence[Pair]) -> Figures:
    """Compare the layer ``mentions`` of all pairs."""
    gold = {name for pair in pairs for name in _names(pair, pair.gold)}
    predicted = {name for pair in pairs for name in _names(pair, pair.predicted)}
    by_type = {
        f"typed exact {kind}": _agreement(
            {name for name in gold if name[3] == kind}, {name for name in predicted if name[3] == kind}
        )
        for kind in TYPES
    }
    spans = _agreement({name[:3] for name in gold}, {name[:3] for name in predicted})
    return {"typed exact": _agreement(gold, predicted), **by_type, "span only": spans}


def predictions(pairs: Sequence[Pair]) -> Iterator[Prediction]:
    """Yield each predicted name, right if it is annotated with the same span and type."""
    for pair in pairs:
        gold = set(_names(pair, pair.gold))
        for mention in pair.predicted.get("mentions", ()):
            for name in _names(pair, {"mentions": [mention]}):
                yield Prediction(*rule_of(mention), name in gold)


def bare_name(text: str, start: int, end: int) -> Span:
    """Return the span without a leading "the" and a final 's, which annotators treat differently."""
    if text[start:end].lower().startswith("the ") and end - start > len("the "):
        start += len("the ")
    if text[start:end].endswith(("'s", "’s")) and end - start > len("'s"):
        end -= len("'s")
    return start, end


def _names(pair: Pair, side: Fields) -> list[Name]:
    return [
        (pair.id, *bare_name(pair.text, mention["start"], mention["end"]), mention["type"])
        for mention in side.get("mentions", ())
        if pair.is_annotated(((mention["start"], mention["end"]),))
    ]


def _agreement(gold: set[Key], predicted: set[Key]) -> Agreement:
    return Agreement(len(gold & predicted), len(predicted), len(gold))
