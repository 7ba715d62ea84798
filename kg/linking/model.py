"""How likely each candidate is, and that it is none: a logistic model over the features.

The score of a candidate is the sum of its features times their weights, that of NIL the sum of its own; the
probabilities are the softmax of them all. The weights stand in ``weights/model.tsv``, one row a feature, one
column a group of subjects, and are fitted by ``benchmarks/train_linking.py``.
"""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from importlib.resources import files
from pathlib import Path
from typing import Self

from kg.errors import UsageError
from kg.linking.features import Features
from kg.linking.subject import GROUPS, Group


@dataclass(frozen=True)
class Model:
    """The weights of the features, by group of subjects."""

    weights: Mapping[Group, Mapping[str, float]]

    @classmethod
    def load(cls, path: Path | None = None) -> Self:
        """Read the weights; without a path, those that come with the program.

        Raises:
            UsageError: the file is not a table of weights; the message says where.
        """
        source = path or files("kg.linking") / "weights" / "model.tsv"
        return cls.parse(source.read_text("utf-8"), str(source))

    @classmethod
    def parse(cls, text: str, where: str) -> Self:
        """Read weights from the text of a table; ``where`` is for messages."""
        rows = [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")]
        if not rows or rows[0] != ["feature", *GROUPS]:
            raise UsageError(f"{where}: the first row must be: feature {' '.join(GROUPS)}, with tabs")
        weights: dict[Group, dict[str, float]] = {group: {} for group in GROUPS}
        for name, *values in rows[1:]:
            try:
                for group, value in zip(GROUPS, values, strict=True):
                    weights[group][name] = float(value)
            except ValueError as error:
                raise UsageError(f"{where}: {name}: must have {len(GROUPS)} numbers: {error}") from error
        return cls(weights)

    @cached_property
    def fingerprint(self) -> str:
        """Eight digits that other weights do not share."""
        shown = json.dumps(self.weights, sort_keys=True)
        return hashlib.sha256(shown.encode()).hexdigest()[:8]

    def probabilities(
        self, group: Group, candidates: Sequence[Features], nothing: Features
    ) -> tuple[list[float], float]:
        """Return the probability of each candidate, and that of NIL."""
        weights = self.weights[group]
        scores = [_score(one, weights) for one in (*candidates, nothing)]
        highest = max(scores)
        powers = [math.exp(score - highest) for score in scores]
        whole = sum(powers)
        *each, none = (power / whole for power in powers)
        return each, none


def _score(features: Features, weights: Mapping[str, float]) -> float:
    return sum(weights.get(name, 0.0) * value for name, value in features.items())
