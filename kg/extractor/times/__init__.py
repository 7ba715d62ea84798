"""Time expressions and their values, relative to the day of publication, never to the present day.

    text -> anchors -> patterns -> expressions -> resolve -> ranges

``anchors`` finds the words that expressions contain, ``patterns`` matches around them, ``ambiguous`` rejects
what only looks like a time, ``resolve`` (with ``dated`` and ``relative``) returns the period, and ``ranges``
applies the words around: "since", "from ... to". These are own rules, because general date parsers mostly
take durations and ages for dates.
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
        text: the text of the article.
        marked: spans that the tagger of the language model labels as dates or times.
        day: the day of publication. If it is None, relative times stay unresolved.
        future: returns True if the clause of a span is about the future; "on Monday" is then the next one.
    """
    return tuple(
        Time(
            expression.start,
            expression.end,
            " ".join(text[expression.start : expression.end].split()),
            expression.period.value,
            expression.period.first,
            expression.period.last,
        )
        for expression in joined(text, expressions(text, marked, day, future), day)
    )
