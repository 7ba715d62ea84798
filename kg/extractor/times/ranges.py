"""Applies the words around times: "since June" has no last day, "from Monday to Friday" is one time."""

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
_YEARLY = frozenset("date month season quarter half holiday".split())
"""Kinds that recur every year."""
_ENDS = _YEARLY | frozenset("iso numeric year weekday decade near unit".split())
"""Kinds that may be the start or end of a range."""


def joined(text: str, found: Sequence[Expression], day: dt.date | None) -> list[Expression]:
    """Return the times with the two ends of a range merged into one, with the value of the first."""
    kept: list[Expression] = []
    pending = list(reversed(found))
    while pending:
        expression = pending.pop()
        merged = _as_range(text, expression, pending[-1], day) if pending else None
        if merged is not None:
            pending.pop()
        if merged is None and pending:
            expression = _in_year_of_next(text, expression, pending[-1], day)
        kept.append(merged or _bounded(text, expression))
    return kept


def _in_year_of_next(
    text: str, expression: Expression, following: Expression, day: dt.date | None
) -> Expression:
    """Return the time in the year that the following time gives for both: "in March and April 2022"."""
    same_kind = expression.kind == following.kind and expression.kind in ("date", "month")
    if (
        not same_kind
        or expression.has_year
        or not following.has_year
        or not _AND_OR.fullmatch(text, expression.end, following.start)
    ):
        return expression
    return replace(expression, period=_start_before(expression, following.period, day))


def _as_range(
    text: str, expression: Expression, following: Expression, day: dt.date | None
) -> Expression | None:
    """Return the two times as one range, or None if the words between do not make one."""
    if expression.kind not in _ENDS or following.kind not in _ENDS or following.start - expression.end > 16:
        return None
    low = max(0, expression.start - 16)
    if _BETWEEN.search(text, low, expression.start):
        between = _AND
    elif _FROM.search(text, low, expression.start):
        between = _TO_AFTER_FROM
    else:
        between = _TO
    if between is _TO and expression.kind != following.kind:
        return None
    if between.fullmatch(text, expression.end, following.start) is None:
        return None
    first, last = _aligned(expression, following, day)
    if first.first is not None and last.last is not None and first.first > last.last:
        return None
    return replace(expression, end=following.end, period=Period(first.value, first.first, last.last))


def _aligned(expression: Expression, following: Expression, day: dt.date | None) -> tuple[Period, Period]:
    """Return both periods, each in the year that the other gives, and the second not before the first."""
    if following.has_year and not expression.has_year:
        return _start_before(expression, following.period, day), following.period
    if following.has_year or expression.period.first is None:
        return expression.period, following.period
    return expression.period, _end_after(following, expression, expression.period.first, day)


def _start_before(expression: Expression, last: Period, day: dt.date | None) -> Period:
    """Return the period of ``expression`` in the year in which ``last`` follows it."""
    if last.first is None or last.last is None:
        return expression.period
    same = _moved(expression, last.first.year, day)
    return (
        same
        if same.first is None or same.first <= last.last
        else _moved(expression, last.first.year - 1, day)
    )


def _end_after(following: Expression, expression: Expression, first: dt.date, day: dt.date | None) -> Period:
    """Return the period of ``following`` in the year in which it follows ``first``."""
    same = (
        _moved(following, first.year, day)
        if expression.has_year and expression.kind in _YEARLY
        else following.period
    )
    if same.first is None or same.first >= first:
        return same
    if following.kind == "weekday":
        return of_day(same.first + dt.timedelta(weeks=1))
    return _moved(following, same.first.year + 1, day)


def _moved(expression: Expression, year: int, day: dt.date | None) -> Period:
    """Return the period in another year if it recurs every year, else as it is."""
    found = in_year(expression.period.value, year) if expression.kind in _YEARLY else None
    return part_of(found, _part(expression), day) if found is not None else expression.period


def _part(expression: Expression) -> str:
    """Return the part of the period that the expression names, such as "early", or ""."""
    words = [word for word in expression.part.lower().split() if word not in ("the", "of")]
    return words[0] if words else ""


def _bounded(text: str, expression: Expression) -> Expression:
    """Return the time with the bound that the word before it sets.

    The word "from" alone sets none: "figures from June".
    """
    found = _BOUND.search(text, max(0, expression.start - 32), expression.start)
    if found is None:
        return expression
    first, last = expression.period.first, expression.period.last
    if found["since"]:
        last = None
    elif found["until"]:
        first = None
    elif found["after"]:
        first, last = _add_days(last, 1), None
    else:
        first, last = None, last if _part(expression) == "end" else _add_days(first, -1)
    return replace(expression, period=Period(expression.period.value, first, last))


def _add_days(day: dt.date | None, days: int) -> dt.date | None:
    """Return the day ``days`` later, or None at the limits of the calendar."""
    if day is None or day in (dt.date.min, dt.date.max):
        return None
    return day + dt.timedelta(days=days)
