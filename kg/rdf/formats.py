"""The formats of RDF graphs and of query results: one table for export, queries and the server."""

from __future__ import annotations

from dataclasses import dataclass

import pyoxigraph as ox


@dataclass(frozen=True, slots=True)
class GraphFormat:
    """A serialisation of RDF."""

    name: str  # in --format and ?format=
    media_types: tuple[str, ...]  # the registered one first, then others that clients ask for
    suffix: str  # of files
    engine: ox.RdfFormat
    keeps_graphs: bool = False  # whether it can write named graphs
    row_mark: bytes | None = None  # bytes that occur once for each triple and never inside a value


@dataclass(frozen=True, slots=True)
class RowFormat:
    """A serialisation of the results of SELECT and ASK."""

    name: str
    media_types: tuple[str, ...]
    engine: ox.QueryResultsFormat
    row_mark: bytes | None = None  # bytes that occur once for each row and never inside a value


GRAPH_FORMATS = {
    graph_format.name: graph_format
    for graph_format in (
        GraphFormat("turtle", ("text/turtle",), ".ttl", ox.RdfFormat.TURTLE),
        GraphFormat(
            "ntriples",
            ("application/n-triples", "text/plain"),
            ".nt",
            ox.RdfFormat.N_TRIPLES,
            row_mark=b"\n",
        ),
        GraphFormat("jsonld", ("application/ld+json", "application/json"), ".jsonld", ox.RdfFormat.JSON_LD),
        GraphFormat(
            "rdfxml", ("application/rdf+xml", "application/xml", "text/xml"), ".rdf", ox.RdfFormat.RDF_XML
        ),
        GraphFormat("trig", ("application/trig",), ".trig", ox.RdfFormat.TRIG, keeps_graphs=True),
        GraphFormat("nquads", ("application/n-quads",), ".nq", ox.RdfFormat.N_QUADS, keeps_graphs=True),
    )
}
"""By name, the format that the server prefers first."""

TRIPLE_FORMATS = tuple(name for name, graph_format in GRAPH_FORMATS.items() if not graph_format.keeps_graphs)
"""Names of the formats of one graph, as CONSTRUCT and DESCRIBE give it."""

ROW_FORMATS = {
    row_format.name: row_format
    for row_format in (
        RowFormat(
            "json",
            ("application/sparql-results+json", "application/json"),
            ox.QueryResultsFormat.JSON,
            b'}},{"',
        ),
        RowFormat(
            "xml",
            ("application/sparql-results+xml", "application/xml", "text/xml"),
            ox.QueryResultsFormat.XML,
            b"<result>",
        ),
        RowFormat("csv", ("text/csv",), ox.QueryResultsFormat.CSV),  # a value may hold a line break
        RowFormat("tsv", ("text/tab-separated-values",), ox.QueryResultsFormat.TSV, b"\n"),
    )
}
"""By name, the format that the server prefers first."""
