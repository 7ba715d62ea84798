"""Words for comparison: in ASCII lower case, cut to a stem, weighted by their rarity in news."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from functools import lru_cache
from importlib.resources import files

from anyascii import anyascii

STEM = 6
"""Letters of a stem: "footballer" and "football" share one, as do "president" and "presidential"."""

_WORD = re.compile(r"[a-z]{3,}")
_EMPTY = frozenset(
    """
    the and for are was were has had have been being will would can could may might must shall should not but
    from with that this these those they them their there then than when where which while who whom whose why
    how what his her hers him she its our ours your yours you all any some both each other another such only
    own same more most very also just into onto over under about after before between through during against
    out off down upon per via one two three said says say new old
    """.split()
)
_SAME = {"soccer": "football", "defense": "defence"}  # American to British words
_UNKNOWN = 8.0  # weight of a word that is in no training text


def stems(text: str) -> list[str]:
    """Return the stems of the words of ``text`` except stop words, in order, with repetitions."""
    folded = (text if text.isascii() else anyascii(text)).lower()
    return [_SAME.get(word, word)[:STEM] for word in _WORD.findall(folded) if word not in _EMPTY]


def weight(stem: str) -> float:
    """Return the weight of a stem, its inverse document frequency in news."""
    return _weights().get(stem, _UNKNOWN)


def total(some: Iterable[str]) -> float:
    """Return the sum of the weights of ``some`` stems, which does not depend on their order."""
    return math.fsum(map(weight, some))


@lru_cache(maxsize=1)
def _weights() -> dict[str, float]:
    """Return the weights from ``weights/words.tsv``, which has the articles per thousand with each stem."""
    text = (files("kg.linking") / "weights" / "words.tsv").read_text("utf-8")
    rows = (line.split("\t") for line in text.splitlines() if line and not line.startswith("#"))
    return {stem: math.log(1000 / float(count)) for stem, count in rows}


@lru_cache(maxsize=1)
def of_sport() -> frozenset[str]:
    """Return the stems of ``weights/sport.txt``: words of matches, teams and players."""
    text = (files("kg.linking") / "weights" / "sport.txt").read_text("utf-8")
    return frozenset(stems("\n".join(line for line in text.splitlines() if not line.startswith("#"))))
