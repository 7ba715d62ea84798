"""What an evaluation comes to: counts, from which per cents are made when they are shown."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kg.spans import Spans, merged, shared, size

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


def stretch(spans: Iterable[Sequence[int]] | None) -> Spans:
    """Return a field of a document, such as ``[[3, 7], [9, 12]]``, as spans."""
    return merged((start, end) for start, end in spans or ())
