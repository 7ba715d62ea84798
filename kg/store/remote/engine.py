"""The operations of the Oxigraph engine that this program uses, carried out by a server through SPARQL."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any

import pyoxigraph as ox

from kg.errors import StoreError
from kg.store.remote.protocol import ROWS, Protocol

Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.DefaultGraph

_MOST_GRAPHS = 1000
"""Most graphs that a request names. A server with more must offer the union as its default graph."""


class RemoteEngine:
    """A substitute for ``pyoxigraph.Store`` with the methods that this program calls."""

    def __init__(self, protocol: Protocol) -> None:
        self._protocol = protocol

    def rows(self, text: str) -> Iterator[Any]:
        """Yield the rows of a SELECT whose text names its graphs."""
        kind, answer = self._protocol.query(text)
        results = _results(kind, answer, self._protocol.address)
        assert isinstance(results, ox.QuerySolutions)
        return iter(results)

    def quads_for_pattern(
        self, subject: Term | None, predicate: Term | None, value: Term | None, graph: Term | None = None
    ) -> Iterator[ox.Quad]:
        """Yield the quads with the given terms; None matches any term."""
        given = {"s": subject, "p": predicate, "o": value}
        pattern = " ".join(str(term) if term is not None else f"?{name}" for name, term in given.items())
        open_names = [name for name, term in given.items() if term is None]
        inside = f"GRAPH {'?g' if graph is None else graph} {{ {pattern} }}"
        if isinstance(graph, ox.DefaultGraph):
            inside = f"{pattern} FILTER NOT EXISTS {{ GRAPH ?any {{ {pattern} }} }}"
        names = [*open_names, *(["g"] if graph is None else [])]
        if not names:
            if self.boolean(f"ASK {{ {inside} }}"):
                yield _quad(given, {}, graph)
            return
        for row in self.rows(f"SELECT {' '.join('?' + name for name in names)} WHERE {{ {inside} }}"):
            found = {name: row[name] for name in names}
            yield _quad(given, found, found.get("g", graph))

    def boolean(self, text: str) -> bool:
        """Evaluate an ASK query."""
        kind, answer = self._protocol.query(text)
        return bool(_results(kind, answer, self._protocol.address))

    def query(
        self,
        text: str,
        *,
        use_default_graph_as_union: bool = False,
        prefixes: Mapping[str, str] | None = None,
    ) -> ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples:
        """Evaluate a query; with ``use_default_graph_as_union`` over all graphs, on any server."""
        declared = "".join(
            f"PREFIX {name}: <{iri}>\n" for name, iri in (prefixes or {}).items() if f"{name}:" in text
        )
        graphs = self._graphs_to_name if use_default_graph_as_union else []
        kind, answer = self._protocol.query(declared + text, graphs)
        return _results(kind, answer, self._protocol.address)

    def update(self, text: str) -> None:
        """Carry out an update."""
        self._protocol.update(text)

    def named_graphs(self) -> list[ox.NamedNode]:
        """Return the names of the graphs that are not empty."""
        return [row["g"] for row in self.rows("SELECT DISTINCT ?g WHERE { GRAPH ?g { ?s ?p ?o } }")]

    def __len__(self) -> int:
        (row,) = self.rows("SELECT (COUNT(*) AS ?n) WHERE { GRAPH ?g { ?s ?p ?o } }")
        return int(row["n"].value)

    @cached_property
    def _graphs_to_name(self) -> list[str]:
        """The graphs to name in each query; empty if the server's default graph is the union of all."""
        if self.boolean("ASK { ?s ?p ?o }") or not self.boolean("ASK { GRAPH ?g { ?s ?p ?o } }"):
            return []
        graphs = [graph.value for graph in self.named_graphs()]
        if len(graphs) > _MOST_GRAPHS:
            raise StoreError(
                f"{self._protocol.address}: its default graph is not the union of its graphs, and "
                f"{len(graphs):,} are too many to name in each query; switch that on in the server "
                "(Oxigraph: --union-default-graph, Fuseki: tdb2:unionDefaultGraph)"
            )
        return graphs


def _results(kind: str, answer: bytes, address: str) -> ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples:
    if kind == ROWS:
        return ox.parse_query_results(answer, format=ox.QueryResultsFormat.JSON)
    try:
        graph = ox.Store()
        graph.bulk_load(answer, format=ox.RdfFormat.N_TRIPLES, lenient=True)
    except (SyntaxError, ValueError) as error:
        raise StoreError(
            f"{address}: answers with {kind or 'something'}, which is no RDF that this program reads"
        ) from error
    found = graph.query("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }")
    assert isinstance(found, ox.QueryTriples)
    return found


def _quad(given: Mapping[str, Term | None], found: Mapping[str, Any], graph: Any) -> ox.Quad:
    terms: dict[str, Any] = {name: term if term is not None else found[name] for name, term in given.items()}
    return ox.Quad(terms["s"], terms["p"], terms["o"], graph)
