"""Names that are the same in every article: countries, their people, capitals and seats of government, world regions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from kg.extractor.lexicon import countries, regions

PlaceNameKind = Literal["country", "demonym", "people", "seat", "metonym", "region", "regional"]


@dataclass(frozen=True, slots=True)
class PlaceName:
    """What a name stands for. ``owner`` is the canonical name of the country or region."""

    kind: PlaceNameKind
    owner: str
    ambiguous: bool = False


@lru_cache(maxsize=1)
def place_names() -> dict[tuple[str, ...], PlaceName]:
    """Return what each name stands for, by its words as written."""
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
def adjective_of() -> dict[str, str]:
    """Return the leading adjective of each country ("China": "Chinese")."""
    return {country.name: country.adjectives[0] for country in countries() if country.adjectives}


def look_up(words: tuple[str, ...]) -> PlaceName | None:
    """Return what these words stand for, or None. Short names must be in capitals as written ("US", not "us")."""
    found = place_names().get(words)
    if found is None and len(words[0]) > 3:
        found = place_names().get(tuple(word.capitalize() if word.isupper() else word for word in words))
    return found


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
