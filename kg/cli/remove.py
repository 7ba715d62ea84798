"""``kg remove``: take articles out of the store."""

from __future__ import annotations

from typing import Annotated

import typer

from kg.cli.options import BaseOption, ConfigOption, StoreOption, settings


def remove(
    articles: Annotated[
        list[str],
        typer.Argument(
            metavar="ARTICLE...",
            help="IRIs of articles, or for each a part of its IRI that no other article has.",
        ),
    ],
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Show which articles would be removed, and change nothing.")
    ] = False,
    store: StoreOption = None,
    config: ConfigOption = None,
    base: BaseOption = None,
) -> None:
    """Remove articles from the store: their graphs, their links, and the record of how they were built.

    All names are checked first: if one fits no article, or several, nothing is removed. Decisions on links
    are kept. An article that is built again comes back.

    \b
    kg remove china-aims-to-enhance
    kg remove --dry-run 2023-06 flood-in-harlow
    """
    from kg.graph import Graph

    chosen = settings(config, store, base)
    with Graph(chosen.store, chosen, base) as graph:
        found = graph.find_articles(*articles)
        if not dry_run:
            graph.remove(*found)
    for iri in found:
        typer.echo(iri)
    done = "would be removed" if dry_run else "removed"
    typer.echo(f"{len(found):,} {'article' if len(found) == 1 else 'articles'} {done}", err=True)
