"""Which format a client gets."""

from __future__ import annotations

import zlib

import pytest
import zstandard

from server.compression import coding_for, compress, compressor
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


@pytest.mark.parametrize(
    ("accepted", "coding"),
    [
        (None, None),
        ("", None),
        ("identity", None),
        ("gzip, deflate, br, zstd", "zstd"),
        ("gzip, deflate, br", "gzip"),
        ("gzip;q=1.0, zstd;q=0.5", "gzip"),
        ("gzip;q=0.2, zstd;q=0.3, identity;q=1", None),
        ("zstd;q=0, *", "gzip"),
        ("*;q=0.1", "zstd"),
        ("gzip;q=0, zstd;q=0", None),
        ("*;q=0", None),
        ("GZIP", "gzip"),
        ("br", None),
    ],
)
def test_the_coding_that_the_client_likes_best(accepted: str | None, coding: str | None) -> None:
    assert coding_for(accepted) == coding


def test_what_is_compressed_can_be_had_back() -> None:
    pieces = [b"x" * 5000, b"y" * 70_000, b"", b"z"]
    for coding in ("zstd", "gzip"):
        by_pieces, _ = compressor(coding)
        streamed = b"".join([*map(by_pieces.compress, pieces), by_pieces.flush()])
        for squeezed in (streamed, compress(b"".join(pieces), coding)):
            back = (
                zstandard.ZstdDecompressor().decompressobj() if coding == "zstd" else zlib.decompressobj(31)
            )
            assert back.decompress(squeezed) == b"".join(pieces)
            assert len(squeezed) < 1000
