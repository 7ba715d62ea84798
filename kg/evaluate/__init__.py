"""Compare predictions with annotated (gold) documents, layer by layer.

In come documents in the standoff format, gold and predicted; out come figures: precision, recall and F1,
shares, and calibration errors. Annotations and predictions of which more than half lies outside the
``annotated`` spans of a gold document do not count. Stretches are paired one to one, the best overlap first.

- ``standoff`` reads documents, extracts them and returns lines in the same format. Change it for another
  field.
- ``mention``, ``link``, ``statement``, ``proposal`` and ``event`` score one layer each. A new layer is a
  module with ``score`` and a row in ``LAYERS``; a row in ``PREDICTIONS`` adds figures by rule and by
  confidence.
- ``figures`` holds the counts and what they have in common.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from kg.errors import UsageError
from kg.evaluate import event, link, mention, proposal, statement
from kg.evaluate.figures import (
    Agreement,
    Fields,
    Figures,
    Pair,
    Prediction,
    Share,
    Value,
    by_rule,
    reliability,
)

__all__ = ["LAYERS", "Agreement", "Figures", "Share", "Value", "evaluate"]

LAYERS: dict[str, Callable[[Sequence[Pair]], Figures]] = {
    "statements": statement.score,
    "mentions": mention.score,
    "links": link.score,
    "events": event.score,
    "proposals": proposal.score,
}
"""The function that scores each layer."""

PREDICTIONS: dict[str, Callable[[Sequence[Pair]], Iterable[Prediction]]] = {
    "statements": statement.predictions,
    "mentions": mention.predictions,
    "events": event.predictions,
    "proposals": proposal.predictions,
}
"""The layers whose predictions have a rule and a confidence."""


def evaluate(gold: Iterable[Fields], predicted: Mapping[str, Fields]) -> dict[str, dict[str, Figures]]:
    """Compare annotated documents with predicted ones.

    Args:
        gold: the annotated documents, with their text.
        predicted: the predicted documents by id. A missing document counts as empty.

    Returns:
        The figures by layer, corpus and name. The corpora are "all" and, if the ids have several prefixes,
        each prefix. If predictions have a rule and a confidence, "by rule" and "by confidence" follow.

    Raises:
        UsageError: the gold documents annotate no layer that can be scored, or a layer is not in the format.
    """
    pairs = [Pair(document, predicted.get(str(document["id"]), {})) for document in gold]
    result: dict[str, dict[str, Figures]] = {}
    for layer, score in LAYERS.items():
        for corpus, part in _by_corpus(pairs_of(pairs, layer)).items():
            try:
                result.setdefault(layer, {})[corpus] = score(part)
            except (KeyError, TypeError, ValueError) as error:
                raise UsageError(
                    f"the layer {layer} of {corpus} is not in the standoff format: {error!r}"
                ) from error
        if layer in result and layer in PREDICTIONS:
            cases = [case for case in PREDICTIONS[layer](pairs_of(pairs, layer)) if case.rule]
            if cases:
                result[layer]["by rule"] = by_rule(cases)
                result[layer]["by confidence"] = reliability((c.confidence, c.right) for c in cases)
    if not result:
        raise UsageError(f"the gold documents annotate none of the layers {', '.join(LAYERS)}")
    return result


def pairs_of(pairs: Sequence[Pair], layer: str) -> list[Pair]:
    """Return the pairs whose gold document annotates a layer."""
    return [pair for pair in pairs if layer in pair.gold]


def _by_corpus(pairs: Sequence[Pair]) -> dict[str, list[Pair]]:
    """Return all pairs under "all" and, if there are several corpora, those of each under its name."""
    prefixes = sorted({pair.id.partition("/")[0] for pair in pairs if "/" in pair.id})
    parts = {prefix: [pair for pair in pairs if pair.id.startswith(prefix + "/")] for prefix in prefixes}
    whole = {"all": list(pairs)} if pairs else {}
    return whole | (parts if len(parts) > 1 else {})
