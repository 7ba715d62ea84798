"""Takes in what stands around times: "since June" has no last day, "from Monday to Friday" is one time."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import replace

from kg.extractor.times.expressions import Expression
from kg.extractor.times.periods import Period, in_year, of_day, part_of

_SINCE = r"(?P<since>since|on\s+or\s+after|not?\s+earlier\s+than|not\s+(?:before|until|till))"
_UNTIL = r"(?P<until>until|till|by|through|on\s+or\s+before|not?\s+later\s+than)"
_BOUND = re.compile(
    rf"\b(?:{_SINCE}|{_UNTIL}|(?P<before>before)|(?P<after>after))"
    r"\s+(?:the\s+|about\s+|around\s+|at\s+least\s+)?$",
    re.IGNORECASE,
)
_FROM = re.compile(r"\bfrom\s+(?:the\s+)?$", re.IGNORECASE)
_BETWEEN = re.compile(r"\bbetween\s+(?:the\s+)?$", re.IGNORECASE)
_AND_OR = re.compile(r"\s+(?:and|or)\s+(?:on\s+|in\s+)?", re.IGNORECASE)
_AND = re.compile(r"\s+and\s+(?:on\s+|in\s+)?(?:the\s+)?", re.IGNORECASE)
_TO = re.compile(r"\s+(?:to|through)\s+(?:the\s+)?|\s?[-–—]\s?", re.IGNORECASE)
_TO_AFTER_FROM = re.compile(r"\s+(?:to|through|until|till)\s+(?:the\s+)?|\s?[-–—]\s?", re.IGNORECASE)
_YEARLY = frozenset("date month season quarter half holiday".split())  # come once a year
_ENDS = _YEARLY | frozenset("iso numeric year weekday decade near unit".split())


def joined(text: str, found: Sequence[Expression], day: dt.date | None) -> list[Expression]:
    """Return the times with those that are the two ends of one stretch made one, under the first's value."""
    kept: list[Expression] = []
    waiting = list(reversed(found))
    while waiting:
        one = waiting.pop()
        attribution = _stretch(text, one, waiting[-1], day) if waiting else None
        if attribution is not None:
            waiting.pop()
        if attribution is None and waiting:
            one = _in_year_of_next(text, one, waiting[-1], day)
        kept.append(attribution or _bounded(text, one))
    return kept


def _in_year_of_next(text: str, one: Expression, other: Expression, day: dt.date | None) -> Expression:
    """Return the time in the year that its partner tells for both: "in March and April 2022"."""
    alike = one.kind == other.kind and one.kind in ("date", "month")
    if not alike or one.has_year or not other.has_year or not _AND_OR.fullmatch(text, one.end, other.start):
        return one
    return replace(one, period=_begun_before(one, other.period, day))


def _stretch(text: str, one: Expression, other: Expression, day: dt.date | None) -> Expression | None:
    if one.kind not in _ENDS or other.kind not in _ENDS or other.start - one.end > 16:
        return None
    low = max(0, one.start - 16)
    if _BETWEEN.search(text, low, one.start):
        between = _AND
    elif _FROM.search(text, low, one.start):
        between = _TO_AFTER_FROM
    else:
        between = _TO
    if between is _TO and one.kind != other.kind:
        return None
    if between.fullmatch(text, one.end, other.start) is None:
        return None
    first, last = _aligned(one, other, day)
    if first.first is not None and last.last is not None and first.first > last.last:
        return None
    return replace(one, end=other.end, period=Period(first.value, first.first, last.last))


def _aligned(one: Expression, other: Expression, day: dt.date | None) -> tuple[Period, Period]:
    """Return both ends, each in the year that the other tells, the second not before the first."""
    if other.has_year and not one.has_year:
        return _begun_before(one, other.period, day), other.period
    if other.has_year or one.period.first is None:
        return one.period, other.period
    return one.period, _ended_after(other, one, one.period.first, day)


def _begun_before(one: Expression, last: Period, day: dt.date | None) -> Period:
    if last.first is None or last.last is None:
        return one.period
    same = _moved(one, last.first.year, day)
    return same if same.first is None or same.first <= last.last else _moved(one, last.first.year - 1, day)


def _ended_after(other: Expression, one: Expression, first: dt.date, day: dt.date | None) -> Period:
    same = _moved(other, first.year, day) if one.has_year and one.kind in _YEARLY else other.period
    if same.first is None or same.first >= first:
        return same
    if other.kind == "weekday":
        return of_day(same.first + dt.timedelta(weeks=1))
    return _moved(other, same.first.year + 1, day)


def _moved(one: Expression, year: int, day: dt.date | None) -> Period:
    """Return the period in another year, where it is one that comes once a year."""
    found = in_year(one.period.value, year) if one.kind in _YEARLY else None
    return part_of(found, _part(one), day) if found is not None else one.period


def _part(one: Expression) -> str:
    words = [word for word in one.part.lower().split() if word not in ("the", "of")]
    return words[0] if words else ""


def _bounded(text: str, one: Expression) -> Expression:
    """Return the time with the word before it taken in; "from" alone bounds nothing: "figures from June"."""
    found = _BOUND.search(text, max(0, one.start - 32), one.start)
    if found is None:
        return one
    first, last = one.period.first, one.period.last
    if found["since"]:
        last = None
    elif found["until"]:
        first = None
    elif found["after"]:
        first, last = _step(last, 1), None
    else:
        first, last = None, last if _part(one) == "end" else _step(first, -1)
    return replace(one, period=Period(one.period.value, first, last))


def _step(day: dt.date | None, days: int) -> dt.date | None:
    if day is None or day in (dt.date.min, dt.date.max):
        return None
    return day + dt.timedelta(days=days)
