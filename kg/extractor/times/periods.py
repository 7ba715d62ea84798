"""Calendar periods with their TIMEX3 value (ISO-TimeML), first day and last day."""

from __future__ import annotations

import calendar
import datetime as dt
from dataclasses import dataclass

from kg.extractor.times.words import SEASONS

_SEASON_MONTHS = {"SP": (3, 5), "SU": (6, 8), "FA": (9, 11)}


@dataclass(frozen=True, slots=True)
class Period:
    """A TIMEX3 value and, where it is known, the days that it covers, both included."""

    value: str
    first: dt.date | None = None
    last: dt.date | None = None


def of_day(day: dt.date) -> Period:
    """Return one day."""
    return Period(day.isoformat(), day, day)


def of_date(year: int, month: int, number: int) -> Period | None:
    """Return the day, or None if the year has no such day."""
    try:
        return of_day(dt.date(year, month, number))
    except ValueError:
        return None


def of_week(day: dt.date) -> Period:
    """Return the ISO week (Monday to Sunday) of ``day``."""
    year, week, weekday = day.isocalendar()
    monday = day - dt.timedelta(days=weekday - 1)
    return Period(f"{year:04}-W{week:02}", monday, monday + dt.timedelta(days=6))


def of_weekend(day: dt.date) -> Period:
    """Return Saturday and Sunday of the week of ``day``, with the value of the week."""
    week = of_week(day)
    assert week.last is not None
    return Period(week.value, week.last - dt.timedelta(days=1), week.last)


def of_month(year: int, month: int) -> Period:
    """Return a month."""
    last = calendar.monthrange(year, month)[1]
    return Period(f"{year:04}-{month:02}", dt.date(year, month, 1), dt.date(year, month, last))


def of_quarter(year: int, quarter: int) -> Period:
    """Return a quarter, from 1 to 4."""
    first, last = of_month(year, 3 * quarter - 2), of_month(year, 3 * quarter)
    return Period(f"{year:04}-Q{quarter}", first.first, last.last)


def of_half(year: int, half: int) -> Period:
    """Return a half year, 1 or 2."""
    first, last = of_month(year, 6 * half - 5), of_month(year, 6 * half)
    return Period(f"{year:04}-H{half}", first.first, last.last)


def of_season(year: int, season: str) -> Period:
    """Return a season of the northern hemisphere, in months; winter ends in the next year."""
    if season == "WI":
        return Period(f"{year:04}-WI", dt.date(year, 12, 1), of_month(year + 1, 2).last)
    first, last = _SEASON_MONTHS[season]
    return Period(f"{year:04}-{season}", of_month(year, first).first, of_month(year, last).last)


def of_year(year: int) -> Period:
    """Return a year."""
    return Period(f"{year:04}", dt.date(year, 1, 1), dt.date(year, 12, 31))


def of_decade(year: int) -> Period:
    """Return the decade of ``year``."""
    start = year // 10 * 10
    return Period(f"{start // 10:03}", dt.date(start, 1, 1), dt.date(start + 9, 12, 31))


def of_century(start: int) -> Period:
    """Return the hundred years from ``start`` on.

    The shapes of the graph accept no value of two digits, so the value only says whether they are past.
    """
    value = "PAST_REF" if start < 2000 else "PRESENT_REF"
    return Period(value, dt.date(start, 1, 1), dt.date(start + 99, 12, 31))


def in_year(value: str, year: int) -> Period | None:
    """Return the day, month, season, quarter or half of a value ("2023-06", "XXXX-SU") in another year.

    None is returned for values that are not part of one year (weeks, decades, durations), and for days that
    the year lacks.
    """
    rest = value[5:]
    if value[4:5] != "-" or (rest[:1] == "W" and rest != "WI") or "X" in rest:
        return None
    if rest in SEASONS.values():
        return of_season(year, rest)
    if rest[0] in "QH":
        return (of_quarter if rest[0] == "Q" else of_half)(year, int(rest[1:]))
    numbers = [int(number) for number in rest.split("-")]
    return of_month(year, numbers[0]) if len(numbers) == 1 else of_date(year, numbers[0], numbers[1])


def plus_months(day: dt.date, months: int) -> dt.date:
    """Return the same day ``months`` later, or the last day of that month if it is shorter."""
    index = day.year * 12 + day.month - 1 + months
    year, month = index // 12, index % 12 + 1
    return dt.date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def part_of(period: Period, part: str, day: dt.date | None) -> Period:
    """Return the early, middle or late third of a period, with the value of the whole.

    In a period that includes the day of publication, "earlier" ends and "later" starts on that day.
    """
    if not part or period.first is None or period.last is None:
        return period
    first, last = period.first, period.last
    third = dt.timedelta(days=((last - first).days + 1) // 3)
    edge = max(third - dt.timedelta(days=1), dt.timedelta())
    now = day if day is not None and first <= day <= last else None
    if part in ("early", "earlier", "start", "beginning"):
        last = now if now is not None and part == "earlier" else first + edge
    elif part in ("late", "later", "end"):
        first = now if now is not None and part == "later" else last - edge
    else:
        first, last = first + third, last - third
    return Period(period.value, first, last)
