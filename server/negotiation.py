"""Content negotiation: which of the formats at hand the client likes best (RFC 9110, section 12.5.1)."""

from __future__ import annotations

from collections.abc import Mapping

ROWS = {
    "application/sparql-results+json": "json",
    "application/json": "json",
    "application/sparql-results+xml": "xml",
    "application/xml": "xml",
    "text/csv": "csv",
    "text/tab-separated-values": "tsv",
}
GRAPHS = {
    "text/turtle": "turtle",
    "application/n-triples": "ntriples",
    "application/ld+json": "jsonld",
    "application/rdf+xml": "rdfxml",
}
"""Media types and the names of their formats, the preferred first."""


def choose(accept: str | None, offered: Mapping[str, str]) -> str | None:
    """Return the media type of ``offered`` that the Accept header ranks highest; None if it excludes them
    all.

    Args:
        accept: the header's value; None or empty accepts anything.
        offered: media types, in the order in which to prefer them where the client has no preference.
    """
    if not accept or not accept.strip():
        return next(iter(offered))
    ranges = [_parsed(part) for part in accept.split(",") if part.strip()]
    ranked = {media_type: _quality(media_type, ranges) for media_type in offered}
    best = max(ranked, key=lambda media_type: ranked[media_type])  # max keeps the first of equals
    return best if ranked[best] > 0 else None


def _parsed(part: str) -> tuple[str, float]:
    media_range, *parameters = (piece.strip().lower() for piece in part.split(";"))
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip() == "q":
            try:
                return media_range, max(0.0, min(1.0, float(value)))
            except ValueError:
                return media_range, 0.0
    return media_range, 1.0


def _quality(media_type: str, ranges: list[tuple[str, float]]) -> float:
    """Return the quality that the most specific matching range gives to a media type."""
    kind = media_type.split("/")[0]
    for wanted in (media_type, f"{kind}/*", "*/*"):
        values = [quality for media_range, quality in ranges if media_range == wanted]
        if values:
            return max(values)
    return 0.0
