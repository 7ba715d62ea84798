"""Compute the features of candidates: numbers from 0 to 1 that speak for or against an item.

``label`` …     1 for the way in which the name was found, one of :data:`kg.linking.candidates.HOWS`
``whole``       1 if a name of several words matches
``type``        agreement of the kind of subject with the type of item
``first``       1 if the longest name of the subject matches, less for its other names
``dated``       share of names before a date or agency, for a town; 1 minus this share for other items
``kind``        1 if the description says country, city or region like the kind of place
``popularity``  popularity of the item, in the saturating form of the search of Wikidata
``fame``        popularity on a logarithmic scale, which separates popular items from very popular ones
``share``       share of the item in the popularity of all items with a matching name
``context``     share of the words of description and statements that the article has, weighted by rarity
``near``        words shared with the sentences that name the subject
``role``        words of roles in the article shared with offices, occupations and description
``coherence``   words shared with the probable items of the other names of the article
``country``     frequency in the article of the country that the item belongs to
``time``        1 if the item existed when the article was published
``present``     1 if the description does not mark the item as historical
``use``         for a team, how much the name is used like a competitor; for others, like a place
``side``        the same, by how much the article is about sport
``field``       the same, by how the other places of the article are used
``sport``       1 if article and item are both about sport, or both not
``discipline``  how much the article is about the sport of the item
``borne``       1 if the label of the item has all words of the name
``embedded``    1 if the embedded knowledge base has the name
``title``       share of the other words of the item's label that the article has
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
"""The value of a feature without data."""

EMBEDDED = Embedded.name
_HALF_POPULARITY = 50.0  # sitelinks for which ``popularity`` is one half
_HALF_OVERLAP = 12.0  # sum of word weights for which an overlap is one half
_MOST_FAMOUS = 7.0  # logarithm of the popularity (about 1,000) for which ``fame`` is 1
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
    """A subject with its context and its candidates."""

    subject: Subject
    context: Context
    found: Sequence[Found]
    known: Sequence[Known]  # words of each candidate


def features_of(case: Case, topic: Mapping[str, float]) -> list[Features]:
    """Return the features of each candidate of a case.

    Args:
        case: a subject and its candidates.
        topic: weights of stems of the probable items of the other names; empty in the first pass.
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
    """Return the popularity in the form ``x / (k + x)``, as in WikibaseCirrusSearch."""
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
    """Return the features of NIL, the decision that no candidate fits."""
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
