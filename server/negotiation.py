"""Content negotiation: which of the formats at hand the client likes best (RFC 9110, section 12.5.1)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache

from kg.rdf.formats import GRAPH_FORMATS, ROW_FORMATS
from server.refusal import Refusal

ROWS = {media_type: known.name for known in ROW_FORMATS.values() for media_type in known.media_types}
GRAPHS = {media_type: known.name for known in GRAPH_FORMATS.values() for media_type in known.media_types}
"""Media types and the names of their formats, the preferred first."""


@lru_cache(maxsize=1000)
def _chosen(accept: str | None, wanted: str | None, graph: bool) -> tuple[str, str] | None:
    offered = GRAPHS if graph else ROWS
    if wanted is not None:
        return next(((kind, name) for kind, name in offered.items() if wanted in (name, kind)), None)
    kind = choose(accept, offered)
    return None if kind is None else (kind, offered[kind])


def format_for(accept: str | None, wanted: str | None, graph: bool) -> tuple[str, str]:
    """Return the media type and the name of the format in which to answer.

    Args:
        accept: the Accept header.
        wanted: what ``?format=`` says, which wins.
        graph: whether the answer is a graph (else rows, or yes and no).

    Raises:
        Refusal: 400 for a format that does not fit, 406 if the header excludes all.
    """
    chosen = _chosen(accept, wanted, graph)
    if chosen is not None:
        return chosen
    offered = GRAPHS if graph else ROWS
    if wanted is not None:
        known = ", ".join(dict.fromkeys(offered.values()))
        raise Refusal(400, f"format: {wanted!r} does not fit the query; these do: {known}")
    raise Refusal(406, f"Accept: nothing in it can be given; these can: {', '.join(offered)}")


def content_type(media_type: str) -> str:
    """Return the value of the header for a media type."""
    return f"{media_type}; charset=utf-8" if media_type.startswith("text/") else media_type


def choose(accept: str | None, offered: Iterable[str]) -> str | None:
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


@lru_cache(maxsize=1000)
def encodings(header: str | None) -> Mapping[str, float]:
    """Return the quality of each content coding that an Accept-Encoding header names, ``*`` among them."""
    return dict(_parsed(part) for part in (header or "").split(","))


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
