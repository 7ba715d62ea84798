"""Parse dates of publication. An ambiguous date is None: a wrong date is worse than none."""

from __future__ import annotations

import datetime as dt
import re

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>\d{4})"
_WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s+)?"
_TIME = (
    r"(?:,?\s*(?:at\s+|[-–—|/]\s*)?(?P<hour>\d{1,2})[:.h](?P<minute>\d{2})(?::(?P<second>\d{2}))?"
    r"\s*(?P<half>[ap]\.?m\.?)?\s*\(?(?P<zone>z|[a-z]{2,5}|(?:gmt|utc)?[+-]\d{1,2}(?::?\d{2})?)?\)?)?"
)
_WRITTEN = tuple(
    re.compile(_WEEKDAY + date + _TIME, re.IGNORECASE)
    for date in (
        rf"{_DAY}\s+(?:of\s+)?{_MONTH},?\s+{_YEAR}",
        rf"{_MONTH}\s+{_DAY},?\s+{_YEAR}",
    )
)
_RFC_2822 = re.compile(
    r"(?:[a-z]{3}, *)?\d{1,2} [a-z]{3} \d{2,4} \d{2}:\d{2}(?::\d{2})? (?:[+-]\d{4}|[a-z]{1,4})", re.IGNORECASE
)
_OFFSET = re.compile(r"(?:gmt|utc)?([+-])(\d{1,2})(?::?(\d{2}))?", re.IGNORECASE)
_EARLIEST, _LATEST = 1600, 2199  # years; a date outside them stands for "unknown" (0001-01-01) or is an error
_EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)  # the value that many databases give for a missing time


def parse_date(value: object) -> dt.date | dt.datetime | None:
    """Return the date, or the date and time, that ``value`` holds; None if it holds none.

    Formats: ISO 8601, RFC 2822, dates with the name of the month ("4 July 2023", "July 4, 2023 10:15 am"),
    and seconds or milliseconds since 1970. A date of digits whose order is ambiguous (4/7/2023) gives None.
    The result is a ``datetime`` if ``value`` has a time of day, and has a time zone if ``value`` has an
    offset, GMT or UTC.
    """
    if isinstance(value, (int, float)):
        return _from_seconds(value)
    if not isinstance(value, str):
        return None
    text = value.strip()
    if len(text) > 60:
        return None
    date = _from_iso(text) or _from_words(text) or _from_rfc_2822(text)
    return date if date and _is_plausible(date) else None


def _is_plausible(date: dt.date | dt.datetime) -> bool:
    if not _EARLIEST <= date.year <= _LATEST:
        return False
    return not isinstance(date, dt.datetime) or date.replace(tzinfo=date.tzinfo or dt.UTC) != _EPOCH


def _from_iso(text: str) -> dt.date | dt.datetime | None:
    for parse in (dt.date.fromisoformat, dt.datetime.fromisoformat):
        try:
            return parse(text.replace("/", "-"))
        except ValueError:
            continue
    return None


def _from_rfc_2822(text: str) -> dt.datetime | None:
    if not _RFC_2822.fullmatch(text):
        return None
    from email.utils import parsedate_to_datetime

    try:
        return parsedate_to_datetime(text)
    except ValueError:
        return None


def _from_seconds(value: float) -> dt.datetime | None:
    # Seconds from 1973 on. A smaller number is a year, a day as yyyymmdd, or not a date.
    if 1e8 < value < 1e10:
        return dt.datetime.fromtimestamp(value, dt.UTC)
    return dt.datetime.fromtimestamp(value / 1000, dt.UTC) if 1e11 < value < 1e13 else None


def _from_words(text: str) -> dt.date | dt.datetime | None:
    match = next(filter(None, (pattern.fullmatch(text) for pattern in _WRITTEN)), None)
    if match is None:
        return None
    month = _MONTHS.index(match["month"][:3].lower()) + 1
    try:
        day = dt.date(int(match["year"]), month, int(match["day"]))
        return dt.datetime.combine(day, _time(match)) if match["hour"] else day
    except ValueError:  # 31 June, 25:00
        return None


def _time(match: re.Match[str]) -> dt.time:
    hour = int(match["hour"])
    if match["half"]:
        hour = hour % 12 + (12 if match["half"][0] in "pP" else 0)
    return dt.time(hour, int(match["minute"]), int(match["second"] or 0), tzinfo=_zone(match["zone"] or ""))


def _zone(name: str) -> dt.tzinfo | None:
    """Return the time zone of an offset, GMT or UTC; None for other names, which are ambiguous (IST)."""
    if name.lower() in ("z", "utc", "gmt"):
        return dt.UTC
    match = _OFFSET.fullmatch(name)
    if match is None:
        return None
    offset = dt.timedelta(hours=int(match[2]), minutes=int(match[3] or 0))
    return dt.timezone(-offset if match[1] == "-" else offset)
