"""Resolvers of times relative to the day of publication: "yesterday", "two weeks ago", "the past decade"."""

from __future__ import annotations

import datetime as dt
import math

from kg.extractor.times.dated import Resolver
from kg.extractor.times.periods import (
    Period,
    of_day,
    of_decade,
    of_month,
    of_quarter,
    of_week,
    of_weekend,
    of_year,
    plus_months,
)
from kg.extractor.times.phrase import Phrase
from kg.extractor.times.words import DAYS, month_number, number, weekday_number

CODES = {
    "day": "P{}D",
    "week": "P{}W",
    "month": "P{}M",
    "quarter": "P{}Q",
    "year": "P{}Y",
    "decade": "P{}DE",
    "century": "P{}CE",
    "hour": "PT{}H",
    "minute": "PT{}M",
}
"""Units of time, with the TIMEX3 value of a duration in them."""
_UNKNOWN = {"week": "XXXX-WXX", "weekend": "XXXX-WXX", "month": "XXXX-XX"}
_UNKNOWN |= dict.fromkeys(("quarter", "year", "decade"), "XXXX")
_UNKNOWN_DAY = "XXXX-XX-XX"
_SHIFTS = {"yesterday": -1, "last night": -1, "tomorrow": 1}
_SHIFTS |= {"the day before yesterday": -2, "the day after tomorrow": 2}
_MONTHS_IN = {"month": 1, "quarter": 3, "year": 12, "decade": 120, "century": 1200}
_BOUNDS = ("more than", "less than", "fewer than", "well over", "over", "under", "at least", "up to")
"""Words that make a count a bound: "more than two years ago" has no exact day."""


def count_of(phrase: Phrase) -> float | None:
    """Return the number of units, or None if the text is vague ("a few", "two or three")."""
    if phrase.get("least") or not phrase.get("count"):
        return None
    count = number(phrase.get("count"))
    return count + 0.5 if count is not None and (phrase.get("half") or phrase.get("more")) else count


def duration_value(unit: str, count: float | None) -> str:
    """Return the TIMEX3 value of a duration: P3Y, PT24H, PXD."""
    return CODES[unit].format("X" if count is None else f"{count:g}")


def weekday(phrase: Phrase) -> Period | None:
    """Return a day of the week: the last one, or the next in a clause about the future."""
    day = phrase.day
    if day is None:
        return Period(_UNKNOWN_DAY)
    back = (day.weekday() - weekday_number(phrase.get("weekday"))) % 7
    if phrase.sense == "this":  # of the week of publication
        return of_day(day + dt.timedelta(days=weekday_number(phrase.get("weekday")) - day.weekday()))
    if phrase.sense == "next":
        return of_day(day + dt.timedelta(days=7 - back))
    if phrase.sense == "last":
        return of_day(day - dt.timedelta(days=back or 7))
    return of_day(day + dt.timedelta(days=-back if phrase.direction == "past" else -back % 7))


def weekend(phrase: Phrase) -> Period | None:
    """Return "the weekend": the last one, or the next in a clause about the future."""
    day = phrase.day
    if day is None:
        return Period(_UNKNOWN["weekend"])
    begun = day.weekday() >= 5
    return of_weekend(day if begun or phrase.direction != "past" else day - dt.timedelta(weeks=1))


def near(phrase: Phrase) -> Period | None:
    """Return "yesterday", "today", "tonight", "tomorrow"."""
    if phrase.day is None:
        return Period(_UNKNOWN_DAY)
    return of_day(phrase.day + dt.timedelta(days=_SHIFTS.get(phrase.get("near"), 0)))


def ago(phrase: Phrase) -> Period | None:
    """Return "two weeks ago", "in three years' time"."""
    count, sign = count_of(phrase), -1 if phrase.get("side") == "ago" else 1
    vague = Period("PAST_REF" if sign < 0 else "FUTURE_REF")
    if count is None or phrase.day is None:
        return vague
    found = _shifted(phrase.day, phrase.unit, sign * count)
    return Period(found.value) if found is not None and phrase.get("about") in _BOUNDS else found or vague


