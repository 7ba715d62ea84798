"""What linking asks of a knowledge base: items by name."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol, runtime_checkable

ItemType = Literal["person", "organisation", "place", "office", "work", "event", "other", ""]
"""Coarse type of an item, from P31 and the classes above it; "" where it is not known."""

Match = Literal["label", "alias", "folded", "partial"]
"""How a name was found: as the label, as an alias, as one of both but for case, accents, punctuation or
transliteration, or in part only."""


@dataclass(frozen=True, slots=True)
class Office:
    """A position that a person held (P39)."""

    label: str
    start: str = ""  # ISO date, as precise as it is known
    end: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """An item of Wikidata, or of a knowledge base with ids of its own. What is not known is empty."""

    qid: str
    label: str
    aliases: tuple[str, ...] = ()
    description: str = ""
    type: ItemType = ""
    classes: tuple[str, ...] = ()  # ids of P31
    popularity: float = 0.0  # number of sitelinks, or a proxy of that size
    countries: tuple[str, ...] = ()  # labels of P27, P17
    occupations: tuple[str, ...] = ()  # labels of P106
    offices: tuple[Office, ...] = ()
    related: tuple[str, ...] = ()  # labels of other statement values (P102, P108, P463, P159 …)
    linked: tuple[str, ...] = ()  # ids of statement values, for coherence
    different_from: tuple[str, ...] = ()  # ids of P1889
    born: str = ""  # ISO dates, as precise as they are known
    died: str = ""
    began: str = ""
    ended: str = ""


@dataclass(frozen=True, slots=True)
class Hit:
    """An item that bears the name asked for."""

    item: Item
    name: str  # the label or alias that fits
    match: Match
    source: str  # name of the knowledge base


class KnowledgeBase(Protocol):
    """A source of candidates. May be used by one thread at a time; is opened anew in each process."""

    @property
    def name(self) -> str:
        """A short name, "embedded" for one."""

    @property
    def date(self) -> str:
        """ISO date of its data; "" if it has none."""

    def find(self, name: str, wanted: ItemType = "", limit: int = 30) -> Sequence[Hit]:
        """Return the items that bear ``name``, best match first, then most popular.

        Args:
            name: as it stands in the text, without title.
            wanted: type of the items; "" for any. A knowledge base may give others, too.
            limit: most items to return.
        """

    def items(self, qids: Sequence[str]) -> Sequence[Item]:
        """Return the items with these ids that there are, in that order."""


@runtime_checkable
class Remote(Protocol):
    """What a knowledge base may be as well: one that is elsewhere, and may not answer."""

    def prepare(self, asked: Iterable[tuple[str, ItemType]]) -> None:
        """Ask for all these names, each with the type of item that is wanted, in few requests."""

    def missed(self, name: str) -> bool:
        """Tell whether ``name`` could not be asked for."""


@runtime_checkable
class WordIndex(Protocol):
    """What a knowledge base may be as well: one that finds longer names by their words."""

    def containing(self, name: str, wanted: ItemType = "", limit: int = 30) -> Sequence[Hit]:
        """Return the most popular items of which a name holds all words of ``name``, and more words."""
