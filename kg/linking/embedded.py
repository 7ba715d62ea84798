"""The embedded knowledge base: territories, capitals, office-holders and bodies that news often names.

Its tables are in ``data/``; ``sources.tsv`` names the sources of the ids. It is small, so that its names are
unambiguous.

News names a government by its seat ("Moscow", "the Kremlin") or in full ("the Russian government"). A look-up
of an organisation finds the country by such names; a look-up of a place finds the place with that name.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from pathlib import Path

from kg.linking.knowledge import Hit, Item, ItemType, Office
from kg.linking.matching import borne, containing, rank, spelled
from kg.linking.names import key, skeleton, without_possessive

DATE = "2026-11-23"  # date of the tables
FOLDER = Path(__file__).parent / "data"

_GOVERNMENT = re.compile(r"government of (?:the )?(?P<country>.+)|(?P<people>.+) government")
_HUMAN = "Q5"

# The tables have no numbers of sitelinks. These values replace them, like those in territories.tsv; only
# their order matters: a capital comes before a person of the same name.
_CAPITAL, _PERSON, _BODY, _OFFICE = 150.0, 80.0, 100.0, 20.0


class Embedded:
    """The knowledge base that is part of the package. Its tables are read at the first look-up."""

    name = "embedded"
    date = DATE

    def find(self, name: str, wanted: ItemType = "", limit: int = 30) -> Sequence[Hit]:
        """Return the items with the name ``name``, best match first, then most popular.

        If an organisation is wanted, countries are found by their names and by names of their governments.
        Other spellings are tried if no item has the name as it is spelt.
        """
        for one in dict.fromkeys((name, without_possessive(name))):
            hits = self._named(one, wanted) or self._governing(one, wanted)
            if hits:
                return hits[:limit]
        bones = skeleton(name)
        similar = (
            spelled(name, self._wanted(self._by_skeleton.get(bones, ()), wanted), self.name) if bones else []
        )
        return similar[:limit]

    def containing(self, name: str, wanted: ItemType = "", limit: int = 30) -> Sequence[Hit]:
        """Return the most popular items with a name that contains all words of ``name`` and more words."""
        held = [self._by_word.get(word, set()) for word in key(name).split()]
        shared = sorted(set.intersection(*held)) if held else []
        return containing(name, self._wanted(shared, wanted), self.name)[:limit]

    def items(self, qids: Sequence[str]) -> Sequence[Item]:
        """Return the items with these ids, in that order. Unknown ids are left out."""
        return [self._items[self._by_qid[qid]] for qid in qids if qid in self._by_qid]

    def all_items(self) -> Sequence[Item]:
        """Return all items, most popular first."""
        return self._items

    def _named(self, name: str, wanted: ItemType) -> list[Hit]:
        folded = key(name)
        items = self._wanted(self._by_key.get(folded, ()), wanted)
        return sorted((borne(name, folded, item, self.name) for item in items), key=rank)

    def _governing(self, name: str, wanted: ItemType) -> list[Hit]:
        """Return the countries whose government has the name ``name``, if an organisation is wanted."""
        if wanted != "organisation":
            return []
        folded = key(name)
        numbers = self._by_seat.get(folded, [])
        if parts := _GOVERNMENT.fullmatch(folded):
            numbers = [*numbers, *self._by_key.get(parts["country"] or parts["people"], ())]
        countries = (self._items[number] for number in numbers if number in self._acting)
        return [Hit(item, name, "alias", self.name) for item in countries]

    def _wanted(self, numbers: Iterable[int], wanted: ItemType) -> Iterator[Item]:
        for number in numbers:
            item = self._items[number]
            acts = wanted == "organisation" and number in self._acting
            if acts or wanted in ("", item.type):
                yield item

    @cached_property
    def _items(self) -> list[Item]:
        """All items, most popular first."""
        items = {item.qid: item for item in (*_territories(), *_capitals(), *_bodies(), *_people())}
        return sorted(items.values(), key=lambda item: -item.popularity)

    @cached_property
    def _by_qid(self) -> dict[str, int]:
        return {item.qid: number for number, item in enumerate(self._items)}

    @cached_property
    def _by_key(self) -> dict[str, list[int]]:
        found: dict[str, list[int]] = defaultdict(list)
        for number, item in enumerate(self._items):
            for folded in {key(name) for name in (item.label, *item.aliases)}:
                found[folded].append(number)
        return dict(found)

    @cached_property
    def _by_word(self) -> dict[str, set[int]]:
        found: dict[str, set[int]] = defaultdict(set)
        for folded, numbers in self._by_key.items():
            for word in folded.split():
                found[word].update(numbers)
        return dict(found)

    @cached_property
    def _by_skeleton(self) -> dict[str, list[int]]:
        found: dict[str, list[int]] = defaultdict(list)
        for number, item in enumerate(self._items):
            if item.type in ("person", "organisation"):
                for bones in {skeleton(name) for name in (item.label, *item.aliases)} - {""}:
                    found[bones].append(number)
        return dict(found)

    @cached_property
    def _acting(self) -> frozenset[int]:
        """The territories whose name may stand for their government: all except regions."""
        rows = _rows("territories.tsv")
        return frozenset(self._by_qid[row["qid"]] for row in rows if not row["countries"])

    @cached_property
    def _by_seat(self) -> dict[str, list[int]]:
        found: dict[str, list[int]] = defaultdict(list)
        for row in _rows("territories.tsv"):
            for seat in _list(row["governments"]):
                found[key(seat)].append(self._by_qid[row["qid"]])
        return dict(found)


def sources() -> dict[str, tuple[str, ...]]:
    """Return the sources of each id, as names of rows of ``sources.tsv``."""
    tables = ("territories.tsv", "capitals.tsv", "bodies.tsv", "people.tsv")
    return {row["qid"]: tuple(row["sources"].split(",")) for table in tables for row in _rows(table)}


def _territories() -> Iterator[Item]:
    shortened = {row["label"]: _list(row["aliases"]) for row in _rows("abbreviations.tsv")}
    for row in _rows("territories.tsv"):
        region = shortened.get(row["label"], ()) if row["countries"] else ()
        names = (*_list(row["aliases"]), *_list(row["people"]), *region)
        yield Item(
            row["qid"],
            row["label"],
            names,
            row["description"],
            "place",
            popularity=float(row["popularity"]),
            countries=_list(row["countries"]),
        )


def _capitals() -> Iterator[Item]:
    for row in _rows("capitals.tsv"):
        countries = _list(row["countries"])
        described = f"capital of {countries[0]}"
        names = _list(row["aliases"])
        yield Item(
            row["qid"], row["label"], names, described, "place", popularity=_CAPITAL, countries=countries
        )


def _bodies() -> Iterator[Item]:
    for row in _rows("bodies.tsv"):
        kind: ItemType = "event" if row["type"] == "event" else "organisation"
        countries = _list(row["countries"])
        described = f"{row['description']} of {countries[0]}" if len(countries) == 1 else row["description"]
        yield Item(
            row["qid"],
            row["label"],
            _list(row["aliases"]),
            described,
            kind,
            popularity=_BODY,
            countries=countries,
        )


def _people() -> Iterator[Item]:
    """Yield the persons, and the offices whose ids are known as items of their own."""
    offices: dict[str, Item] = {}
    for row in _rows("people.tsv"):
        office, countries = Office(row["office"], row["start"], row["end"]), _list(row["countries"])
        linked = (row["office_qid"],) if row["office_qid"] else ()
        if linked:
            offices[linked[0]] = Item(
                linked[0],
                row["office"],
                description=f"office in {countries[0]}",
                type="office",
                popularity=_OFFICE,
                countries=countries,
            )
        yield Item(
            row["qid"],
            row["label"],
            _list(row["aliases"]),
            row["office"],
            "person",
            (_HUMAN,),
            _PERSON,
            countries,
            offices=(office,),
            linked=linked,
            born=row["born"],
        )
    yield from offices.values()


def _rows(table: str) -> Iterator[dict[str, str]]:
    lines = (FOLDER / table).read_text("utf-8").splitlines()
    rows = (line.split("\t") for line in lines if line and not line.startswith("#"))
    columns = next(rows)
    for cells in rows:
        yield dict(zip(columns, cells, strict=True))


def _list(cell: str) -> tuple[str, ...]:
    return tuple(cell.split("|")) if cell else ()
