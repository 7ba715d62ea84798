"""Discontinuous stretches of text as sorted spans: merge them, measure their overlap, pair them."""

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
    """Return the number of characters that ``spans`` cover."""
    return sum(end - start for start, end in spans)


def shared(left: Spans, right: Spans) -> int:
    """Return the number of characters that both ``left`` and ``right`` cover."""
    count = index = 0
    for start, end in left:
        while index < len(right) and right[index][1] <= start:
            index += 1
        for other_start, other_end in right[index:]:
            if other_start >= end:
                break
            count += min(end, other_end) - max(start, other_start)
    return count


def overlap(left: Spans, right: Spans) -> float:
    """Return the intersection over union (Jaccard index) of the characters covered, from 0 to 1."""
    both = shared(left, right)
    return both / (size(left) + size(right) - both) if both else 0.0


def matched(gold: Sequence[Spans], predicted: Sequence[Spans], least: float = 0.0) -> list[tuple[int, int]]:
    """Pair each gold stretch with at most one predicted stretch, greedily by overlap, the best first.

    Args:
        gold: the annotated stretches.
        predicted: the stretches to compare with them.
        least: the least overlap of a pair. A pair shares at least one character whatever this is.

    Returns:
        Pairs of indexes into ``gold`` and ``predicted``.
    """
    pairs = [
        (-overlap(right, left), i, j)
        for i, right in enumerate(gold)
        for j, left in enumerate(predicted)
        if right and left and right[0][0] < left[-1][1] and left[0][0] < right[-1][1]
    ]
    result: list[tuple[int, int]] = []
    taken_gold, taken_predicted = set(), set()
    for negative_overlap, i, j in sorted(pairs):
        if not negative_overlap or -negative_overlap < least or i in taken_gold or j in taken_predicted:
            continue
        taken_gold.add(i)
        taken_predicted.add(j)
        result.append((i, j))
    return result
