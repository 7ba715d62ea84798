"""Resolvers of calendar times: dates, months, seasons, quarters, years."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Sequence

from kg.extractor.times.periods import (
    Period,
    in_year,
    of_century,
    of_date,
    of_decade,
    of_half,
    of_month,
    of_quarter,
    of_week,
    of_year,
    part_of,
    plus_months,
)
from kg.extractor.times.phrase import Phrase
from kg.extractor.times.words import CENTURIES, HOLIDAYS, ORDINALS, SEASONS, month_number, number

_SOON = 92
"""Days ahead within which a date without a year is the next one; otherwise it is the last one."""
_HALF_YEAR = 184
"""Days ahead within which the next period is nearer than the last one."""
_ANY = 9 * 366
"""More days than there are from one 29 February to the next."""


def iso(phrase: Phrase) -> Period | None:
    """Return the day of 2022-02-24."""
    year, month, day = map(int, phrase.get("iso").split("-"))
    return of_date(year, month, day)


def numeric(phrase: Phrase) -> Period | None:
    """Return the day of 24/02/2022.

    Of two small numbers either may be the month, so 05/06/2022 has only its year.
    """
    year, first_number, second_number = (
        phrase.year or 0,
        int(phrase.get("number")),
        int(phrase.get("second_number")),
    )
    if (
        first_number <= 12
        and second_number <= 12
        and first_number != second_number
        and phrase.get("mark") == "/"
    ):
        return Period(f"{year:04}-XX-XX")
    return of_date(year, second_number, first_number) or of_date(year, first_number, second_number)


def date(phrase: Phrase) -> Period | None:
    """Return a day of a month, or the days from one to another."""
    month = month_number(phrase.get("month"))
    found = _yearly(phrase, f"XXXX-{month:02}-{int(phrase.get('day')):02}", _SOON)
    if found is None or not phrase.get("to_day") or found.first is None:
        return found
    last = of_date(found.first.year, month, int(phrase.get("to_day")))
    if last is None or last.first is None or last.first <= found.first:
        return found
    return Period(found.value, found.first, last.first)


def week_of(phrase: Phrase) -> Period | None:
    """Return the week of a date."""
    found = date(phrase)
    return of_week(found.first) if found is not None and found.first is not None else Period("XXXX-WXX")


def month(phrase: Phrase) -> Period | None:
    """Return a month."""
    return _yearly(phrase, f"XXXX-{month_number(phrase.get('month')):02}")


def season(phrase: Phrase) -> Period | None:
    """Return a season."""
    return _yearly(phrase, f"XXXX-{SEASONS[phrase.get('season')]}")


def quarter(phrase: Phrase) -> Period | None:
    """Return a quarter of a year."""
    return _yearly(phrase, f"XXXX-Q{phrase.get('quarter') or ORDINALS[phrase.get('ordinal')]}")


def half(phrase: Phrase) -> Period | None:
    """Return a half of a year."""
    return _yearly(phrase, f"XXXX-H{phrase.get('half') or ORDINALS[phrase.get('ordinal')]}")


def holiday(phrase: Phrase) -> Period | None:
    """Return the day of a holiday."""
    month, day = HOLIDAYS[phrase.get("holiday")]
    return _yearly(phrase, f"XXXX-{month:02}-{day:02}", _SOON)


def months(phrase: Phrase) -> Period | None:
    """Return the first or last months of a year; three are a quarter, six a half."""
    count, year, at_start = number(phrase.get("months")), phrase.year, phrase.get("end") == "first"
    if count is None or not 1 <= count <= 12:
        return None
    if year is None:
        return Period("XXXX")
    if count == 3:
        return of_quarter(year, 1 if at_start else 4)
    if count == 6:
        return of_half(year, 1 if at_start else 2)
    first, last = dt.date(year, 1, 1), dt.date(year, 12, 31)
    if at_start:
        return Period(f"{year:04}", first, of_month(year, int(count)).last)
    return Period(f"{year:04}", plus_months(first, 12 - int(count)), last)


def year(phrase: Phrase) -> Period | None:
    """Return a year."""
    return of_year(int(phrase.get("year")))


def years(phrase: Phrase) -> Period | None:
    """Return "2010-15" or "2010-2015" as the days of all its years, with the value of the first."""
    start, end = int(phrase.get("year")), int(phrase.get("to"))
    end = end if end >= 100 else start // 100 * 100 + end
    if not 0 < end - start <= 100:
        return None
    return Period(f"{start:04}", dt.date(start, 1, 1), dt.date(end, 12, 31))


def fiscal(phrase: Phrase) -> Period | None:
    """Return a fiscal year by its value alone; the text does not say on which days it starts and ends."""
    return Period(phrase.get("year"))


def year_end(phrase: Phrase) -> Period | None:
    """Return the last third of the present year."""
    if phrase.day is None:
        return Period("XXXX")
    return part_of(of_year(phrase.day.year), "end", None)


def decade(phrase: Phrase) -> Period | None:
    """Return a decade, or a century for "the 1800s"."""
    if phrase.get("short"):
        return of_decade(1900 + int(phrase.get("short")))
    start = int(phrase.get("decade"))
    return of_century(start) if start % 100 == 0 and start < 2000 else of_decade(start)


def century(phrase: Phrase) -> Period | None:
    """Return a century."""
    nth = int(phrase.get("nth") or CENTURIES[phrase.get("ordinal")])
    return of_century(100 * (nth - 1))


def _yearly(phrase: Phrase, value: str, soon: int = 0) -> Period | None:
    """Return the period of a yearly value in the year that the phrase and the day of publication imply.

    Args:
        phrase: the phrase.
        value: TIMEX3 value without the year, such as "XXXX-06".
        soon: number of days after publication within which the next period is meant by default.
    """
    if not re.fullmatch(r"XXXX-(?:(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?|[A-Z].)", value):
        return None
    if phrase.year is not None:
        return in_year(value, phrase.year)
    day = phrase.day
    if day is None:
        return (
            Period(value) if in_year(value, 2000) is not None else None
        )  # a leap year, so that 29 February is valid
    return _chosen(phrase, day, _near_years(value, day), soon)


def _near_years(value: str, day: dt.date) -> list[tuple[dt.date, Period]]:
    """Return the period in the years around ``day``, each with its first day, in order.

    29 February comes once in four or eight years, so more years are searched.
    """
    reach = 8 if value.endswith("02-29") else 2
    found = (in_year(value, year) for year in range(day.year - reach, day.year + reach + 1))
    return [(period.first, period) for period in found if period is not None and period.first is not None]


def _chosen(
    phrase: Phrase, day: dt.date, around: Sequence[tuple[dt.date, Period]], soon: int
) -> Period | None:
    """Return the period of ``around`` that the phrase refers to, or None at the limits of the calendar.

    Args:
        phrase: the phrase.
        day: the day of publication.
        around: the periods of the years around it, in order, each with its first day.
        soon: see :func:`_yearly`.
    """
    begun = [period for first, period in around if first <= day]
    ended = [period for period in begun if _is_over(period, day)]
    ahead = [period for first, period in around if first > day]
    not_over = [
        (first, period) for first, period in around if period.last is not None and not _is_over(period, day)
    ]
    if not (begun and ended and ahead and not_over):
        return None
    next_first, next_or_present = not_over[0]
    if phrase.sense == "last":
        return ended[-1]
    if phrase.sense == "next":
        return ahead[0]
    if phrase.sense == "this":
        has_begun = next_or_present is begun[-1]
        return next_or_present if has_begun else _of_same_year(around, day) or next_or_present
    days_ahead = {"past": soon, "nearest": _HALF_YEAR, "future": _ANY}[phrase.direction]
    return next_or_present if (next_first - day).days <= days_ahead else begun[-1]


def _is_over(period: Period, day: dt.date) -> bool:
    """Return True if the period ends before ``day``."""
    return period.last is not None and period.last < day


def _of_same_year(around: Sequence[tuple[dt.date, Period]], day: dt.date) -> Period | None:
    """Return the first period that starts in the year of ``day``, or None."""
    return next((period for first, period in around if first.year == day.year), None)


Resolver = Callable[[Phrase], Period | None]
DATED: dict[str, Resolver] = {
    "iso": iso,
    "numeric": numeric,
    "date": date,
    "week_of": week_of,
    "month": month,
    "season": season,
    "quarter": quarter,
    "half": half,
    "holiday": holiday,
    "months": months,
    "year": year,
    "years": years,
    "fiscal": fiscal,
    "year_end": year_end,
    "decade": decade,
    "century": century,
}
