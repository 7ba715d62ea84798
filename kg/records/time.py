"""A time as the article writes it, and what it comes to."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Time:
    """A time expression.

    ``value`` is a TIMEX3 value (ISO-TimeML): ``2023-06``, ``2023-W27``, ``P2Y``, ``PAST_REF``; unresolved
    digits are X.
    ``earliest`` and ``latest`` are the first and last day, both inclusive, only where the text and the
    publication date
    determine them.
    """

    start: int
    end: int
    text: str
    value: str | None = None
    earliest: dt.date | None = None
    latest: dt.date | None = None
