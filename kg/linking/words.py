"""Words of texts as linking compares them: folded, cut to a stem, weighed by how rare they are in news."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from functools import lru_cache
from importlib.resources import files

from anyascii import anyascii

STEM = 6
"""Letters of a word that count: footballer and football, president and presidential are then one."""

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
_SAME = {"soccer": "football", "defense": "defence"}  # spelled otherwise on the other side of the Atlantic
_UNKNOWN = 8.0  # the weight of a word that no training text holds


def stems(text: str) -> list[str]:
    """Return the stems of the words of ``text`` that mean something, in order, with repetitions."""
    folded = (text if text.isascii() else anyascii(text)).lower()
    return [_SAME.get(word, word)[:STEM] for word in _WORD.findall(folded) if word not in _EMPTY]


def weight(stem: str) -> float:
    """Return how much it says that a text holds ``stem``: its inverse document frequency in news."""
    return _weights().get(stem, _UNKNOWN)


def total(some: Iterable[str]) -> float:
    """Return the sum of the weights of ``some`` stems, the same in whatever order they come."""
    return math.fsum(map(weight, some))


@lru_cache(maxsize=1)
def _weights() -> dict[str, float]:
    """Read ``weights/words.tsv``: a stem, and in how many of a thousand articles it stands."""
    text = (files("kg.linking") / "weights" / "words.tsv").read_text("utf-8")
    rows = (line.split("\t") for line in text.splitlines() if line and not line.startswith("#"))
    return {stem: math.log(1000 / float(count)) for stem, count in rows}


@lru_cache(maxsize=1)
def of_sport() -> frozenset[str]:
    """Return the stems of ``weights/sport.txt``: words of matches, teams and players."""
    text = (files("kg.linking") / "weights" / "sport.txt").read_text("utf-8")
    return frozenset(stems("\n".join(line for line in text.splitlines() if not line.startswith("#"))))
