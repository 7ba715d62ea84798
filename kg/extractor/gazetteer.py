"""Names that mean the same in every article: countries, their people, capitals, world regions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from kg.extractor.lexicon import countries, regions

PlaceNameKind = Literal["country", "demonym", "people", "seat", "metonym", "region", "regional"]


@dataclass(frozen=True, slots=True)
class PlaceName:
    """What a name refers to. ``owner`` is the canonical name of the country or region."""

    kind: PlaceNameKind
    owner: str
    ambiguous: bool = False


@lru_cache(maxsize=1)
def place_names() -> dict[tuple[str, ...], PlaceName]:
    """Return what each name refers to, by its words as written."""
    table: dict[tuple[str, ...], PlaceName] = {}
    for key, entry in _rows():
        table.setdefault(_words(key), entry)
    return table


@lru_cache(maxsize=1)
def first_words() -> dict[str, int]:
    """Return for each first word of a name the number of words of the longest such name."""
    longest: dict[str, int] = {}
    for words in place_names():
        longest[words[0]] = max(longest.get(words[0], 0), len(words))
    return longest


@lru_cache(maxsize=1)
def organisations_among_countries() -> frozenset[str]:
    """Return the rows of the table of countries that are organisations: the European Union."""
    return frozenset(country.name for country in countries() if country.note == "organisation")


@lru_cache(maxsize=1)
def adjective_of() -> dict[str, str]:
    """Return the first adjective of each country: "Chinese" for "China"."""
    return {country.name: country.adjectives[0] for country in countries() if country.adjectives}


def look_up(words: tuple[str, ...]) -> PlaceName | None:
    """Return what these words refer to, or None.

    Short names must be capitalised as written: "US", not "us".
    """
    found = place_names().get(words)
    return found if found is not None else place_names().get(tuple(from_capitals(word) for word in words))


def from_capitals(word: str) -> str:
    """Return a word in capitals with only its first letter in capitals: "BRUSSELS", "Brussels".

    Words of up to three letters stay as they are.
    """
    return word.capitalize() if len(word) > 3 and word.isupper() else word


def _words(name: str) -> tuple[str, ...]:
    return tuple(name.replace("’", "'").split())


def _rows() -> Iterator[tuple[str, PlaceName]]:
    for country in countries():
        doubtful = "ambiguous" in country.note
        for name in (country.name, *country.aliases):
            yield name, PlaceName("country", country.name, doubtful)
        for adjective in country.adjectives:
            yield adjective, PlaceName("demonym", country.name)
        for people in country.demonyms:
            yield people, PlaceName("people", country.name)
        for metonym in country.metonyms:
            yield metonym, PlaceName("metonym", country.name)
        if country.capital:
            yield country.capital, PlaceName("seat", country.name)
    for region in regions():
        for name in (region.name, *region.aliases):
            yield name, PlaceName("region", region.name)
        for adjective in region.adjectives:
            yield adjective, PlaceName("regional", region.name)