def loose(phrase: Phrase) -> Period | None:
    """Return a time relative to another time of the text ("the next day"), which stays unresolved."""
    name = phrase.get("loose")
    if name in _UNKNOWN:
        return Period(_UNKNOWN[name])
    if name in ("day", "morning", "afternoon", "evening", "night", "hour", "minute") or name.title() in DAYS:
        return Period(_UNKNOWN_DAY)
    return Period(f"XXXX-{month_number(name):02}")


def span(phrase: Phrase) -> Period | None:
    """Return "the past two decades", "the next 24 hours": units before or after the day of publication."""
    unit, count = phrase.unit, count_of(phrase)
    past = phrase.sense == "last" or phrase.get("which") == "recent"
    if count is None:
        return Period("PAST_REF" if past else "FUTURE_REF")
    return _stretch(phrase.day, unit, count, past)


def unit(phrase: Phrase) -> Period | None:
    """Return "last month", "this week", "the end of the year"."""
    unit, sense, day = phrase.unit, phrase.sense, phrase.day
    if unit == "weekend":
        return _weekend_of(phrase)
    rolling = phrase.get("which") in ("past", "this past", "coming") or (sense == "last" and unit == "decade")
    if rolling:
        return _stretch(day, unit, 1, past=sense == "last")
    if day is None:
        return Period(_UNKNOWN[unit])
    return _shifted(day, unit, {"last": -1, "next": 1}.get(sense, 0))


def _stretch(day: dt.date | None, unit: str, count: float, past: bool) -> Period:
    """Return the period of ``count`` units that ends on ``day`` or starts with it, as a duration."""
    value = duration_value(unit, count)
    if day is None:
        return Period(value)
    edge = _edge(day, unit, -count if past else count)
    return Period(value, edge, day) if past else Period(value, day, edge)


def _weekend_of(phrase: Phrase) -> Period:
    """Return "last weekend", "this coming weekend"; "the past weekend" may be the present one."""
    day, which = phrase.day, phrase.get("which")
    if day is None:
        return Period(_UNKNOWN["weekend"])
    begun = day.weekday() >= 5
    if which in ("past", "this past"):
        weeks = 0 if begun else -1
    elif which in ("coming", "this coming"):
        weeks = 1 if begun else 0
    else:
        weeks = {"last": -1, "next": 1}.get(phrase.sense, 0)
    return of_weekend(day + dt.timedelta(weeks=weeks))


def _shifted(day: dt.date, unit: str, count: float) -> Period | None:
    """Return the unit of time ``count`` units from ``day``, or None if it is too vague."""
    if unit in ("hour", "minute"):
        return of_day(day) if unit == "minute" or abs(count) < 1 else None
    if count != int(count):
        return _half_shifted(day, unit, count)
    whole = int(count)
    if unit == "day":
        return of_day(day + dt.timedelta(days=whole))
    if unit == "week":
        return of_week(day + dt.timedelta(weeks=whole))
    if unit in ("year", "decade"):
        return of_year(day.year + whole) if unit == "year" else of_decade(day.year + 10 * whole)
    if unit == "century":
        return None
    then = plus_months(day, _MONTHS_IN[unit] * whole)
    if unit == "month":
        return of_month(then.year, then.month)
    return of_quarter(then.year, (then.month + 2) // 3)


def _half_shifted(day: dt.date, unit: str, count: float) -> Period | None:
    """Return the month or year half units away from ``day``; None for units other than years."""
    if unit != "year":
        return None
    then = plus_months(day, round(12 * count))
    return of_month(then.year, then.month) if abs(count) < 1 else of_year(then.year)


def _edge(day: dt.date, unit: str, count: float) -> dt.date:
    """Return the other end of the period of ``count`` units that starts or ends on ``day``."""
    if unit in _MONTHS_IN:
        return plus_months(day, round(_MONTHS_IN[unit] * count))
    days = count * {"week": 7, "day": 1, "hour": 1 / 24, "minute": 1 / 1440}[unit]
    return day + dt.timedelta(days=math.copysign(math.ceil(abs(days)), days))


RELATIVE: dict[str, Resolver] = {
    "weekday": weekday,
    "weekend": weekend,
    "near": near,
    "ago": ago,
    "loose": loose,
    "span": span,
    "unit": unit,
}
