"""Finds what the articles name: actors, places and the articles themselves."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from functools import lru_cache

from server.front import Backend
from server.page import asking
from server.page.asking import Rows

MOST = 100
"""Results that are shown."""

_WORDS = 8  # that are looked for
_PART = "#(event|role|link)-"
# The sub-query comes first: few labels fit, and only of these is more asked for.
# Events and roles are parts of articles, and too many; terms and candidates for links are no names.
_FOUND = """SELECT ?node (MIN(STR(?title)) AS ?name) (COUNT(DISTINCT ?g) AS ?articles)
    (GROUP_CONCAT(DISTINCT STR(?type)) AS ?types)
    (MAX(IF(REGEX(STR(?label), {exact}, "i"), 2, IF(REGEX(STR(?label), {begun}, "i"), 1, 0))) AS ?near)
    WHERE {{
        {{ SELECT ?g ?node ?label {{ GRAPH ?g {{ ?node rdfs:label|skos:altLabel|schema:headline ?label }}
            FILTER({fits}) FILTER(STRSTARTS(STR(?node), {base}) && !REGEX(STR(?node), {part})) }} }}
        GRAPH ?g {{ ?node rdfs:label|schema:headline ?title ; a ?type }} }}
    GROUP BY ?node ORDER BY DESC(?near) DESC(?articles) STRLEN(?name) ?name LIMIT {most}"""


async def find(backend: Backend, words: str) -> Rows:
    """Return what has a name or headline with all of the words, the nearest first.

    Order, case and accents of the words do not matter.

    Args:
        backend: the store.
        words: what somebody typed, not only spaces.

    Raises:
        KgError: as ``Backend.ask``.
    """
    each = [_loosely(word) for word in words.split()[:_WORDS]]
    return await asking.select(
        backend,
        _FOUND,
        fits=" && ".join(f'REGEX(STR(?label), {asking.text(word)}, "i")' for word in each),
        base=asking.text(backend.base),
        part=asking.text(_PART),
        exact=asking.text(f"^{' '.join(each)}$"),
        begun=asking.text(f"\\b{each[0]}"),
        most=str(MOST),
    )


def _loosely(text: str) -> str:
    """Return a regular expression that does not tell letters with accents from those without."""
    return "".join(
        f"[{letter}{accented}]" if (accented := _accented().get(letter)) else _escaped(letter)
        for letter in _plain(text)
    )


def _plain(text: str) -> str:
    parts = unicodedata.normalize("NFD", text.lower())
    return unicodedata.normalize("NFC", "".join(part for part in parts if not _is_latin_mark(part)))


def _is_latin_mark(part: str) -> bool:
    return "\u0300" <= part <= "\u036f"


def _escaped(letter: str) -> str:
    return re.sub(r"([\\.*+?^${}()|\[\]-])", r"\\\1", letter)


@lru_cache
def _accented() -> dict[str, str]:
    """Return the letters of Latin alphabets with accents, by the letter without."""
    found: dict[str, str] = defaultdict(str)
    for letter in map(chr, range(0xC0, 0x250)):
        base = _plain(letter)
        if letter.islower() and len(base) == 1 and base != letter and base.isascii():
            found[base] += letter
    return dict(found)
