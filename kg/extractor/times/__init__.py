"""Times as written, and what they come to relative to the day of publication, never to today.

    text --patterns--> expressions --resolve--> values and intervals --ranges--> with the words around them

Own rules: a general date parser, asked about what is left of the stretches that the tagger marks, mostly
takes lengths of time and ages for dates.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from kg.extractor.times.expressions import Future, expressions
from kg.extractor.times.ranges import joined
from kg.records import Span, Time


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
    return tuple(
        Time(
            one.start,
            one.end,
            " ".join(text[one.start : one.end].split()),
            one.period.value,
            one.period.first,
            one.period.last,
        )
        for one in joined(text, expressions(text, marked, day, future), day)
    )
