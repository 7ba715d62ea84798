"""Find the coarse type of an item from its classes (P31) and their superclasses (P279)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Literal, cast

from kg.linking.knowledge import ItemType

Kind = Literal["person", "organisation", "place", "office", "work", "event", "other", "", "none"]
"""A coarse type; "none" for items that are never linked: pages of Wikimedia, given names, surnames."""

_TABLE = Path(__file__).parents[1] / "data" / "classes.tsv"


class Classes:
    """The superclasses of the classes of one source."""

    def __init__(self, above: Mapping[str, Sequence[str]]) -> None:
        """Take the ids of the superclasses by the id of each class."""
        self._above = above
        self._known: dict[str, Kind] = dict(roots())
        self._order = {qid: place for place, qid in enumerate(roots())}

    def kind(self, classes: Iterable[str]) -> Kind:
        """Return the type of an item with these classes: "other" if no class is known, "" without classes."""
        kinds = [self._kind(qid) for qid in classes]
        told = [kind for kind in kinds if kind != "other"]
        return told[0] if told else "other" if kinds else ""

    def _kind(self, qid: str) -> Kind:
        if qid not in self._known:
            self._known[qid] = self._nearest(qid)
        return self._known[qid]

    def _nearest(self, qid: str) -> Kind:
        """Search the superclasses level by level. Cycles, which Wikidata has, end the search."""
        seen, level = {qid}, [qid]
        while level:
            told = [one for one in level if one in self._order]
            if told:
                return roots()[min(told, key=self._order.__getitem__)]
            level = [up for one in level for up in self._above.get(one, ()) if up not in seen]
            seen.update(level)
        return "other"


def item_type(kind: Kind) -> ItemType:
    """Return the type of an item for a kind; "other" for an item that is never linked."""
    return "other" if kind == "none" else kind


@lru_cache
def roots() -> dict[str, Kind]:
    """Return the kind of each class in the table, by id. Superclasses of these are not needed."""
    lines = [line for line in _TABLE.read_text("utf-8").splitlines() if not line.startswith("#")][1:]
    return {qid: cast("Kind", kind) for qid, _, kind in (line.split("\t") for line in lines)}
