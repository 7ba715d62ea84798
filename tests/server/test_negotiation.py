"""Which format a client gets."""

from __future__ import annotations

import pytest

from server.negotiation import GRAPHS, ROWS, choose


@pytest.mark.parametrize(
    ("accept", "chosen"),
    [
        (None, "application/sparql-results+json"),
        ("", "application/sparql-results+json"),
        ("*/*", "application/sparql-results+json"),
        ("text/csv", "text/csv"),
        ("TEXT/CSV", "text/csv"),
        ("text/*;q=0.5, application/sparql-results+xml;q=0.9", "application/sparql-results+xml"),
        ("text/tab-separated-values, text/csv;q=0.9", "text/tab-separated-values"),
        ("text/html, */*;q=0.1", "application/sparql-results+json"),
        ("application/sparql-results+json;q=0, */*", "application/json"),
        ("image/png", None),
        ("text/csv;q=0", None),
        ("text/csv;q=much", None),
    ],
)
def test_the_highest_quality_wins_then_our_own_order(accept: str | None, chosen: str | None) -> None:
    assert choose(accept, ROWS) == chosen


def test_graphs_are_turtle_unless_asked_otherwise() -> None:
    assert choose(None, GRAPHS) == "text/turtle"
    assert choose("application/rdf+xml, text/turtle;q=0.2", GRAPHS) == "application/rdf+xml"
