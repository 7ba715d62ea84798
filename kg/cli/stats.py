"""``kg stats``."""

from __future__ import annotations

import dataclasses
import json
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli.options import BaseOption, ConfigOption, StoreOption, settings
from kg.errors import UsageError

if TYPE_CHECKING:
    from kg.query.stats import Stats


def stats(
    store: StoreOption = None,
    show_articles: Annotated[
        bool, typer.Option("--articles", help="List the articles: IRI, day, headline.")
    ] = False,
    top: Annotated[int, typer.Option("--top", metavar="N", min=0, help="How many actors to name.")] = 20,
    format_name: Annotated[str, typer.Option("--format", metavar="NAME", help="table or json.")] = "table",
    config: ConfigOption = None,
    base: BaseOption = None,
) -> None:
    """Count what the graph holds: articles, actors, statements, proposals, events, and of which kinds.

    \b
    kg stats --format json
    kg stats --articles | grep -i summit
    """
    from kg.graph import Graph
    from kg.query.stats import articles

    if format_name not in ("table", "json"):
        raise UsageError(f"format: {format_name!r} is not known; known are table, json")
    chosen = settings(config, store, base)
    with Graph(chosen.store, chosen, base) as graph:
        if show_articles:
            found = articles(graph.store())
            shown: object = [dataclasses.asdict(article) for article in found]
            lines = [f"{one.iri}\t{one.published or ''}\t{one.headline or ''}" for one in found]
        else:
            counts = graph.stats(top)
            shown = dataclasses.asdict(counts)
            lines = _lines(counts)
    typer.echo(json.dumps(shown, ensure_ascii=False, indent=1) if format_name == "json" else "\n".join(lines))


def _lines(counts: Stats) -> list[str]:
    lines = _column({"articles": counts.articles, **counts.classes, "triples": counts.triples})
    lines += ["", "articles by the version that built them", *_column(counts.runs)]
    if counts.outdated:
        lines += [f"{counts.outdated:>10,}  outdated: rebuild them with kg build --outdated"]
    for heading, values in counts.values.items():
        lines += ["", heading, *_column(values)]
    lines += ["", "actors by number of articles (and mentions)"]
    lines += [f"{one.articles:>10,} ({one.mentions:,})  {one.name}  {one.iri}" for one in counts.top_actors]
    return lines


def _column(counts: dict[str, int]) -> list[str]:
    return [f"{count:>10,}  {name}" for name, count in counts.items()]
