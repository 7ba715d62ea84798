"""Finds the anchors of time expressions, so that the slow patterns search only around them.

Each pattern has one word without which it cannot match (a month, "ago", "quarter"): its anchor.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.extractor.times.words import DAYS, MONTHS, SEASONS, SHORT_MONTHS
from kg.records import Span

REACH = {
    "month": (60, 40),
    "weekday": (60, 24),
    "weekdays": (8, 2),
    "season": (36, 28),
    "year": (32, 12),
    "decade": (32, 4),
    "century": (40, 2),
    "quarter": (20, 28),
    "half": (16, 28),
    "short": (8, 28),
    "months": (32, 28),
    "holiday": (28, 28),
    "near": (24, 20),
    "ago": (60, 2),
    "time": (60, 2),
    "later": (60, 14),
    "following": (8, 24),
    "day": (12, 12),
    "which": (12, 44),
    "unit": (60, 14),
    "weekend": (40, 8),
    "every": (2, 30),
    "often": (16, 16),
    "daily": (2, 2),
    "fiscal": (2, 24),
    "vague": (24, 14),
}
"""Anchors, with the greatest number of characters before and after them that an expression may have."""

_WORDS = {
    "season": " ".join(SEASONS),
    "weekday": " ".join(DAYS),
    "weekdays": " ".join(day + "s" for day in DAYS),
    "century": "century",
    "quarter": "quarter",
    "half": "half",
    "short": "q1 q2 q3 q4 h1 h2",
    "months": "months",
    "holiday": "day eve halloween",
    "near": "yesterday today tonight tomorrow night morning afternoon evening",
    "ago": "ago now",
    "time": "time",
    "later": "earlier later",
    "following": "next following previous preceding",
    "day": "day",
    "which": "last past next coming recent previous",
    "unit": (
        "day days week weeks month months quarter quarters year years decade decades century centuries "
        "hour hours minute minutes weekend"
    ),
    "weekend": "weekend",
    "every": "every each",
    "often": "once twice times",
    "daily": "daily weekly monthly quarterly annually yearly",
    "fiscal": "fiscal financial fy",
    "vague": "recently lately nowadays days currently now present moment future past ahead come",
}
_WORD = re.compile(r"[^\W_]+")
_NUMERALS = ("1", "2")


def _by_word() -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for anchor, words in _WORDS.items():
        for word in words.lower().split():
            for written in (word, word.capitalize(), word.upper()):
                found.setdefault(written, []).append(anchor)
    for month in [*MONTHS, *(name.upper() for name in MONTHS), *SHORT_MONTHS, "Sept"]:
        found[month] = ["month"]
    return {word: tuple(anchors) for word, anchors in found.items()}


_ANCHORS = _by_word()


def windows(text: str) -> dict[str, list[Span]]:
    """Return for each anchor the spans of ``text`` around its words, whole words only."""
    found: dict[str, list[Span]] = {}
    for match in _WORD.finditer(text):
        word = match.group()
        for anchor in _ANCHORS.get(word) or (_of_digits(word) if word[0] <= "9" or word[0] == "F" else ()):
            before, behind = REACH[anchor]
            _add(
                found.setdefault(anchor, []),
                text,
                match.start() - before,
                match.end() + behind,
                match.start(),
            )
    return found


def _of_digits(word: str) -> Sequence[str]:
    """Return the anchors of words with digits: "2023", "1990s", "90s", "FY2023"."""
    if word[0].isdigit():
        if len(word) == 4 and word[0] in _NUMERALS:
            return ("year",)
        return ("decade",) if word[-1] == "s" and word[:-1].isdigit() else ()
    return ("fiscal",) if word[:2] == "FY" and word[2:].isdigit() else ()


def _add(spans: list[Span], text: str, low: int, high: int, word: int) -> None:
    """Add a span to those before it, extended to whole words, but not beyond the paragraph of ``word``."""
    low = text.rfind(" ", 0, low) + 1 if low > 0 else 0
    space = text.find(" ", high)
    high = space if space >= 0 else len(text)
    above, below = text.rfind("\n\n", low, word), text.find("\n\n", word, high)
    low = above + 2 if above >= 0 else low
    high = below if below >= 0 else high
    if spans and low <= spans[-1][1]:
        spans[-1] = (spans[-1][0], max(high, spans[-1][1]))
    else:
        spans.append((low, high))
