"""A log-linear model that gives the probability of each candidate and of NIL.

The score of a candidate, and of NIL, is the sum of its features times their weights. The probabilities are
the softmax of the scores. The weights are in ``weights/model.tsv``, with a row for each feature and a column
for each group of subjects. ``benchmarks/train_linking.py`` fits them.
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
        """Return the model with the weights of a file, or with those of the package.

        Raises:
            UsageError: the file is not a table of weights; the message names the row.
        """
        source = path or files("kg.linking") / "weights" / "model.tsv"
        return cls.parse(source.read_text("utf-8"), str(source))

    @classmethod
    def parse(cls, text: str, where: str) -> Self:
        """Return the model with the weights of a table; ``where`` names the file in messages."""
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
        """8 hex digits of the SHA-256 of the weights."""
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
