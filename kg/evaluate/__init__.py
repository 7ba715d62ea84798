"""How well what was found agrees with what people annotated, layer by layer.

Both sides are documents of standoff files (see ``kg.evaluate.standoff``). What lies mostly outside of the
``annotated`` stretches of a gold document does not count, on either side. Stretches are paired one to one,
the best overlap first.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from kg.errors import UsageError
from kg.evaluate import event, link, mention, proposal, statement
from kg.evaluate.figures import Agreement, Fields, Figures, Judged, Pair, Share, Value, by_rule, reliability

__all__ = ["LAYERS", "Agreement", "Figures", "Share", "Value", "evaluate"]

LAYERS: dict[str, Callable[[Sequence[Pair]], Figures]] = {
    "statements": statement.score,
    "mentions": mention.score,
    "links": link.score,
    "events": event.score,
    "proposals": proposal.score,
}


JUDGED: dict[str, Callable[[Sequence[Pair]], Iterable[Judged]]] = {
    "statements": statement.judged,
    "mentions": mention.judged,
    "events": event.judged,
    "proposals": proposal.judged,
}
"""The layers whose predictions say by which rule they were found, and how surely."""


def evaluate(gold: Iterable[Fields], found: Mapping[str, Fields]) -> dict[str, dict[str, Figures]]:
    """Compare annotated documents with what was found in them.

    Args:
        gold: the annotated documents, with their text.
        found: what was found, by document id; a document that is not there counts as empty.

    Returns:
        By layer and by corpus ("all", and each prefix of the ids where there are several), the figures by
        name. Where predictions say their rule and confidence, "by rule" and "by confidence" follow the
        corpora.

    Raises:
        UsageError: no document annotates a layer that can be scored, or a layer is not of the format.
    """
    pairs = [Pair(document, found.get(str(document["id"]), {})) for document in gold]
    result: dict[str, dict[str, Figures]] = {}
    for layer, score in LAYERS.items():
        for corpus, part in _by_corpus(pairs_of(pairs, layer)).items():
            try:
                result.setdefault(layer, {})[corpus] = score(part)
            except (KeyError, TypeError, ValueError) as error:
                raise UsageError(
                    f"the layer {layer} of {corpus} is not of the standoff format: {error!r}"
                ) from error
        if layer in result and layer in JUDGED:
            cases = [case for case in JUDGED[layer](pairs_of(pairs, layer)) if case.rule]
            if cases:
                result[layer]["by rule"] = by_rule(cases)
                result[layer]["by confidence"] = reliability((c.confidence, c.right) for c in cases)
    if not result:
        raise UsageError(f"the gold documents annotate none of the layers {', '.join(LAYERS)}")
    return result


def pairs_of(pairs: Sequence[Pair], layer: str) -> list[Pair]:
    """Return the documents whose gold annotates a layer."""
    return [pair for pair in pairs if layer in pair.gold]


def _by_corpus(pairs: Sequence[Pair]) -> dict[str, list[Pair]]:
    prefixes = sorted({pair.id.partition("/")[0] for pair in pairs if "/" in pair.id})
    parts = {prefix: [pair for pair in pairs if pair.id.startswith(prefix + "/")] for prefix in prefixes}
    whole = {"all": list(pairs)} if pairs else {}
    return whole | (parts if len(parts) > 1 else {})
