"""The coarse type of an item, from its classes (P31) and the classes above them (P279)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Literal, cast

from kg.linking.knowledge import ItemType

Kind = Literal["person", "organisation", "place", "office", "work", "event", "other", "", "none"]
"""A coarse type; "none" for what is no item to link to: pages of Wikimedia, names as such."""

_TABLE = Path(__file__).parents[1] / "data" / "classes.tsv"


class Classes:
    """The tree of classes above the items of one source."""

    def __init__(self, above: Mapping[str, Sequence[str]]) -> None:
        """Make it from the ids that each class is a subclass of."""
        self._above = above
        self._known: dict[str, Kind] = dict(roots())
        self._order = {qid: place for place, qid in enumerate(roots())}

    def kind(self, classes: Iterable[str]) -> Kind:
        """Return the type of an item of these classes: "other" if none is known, "" if it has none."""
        kinds = [self._kind(qid) for qid in classes]
        told = [kind for kind in kinds if kind != "other"]
        return told[0] if told else "other" if kinds else ""

    def _kind(self, qid: str) -> Kind:
        if qid not in self._known:
            self._known[qid] = self._nearest(qid)
        return self._known[qid]

    def _nearest(self, qid: str) -> Kind:
        """Go up level by level; circles, of which Wikidata has some, end the search as a top does."""
        seen, level = {qid}, [qid]
        while level:
            told = [one for one in level if one in self._order]
            if told:
                return roots()[min(told, key=self._order.__getitem__)]
            level = [up for one in level for up in self._above.get(one, ()) if up not in seen]
            seen.update(level)
        return "other"


def item_type(kind: Kind) -> ItemType:
    """Return the type of an item of that kind, "other" for what should not be linked to."""
    return "other" if kind == "none" else kind


@lru_cache
def roots() -> dict[str, Kind]:
    """Return the classes that tell a type, by id: above them nothing need be known."""
    lines = [line for line in _TABLE.read_text("utf-8").splitlines() if not line.startswith("#")][1:]
    return {qid: cast("Kind", kind) for qid, _, kind in (line.split("\t") for line in lines)}
