"""How well an item fits a subject: features from 0 to 1, each by itself readable.

``label`` …     which way the name was found: one of :data:`kg.linking.candidates.HOWS`
``whole``       whether a name of several words agrees
``type``        whether the kind of subject and the type of item go together
``first``       whether the longest name of the subject agrees, not another one
``dated``       how often a town stands where news says whence it comes; for other items, how seldom
``kind``        country, city or region, as the description says
``popularity``  of the item, in the saturating form that Wikidata's own search ranks by
``fame``        the same on a logarithmic scale: it tells well known items from very well known ones
``share``       of the popularity of all items with a name that agrees
``context``     how much of description and statements the article has words for, by how rare they are
``near``        the same for the sentences that name the subject
``role``        what the article says somebody is, against offices, occupations and description
``coherence``   words in common with what the article's other names probably are
``country``     whether the item belongs to a country that the article names
``time``        whether it was there when the article was written
``present``     whether the description says nothing of former times
``use``         how the article uses the name: as a place, or, of a team, as who plays
``side``        whether a name that need not mean a place stands in a report of sport
``field``       the same for the places of the article together
``sport``       whether article and item are both of sport, or neither
``discipline``  how much the article is of the sport of the item
``borne``       whether the item's label, not only another name of it, has all words of the name
``embedded``    whether the name is in the knowledge base of what news names every day
``title``       words of the item's label, beside the name in the article, that the article has too
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kg.linking.candidates import HOWS, Found
from kg.linking.context import Context, Known
from kg.linking.embedded import Embedded
from kg.linking.knowledge import Item, ItemType
from kg.linking.names import key
from kg.linking.sport import agreement
from kg.linking.subject import Group, Subject
from kg.linking.words import stems, total, weight

Features = dict[str, float]

UNKNOWN = 0.5
"""The value of a feature of which nothing is known."""

EMBEDDED = Embedded.name
_HALF_POPULARITY = 50.0  # sitelinks of which the popularity is one half
_HALF_OVERLAP = 12.0  # sum of weights of which an overlap is one half
_MOST_FAMOUS = 7.0  # logarithm of a popularity of about a thousand
_LONGEST_LIFE = 110  # years
_AGREES = frozenset(("label", "alias", "folded", "plain"))
_EXACT = frozenset(("label", "alias", "folded"))

_TYPES: dict[Group, dict[ItemType, float]] = {
    "person": {"person": 1.0, "organisation": 0.2, "": 0.5, "other": 0.2, "place": 0.1},
    "organisation": {"organisation": 1.0, "": 0.5, "other": 0.5, "event": 0.4, "work": 0.4, "place": 0.3},
    "place": {"place": 1.0, "organisation": 0.4, "": 0.5, "other": 0.3},
    "country": {"place": 1.0, "organisation": 0.4, "": 0.5, "other": 0.2},
}


@dataclass(frozen=True, slots=True)
class Case:
    """A subject in its article, with what it might be."""

    subject: Subject
    context: Context
    found: Sequence[Found]
    known: Sequence[Known]  # of each of ``found``


def features_of(case: Case, topic: Mapping[str, float]) -> list[Features]:
    """Return the features of each candidate of a case.

    Args:
        case: a subject and its candidates.
        topic: how much the other names of the article have to do with each word; empty if that is not known.
    """
    shares = _shares(case.found)
    return [
        {how: float(one.how == how) for how in HOWS}
        | {
            "whole": float(" " in one.asked and one.how in _AGREES),
            "first": 1.0 / (1 + one.place),
            "type": _type(one.item, case.subject),
            "kind": _kind(known, case.subject),
            "dated": _dated(known, case.subject),
            "popularity": popularity(one.item),
            "fame": min(1.0, math.log1p(one.item.popularity) / _MOST_FAMOUS),
            "share": share,
            "context": _covered(known.words, case.context.words),
            "near": _overlap(known.words, case.subject.near),
            "role": _role(known, case.subject),
            "coherence": _coherence(known, topic),
            "country": _country(known, case.context),
            "time": _time(one.item, case.context.day),
            "present": 1.0 - known.is_past,
            "sport": _sport(known, case.context),
            "use": _use(one.item, 0.5 + (case.subject.plays - case.subject.placed) / 2, case.subject),
            "side": _use(one.item, case.context.sport * (1.0 - case.subject.placed), case.subject),
            "field": _use(one.item, case.context.plays, case.subject),
            "discipline": UNKNOWN if (same := agreement(known.sports, case.context.sports)) is None else same,
            "borne": float(set(key(one.asked).split()) <= set(key(one.item.label).split())),
            "embedded": float(one.source == EMBEDDED and one.how in _EXACT),
            "title": _title(known, one, case.context),
        }
        for one, known, share in zip(case.found, case.known, shares, strict=True)
    ]


_OF_EVENTS: dict[ItemType, float] = {"event": 1.0, "": 0.5, "other": 0.4, "work": 0.3, "organisation": 0.3}


def _type(item: Item, subject: Subject) -> float:
    fitting = _OF_EVENTS if subject.kind == "event" else _TYPES[subject.group]
    return fitting.get(item.type, 0.0)


def _shares(found: Sequence[Found]) -> list[float]:
    counted = [one.item.popularity + 1.0 if one.how in _AGREES else 0.0 for one in found]
    whole = sum(counted)
    return [one / whole if whole else 0.0 for one in counted]


def popularity(item: Item) -> float:
    """Return the popularity in the form ``x / (k + x)``, as WikibaseCirrusSearch counts links."""
    return item.popularity / (item.popularity + _HALF_POPULARITY)


def _overlap(words: frozenset[str], text: frozenset[str]) -> float:
    shared = total(words & text)
    return shared / (shared + _HALF_OVERLAP)


def _covered(words: frozenset[str], text: frozenset[str]) -> float:
    return total(words & text) / total(words) if words else UNKNOWN


def _kind(known: Known, subject: Subject) -> float:
    if subject.group not in ("place", "country") or not known.kinds:
        return UNKNOWN
    return float(subject.kind in known.kinds)


def _dated(known: Known, subject: Subject) -> float:
    if subject.group != "place" or not subject.dated:
        return UNKNOWN
    return subject.dated if "city" in known.kinds else 1.0 - subject.dated


def _use(item: Item, plays: float, subject: Subject) -> float:
    if subject.group not in ("place", "country"):
        return UNKNOWN
    return plays if item.type == "organisation" else 1.0 - plays


def _role(known: Known, subject: Subject) -> float:
    if not subject.roles or subject.group != "person":
        return UNKNOWN
    shared, said = total(known.roles & subject.roles), total(subject.roles)
    return min(1.0, 2 * shared / said) if said else UNKNOWN


def _coherence(known: Known, topic: Mapping[str, float]) -> float:
    shared = math.fsum(weight(stem) * min(1.0, topic[stem]) for stem in known.words if stem in topic)
    return shared / (shared + _HALF_OVERLAP)


def _country(known: Known, context: Context) -> float:
    if not known.countries or not context.countries:
        return UNKNOWN
    return max(context.countries.get(country, 0.0) for country in known.countries)


def _sport(known: Known, context: Context) -> float:
    return context.sport if known.is_sport else 1.0 - context.sport


def _title(known: Known, found: Found, context: Context) -> float:
    others = known.names - frozenset(stems(found.asked))
    if not others:
        return UNKNOWN
    return total(others & context.words) / total(others)


def _time(item: Item, day: str) -> float:
    if not day or not (item.born or item.died or item.began or item.ended):
        return UNKNOWN
    start, end = item.born or item.began, item.died or item.ended
    if start and start > day:
        return 0.0
    if item.born and not item.died and int(day[:4]) - _year(item.born) > _LONGEST_LIFE:
        return 0.0
    return 0.3 if end and end < day else 1.0


def _year(date: str) -> int:
    digits = date[:4]
    return int(digits) if digits.isdigit() else 0


def of_nothing(case: Case) -> Features:
    """Return the features of the answer that the subject is none of its candidates."""
    subject = case.subject
    letters = sum(map(len, subject.names[0].split()))
    many = sum(one.how in _AGREES for one in case.found)
    return {
        "nil": 1.0,
        "nil-bare": float(subject.is_bare),
        "nil-short": float(letters <= 3),
        "nil-many": many / (many + 5.0),
        "nil-others": (others := len(case.found) - many) / (others + 10.0),
        "nil-inexact": float(not any(one.how in _EXACT for one in case.found)),
        "nil-words": 1.0 - 1.0 / len(subject.names[0].split()),
        "nil-once": 1.0 / max(1, subject.mentions),
        "nil-described": float(bool(subject.roles)),
        "nil-group": float(subject.kind == "group"),
    }
