"""Resolves matches to periods: one resolver for each kind, with durations and repetitions."""

from __future__ import annotations

import datetime as dt
import re

from kg.extractor.times.dated import DATED, Resolver
from kg.extractor.times.periods import Period, part_of
from kg.extractor.times.phrase import Direction, Phrase
from kg.extractor.times.relative import CODES, RELATIVE, count_of, duration_value
from kg.extractor.times.words import SEASONS, number

_SETS = {"daily": "P1D", "weekly": "P1W", "monthly": "P1M", "quarterly": "P1Q"}
_SETS |= {"annually": "P1Y", "yearly": "P1Y"}
_EACH = dict.fromkeys(("morning", "evening", "night"), "day") | dict.fromkeys(SEASONS, "year")
"""Units in which the words after "every" recur; days of the week recur every week."""

_REFERENCES = {"future": "FUTURE_REF", "ahead": "FUTURE_REF", "come": "FUTURE_REF", "past": "PAST_REF"}
_REFERENCES |= {"recently": "PAST_REF", "lately": "PAST_REF"}


def resolve(kind: str, match: re.Match[str], day: dt.date | None, direction: Direction) -> Period | None:
    """Return the period of a match, or None if it is not a time (30 February, the range 2010-05)."""
    groups = {
        name: " ".join(value.lower().replace("’", "'").split())
        for name, value in match.groupdict().items()
        if value
    }
    try:
        period = RESOLVERS[kind](Phrase(groups, day, direction))
        part = groups.get("part", "").removesuffix(" of").removeprefix("the ")
        return part_of(period, part, day) if period is not None and part else period
    except (ValueError, OverflowError):  # outside of the years that a date can have
        return None


def repeated(phrase: Phrase) -> Period | None:
    """Return "every two years", "twice a week", "daily" as the duration between two times."""
    if phrase.get("daily"):
        return Period(_SETS[phrase.get("daily")])
    each, count = phrase.get("each"), phrase.get("count")
    many = 2 if count == "other" else number(count) if count else 1
    unit = each if each in CODES else _EACH.get(each, "week")
    return Period(duration_value(unit, many))


def duration(phrase: Phrase) -> Period | None:
    """Return "for three years" as a duration."""
    return Period(duration_value(phrase.unit, count_of(phrase)))


def vague(phrase: Phrase) -> Period | None:
    """Return "recently", "in the future", "now" as a reference to past, future or present."""
    return Period(_REFERENCES.get(phrase.get("vague").rpartition(" ")[2], "PRESENT_REF"))


RESOLVERS: dict[str, Resolver] = {
    **DATED,
    **RELATIVE,
    "set": repeated,
    "duration": duration,
    "vague": vague,
    "now": vague,
}
