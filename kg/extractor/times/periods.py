"""Calendar periods with their TIMEX3 value (ISO-TimeML), first and last day."""

from __future__ import annotations

import calendar
import datetime as dt
from dataclasses import dataclass

SEASONS = {"spring": "SP", "summer": "SU", "autumn": "FA", "fall": "FA", "winter": "WI"}
_SEASON_MONTHS = {"SP": (3, 5), "SU": (6, 8), "FA": (9, 11)}


@dataclass(frozen=True, slots=True)
class Period:
    """A TIMEX3 value and, where it is known, the days that it covers, both ends included."""

    value: str
    first: dt.date | None = None
    last: dt.date | None = None


def of_day(day: dt.date) -> Period:
    return Period(day.isoformat(), day, day)


def of_week(day: dt.date) -> Period:
    """Return the ISO week (Monday to Sunday) that holds ``day``."""
    year, week, weekday = day.isocalendar()
    monday = day - dt.timedelta(days=weekday - 1)
    return Period(f"{year:04}-W{week:02}", monday, monday + dt.timedelta(days=6))


def of_weekend(day: dt.date) -> Period:
    """Return Saturday and Sunday of the week of ``day``, under the value of the week."""
    week = of_week(day)
    assert week.last is not None
    return Period(week.value, week.last - dt.timedelta(days=1), week.last)


def of_month(year: int, month: int) -> Period:
    last = calendar.monthrange(year, month)[1]
    return Period(f"{year:04}-{month:02}", dt.date(year, month, 1), dt.date(year, month, last))


def of_quarter(year: int, quarter: int) -> Period:
    first, last = of_month(year, 3 * quarter - 2), of_month(year, 3 * quarter)
    return Period(f"{year:04}-Q{quarter}", first.first, last.last)


def of_season(year: int, season: str) -> Period:
    """Return a season of the northern hemisphere by months; winter ends in the next year."""
    if season == "WI":
        return Period(f"{year:04}-WI", dt.date(year, 12, 1), of_month(year + 1, 2).last)
    first, last = _SEASON_MONTHS[season]
    return Period(f"{year:04}-{season}", of_month(year, first).first, of_month(year, last).last)


def of_year(year: int) -> Period:
    return Period(f"{year:04}", dt.date(year, 1, 1), dt.date(year, 12, 31))


def of_decade(year: int) -> Period:
    start = year // 10 * 10
    return Period(f"{start // 10:03}", dt.date(start, 1, 1), dt.date(start + 9, 12, 31))


def plus_months(day: dt.date, months: int) -> dt.date:
    """Return the first of the month so many months on."""
    index = day.year * 12 + day.month - 1 + months
    return dt.date(index // 12, index % 12 + 1, 1)


def part_of(period: Period, part: str) -> Period:
    """Return the early, middle or late third of a period, under the value of the whole."""
    if period.first is None or period.last is None:
        return period
    days = (period.last - period.first).days + 1
    third = max(1, days // 3)
    if part in ("early", "earlier", "start", "beginning"):
        return Period(period.value, period.first, period.first + dt.timedelta(days=third - 1))
    if part in ("late", "later", "end"):
        return Period(period.value, period.last - dt.timedelta(days=third - 1), period.last)
    return Period(
        period.value, period.first + dt.timedelta(days=third), period.last - dt.timedelta(days=third)
    )
