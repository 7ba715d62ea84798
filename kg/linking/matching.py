"""Compare the names of items with a name that was looked up, and return hits with the kind of match."""

from __future__ import annotations

from collections.abc import Iterable

from kg.linking.knowledge import Hit, Item, Match
from kg.linking.names import alike, key, loose, skeleton

_RANK: dict[Match, int] = {"label": 0, "alias": 1, "folded": 2, "partial": 3}


def rank(hit: Hit) -> int:
    """Return a sort key for hits by their kind of match, the best first."""
    return _RANK[hit.match]


def borne(name: str, folded: str, item: Item, source: str) -> Hit:
    """Return the hit for an item with a name whose key is ``folded``, the key of ``name``."""
    if item.label == name:
        return Hit(item, name, "label", source)
    if name in item.aliases:
        return Hit(item, name, "alias", source)
    same = (one for one in (item.label, *item.aliases) if key(one) == folded)
    return Hit(item, next(same, item.label), "folded", source)


def spelled(name: str, items: Iterable[Item], source: str) -> list[Hit]:
    """Return hits for the items that may have ``name`` in another spelling; they share its skeleton."""
    form, bones = loose(name), skeleton(name)
    hits = []
    for item in items:
        names = [one for one in (item.label, *item.aliases) if skeleton(one) == bones]
        same = [one for one in names if loose(one) == form]
        near = [one for one in names if alike(one, name)]
        if same or near:
            hits.append(Hit(item, (same or near)[0], "folded" if same else "partial", source))
    return sorted(hits, key=rank)


def containing(name: str, items: Iterable[Item], source: str) -> list[Hit]:
    """Return hits for the items with a name that contains all words of ``name`` and more words."""
    words = set(key(name).split())
    hits = []
    for item in items:
        longer = (one for one in (item.label, *item.aliases) if words < set(key(one).split()))
        if whole := next(longer, ""):
            hits.append(Hit(item, whole, "partial", source))
    return hits
