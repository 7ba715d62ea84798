"""What dates, months, seasons, quarters and years come to: times that the calendar names."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable

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

_SOON = 92  # days: a date without a year is the last such day, unless the next one is as near as this
_HALF_YEAR = 184


def iso(phrase: Phrase) -> Period | None:
    year, month, day = map(int, phrase.get("iso").split("-"))
    return of_date(year, month, day)


def numeric(phrase: Phrase) -> Period | None:
    """Read 24/02/2022. Which of two small numbers is the month cannot be known: 05.06.2022 keeps its year."""
    year, one, two = phrase.year or 0, int(phrase.get("one")), int(phrase.get("two"))
    if one <= 12 and two <= 12 and one != two and phrase.get("mark") == "/":
        return Period(f"{year:04}-XX-XX")
    return of_date(year, two, one) or of_date(year, one, two)


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
    found = date(phrase)
    return of_week(found.first) if found is not None and found.first is not None else Period("XXXX-WXX")


def month(phrase: Phrase) -> Period | None:
    return _yearly(phrase, f"XXXX-{month_number(phrase.get('month')):02}")


def season(phrase: Phrase) -> Period | None:
    return _yearly(phrase, f"XXXX-{SEASONS[phrase.get('season')]}")


def quarter(phrase: Phrase) -> Period | None:
    return _yearly(phrase, f"XXXX-Q{phrase.get('quarter') or ORDINALS[phrase.get('ordinal')]}")


def half(phrase: Phrase) -> Period | None:
    return _yearly(phrase, f"XXXX-H{phrase.get('half') or ORDINALS[phrase.get('ordinal')]}")


def holiday(phrase: Phrase) -> Period | None:
    month, day = HOLIDAYS[phrase.get("holiday")]
    return _yearly(phrase, f"XXXX-{month:02}-{day:02}", _SOON)


def months(phrase: Phrase) -> Period | None:
    """Return the first or last so many months of a year; three are a quarter, six a half."""
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
    return of_year(int(phrase.get("year")))


def years(phrase: Phrase) -> Period | None:
    """Return "2010-15" or "2010-2015" as the days of all its years, under the value of the first."""
    start, end = int(phrase.get("year")), int(phrase.get("to"))
    end = end if end >= 100 else start // 100 * 100 + end
    if not 0 < end - start <= 100:
        return None
    return Period(f"{start:04}", dt.date(start, 1, 1), dt.date(end, 12, 31))


def fiscal(phrase: Phrase) -> Period | None:
    """Return the year alone: on which days a fiscal year begins and ends, the text does not say."""
    return Period(phrase.get("year"))


def year_end(phrase: Phrase) -> Period | None:
    if phrase.day is None:
        return Period("XXXX")
    return part_of(of_year(phrase.day.year), "end", None)


def decade(phrase: Phrase) -> Period | None:
    if phrase.get("short"):
        return of_decade(1900 + int(phrase.get("short")))
    start = int(phrase.get("decade"))
    return of_century(start) if start % 100 == 0 and start < 2000 else of_decade(start)


def century(phrase: Phrase) -> Period | None:
    nth = int(phrase.get("nth") or CENTURIES[phrase.get("ordinal")])
    return of_century(100 * (nth - 1))


def _yearly(phrase: Phrase, value: str, soon: int = 0) -> Period | None:
    """Return what comes once a year, in the year that the phrase and the day of publication mean.

    Args:
        phrase: the phrase.
        value: TIMEX3 value without the year: "XXXX-06".
        soon: days ahead of publication in which it is the next one, though nothing says so.
    """
    if not re.fullmatch(r"XXXX-(?:(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?|[A-Z].)", value):
        return None
    if phrase.year is not None:
        return in_year(value, phrase.year)
    day = phrase.day
    if day is None:
        return Period(value) if in_year(value, 2000) is not None else None  # a leap year
    return _chosen(phrase, day, _near_years(value, day), soon)


def _near_years(value: str, day: dt.date) -> list[tuple[dt.date, Period]]:
    """Return the period in the years around ``day`` with its first day; 29 February comes once in 4 or 8."""
    reach = 8 if value.endswith("02-29") else 2
    found = (in_year(value, year) for year in range(day.year - reach, day.year + reach + 1))
    return [(period.first, period) for period in found if period is not None and period.first is not None]


def _chosen(phrase: Phrase, day: dt.date, around: list[tuple[dt.date, Period]], soon: int) -> Period | None:
    begun = [period for first, period in around if first <= day]
    ended = [period for period in begun if period.last is not None and period.last < day]
    ahead = [period for first, period in around if first > day]
    open_ = [period for _, period in around if period.last is not None and period.last >= day]
    if not (begun and ended and ahead and open_):
        return None
    if phrase.sense == "this":
        same = [period for first, period in around if first.year == day.year]
        return open_[0] if open_[0] is begun[-1] or not same else same[0]
    if phrase.sense:
        return ended[-1] if phrase.sense == "last" else ahead[0]
    within = {"past": soon, "nearest": _HALF_YEAR, "future": 9 * 366}[phrase.direction]
    first = open_[0].first
    return open_[0] if first is not None and (first - day).days <= within else begun[-1]


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
