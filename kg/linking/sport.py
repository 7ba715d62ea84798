"""Find the sports of an article and of an item, as towns and countries have a team in each sport."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files

_HEADLINE_WEIGHT = 3  # weight of a word in the headline, relative to one in the text
_ENOUGH = 2.0  # least weight of the words of one sport


def sports_of_text(text: str) -> dict[str, float]:
    """Return the weight of each sport in a text, as a share of the greatest; empty if there is no sport."""
    title = text.strip().partition("\n")[0]
    counts = {
        sport: _HEADLINE_WEIGHT * len(_found(pattern, title)) + len(_found(pattern, text))
        for sport, (_, pattern) in _patterns().items()
    }
    most = max(counts.values(), default=0)
    return {sport: count / most for sport, count in counts.items() if count} if most >= _ENOUGH else {}


def sports_of_item(text: str) -> frozenset[str]:
    """Return the sports that the names and the description of an item mention."""
    return frozenset(sport for sport, (pattern, _) in _patterns().items() if pattern.search(text))


def agreement(item: frozenset[str], article: Mapping[str, float]) -> float | None:
    """Return the weight of the item's sport in the article; None if item or article has no sport."""
    if not item or not article:
        return None
    return max(article.get(sport, 0.0) for sport in item)


def _found(pattern: re.Pattern[str], text: str) -> frozenset[str]:
    return frozenset(found.lower() for found in pattern.findall(text))


@lru_cache(maxsize=1)
def _patterns() -> Mapping[str, tuple[re.Pattern[str], re.Pattern[str]]]:
    """Read ``weights/disciplines.tsv``: for each sport a pattern for items and one for reports."""
    text = (files("kg.linking") / "weights" / "disciplines.tsv").read_text("utf-8")
    rows = [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")][1:]
    return {sport: (_bounded(items, 0), _bounded(reports, re.IGNORECASE)) for sport, items, reports in rows}


def _bounded(alternatives: str, flags: int) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{alternatives})(?!\w)", flags)
