"""Figures of an evaluation. They hold counts; percentages are computed when they are read."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kg.text.spans import Spans, merged, shared, size

Fields = Mapping[str, Any]
"""A document of a standoff file, or an object within it."""


@dataclass(frozen=True, slots=True)
class Agreement:
    """Counts behind precision, recall and F1."""

    matched: int
    predicted: int
    gold: int

    @property
    def precision(self) -> float:
        """The share of predictions that are right, in per cent."""
        return 100 * self.matched / self.predicted if self.predicted else 0.0

    @property
    def recall(self) -> float:
        """The share of gold annotations that are predicted, in per cent."""
        return 100 * self.matched / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall, in per cent."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


@dataclass(frozen=True, slots=True)
class Share:
    """The number of cases, and how many of them are right."""

    right: int
    of: int

    @property
    def accuracy(self) -> float:
        """The share of cases that are right, in per cent."""
        return 100 * self.right / self.of if self.of else 0.0


@dataclass(frozen=True, slots=True)
class Value:
    """A figure that is not a count, such as an error."""

    value: float


Figures = dict[str, Agreement | Share | Value]


@dataclass(frozen=True, slots=True)
class Prediction:
    """One prediction: the rule that made it, its confidence, and True if the gold agrees."""

    rule: str
    confidence: float
    right: bool


_BINS = 10


def by_rule(cases: Iterable[Prediction]) -> Figures:
    """Return the share of right predictions of each rule, the most frequent rule first."""
    rules: dict[str, list[bool]] = defaultdict(list)
    for case in cases:
        rules[case.rule].append(case.right)
    ordered = sorted(rules.items(), key=lambda entry: (-len(entry[1]), entry[0]))
    return {rule: Share(sum(right), len(right)) for rule, right in ordered}


def reliability(cases: Iterable[tuple[float, bool]]) -> Figures:
    """Return the calibration of confidences: the share of right cases in each tenth, and the overall error.

    The expected calibration error (Naeini, Cooper & Hauskrecht 2015) is the mean difference between
    confidence and share of right cases over the tenths, weighted by their number of cases.

    Args:
        cases: confidence, from 0 to 1, and True if the case is right.
    """
    bins: dict[int, list[tuple[float, bool]]] = defaultdict(list)
    for confidence, right in cases:
        bins[min(_BINS - 1, int(confidence * _BINS))].append((confidence, right))
    whole = sum(map(len, bins.values()))
    if not whole:
        return {}
    tenths: Figures = {
        f"said {number / _BINS:.1f} to {(number + 1) / _BINS:.1f}": Share(
            sum(right for _, right in cases), len(cases)
        )
        for number, cases in sorted(bins.items())
    }
    gaps = (abs(sum(confidence - right for confidence, right in cases)) for cases in bins.values())
    return tenths | {"expected calibration error": Value(sum(gaps) / whole)}


@dataclass(frozen=True, slots=True)
class Pair:
    """A gold document and the predictions for it."""

    gold: Fields
    predicted: Fields

    @property
    def id(self) -> str:
        """The id of the document: ``corpus/name``, or a name alone."""
        return str(self.gold["id"])

    @property
    def text(self) -> str:
        """The text that the offsets of both documents count."""
        return str(self.gold["text"])

    def is_annotated(self, spans: Spans) -> bool:
        """Return True if at least half of the characters of ``spans`` are in the annotated text."""
        annotated = self.gold.get("annotated")
        return annotated is None or 2 * shared(spans, to_spans(annotated)) >= size(spans)


def rule_of(fields: Fields) -> tuple[str, float]:
    """Return the rule and the confidence of a prediction; ("", 1) if it has none."""
    return str(fields.get("rule", "")), float(fields.get("confidence", 1.0))


def to_spans(spans: Iterable[Sequence[int]] | None) -> Spans:
    """Return a field such as ``[[3, 7], [9, 12]]`` as merged spans."""
    return merged((start, end) for start, end in spans or ())
