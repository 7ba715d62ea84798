"""``kg validate``."""

from __future__ import annotations

from typing import Annotated

import typer

from kg.cli.options import BaseOption, ConfigOption, StoreOption, settings


def validate(
    article: Annotated[
        str | None,
        typer.Option(
            "--article", metavar="ARTICLE", help="One article alone. [default: all]", show_default=False
        ),
    ] = None,
    store: StoreOption = None,
    config: ConfigOption = None,
    base: BaseOption = None,
) -> None:
    """Check the graph against the shapes of the ontology, and explain each violation.

    The graph of each article is checked by itself, a few articles a second. Graphs that kg build writes
    conform; this command is for graphs that another program wrote or changed. The exit status is 1 if there
    are violations.

    \b
    kg validate
    kg validate --article china-aims
    """
    from kg.graph import Graph
    from kg.query.explain import find_article

    chosen = settings(config, store, base)
    found = 0
    with Graph(chosen.store, chosen, base) as graph:
        articles = [find_article(graph.store(), article)] if article else graph.articles()
        for iri in articles:
            for violation in graph.validate(iri):
                found += 1
                typer.echo(str(violation))
    typer.echo(f"{len(articles):,} articles checked, {found:,} violations", err=True)
    if found:
        raise typer.Exit(1)
