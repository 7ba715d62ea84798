"""Tests of ``kg.text.spans``, which compare its results with those of sets of characters."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from kg.records import Span
from kg.text.spans import matched, merged, overlap, shared, size

SPAN = st.tuples(st.integers(0, 30), st.integers(1, 10)).map(lambda pair: (pair[0], pair[0] + pair[1]))
SPANS = st.lists(SPAN, max_size=5)


def characters(spans: list[Span]) -> set[int]:
    return {place for start, end in spans for place in range(start, end)}


@given(SPANS)
def test_merged_spans_cover_the_same_characters_once(spans: list[Span]) -> None:
    result = merged(spans)
    assert characters(list(result)) == characters(spans)
    assert size(result) == len(characters(spans))
    assert all(before[1] < after[0] for before, after in pairwise(result))


@given(SPANS, SPANS)
def test_shared_and_overlap_count_characters(one: list[Span], other: list[Span]) -> None:
    both, either = characters(one) & characters(other), characters(one) | characters(other)
    assert shared(merged(one), merged(other)) == len(both)
    assert overlap(merged(one), merged(other)) == (len(both) / len(either) if both else 0)


def test_matched_pairs_the_best_overlap_first() -> None:
    gold = [merged([(0, 10)]), merged([(10, 20)])]
    found = [merged([(5, 15)]), merged([(0, 12)]), merged([(30, 40)])]
    assert matched(gold, found) == [(0, 1), (1, 0)]
    assert matched(gold, found, 0.5) == [(0, 1)]
    assert matched(gold, [()]) == []
