"""Times of a text as rows for tables of cases."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence

from kg.extractor.times import find_times
from kg.records import Span

DAY = dt.date(2023, 7, 4)  # a Tuesday

Row = tuple[str, str | None, str]
"""Words, TIMEX3 value, and days such as "2023-06-01..2023-06-30", with nothing for an open end."""


def rows(
    text: str,
    day: dt.date | None = DAY,
    marked: Sequence[Span] = (),
    future: Callable[[Span], bool] | None = None,
) -> list[Row]:
    found = find_times(text, marked, day, future)
    return [(time.text, time.value, _days(time.earliest, time.latest)) for time in found]


def _days(earliest: dt.date | None, latest: dt.date | None) -> str:
    if earliest is None and latest is None:
        return ""
    if earliest == latest:
        return str(earliest)
    return f"{earliest or ''}..{latest or ''}"
