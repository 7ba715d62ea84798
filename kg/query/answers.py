"""Evaluates SPARQL over a store and writes answers in every format that fits the form of the query.

An answer of the engine belongs to the thread that evaluated the query. Another thread must not read it:
Oxigraph ends the process.
"""

from __future__ import annotations

import contextlib
import datetime as dt
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import IO, Any

import pyoxigraph as ox

from kg.errors import QueryError, UsageError
from kg.export import WRITERS, of_triples
from kg.query.sparql_error import syntax_error
from kg.rdf.formats import ROW_FORMATS, TRIPLE_FORMATS
from kg.rdf.prefixes import prefixes
from kg.rdf.vocab import XSD
from kg.store.local import Store

Value = str | int | float | bool | Decimal | dt.date | dt.datetime

_XSD = XSD.namespace


class Answer:
    """The answer of a query. It can be read once: by iterating, or by :meth:`write`.

    Iterating gives, for SELECT, a dict of plain Python values by variable name (None where unbound); for
    CONSTRUCT and DESCRIBE, Oxigraph's triples. For ASK, use ``bool(answer)``.
    """

    def __init__(self, results: ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples, base: str) -> None:
        self.results = results
        self._base = base

    @property
    def variables(self) -> list[str]:
        """The names of the columns; empty unless the query is a SELECT."""
        return (
            [v.value for v in self.results.variables] if isinstance(self.results, ox.QuerySolutions) else []
        )

    @property
    def formats(self) -> tuple[str, ...]:
        """The names of the formats that fit the form of the query."""
        return TRIPLE_FORMATS if isinstance(self.results, ox.QueryTriples) else tuple(ROW_FORMATS)

    def __bool__(self) -> bool:
        if not isinstance(self.results, ox.QueryBoolean):
            raise UsageError("bool() is for the answer of an ASK query; iterate over this one")
        return bool(self.results)

    def terms(self) -> Iterator[dict[str, ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple | None]]:
        """Yield the rows of a SELECT as RDF terms.

        Raises:
            QueryError: the engine cannot evaluate the query.
        """
        if not isinstance(self.results, ox.QuerySolutions):
            raise UsageError("only the answer of a SELECT query has rows")
        names = self.variables
        with _evaluation():
            for solution in self.results:
                yield dict(zip(names, solution, strict=True))

    def __iter__(self) -> Iterator[Any]:
        if isinstance(self.results, ox.QueryTriples):
            with _evaluation():
                yield from self.results
        else:
            for row in self.terms():
                yield {name: None if term is None else plain(term) for name, term in row.items()}

    def write(self, format_name: str, output: IO[bytes]) -> None:
        """Write the answer in one of its :attr:`formats`. Rows are streamed, graphs are sorted.

        Raises:
            UsageError: the format does not fit this form of query.
            QueryError: the engine cannot evaluate the query.
        """
        if format_name not in self.formats:
            raise UsageError(
                f"format: {format_name!r} does not fit {self.form}; these do: {', '.join(self.formats)}"
            )
        with _evaluation():
            if isinstance(self.results, ox.QueryTriples):
                sections = of_triples(self.results, self._base)
                for piece in WRITERS[format_name](sections, prefixes(self._base), self._base):
                    output.write(piece.encode("utf-8"))
            else:
                self.results.serialize(output, ROW_FORMATS[format_name].engine)
                if format_name in ("json", "xml") or isinstance(self.results, ox.QueryBoolean):
                    output.write(b"\n")  # the engine ends the lines of rows only

    @property
    def form(self) -> str:
        """The form of the query, in words."""
        if isinstance(self.results, ox.QuerySolutions):
            return "a SELECT query"
        return (
            "an ASK query" if isinstance(self.results, ox.QueryBoolean) else "a CONSTRUCT or DESCRIBE query"
        )


def ask(store: Store, text: str) -> Answer:
    """Evaluate a SPARQL query over the union of all graphs.

    Args:
        store: the store to query.
        text: the query; the prefixes of :func:`kg.rdf.prefixes.prefixes` need not be declared.

    Raises:
        QueryError: the text does not parse (with line and column), is an update, or cannot be evaluated.
    """
    try:
        with _evaluation():
            return Answer(store.query(text), store.base)
    except SyntaxError as error:
        raise syntax_error(text, str(error), prefixes(store.base), store.base) from error


def plain(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> Value:
    """Return the Python value of a term: str for IRIs and texts, and numbers, booleans and dates."""
    if not isinstance(term, ox.Literal):
        return term.value if isinstance(term, ox.NamedNode) else str(term)
    convert = _CONVERT.get(term.datatype.value, str)
    try:
        return convert(term.value)
    except (ValueError, ArithmeticError):
        return term.value


_CONVERT: dict[str, Callable[[str], Value]] = {
    _XSD + "integer": int,
    _XSD + "decimal": Decimal,
    _XSD + "double": float,
    _XSD + "float": float,
    _XSD + "boolean": lambda value: value in ("true", "1"),
    _XSD + "date": dt.date.fromisoformat,
    _XSD + "dateTime": dt.datetime.fromisoformat,
}


@contextlib.contextmanager
def _evaluation() -> Iterator[None]:
    """Turn errors that the engine raises during evaluation, such as an unknown function, into QueryError."""
    try:
        yield
    except RuntimeError as error:
        raise QueryError(f"the query cannot be evaluated: {error}") from error
