"""Finds the expressions of time in a text, the longest first, with what each comes to."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator, Sequence

from kg.extractor.times.patterns import ANCHOR, BEFORE, BEHIND, MONTH_BEFORE, PATTERNS, YEAR_BEFORE
from kg.extractor.times.periods import Period, part_of
from kg.extractor.times.resolve import RESOLVERS, group
from kg.records import Span

Future = Callable[[Span], bool]
Found = tuple[int, int, Period]


def expressions(
    text: str, marked: Sequence[Span], day: dt.date | None, future: Future | None
) -> Iterator[Found]:
    """Yield the spans of the times in ``text`` with what they come to, in text order; the longer first
    where two begin alike."""
    found: list[Found] = []
    for low, high in _windows(text):
        for kind, pattern in PATTERNS:
            for match in pattern.finditer(text, low, high):
                if _is_time(kind, match, text, marked):
                    ahead = future is not None and future(match.span())
                    found += _resolved(kind, match, day, ahead)
    yield from _longest_first(found)


def _windows(text: str) -> list[Span]:
    """Return the stretches around words that times are made of: the patterns are costly, and most text has
    none."""
    windows: list[Span] = []
    for anchor in ANCHOR.finditer(text):
        low = max(0, anchor.start() - BEFORE)
        low = low if low == 0 else text.rfind(" ", 0, low) + 1
        high = min(len(text), anchor.end() + BEHIND)
        if windows and low <= windows[-1][1]:
            windows[-1] = (windows[-1][0], high)
        else:
            windows.append((low, high))
    return windows


def _resolved(kind: str, match: re.Match[str], day: dt.date | None, ahead: bool) -> list[Found]:
    period = RESOLVERS[kind](match, day, ahead)
    if period is None:
        return []
    part = group(match, "part")
    if part:
        period = part_of(period, part.split()[-2 if part.endswith("of") else -1])
    return [(match.start(), match.end(), period)]


def _longest_first(found: list[Found]) -> list[Found]:
    kept: list[Found] = []
    for one in sorted(found, key=lambda item: (item[0] - item[1], item[0])):
        if not any(start < one[1] and one[0] < end for start, end, _ in kept):
            kept.append(one)
    return sorted(kept, key=lambda item: item[0])


def _is_time(kind: str, match: re.Match[str], text: str, marked: Sequence[Span]) -> bool:
    """Tell whether a doubtful match is a time: a bare year or month needs the tagger or a word before it."""
    if kind not in ("year", "month"):
        return True
    start, end = match.span()
    if group(match, "part") or group(match, "which") or (kind == "month" and group(match, "year")):
        return True
    if any(s < end and start < e for s, e in marked):
        return True
    before = text[max(0, start - 12) : start]
    return (YEAR_BEFORE if kind == "year" else MONTH_BEFORE).search(before) is not None
