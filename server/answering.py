"""A query evaluated and written by the engine, in one thread: an answer that moves to another ends the
process.

Runs in the processes for queries, and for small ones within the process that speaks HTTP.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NamedTuple, Protocol

import pyoxigraph as ox

from kg.errors import QueryError
from kg.query.sparql_error import syntax_error
from kg.rdf.formats import GRAPH_FORMATS, ROW_FORMATS
from kg.rdf.prefixes import prefixes
from server.lexer import names_dataset
from server.negotiation import format_for
from server.protocol import Asked

_UNKNOWN_FUNCTION = re.compile(r"The custom function <(.*)> is not supported")

_UNION = {"use_default_graph_as_union": True}

Functions = dict[ox.NamedNode, Callable[..., ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple | None]]
Found = ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples


class Job(NamedTuple):
    """A query, and how the client wants its answer."""

    asked: Asked
    accept: str | None = None

    def plain(self) -> tuple[tuple[Any, ...], str | None]:
        """Return what it says as a value that is soon written and read."""
        return tuple(self.asked), self.accept

    @classmethod
    def of(cls, plain: tuple[tuple[Any, ...], str | None]) -> Job:
        """Return it as it was before :meth:`plain`."""
        return cls(Asked(*plain[0]), plain[1])


@dataclass(frozen=True, slots=True)
class Source:
    """Where answers come from."""

    engine: ox.Store
    base: str
    union: bool  # whether the default graph is the union of all graphs unless the request names one
    in_memory: bool = True
    rewrite: Callable[[str], str] | None = None  # how to write a query that has SERVICE


class Output(Protocol):
    """Takes the pieces of an answer."""

    def write(self, piece: bytes) -> int:
        """Take the next piece and return its length; what this raises ends the query."""

    def flush(self) -> None:
        """Nothing more comes."""


def answer(source: Source, job: Job, begin: Callable[[str], Output]) -> None:
    """Evaluate a query and write what it finds.

    Args:
        source: what is asked.
        job: what to ask, and in which format to write.
        begin: called once, with the media type; gives what to write to.

    Raises:
        QueryError: it does not parse, or cannot be evaluated.
        Refusal: no format fits what the client accepts.
    """
    try:
        found = evaluate(source, job.asked)
        graph = isinstance(found, ox.QueryTriples)
        media_type, name = format_for(job.accept, job.asked.wanted, graph)
        output = begin(media_type)
        known = GRAPH_FORMATS[name] if graph else ROW_FORMATS[name]
        found.serialize(output, known.engine)  # type: ignore[arg-type]
    except (RuntimeError, ValueError) as error:
        raise QueryError(f"the query cannot be evaluated: {error}") from error


def evaluate(source: Source, asked: Asked) -> Found:
    """Return what the engine finds. It must be used by the thread that calls this.

    Raises:
        QueryError: it does not parse.
        RuntimeError: it cannot be evaluated.
    """
    try:
        return _found(source, asked, {})
    except SyntaxError:
        # Most queries declare what they use; to hand over all prefixes costs as much as a small query.
        known = prefixes(source.base)
    try:
        return _found(source, asked, known)
    except SyntaxError as error:
        raise syntax_error(asked.query, str(error), known, source.base) from error


def _found(source: Source, asked: Asked, known: dict[str, str]) -> Found:
    """What the engine finds. It refuses a query with a function that it does not know, but by SPARQL 1.1,
    section 17.6, such a call is an error within its expression, and the rest of the query goes on."""
    unknown: Functions = {}
    query = source.rewrite(asked.query) if source.rewrite else asked.query
    dataset = _dataset(source, asked)
    while True:
        try:
            return source.engine.query(
                query, base_iri=source.base, prefixes=known, custom_functions=unknown, **dataset
            )
        except RuntimeError as error:
            said = _UNKNOWN_FUNCTION.fullmatch(str(error))
            if said is None or ox.NamedNode(said[1]) in unknown:
                raise
            unknown[ox.NamedNode(said[1])] = _no_value


def _no_value(*_arguments: object) -> None:
    return None


def _dataset(source: Source, asked: Asked) -> dict[str, Any]:
    """What the engine is told of the dataset."""
    if asked.default_graphs or asked.named_graphs:
        return {
            "default_graph": [ox.NamedNode(iri) for iri in asked.default_graphs],
            "named_graphs": [ox.NamedNode(iri) for iri in asked.named_graphs],
        }
    union = source.union and not asked.unnamed and not names_dataset(asked.query)
    return _UNION if union else {}
