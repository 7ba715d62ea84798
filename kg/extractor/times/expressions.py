"""Finds the time expressions of a text, with their periods."""

from __future__ import annotations

import datetime as dt
import re
from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from kg.extractor.times.ambiguous import is_time
from kg.extractor.times.anchors import windows
from kg.extractor.times.patterns import PATTERNS
from kg.extractor.times.periods import Period
from kg.extractor.times.phrase import Direction
from kg.extractor.times.resolve import resolve
from kg.records import Span

Future = Callable[[Span], bool]

_NEAREST = re.compile(
    r"\b(?:until|till|by|on\s+or\s+before|not?\s+later\s+than)"
    r"\s+(?:the\s+|about\s+|around\s+|at\s+least\s+)?$",
    re.IGNORECASE,
)
_EITHER_WAY = frozenset("date week_of month season quarter half holiday weekday weekend".split())
_DATED = re.compile(r"\d{4}|\byear\b")


@dataclass(frozen=True, slots=True)
class Expression:
    """A time expression in the text. Offsets are those of the text."""

    start: int
    end: int
    kind: str
    part: str  # "early", "the end of", or ""
    has_year: bool  # the words give the year
    period: Period


def expressions(
    text: str, marked: Sequence[Span], day: dt.date | None, future: Future | None
) -> list[Expression]:
    """Return the time expressions of ``text`` in text order; of two that overlap the longer one."""
    found: list[Expression] = []
    for anchor, spans in windows(text).items():
        for kind, pattern in PATTERNS[anchor]:
            for low, high in spans:
                for match in pattern.finditer(text, low, high):
                    if is_time(kind, match, text, marked):
                        expression = _expression(kind, match, day, future)
                        found += [expression] if expression is not None else []
    return _longest(found)


def _expression(
    kind: str, match: re.Match[str], day: dt.date | None, future: Future | None
) -> Expression | None:
    groups = match.re.groupindex
    lead = match.end("lead") if "lead" in groups and match["lead"] else match.start()
    period = resolve(kind, match, day, _direction(kind, match.string, (lead, match.end()), future))
    if period is None:
        return None
    if kind == "span" and period.value.endswith("_REF") and match.group()[:3].lower() == "in ":
        lead = match.start()  # "in recent years" is one phrase, "in June" is not
    part = match["part"] or "" if "part" in groups else ""
    return Expression(lead, match.end(), kind, part, _DATED.search(match.group()) is not None, period)


def _direction(kind: str, text: str, span: Span, future: Future | None) -> Direction:
    """Return where to look for a period that recurs."""
    if kind not in _EITHER_WAY:
        return "past"
    if future is not None and future(span):
        return "future"
    start = span[0]
    return "nearest" if _NEAREST.search(text, max(0, start - 32), start) else "past"


def _longest(found: list[Expression]) -> list[Expression]:
    """Return the expressions that no longer one overlaps, in text order."""
    kept: list[Expression] = []
    for expression in sorted(found, key=lambda item: (item.start - item.end, item.start)):
        place = bisect_left(kept, expression.start, key=lambda item: item.start)
        after = kept[place].start if place < len(kept) else expression.end
        if after >= expression.end and (place == 0 or kept[place - 1].end <= expression.start):
            kept.insert(place, expression)
    return kept
