"""A matched time expression: the groups of its pattern, the day of publication, and where to look."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Direction = Literal["past", "future", "nearest"]
"""Where to look for a day or month that recurs, such as "Friday" or "June".

It is before the day of publication, after it ("will meet on Friday"), or nearest to it ("until June").
"""


@dataclass(frozen=True, slots=True)
class Phrase:
    """The groups of a match, in lower case, with single spaces and straight apostrophes."""

    groups: Mapping[str, str]
    day: dt.date | None
    direction: Direction

    def get(self, name: str) -> str:
        """Return a group, or "" if the pattern does not have it or it did not match."""
        return self.groups.get(name, "")

    @property
    def unit(self) -> str:
        """Return the unit of time, in the singular."""
        unit = self.get("unit")
        return "century" if unit.startswith("centur") else unit.removesuffix("s")

    @property
    def year(self) -> int | None:
        """Return the year as written, or relative to the day of publication ("of last year"), or None."""
        if self.get("year"):
            return int(self.get("year"))
        if self.get("of") and self.day is not None:
            return self.day.year + {"last": -1, "next": 1}.get(self.get("of"), 0)
        return None

    @property
    def sense(self) -> Literal["last", "this", "next", ""]:
        """Return the meaning of "which": "coming" is next, "previous" is last."""
        which = self.get("which")
        if which in ("next", "coming", "this coming"):
            return "next"
        if which in ("last", "past", "this past", "previous"):
            return "last"
        return "this" if which == "this" else ""
