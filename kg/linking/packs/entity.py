"""Reduce an item in the JSON of Wikidata to the fields that linking uses.

The format: https://doc.wikimedia.org/Wikibase/master/php/docs_topics_json.html. Statements of deprecated rank
and values that are unknown or absent ("somevalue", "novalue") are ignored.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any, Self

from kg.linking.knowledge import Item, ItemType, Office

LANGUAGES = ("en", "mul")  # of labels, aliases, descriptions, in the order of preference

_COUNTRIES, _OCCUPATIONS = ("P27", "P17"), ("P106",)
_RELATED = ("P102", "P108", "P463", "P159", "P131", "P361", "P749", "P279")
_DATES = {"born": ("P569",), "died": ("P570",), "began": ("P571", "P580", "P585"), "ended": ("P576", "P582")}
_DAY, _MONTH, _YEAR = 11, 10, 9  # precision of times


@dataclass(frozen=True, slots=True)
class Entity:
    """An item whose statements refer to other items by id."""

    qid: str
    label: str
    aliases: list[str]
    description: str
    sitelinks: int
    classes: list[str]
    above: list[str]  # P279
    countries: list[str]
    occupations: list[str]
    offices: list[tuple[str, str, str]]  # id, start, end
    related: list[str]
    different_from: list[str]
    dates: dict[str, str]  # by field of Item

    @classmethod
    def from_json(cls, entity: Mapping[str, Any]) -> Self | None:
        """Return the item, or None if it has no label in ``LANGUAGES``."""
        names = list(_terms(entity.get("labels")))
        if not names:
            return None
        claims = entity.get("claims") or {}
        aliases = [*names[1:], *_aliases(entity.get("aliases"))]
        return cls(
            entity["id"],
            names[0],
            [name for name in dict.fromkeys(aliases) if name != names[0]],
            next(_terms(entity.get("descriptions")), ""),
            len(entity.get("sitelinks") or ()),
            _ids(claims, "P31"),
            _ids(claims, "P279"),
            _ids(claims, *_COUNTRIES),
            _ids(claims, *_OCCUPATIONS),
            list(_offices(claims)),
            _ids(claims, *_RELATED),
            _ids(claims, "P1889"),
            {name: date for name, properties in _DATES.items() if (date := _date(claims, *properties))},
        )

    def referred(self) -> Iterator[str]:
        """Yield the ids in its statements, whose labels the item needs."""
        yield from (*self.countries, *self.occupations, *self.related)
        yield from (qid for qid, _, _ in self.offices)

    def item(self, kind: ItemType, label_of: Callable[[str], str]) -> Item:
        """Return the item with labels in place of ids. Ids without a label are left out."""
        offices = (Office(label_of(qid), start, end) for qid, start, end in self.offices)
        return Item(
            self.qid,
            self.label,
            tuple(self.aliases),
            self.description,
            kind,
            tuple(self.classes),
            float(self.sitelinks),
            _labels(self.countries, label_of),
            _labels(self.occupations, label_of),
            tuple(office for office in offices if office.label),
            _labels(self.related, label_of),
            tuple(dict.fromkeys(self.referred())),
            tuple(self.different_from),
            **self.dates,
        )

    def as_dict(self) -> dict[str, Any]:
        """Return the fields as keyword arguments of the class."""
        return asdict(self)


def label(entity: Mapping[str, Any]) -> str:
    """Return the label of an item in the JSON of Wikidata; "" if it has none in ``LANGUAGES``."""
    return next(_terms(entity.get("labels")), "")


def classes_above(entity: Mapping[str, Any]) -> list[str]:
    """Return the ids of the superclasses of a class (P279)."""
    return _ids(entity.get("claims") or {}, "P279")


def _labels(qids: list[str], label_of: Callable[[str], str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(label for qid in qids if (label := label_of(qid))))


def _terms(terms: Any) -> Iterator[str]:
    for language in LANGUAGES if terms else ():
        if language in terms:
            yield terms[language]["value"]


def _aliases(aliases: Any) -> Iterator[str]:
    for language in LANGUAGES if aliases else ():
        yield from (alias["value"] for alias in aliases.get(language, ()))


def _statements(claims: Mapping[str, Any], *properties: str) -> Iterator[Any]:
    """Yield the statements with a value, those of preferred rank first."""
    for name in properties:
        known = [
            one for one in claims.get(name, ()) if one["rank"] != "deprecated" and _value(one["mainsnak"])
        ]
        yield from sorted(known, key=lambda one: one["rank"] != "preferred")


def _value(snak: Mapping[str, Any]) -> Any:
    return snak["datavalue"]["value"] if snak.get("snaktype") == "value" else None


def _ids(claims: Mapping[str, Any], *properties: str) -> list[str]:
    values = (_value(one["mainsnak"]) for one in _statements(claims, *properties))
    return list(dict.fromkeys(_id(value) for value in values if isinstance(value, dict)))


def _id(value: Mapping[str, Any]) -> str:
    """Return the id of an item, also from old dumps, which have only its number."""
    return str(value.get("id") or f"Q{value['numeric-id']}")


def _offices(claims: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    for one in _statements(claims, "P39"):
        qualifiers = one.get("qualifiers") or {}
        start, end = (_first_date(qualifiers.get(name, ())) for name in ("P580", "P582"))
        yield _id(_value(one["mainsnak"])), start, end


def _date(claims: Mapping[str, Any], *properties: str) -> str:
    return _first_date([one["mainsnak"] for one in _statements(claims, *properties)])


def _first_date(snaks: Any) -> str:
    return next((date for snak in snaks if (value := _value(snak)) and (date := iso_date(value))), "")


def iso_date(value: Mapping[str, Any]) -> str:
    """Return a time as an ISO date with its precision; "" if it is coarser than a year, or BC."""
    precision, time = value["precision"], value["time"]
    if precision < _YEAR or not time.startswith("+"):
        return ""
    return str(time[1:11] if precision >= _DAY else time[1:8] if precision == _MONTH else time[1:5])
