"""What an evaluation comes to: counts, from which per cents are made when they are shown."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kg.text.spans import Spans, merged, shared, size

Fields = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Agreement:
    """Counts behind precision, recall and F1."""

    matched: int
    predicted: int
    gold: int

    @property
    def precision(self) -> float:
        """Of what was predicted, how much is right, in per cent."""
        return 100 * self.matched / self.predicted if self.predicted else 0.0

    @property
    def recall(self) -> float:
        """Of what is in the gold, how much was found, in per cent."""
        return 100 * self.matched / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall, in per cent."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


@dataclass(frozen=True, slots=True)
class Share:
    """How many of some cases are right."""

    right: int
    of: int

    @property
    def accuracy(self) -> float:
        """In per cent."""
        return 100 * self.right / self.of if self.of else 0.0


@dataclass(frozen=True, slots=True)
class Value:
    """A figure that is no count."""

    value: float


Figures = dict[str, Agreement | Share | Value]


@dataclass(frozen=True, slots=True)
class Judged:
    """Something found, by which rule and how surely, and whether it is right."""

    rule: str
    confidence: float
    right: bool


_BINS = 10


def by_rule(cases: Iterable[Judged]) -> Figures:
    """Return how often each rule fired and was right, the busiest first."""
    rules: dict[str, list[bool]] = defaultdict(list)
    for case in cases:
        rules[case.rule].append(case.right)
    ordered = sorted(rules.items(), key=lambda entry: (-len(entry[1]), entry[0]))
    return {rule: Share(sum(right), len(right)) for rule, right in ordered}


def reliability(cases: Iterable[tuple[float, bool]]) -> Figures:
    """Return how often what was said with a confidence was right, by tenths, and the expected calibration
    error (Naeini, Cooper & Hauskrecht 2015): how far the two are apart, weighted by the number of cases.
    """
    bins: dict[int, list[tuple[float, bool]]] = defaultdict(list)
    for confidence, right in cases:
        bins[min(_BINS - 1, int(confidence * _BINS))].append((confidence, right))
    whole = sum(map(len, bins.values()))
    if not whole:
        return {}
    shown: Figures = {
        f"said {number / _BINS:.1f} to {(number + 1) / _BINS:.1f}": Share(
            sum(right for _, right in cases), len(cases)
        )
        for number, cases in sorted(bins.items())
    }
    gaps = (abs(sum(confidence - right for confidence, right in cases)) for cases in bins.values())
    return shown | {"expected calibration error": Value(sum(gaps) / whole)}


@dataclass(frozen=True, slots=True)
class Pair:
    """A gold document and what was found in it."""

    gold: Fields
    found: Fields

    @property
    def id(self) -> str:
        """The document's id, ``corpus/name`` or a name alone."""
        return str(self.gold["id"])

    @property
    def text(self) -> str:
        """The text that both sides' offsets count."""
        return str(self.gold["text"])

    def scored(self, spans: Spans) -> bool:
        """Whether at least half of the characters lie where the gold is exhaustive."""
        annotated = self.gold.get("annotated")
        return annotated is None or 2 * shared(spans, stretch(annotated)) >= size(spans)


def rule_of(fields: Fields) -> tuple[str, float]:
    """Return the rule by which something was found, and its confidence; ("", 1) where it is not said."""
    return str(fields.get("rule", "")), float(fields.get("confidence", 1.0))


def stretch(spans: Iterable[Sequence[int]] | None) -> Spans:
    """Return a field of a document, such as ``[[3, 7], [9, 12]]``, as spans."""
    return merged((start, end) for start, end in spans or ())
