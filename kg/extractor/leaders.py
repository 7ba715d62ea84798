"""Heads of state and government whose country an article takes as known ("President Xi Jinping")."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from kg.extractor.lexicon.tables import read_table, word


@dataclass(frozen=True, slots=True)
class Leader:
    """A person who holds or held the highest office of a country."""

    name: str
    title: str  # lower case, as a word of the role's name
    country: str


@lru_cache(maxsize=1)
def leaders() -> Mapping[str, Leader]:
    """Return the leaders by full name."""
    return read_table("leaders.tsv", Leader, (word, word, word), lambda row: row.name)
