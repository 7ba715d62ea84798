"""The words of an article around its names, and the words of items, for comparison."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from kg.extractor.gazetteer import adjective_of
from kg.linking.knowledge import Item
from kg.linking.sport import sports_of_item, sports_of_text
from kg.linking.subject import Subject
from kg.linking.words import of_sport, stems
from kg.records import Extraction

_SPORT_FROM = 2  # least number of different words of sport in a report of sport
_SPORT_FULL = 10  # number of these words from which ``Context.sport`` is 1


_KINDS = {
    "country": re.compile(
        r"\b(?:country|sovereign state|island nation|constitutional monarchy)\b", re.IGNORECASE
    ),
    "city": re.compile(r"\b(?:city|capital|municipality|town)\b", re.IGNORECASE),
    "place": re.compile(
        r"\b(?:city|town|state|region|province|county|island|district|village|oblast)\b", re.IGNORECASE
    ),
}
_PAST = re.compile(
    r"\b(?:former|historic(?:al)?|ancient|medieval|defunct|extinct|dissolved|(?:1\d|[1-9])\d\d ?[-–])",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Context:
    """The facts about an article as a whole that linking uses."""

    words: frozenset[str]  # stems of the whole text
    day: str  # ISO date of publication; "" if it is not known
    countries: Mapping[str, float]  # mentions of each country, as a share of the most frequent
    sport: float  # 0 for an article without words of sport, 1 for one with many
    plays: float  # share of its countries and places that are named like competitors
    sports: Mapping[str, float]  # words of each sport, as a share of the most frequent

    @property
    def is_sport(self) -> bool:
        """True if the article reports sport, so that towns and countries may stand for their teams."""
        return self.sport > 0


def context_of(extraction: Extraction, named: Sequence[Subject]) -> Context:
    """Return the context of an article; ``named`` are its subjects."""
    places = [subject.plays for subject in named if subject.group in ("place", "country")]
    words = frozenset(stems(extraction.article.text))
    named_often = {actor.label: len(actor.mentions) for actor in extraction.actors if actor.kind == "country"}
    sporting = len(words & of_sport())
    day = extraction.article.day
    return Context(
        words=words,
        day=day.isoformat() if isinstance(day, dt.date) else "",
        countries={country: count / max(named_often.values()) for country, count in named_often.items()},
        sport=min(1.0, sporting / _SPORT_FULL) if sporting >= _SPORT_FROM else 0.0,
        plays=sum(places) / len(places) if places else 0.0,
        sports=sports_of_text(extraction.article.text),
    )


@dataclass(frozen=True, slots=True)
class Known:
    """The words of an item, from its label, description and statements."""

    words: frozenset[str]  # stems of description and values of statements
    roles: frozenset[str]  # stems of offices, occupations and description
    names: frozenset[str]  # stems of the label
    countries: frozenset[str]
    kinds: frozenset[str]  # kinds of place, as in ``kg.records.PlaceKind``
    is_sport: bool
    is_past: bool
    sports: frozenset[str]


@dataclass(slots=True)
class Memory:
    """A cache of the words of items, as most items are candidates in many articles."""

    _known: dict[tuple[str, str], Known] = field(default_factory=dict)

    def of(self, source: str, item: Item) -> Known:
        """Return the words of ``item`` of the knowledge base ``source``."""
        found = self._known.get((source, item.qid))
        if found is None:
            if len(self._known) > 50_000:  # a tenth of a gigabyte
                self._known.clear()
            found = self._known[source, item.qid] = known(item)
        return found


def known(item: Item) -> Known:
    """Return the words of an item."""
    offices = " ".join(office.label for office in item.offices)
    roles = frozenset(stems(f"{offices} {' '.join(item.occupations)} {item.description}"))
    others = " ".join((*item.countries, *item.related))
    words = roles | frozenset(stems(others))
    label = frozenset(stems(item.label))
    return Known(
        words=words,
        roles=roles,
        names=label,
        countries=frozenset(item.countries) or countries_in(f"{item.description} {item.label}"),
        kinds=frozenset(kind for kind, said in _KINDS.items() if said.search(item.description)),
        is_sport=bool((words | label) & of_sport()),
        is_past=bool(item.ended) or bool(_PAST.search(item.description)),
        sports=sports_of_item(f"{item.label}; {item.description}; {'; '.join(item.occupations)}"),
    )


def countries_in(text: str) -> frozenset[str]:
    """Return the countries that a description names by their names or adjectives."""
    words = text.replace(",", " ").replace("-", " ").split()
    found = set()
    table = _country_words()
    start = 0
    while start < len(words):
        lengths = (3, 2, 1) if words[start][0].isupper() else ()
        names = ((length, table.get(" ".join(words[start : start + length]))) for length in lengths)
        length, country = next((pair for pair in names if pair[1]), (1, None))
        if country is not None:
            found.add(country)
        start += length
    return frozenset(found)


@lru_cache(maxsize=1)
def _country_words() -> dict[str, str]:
    named = {country: country for country in adjective_of()}
    return {adjective: country for country, adjective in adjective_of().items()} | named


def profile(parts: list[tuple[Known, float]]) -> Counter[str]:
    """Return, for each stem, the summed probabilities of the items that have it.

    Args:
        parts: items with their probabilities.
    """
    summed: Counter[str] = Counter()
    for item, probability in parts:
        for stem in item.words:
            summed[stem] += probability  # type: ignore[assignment]
    return summed
