"""Stretches of text that may be discontinuous: lists of spans, and how far two of them agree."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from kg.records import Span

Spans = tuple[Span, ...]
"""Sorted spans that neither overlap nor touch."""


def merged(spans: Iterable[Span]) -> Spans:
    """Return the spans that cover the same characters, sorted and without overlap."""
    result: list[Span] = []
    for start, end in sorted(spans):
        if result and start <= result[-1][1]:
            result[-1] = (result[-1][0], max(result[-1][1], end))
        else:
            result.append((start, end))
    return tuple(result)


def size(spans: Spans) -> int:
    """The number of characters covered."""
    return sum(end - start for start, end in spans)


def shared(one: Spans, other: Spans) -> int:
    """The number of characters covered by both."""
    count = place = 0
    for start, end in one:
        while place < len(other) and other[place][1] <= start:
            place += 1
        for other_start, other_end in other[place:]:
            if other_start >= end:
                break
            count += min(end, other_end) - max(start, other_start)
    return count


def overlap(one: Spans, other: Spans) -> float:
    """Characters in both, as a part of the characters in either (Jaccard, IoU): 0 to 1."""
    both = shared(one, other)
    return both / (size(one) + size(other) - both) if both else 0.0


def matched(gold: Sequence[Spans], found: Sequence[Spans], least: float = 0.0) -> list[tuple[int, int]]:
    """Pair each gold stretch with at most one found one, the best overlap first.

    Args:
        gold: what should be found.
        found: what was found.
        least: the overlap that a pair must have; they always share a character.

    Returns:
        Pairs of places in ``gold`` and ``found``.
    """
    pairs = [
        (-overlap(right, left), i, j)
        for i, right in enumerate(gold)
        for j, left in enumerate(found)
        if right and left and right[0][0] < left[-1][1] and left[0][0] < right[-1][1]
    ]
    result: list[tuple[int, int]] = []
    taken_gold, taken_found = set(), set()
    for worse, i, j in sorted(pairs):
        if worse < 0 and -worse >= least and i not in taken_gold and j not in taken_found:
            taken_gold.add(i)
            taken_found.add(j)
            result.append((i, j))
    return result
