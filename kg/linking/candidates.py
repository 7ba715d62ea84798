"""Find the candidates of an entity in all knowledge bases, by all names that the article gives it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Literal

from kg.extractor.gazetteer import look_up
from kg.linking.embedded import Embedded
from kg.linking.knowledge import Hit, Item, ItemType, KnowledgeBase, Match, Remote, WordIndex
from kg.linking.names import key
from kg.linking.subject import Subject
from kg.linking.words import of_sport, stems

AT_MOST = 30
"""Most candidates by name, and again by parts of names. Later candidates are hardly ever the right ones."""

_TEAMS_READ = 60
_SUFFIXES = frozenset(
    """
    inc corp co ltd plc company corporation limited sa ag nv spa bhd llc lp holdings group cos pty gmbh
    """.split()
)

How = Literal["label", "alias", "folded", "partial", "plain", "longer", "team"]
"""How an item was found: one of :data:`Match`; "plain": by the name without "Inc." or the like; "longer": by
a
longer name that contains it; "team": as the team of a place."""

HOWS: tuple[How, ...] = ("label", "alias", "folded", "partial", "plain", "longer", "team")

_OF_MATCH: dict[Match, How] = {"label": "label", "alias": "alias", "folded": "folded", "partial": "partial"}


@dataclass(frozen=True, slots=True)
class Found:
    """An item that a subject may refer to, and the name by which it was found."""

    item: Item
    source: str  # name of the knowledge base
    how: How
    asked: str  # the name that was looked up
    name: str  # the name of the item that matches
    place: int = 0  # index of the name that was looked up, among those of the subject
    base: int = 0  # index of the knowledge base

    @property
    def order(self) -> tuple[int, int, int, float, str]:
        """A sort key: the better of two comes first."""
        return HOWS.index(self.how), self.place, self.base, -self.item.popularity, self.item.qid


class Finder:
    """Looks up names in the knowledge bases, with a cache, as most names recur in other articles."""

    def __init__(self, bases: Sequence[KnowledgeBase], remembered: int = 4096) -> None:
        self.bases = tuple(bases)
        self._remote = tuple(base for base in self.bases if isinstance(base, Remote))
        self._places = {base.name: place for place, base in enumerate(self.bases)}
        self._find = lru_cache(remembered)(self._ask)
        self._containing = lru_cache(remembered)(self._ask_words)

    def prepare(self, every: Iterable[Subject]) -> None:
        """Let remote knowledge bases look up all names of an article together, in few requests."""
        if self._remote:
            names = [(name, one.wanted) for one in every for name in asked_names(one)]
            asked = [(name, wanted) for name, wanted in names if not self._is_settled(name)]
            for base in self._remote:
                base.prepare(asked)

    def missed(self, subject: Subject) -> bool:
        """Return True if a remote knowledge base did not answer for a name of ``subject``."""
        return any(base.missed(name) for base in self._remote for name in subject.names)

    def candidates(self, subject: Subject, sport: bool) -> list[Found]:
        """Return the candidates of ``subject``, each item once with its best name, the best match first.

        Args:
            subject: the named entity.
            sport: True if the article reports sport, so that a country or town may stand for its team.
        """
        found = _best([*self._by_name(subject), *self._without_suffix(subject)])[:AT_MOST]
        fits = any(one.item.type in (subject.wanted, "") for one in found)
        more: list[Found] = []
        if subject.is_bare or not fits or subject.group == "organisation":
            more += self._longer(subject)
        if sport and (subject.group != "person" or subject.is_bare):
            more += self._teams(subject)
        return _best([*found, *_best(more)[:AT_MOST]])

    def _by_name(self, subject: Subject) -> Iterator[Found]:
        for place, name in enumerate(asked_names(subject)):
            for hit in self._all(name):
                yield self._found(hit, _OF_MATCH[hit.match], name, place)

    def _without_suffix(self, subject: Subject) -> Iterator[Found]:
        if subject.group != "organisation":
            return
        for place, name in enumerate(subject.names):
            plain = without_suffix(name)
            if plain != name:
                for hit in self._all(plain):
                    yield self._found(hit, "plain", plain, place)
            wanted = key(plain)
            for hit in self._containing(plain, "organisation", AT_MOST):
                if key(without_suffix(hit.name)) == wanted:
                    yield self._found(hit, "plain", plain, place)

    def _longer(self, subject: Subject) -> Iterator[Found]:
        """Yield items whose names contain this one and more: a middle initial, a country, a first name."""
        name = subject.names[0]
        limit = 2 * AT_MOST if subject.is_bare else AT_MOST
        for hit in (*self._containing(name, subject.wanted, limit), *self._longer_elsewhere(name, subject)):
            yield self._found(hit, "longer", name)
        if subject.group == "person" and not subject.is_bare:
            yield from self._by_initial(name)
        if subject.group != "person" and " " not in name:  # the extractor may take a surname for a place
            for hit in self._containing(name, "person", AT_MOST):
                yield self._found(hit, "longer", name)
        if subject.group == "organisation":
            yield from self._national(name)

    def _longer_elsewhere(self, name: str, subject: Subject) -> Iterator[Hit]:
        for base in self._remote:
            if isinstance(base, WordIndex) and not self._is_settled(name):
                yield from base.containing(name, subject.wanted, AT_MOST)

    def _national(self, name: str) -> Iterator[Found]:
        """Yield organisations named with a country in front: "U.S. Treasury", "British Labour Party"."""
        country, rest = national(name)
        if not country:
            return
        for hit in self._containing(f"{country} {rest}", "organisation", AT_MOST):
            yield self._found(hit, "longer", name, 1)
        for hit in self._find(rest):
            yield self._found(hit, "longer", name, 2)

    def _by_initial(self, name: str) -> Iterator[Found]:
        """Yield persons whose first name the article gives as an initial or a short form."""
        asked = key(name).split()
        for hit in self._containing(asked[-1], "person", AT_MOST) if asked else ():
            words = key(hit.name).split()
            if words[-1] == asked[-1] and one_given_name(asked[0], words[0]):
                yield self._found(hit, "longer", name, 1)

    def _teams(self, subject: Subject) -> Iterator[Found]:
        """Yield the teams of a country or town, which its name stands for in reports of sport."""
        name = subject.names[0]
        start = key(name)
        asked = f"{name} team" if subject.group == "country" else name
        for hit in self._containing(asked, "organisation", _TEAMS_READ):
            if start in key(hit.name) and not of_sport().isdisjoint(
                stems(f"{hit.name} {hit.item.description}")
            ):
                yield self._found(hit, "team", name)

    def _found(self, hit: Hit, how: How, asked: str, place: int = 0) -> Found:
        base = self._places.get(hit.source, len(self._places))
        return Found(hit.item, hit.source, how, asked, hit.name, place, base)

    def _all(self, name: str) -> list[Hit]:
        """Return the items with a name. Remote knowledge bases are not asked if the embedded one has it."""
        remote = () if not self._remote or self._is_settled(name) else self._remote
        return [*self._find(name), *(hit for base in remote for hit in base.find(name, "", AT_MOST))]

    def _is_settled(self, name: str) -> bool:
        """Return True if the embedded knowledge base has the name."""
        hits = self._find(name)
        return any(hit.source == Embedded.name and hit.match in ("label", "alias") for hit in hits)

    def _ask(self, name: str) -> tuple[Hit, ...]:
        local = (base for base in self.bases if not isinstance(base, Remote))
        return tuple(hit for base in local for hit in base.find(name, "", AT_MOST))

    def _ask_words(self, name: str, wanted: ItemType, limit: int) -> tuple[Hit, ...]:
        local = (base for base in self.bases if isinstance(base, WordIndex) and not isinstance(base, Remote))
        return tuple(hit for base in local for hit in base.containing(name, wanted, limit))


def asked_names(subject: Subject) -> list[str]:
    """Return the names to look up: all names of a subject, but no surname alone if it has a full name."""
    alone = subject.group == "person" and not subject.is_bare
    return [name for name in subject.names if not (alone and " " not in name)]


def one_given_name(one: str, other: str) -> bool:
    """Return True if two given names, in the form of ``key``, may be the same: an initial, a short form."""
    if min(len(one), len(other)) == 1:
        return one[0] == other[0]
    return one == other or other in nicknames().get(one, ()) or one in nicknames().get(other, ())


@lru_cache(maxsize=1)
def nicknames() -> dict[str, tuple[str, ...]]:
    """Return given names by their short forms, in lower case."""
    text = (files("kg.linking") / "weights" / "nicknames.tsv").read_text("utf-8")
    rows = (line.lower().split("\t") for line in text.splitlines() if line and not line.startswith("#"))
    return {short: tuple(names.split()) for short, names in rows}


def without_suffix(name: str) -> str:
    """Return the name of a company without its legal form: "Texaco" for "Texaco Inc."."""
    words = name.replace(",", " ").split()
    while len(words) > 1 and words[-1].strip(".").lower() in (*_SUFFIXES, "and", "&"):
        words.pop()
    return " ".join(words)


def national(name: str) -> tuple[str, str]:
    """Return the country that a name begins with, and the rest; else "" and the name."""
    words = name.split()
    for length in (3, 2, 1):
        found = look_up(tuple(words[:length])) if len(words) > length else None
        if found is not None and found.kind in ("country", "demonym"):
            return found.owner, " ".join(words[length:])
    return "", name


def _best(every: Iterable[Found]) -> list[Found]:
    best: dict[str, Found] = {}
    for one in every:
        known = best.get(one.item.qid)
        if known is None or one.order < known.order:
            best[one.item.qid] = one
    return sorted(
        best.values(), key=lambda one: (HOWS.index(one.how), one.place, -one.item.popularity, one.order)
    )
