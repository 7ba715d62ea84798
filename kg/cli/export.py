"""``kg export``."""

from __future__ import annotations

from typing import Annotated

import typer

from kg.cli.options import BaseOption, ConfigOption, OutputOption, StoreOption, settings
from kg.cli.output import destination


def export(
    store: StoreOption = None,
    article: Annotated[
        str | None,
        typer.Option(
            "--article",
            metavar="ARTICLE",
            help="One article alone: its IRI, or a part that no other has. [default: all]",
            show_default=False,
        ),
    ] = None,
    format_name: Annotated[
        str,
        typer.Option(
            "--format",
            metavar="NAME",
            help="turtle, trig, nquads (these two keep graphs), ntriples, jsonld, rdfxml.",
        ),
    ] = "turtle",
    output: OutputOption = None,
    everything: Annotated[
        bool,
        typer.Option(
            "--all", help="Also the ontology, and the record of runs (with times, so it always differs)."
        ),
    ] = False,
    config: ConfigOption = None,
    base: BaseOption = None,
) -> None:
    """Write the graph as RDF, the same bytes for the same graph.

    What articles say and the links are written; the ontology and the record of what was built when are left
    out unless --all is given. Subjects stand in the order of the text, so that two exports compare well.

    \b
    kg export -o graph.ttl
    kg export --article china-aims --format jsonld
    """
    from kg.export import export as pieces_of
    from kg.graph import Graph
    from kg.query.explain import find_article

    chosen = settings(config, store, base)
    with Graph(chosen.store, chosen, base) as graph:
        iri = find_article(graph.store(), article) if article else None
        pieces = pieces_of(graph.store(), format_name, iri, everything)
        with destination(output) as stream:
            for piece in pieces:
                stream.write(piece.encode("utf-8"))
