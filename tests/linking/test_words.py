"""Weights of words add up alike in whatever order sets give them."""

from __future__ import annotations

import itertools

from kg.linking.words import stems, total, weight

WORDS = stems("minister of fisheries in a Ruritanian government that harbours a port authority")


def test_the_total_does_not_depend_on_the_order() -> None:
    orders = list(itertools.islice(itertools.permutations(WORDS), 500))
    assert len({sum(map(weight, order)) for order in orders}) > 1  # so this is no wonder
    assert len({total(order) for order in orders}) == 1
