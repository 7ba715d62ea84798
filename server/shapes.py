"""What is known of queries of one shape, which is their text but for its digits.

Most clients ask the same few queries with other numbers in them. What those before have cost tells what the
next will.
"""

from __future__ import annotations

from collections import OrderedDict

from server.lexer import is_volatile, uses

_SMALL = 0.001
"""Seconds of a processor that queries of a shape take on average if the next is expected to be small."""

_TINY = 0.0003
"""Seconds below which it matters how long it takes to look at a clock."""

DOUBTFUL = 0.004
"""Seconds by the clock on the wall beyond which others may have had the processor. The next one is then
looked at more closely."""

_LONG = 0.01
"""Seconds after which one was not small, whatever the others are: for so long, others have to wait."""

_QUICK = 0.05
"""Seconds that queries of a shape take on average, at most, that are not known to be slow."""

_DETOUR = 0.0002
"""Seconds that it takes to have another process answer."""

_WEIGHT = 8
"""So many of the last ones make the average, more or less."""

_LONGEST_MEMORY = 5_000
_SHAPES = 5_000
_LONGEST = 10_000
"""Characters of a query whose shape is remembered."""

_ZEROS = bytes.maketrans(b"123456789", b"000000000")


class Shape:
    """What is known of the queries of a shape."""

    __slots__ = ("_away", "_mean", "calls", "volatile")

    def __init__(self, query: str) -> None:
        self.calls = uses(query, "SERVICE")  # whether another endpoint could be called
        self.volatile = is_volatile(query)  # whether the answer could be another next time
        self._mean = 1.4 * _SMALL  # three that cost nothing, and it is small
        self._away = 0  # so many have to go elsewhere

    @property
    def is_small(self) -> bool:
        """Whether the next is expected to be small."""
        return self._mean < _SMALL and not self._away

    @property
    def is_tiny(self) -> bool:
        """Whether the last ones have taken next to no time."""
        return self._mean < _TINY

    @property
    def may_be_quick(self) -> bool:
        """Whether it is worth trying to answer the next at once, where others have to wait."""
        return self._mean < _QUICK

    def learn(self, seconds: float) -> None:
        """Take note of what a query has cost, or would have until it was given up.

        Args:
            seconds: of a processor, so that a machine with much to do does not make queries seem large.
        """
        self._mean += (seconds - self._mean) / _WEIGHT
        if seconds > _LONG:
            # As many go elsewhere as cost together what this one has.
            self._away = min(int(seconds / _DETOUR) + _WEIGHT, _LONGEST_MEMORY)
        elif self._away:
            self._away -= 1


class Shapes:
    """The shapes of the queries of late."""

    def __init__(self) -> None:
        self._shapes: OrderedDict[bytes, Shape] = OrderedDict()

    def of(self, query: str) -> Shape:
        """Return what is known of queries like this."""
        if len(query) > _LONGEST:
            return Shape(query)
        key = _without_numbers(query)
        shape = self._shapes.get(key)
        if shape is None:
            shape = self._shapes[key] = Shape(query)
            if len(self._shapes) > _SHAPES:
                self._shapes.popitem(last=False)
        else:
            self._shapes.move_to_end(key)
        return shape


def _without_numbers(query: str) -> bytes:
    """The query with 0 in place of numbers; those of more than 16 digits become a few of them."""
    text = query.encode("utf-8", "surrogatepass")
    if b"\\" in text:
        return text  # digits of an escape may stand for letters
    text = text.translate(_ZEROS)
    for _ in range(4):
        text = text.replace(b"00", b"0")
    return text
