"""LOAD: documents are fetched from listed places, and the update is given their triples instead.

The process that writes calls nobody: neither can a slow document hold up the writes of others, nor is half of
it ever written.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple
from urllib.parse import urlsplit

import pyoxigraph as ox

from kg.errors import QueryError
from server.calling import Call, Called, call
from server.lexer import tokens, uses
from server.refusal import Refusal

_ACCEPT = "text/turtle, application/n-triples, application/rdf+xml;q=0.9, application/ld+json;q=0.8"


_NOTHING = "INSERT DATA {}"
"""What LOAD SILENT does if it cannot (SPARQL 1.1 Update, section 3.1.4)."""


class Load(NamedTuple):
    """A LOAD, and from where to where it stands in the update."""

    iri: str
    silent: bool
    graph: str  # as it is written; "" for the default graph
    start: int  # offset in code points
    end: int


def with_documents(update: str, places: tuple[str, ...], timeout: float, limit: int) -> str:
    """Return the update with INSERT DATA in place of each LOAD. It blocks until all documents are there.

    Args:
        update: SPARQL Update.
        places: what may be loaded: a document, or all below a place that ends with a slash.
        timeout: seconds for each document.
        limit: bytes of each document.

    Raises:
        QueryError: it has a LOAD that is not read here.
        Refusal: 403, it loads something else, or a document cannot be had or read, unless it says SILENT.
    """
    if not uses(update, "LOAD"):
        return update
    found = _loads(update)
    ends = [(0, 0), *((one.start, one.end) for one in found), (len(update), len(update))]
    rest = [update[before:after] for (_, before), (after, _) in pairwise(ends)]
    # What is left must have none: it could be one that only the engine sees.
    if not all(one.silent or is_listed(one.iri, places) for one in found) or uses(" ".join(rest), "LOAD"):
        _check_syntax(_NOTHING.join(rest))
        known = f"allowed are {', '.join(places)}" if places else "none is allowed here"
        reason = f"LOAD would call another machine: {known} (a prefix may not be called so, either)"
        raise Refusal(403, reason)
    pieces = [
        _inserted(one, Call(one.iri, timeout, limit, headers={"Accept": _ACCEPT}))
        if is_listed(one.iri, places)
        else _NOTHING
        for one in found
    ]
    return "".join(text for pair in zip(rest, [*pieces, ""], strict=True) for text in pair)


def _check_syntax(rest: str) -> None:
    """What does not parse is refused for that, and not for what it would do. The engine parses only what it
    also makes, so it is made where there is nothing.

    Raises:
        QueryError: it does not parse.
    """
    if uses(rest, "LOAD") or uses(rest, "SERVICE"):
        return
    try:
        ox.Store().update(rest, base_iri="http://localhost/")
    except SyntaxError as error:
        raise QueryError(f"the update does not parse: {error}") from error
    except (RuntimeError, ValueError):
        return  # as DROP of a graph that is not there


def is_listed(iri: str, places: tuple[str, ...]) -> bool:
    """Whether a document is one of ``places`` or below one of them."""
    path = urlsplit(iri).path.lower()
    if {".", ".."} & set(path.replace("%2e", ".").replace("%2f", "/").split("/")):
        return False  # it leads to somewhere else
    return any(iri == place or (place.endswith("/") and iri.startswith(place)) for place in places)


def _loads(update: str) -> list[Load]:
    words = [*tokens(update), ("symbol", ";", len(update))]
    return [_load(words, place) for place in _places(words)]


def _places(words: list[tuple[str, str, int]]) -> Iterator[int]:
    for place, (kind, text, _) in enumerate(words):
        if (
            kind == "word"
            and text.upper() == "LOAD"
            and (words[place + 1][0] in ("word", "prefix", "iri") or words[place + 1][1] == ";")
        ):
            yield place


def _load(words: list[tuple[str, str, int]], place: int) -> Load:
    start = words[place][2]
    end = next(place for place in range(place, len(words)) if words[place][1] == ";")
    operation = words[place + 1 : end]
    silent = bool(operation) and operation[0][1].upper() == "SILENT"
    kind, iri, _ = (*operation[silent:], ("", "", 0))[0]
    into = [text.upper() for _, text, _ in operation[silent + 1 : silent + 3]]
    # An IRI, or a prefix and the rest of a name.
    graph = "".join(
        text for kind, text, _ in operation[silent + 3 :] if kind in ("iri", "prefix", "word", "local")
    )
    if kind != "iri" or into not in ([], ["INTO", "GRAPH"]) or bool(into) != bool(graph):
        raise QueryError("LOAD takes an IRI in full, and INTO GRAPH with another")
    return Load(iri[1:-1], silent, graph, start, words[end][2])


def _inserted(load: Load, request: Call) -> str:
    into = f"CREATE SILENT GRAPH {load.graph} ; " if load.graph else ""
    try:
        triples = _triples(load.iri, call(request))
    except Refusal:
        if load.silent:
            return _NOTHING
        raise
    return f"{into}INSERT DATA {{ {f'GRAPH {load.graph} {{ {triples} }}' if load.graph else triples} }}"


def _triples(iri: str, called: Called) -> str:
    media_type = called.media_type.partition(";")[0].strip().lower()
    form = ox.RdfFormat.from_media_type(media_type)
    if form is None or (form.supports_datasets and form != ox.RdfFormat.JSON_LD):
        raise Refusal(502, f"{iri} answers {media_type or 'without Content-Type'}, which is no graph")
    try:
        quads = ox.parse(
            called.body, format=form, base_iri=iri, without_named_graphs=True, rename_blank_nodes=True
        )
        lines = ox.serialize((quad.triple for quad in quads), format=ox.RdfFormat.N_TRIPLES)
    except (SyntaxError, ValueError) as error:
        raise Refusal(502, f"{iri} answers what is not {media_type}: {error}") from error
    return (lines or b"").decode("utf-8")
