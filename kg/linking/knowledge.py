"""The interface of a knowledge base: items, and how they are found by name."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol, runtime_checkable

ItemType = Literal["person", "organisation", "place", "office", "work", "event", "other", ""]
"""Coarse type of an item, from P31 and the classes above it; "" if it is not known."""

Match = Literal["label", "alias", "folded", "partial"]
"""How a name matches: the label; an alias; either of them except for case, accents, punctuation or
transliteration ("folded"); in part only."""


@dataclass(frozen=True, slots=True)
class Office:
    """A position that a person held (P39)."""

    label: str
    start: str = ""  # ISO date with the known precision: "2020", "2020-03"
    end: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """An item of Wikidata, or of a knowledge base with ids of its own. Unknown fields are empty."""

    qid: str
    label: str
    aliases: tuple[str, ...] = ()
    description: str = ""
    type: ItemType = ""
    classes: tuple[str, ...] = ()  # ids of P31
    popularity: float = 0.0  # number of sitelinks, or an estimate of it
    countries: tuple[str, ...] = ()  # labels of P27, P17
    occupations: tuple[str, ...] = ()  # labels of P106
    offices: tuple[Office, ...] = ()
    related: tuple[str, ...] = ()  # labels of other statement values (P102, P108, P463, P159 …)
    linked: tuple[str, ...] = ()  # ids of statement values, for coherence
    different_from: tuple[str, ...] = ()  # ids of P1889
    born: str = ""  # ISO dates with the known precision
    died: str = ""
    began: str = ""
    ended: str = ""


@dataclass(frozen=True, slots=True)
class Hit:
    """An item with the name that was looked up."""

    item: Item
    name: str  # the label or alias that matches
    match: Match
    source: str  # name of the knowledge base


class KnowledgeBase(Protocol):
    """A set of items with names. It is used by one thread at a time; each process opens its own."""

    @property
    def name(self) -> str:
        """A short name, such as "embedded"."""

    @property
    def date(self) -> str:
        """The ISO date of its data; "" if it has none."""

    def find(self, name: str, wanted: ItemType = "", limit: int = 30) -> Sequence[Hit]:
        """Return the items with the name ``name``, best match first, then most popular.

        Args:
            name: the name as the text spells it, without a title.
            wanted: type of the items; "" for any. A knowledge base may return other types, too.
            limit: most items to return.
        """

    def items(self, qids: Sequence[str]) -> Sequence[Item]:
        """Return the items with these ids, in that order. Unknown ids are left out."""


@runtime_checkable
class Remote(Protocol):
    """A knowledge base on a server, which may not answer."""

    def prepare(self, asked: Iterable[tuple[str, ItemType]]) -> None:
        """Look up all these names, each with the wanted type of item, in few requests."""

    def missed(self, name: str) -> bool:
        """Return True if the server did not answer for ``name``."""


@runtime_checkable
class WordIndex(Protocol):
    """A knowledge base that also finds longer names by their words."""

    def containing(self, name: str, wanted: ItemType = "", limit: int = 30) -> Sequence[Hit]:
        """Return the most popular items with a name that contains all words of ``name`` and more words."""
