"""Time expressions and the dates that they denote."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Time:
    """A time expression.

    ``value`` is a TIMEX3 value (ISO-TimeML): ``2023-06``, ``2023-W27``, ``P2Y``, ``PAST_REF``. An unresolved
    digit is X. ``earliest`` and ``latest`` are the first and the last day, both inclusive; they are None if
    the text and the date of publication do not determine them.
    """

    start: int
    end: int
    text: str
    value: str | None = None
    earliest: dt.date | None = None
    latest: dt.date | None = None
