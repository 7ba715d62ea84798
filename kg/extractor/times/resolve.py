"""What each kind of expression comes to, relative to the day of publication."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable

from kg.extractor.times.patterns import DAYS, NUMBERS, ORDINALS, SHORT
from kg.extractor.times.periods import (
    SEASONS,
    Period,
    of_day,
    of_decade,
    of_month,
    of_quarter,
    of_season,
    of_week,
    of_weekend,
    of_year,
    plus_months,
)


def group(match: re.Match[str], name: str) -> str:
    """Return a group of the match in lower case, "" where the pattern has none or it did not take part."""
    value = match.groupdict().get(name)
    return " ".join(value.lower().split()) if value else ""


def _month_number(name: str) -> int:
    return [month.lower() for month in SHORT].index(name[:3].lower()) + 1


def _count(match: re.Match[str]) -> int | None:
    word = group(match, "count")
    if word.isdigit():
        return int(word)
    if word in ("a", "an"):
        return 1
    return NUMBERS.index(word) + 1 if word in NUMBERS else None


def _forward(which: str, ahead: bool) -> bool:
    return which in ("next", "coming", "this coming", "the following") or (ahead and which in ("", "this"))


def _iso(match: re.Match[str], day: dt.date | None, ahead: bool) -> Period | None:  # noqa: ARG001
    return _safe_day(*map(int, match["iso"].split("-")))


def _safe_day(year: int, month: int, number: int) -> Period | None:
    try:
        return of_day(dt.date(year, month, number))
    except ValueError:
        return None


def _date(match: re.Match[str], day: dt.date | None, ahead: bool) -> Period | None:
    month, number = _month_number(match["month"]), int(match["day"])
    if not 1 <= number <= 31:
        return None
    if match["year"]:
        return _safe_day(int(match["year"]), month, number)
    if day is None:
        return Period(f"XXXX-{month:02}-{number:02}")
    year = day.year
    if not ahead and (month, number) > (day.month, day.day) and month - day.month > 2:
        year -= 1
    elif ahead and (month, number) < (day.month, day.day):
        year += 1
    return _safe_day(year, month, number)


def _month(match: re.Match[str], day: dt.date | None, ahead: bool) -> Period | None:
    month, which = _month_number(match["month"]), group(match, "which")
    if match["year"]:
        return of_month(int(match["year"]), month)
    if day is None:
        return Period(f"XXXX-{month:02}")
    year = day.year
    if _forward(which, ahead):
        year += month < day.month or (which == "next" and month == day.month)
    elif month > day.month or (which in ("last", "past") and month == day.month):
        year -= 1
    return of_month(year, month)


def _season(match: re.Match[str], day: dt.date | None, ahead: bool) -> Period | None:
    season, which = SEASONS[group(match, "season")], group(match, "which")
    if match.groupdict().get("year"):
        return of_season(int(match["year"]), season)
    if day is None:
        return Period(f"XXXX-{season}")
    year = day.year
    this = of_season(year, season)
    assert this.first is not None
    if _forward(which, ahead) and which != "this":
        year += this.first <= day
    elif which in ("last", "past", "previous"):
        year -= this.last is None or this.last >= day
    return of_season(year, season)


def _quarter(match: re.Match[str], day: dt.date | None, ahead: bool) -> Period | None:  # noqa: ARG001
    quarter = int(match.groupdict().get("quarter") or ORDINALS[group(match, "ordinal")])
    if match["year"]:
        return of_quarter(int(match["year"]), quarter)
    return (
        Period(f"XXXX-Q{quarter}")
        if day is None
        else of_quarter(day.year - (3 * quarter - 2 > day.month), quarter)
    )


def _weekday(match: re.Match[str], day: dt.date | None, ahead: bool) -> Period | None:
    if day is None:
        return Period("XXXX-XX-XX")
    wanted, which = [d.lower() for d in DAYS].index(group(match, "weekday")), group(match, "which")
    back = (day.weekday() - wanted) % 7
    if which in ("last", "past", "this past", "previous") and back == 0:
        back = 7
    if _forward(which, ahead):
        return of_day(day + dt.timedelta(days=(7 - back) % 7 or 7))
    return of_day(day - dt.timedelta(days=back))


def _near(match: re.Match[str], day: dt.date | None, ahead: bool) -> Period | None:  # noqa: ARG001
    if day is None:
        return Period("XXXX-XX-XX")
    shift = {"yesterday": -1, "last night": -1, "tomorrow": 1, "the day before yesterday": -2}
    return of_day(day + dt.timedelta(days=shift.get(group(match, "near"), 0)))


_UNKNOWN = {
    "day": "XXXX-XX-XX",
    "week": "XXXX-WXX",
    "weekend": "XXXX-WXX",
    "month": "XXXX-XX",
    "quarter": "XXXX",
    "year": "XXXX",
}
_CODES = {
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


def _ago(match: re.Match[str], day: dt.date | None, ahead: bool) -> Period | None:  # noqa: ARG001
    count, unit, side = _count(match), group(match, "unit"), group(match, "side")
    if side in ("earlier", "later"):
        return Period("PAST_REF" if side == "earlier" else "FUTURE_REF")
    sign = -1 if side == "ago" else 1
    if count is None or day is None:
        return Period("PAST_REF" if sign < 0 else "FUTURE_REF")
    return _shifted(day, unit, sign * count)


def _shifted(day: dt.date, unit: str, count: int) -> Period | None:
    """Return the unit of time that lies so many units from ``day``."""
    try:
        if unit == "day":
            return of_day(day + dt.timedelta(days=count))
        if unit == "week":
            return of_week(day + dt.timedelta(weeks=count))
        if unit == "month":
            first = plus_months(day, count)
            return of_month(first.year, first.month)
        if unit == "quarter":
            first = plus_months(day, 3 * count)
            return of_quarter(first.year, (first.month + 2) // 3)
        if unit in ("year", "decade"):
            return of_year(day.year + count) if unit == "year" else of_decade(day.year + 10 * count)
    except (ValueError, OverflowError):
        return None
    return of_day(day) if unit in ("hour", "minute") else None


def _span(match: re.Match[str], day: dt.date | None, ahead: bool) -> Period | None:  # noqa: ARG001
    which, unit, count = group(match, "which"), group(match, "unit").removesuffix("s"), _count(match)
    past = which in ("last", "past", "recent", "previous")
    if count is None or day is None:
        return Period("PAST_REF" if past else "FUTURE_REF")
    value = _CODES[unit].format(count)
    edge = _shifted(day, unit, -count if past else count)
    if edge is None or edge.first is None or unit in ("hour", "minute"):
        return Period(value, day, day)
    return Period(value, edge.first, day) if past else Period(value, day, edge.last)


def _unit(match: re.Match[str], day: dt.date | None, ahead: bool) -> Period | None:  # noqa: ARG001
    which, unit = group(match, "which"), group(match, "unit")
    if unit == "century":
        return None
    if day is None:
        return Period(_UNKNOWN.get(unit, "PAST_REF"))
    if unit == "weekend":
        weeks = 1 if which in ("next", "coming") else (-1 if which in ("last", "past", "previous") else 0)
        return of_weekend(day + dt.timedelta(weeks=weeks))
    if which == "past" or (which == "last" and unit == "decade"):
        edge = _shifted(day, unit, -1)
        return Period(_CODES[unit].format(1), edge.first, day) if edge is not None else None
    if which in ("last", "previous", "the previous", "this past"):
        return _shifted(day, unit, -1)
    if which in ("next", "coming", "the following"):
        return _shifted(day, unit, 1)
    return _shifted(day, unit, 0)


def _set(match: re.Match[str], day: dt.date | None, ahead: bool) -> Period | None:  # noqa: ARG001
    each = group(match, "each")
    daily = {
        "daily": "P1D",
        "weekly": "P1W",
        "monthly": "P1M",
        "quarterly": "P1Q",
        "annually": "P1Y",
        "yearly": "P1Y",
    }
    if not each:
        return Period(daily[group(match, "daily")])
    if each in _CODES:
        return Period(_CODES[each].format(1))
    return Period("P1D" if each in ("morning", "night") else "P1W")


def _duration(match: re.Match[str], day: dt.date | None, ahead: bool) -> Period | None:  # noqa: ARG001
    count = _count(match)
    return Period(_CODES[group(match, "unit")].format(count if count is not None else "X"))


def _decade(match: re.Match[str], day: dt.date | None, ahead: bool) -> Period | None:  # noqa: ARG001
    return of_decade(int(match["decade"]))


def _year(match: re.Match[str], day: dt.date | None, ahead: bool) -> Period | None:  # noqa: ARG001
    return of_year(int(match["year"]))


def _vague(match: re.Match[str], day: dt.date | None, ahead: bool) -> Period | None:  # noqa: ARG001
    words = group(match, "vague")
    return Period(
        {"recently": "PAST_REF", "in the past": "PAST_REF", "in the future": "FUTURE_REF"}.get(
            words, "PRESENT_REF"
        )
    )


RESOLVERS: dict[str, Callable[[re.Match[str], dt.date | None, bool], Period | None]] = {
    "iso": _iso,
    "date": _date,
    "month": _month,
    "season": _season,
    "quarter": _quarter,
    "weekday": _weekday,
    "near": _near,
    "ago": _ago,
    "span": _span,
    "unit": _unit,
    "set": _set,
    "duration": _duration,
    "decade": _decade,
    "year": _year,
    "vague": _vague,
}
