"""What is known of queries of one shape, which is their text but for its digits.

Most clients ask the same few queries with other numbers in them. What those before have cost tells what the
next will.
"""

from __future__ import annotations

import re
from collections import OrderedDict

from server.lexer import is_volatile, uses

SMALL = 0.002
"""Seconds of a processor that queries of a shape may have taken, each of the last ones, to be expected to be
small."""

_DETOUR = 0.0002
"""Seconds that it takes to have another process answer."""

_TIMES = 3
_LONGEST_MEMORY = 100
_SHAPES = 5_000
_LONGEST = 10_000
"""Characters of a query whose shape is remembered."""

_DIGITS = re.compile(r"[0-9]+")


class Shape:
    """What is known of the queries of a shape."""

    __slots__ = ("_run", "calls", "volatile")

    def __init__(self, query: str) -> None:
        self.calls = uses(query, "SERVICE")  # whether another endpoint could be called
        self.volatile = is_volatile(query)  # whether the answer could be another next time
        self._run = 0  # so many of the last were small; below 0: so many must go elsewhere now

    @property
    def is_small(self) -> bool:
        """Whether the next is expected to be small."""
        return self._run >= _TIMES

    def learn(self, seconds: float, size: int, largest: int) -> None:
        """Take note of what a query has cost.

        Args:
            seconds: of a processor, so that a machine with much to do does not make queries seem large.
            size: bytes of its answer.
            largest: bytes that a small answer may have.
        """
        if seconds < SMALL and size < largest:
            self._run = min(self._run + 1, _TIMES)
        else:
            # As many go elsewhere as cost together what this one has.
            self._run = -min(int(seconds / _DETOUR), _LONGEST_MEMORY)


class Shapes:
    """The shapes of the queries of late."""

    def __init__(self) -> None:
        self._shapes: OrderedDict[str, Shape] = OrderedDict()

    def of(self, query: str) -> Shape:
        """Return what is known of queries like this."""
        if len(query) > _LONGEST:
            return Shape(query)
        # With an escape, digits may stand for letters.
        key = query if "\\" in query else _DIGITS.sub("0", query)
        shape = self._shapes.get(key)
        if shape is None:
            shape = self._shapes[key] = Shape(query)
            if len(self._shapes) > _SHAPES:
                self._shapes.popitem(last=False)
        else:
            self._shapes.move_to_end(key)
        return shape
