"""A knowledge base of a few items, and articles to link to it."""

from __future__ import annotations

from collections.abc import Sequence

from kg.linking.knowledge import Hit, Item, ItemType
from kg.linking.matching import borne, containing, rank
from kg.linking.names import key
from kg.records import Actor, ActorKind, Article, Extraction, Mention, MentionPart, Place, PlaceKind


class Memory:
    """A knowledge base in a list."""

    name = "memory"
    date = "2026-01-02"

    def __init__(self, *items: Item) -> None:
        self._items = items
        self.asked: list[str] = []

    def find(self, name: str, wanted: ItemType = "", limit: int = 30) -> Sequence[Hit]:
        self.asked.append(name)
        folded = key(name)
        same = (item for item in self._items if folded in {key(one) for one in (item.label, *item.aliases)})
        hits = [borne(name, folded, item, self.name) for item in same if wanted in ("", item.type)]
        return sorted(hits, key=rank)[:limit]

    def containing(self, name: str, wanted: ItemType = "", limit: int = 30) -> Sequence[Hit]:
        fitting = (item for item in self._items if wanted in ("", item.type))
        return containing(name, fitting, self.name)[:limit]

    def items(self, qids: Sequence[str]) -> Sequence[Item]:
        return [item for qid in qids for item in self._items if item.qid == qid]


def mentions(text: str, *names: str, part: MentionPart = "name") -> tuple[Mention, ...]:
    """Return every place of ``names`` in ``text``."""
    found = []
    for name in names:
        start = text.find(name)
        while start >= 0:
            found.append(Mention(start, start + len(name), part))
            start = text.find(name, start + 1)
    return tuple(sorted(found))


def actor(text: str, label: str, kind: ActorKind, *others: str) -> Actor:
    """Return an actor with all its names in ``text``."""
    ref = "actor/" + key(label).replace(" ", "-") if " " in label or kind != "person" else "#actor-0"
    return Actor(ref, label, kind, mentions(text, label, *others), "name", 0.9, alt_labels=others)


def place(text: str, label: str, kind: PlaceKind = "city") -> Place:
    """Return a place with its names in ``text``."""
    return Place("place/" + key(label).replace(" ", "-"), label, kind, mentions(text, label), "name", 0.9)


def extraction(text: str, *records: Actor | Place) -> Extraction:
    """Return an extraction of one sentence for each line of ``text``."""
    sentences, start = [], 0
    for line in text.split("\n"):
        sentences.append((start, start + len(line)))
        start += len(line) + 1
    return Extraction(
        Article(text, "test"),
        tuple(sentences),
        actors=tuple(one for one in records if isinstance(one, Actor)),
        places=tuple(one for one in records if isinstance(one, Place)),
    )
