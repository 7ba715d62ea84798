"""Times as written, and what they come to relative to the day of publication, never to today.

    text --expressions--> phrases --resolve--> values and intervals

Own rules: a general date parser, asked about what is left of the stretches that the tagger marks, mostly
takes
lengths of time and ages for dates.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Sequence

from kg.extractor.times.expressions import expressions
from kg.extractor.times.periods import Period
from kg.records import Span, Time

Future = Callable[[Span], bool]

_BOUND = re.compile(
    r"\b(since|until|till|by|before|after|from|through)\s+(?:the\s+|about\s+|around\s+)?$", re.IGNORECASE
)


def find_times(
    text: str, marked: Sequence[Span], day: dt.date | None, future: Future | None = None
) -> tuple[Time, ...]:
    """Return the times of an article in text order; none overlaps another.

    Args:
        text: the article.
        marked: spans that the tagger of the language model takes for dates or times.
        day: the day of publication, or None: then relative times stay unresolved.
        future: tells of a span whether its clause speaks of the future; "on Monday" is then the next one.
    """
    found: list[Time] = []
    for start, end, period in expressions(text, marked, day, future):
        if found and start < found[-1].end:
            continue
        found.append(_bounded(text, start, end, period))
    return tuple(found)


def _bounded(text: str, start: int, end: int, period: Period) -> Time:
    """Return the time with what stands before it taken in: "since June" has a first day and no last."""
    first, last = period.first, period.last
    bound = _BOUND.search(text, max(0, start - 16), start)
    word = bound.group(1).lower() if bound is not None else ""
    if word in ("since", "from"):
        last = None
    elif word == "after":
        first, last = (last + dt.timedelta(days=1) if last is not None else None), None
    elif word in ("until", "till", "by", "through"):
        first = None
    elif word == "before":
        first, last = None, (first - dt.timedelta(days=1) if first is not None else None)
    return Time(start, end, " ".join(text[start:end].split()), period.value, first, last)
