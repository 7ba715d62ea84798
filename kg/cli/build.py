"""``kg build``: articles from sources, or outdated articles of the store, into the store."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli.options import (
    BaseOption,
    ConfigOption,
    ContactOption,
    LinkOption,
    ModelOption,
    PacksOption,
    ReconcileOption,
    StoreOption,
    WorkersOption,
    settings,
)
from kg.errors import UsageError

if TYPE_CHECKING:
    from kg.build.report import Report
    from kg.graph import Graph


def build(
    sources: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[SOURCE]...",
            help="Files, folders, glob patterns, web addresses, or - for standard input.",
            show_default=False,
        ),
    ] = None,
    outdated: Annotated[
        bool,
        typer.Option(
            "--outdated",
            help="Rebuild the articles of the store that another version of the program, its data or the "
            "language model built, from the text in the store.",
        ),
    ] = False,
    store: StoreOption = None,
    config: ConfigOption = None,
    base: BaseOption = None,
    model: ModelOption = None,
    workers: WorkersOption = None,
    link: LinkOption = None,
    no_link: Annotated[bool, typer.Option("--no-link", help="Do not link names to Wikidata.")] = False,
    packs: PacksOption = None,
    contact: ContactOption = None,
    reconcile: ReconcileOption = None,
    strict: Annotated[
        bool, typer.Option("--strict", help="Exit with status 1 if any article failed.")
    ] = False,
) -> None:
    """Read articles, extract what they say, and put it into the store.

    Reads .txt, .md, .html, .json and .jsonl, each also as .gz, and folders of them. An article that the store
    already holds, unchanged, takes almost no time. An article that has changed, or that another version of
    the program built, replaces its former graph. Articles that cannot be read or extracted are listed at the
    end with the reason, and the others are built. Ctrl-C keeps the finished articles; the same command
    continues from there.

    Names are linked to Wikidata with the knowledge base that comes with the program and the packs of the
    settings, without a network; with --link live also by asking Wikidata, about one request a second, whose
    answers are kept. An article that is unchanged keeps its links: see kg link.

    \b
    kg build articles/ https://example.org/news/1 --workers 2
    zcat dump.jsonl.gz | kg build - --store dump
    kg build --outdated --store dump
    """
    from kg.build.report import BuildInterrupted
    from kg.cli.progress import shown_progress
    from kg.graph import Graph

    if bool(sources) == outdated:
        raise UsageError("kg build takes either SOURCE... or --outdated; see kg build --help")
    chosen = settings(
        config, store, base, model, workers, packs, "no" if no_link else link, contact, reconcile
    )
    graph = Graph(chosen.store, chosen, base)
    try:
        with shown_progress() as progress:
            if outdated:
                report = graph.rebuild_outdated(progress=progress)
            else:
                report = graph.build(*sources or (), progress=progress, stdin=sys.stdin.buffer)
    except BuildInterrupted as interrupted:
        _summarise(interrupted.report)
        typer.echo(
            "stopped; the articles counted above are in the store, the same command continues from there",
            err=True,
        )
        raise
    _summarise(report)
    if not outdated:
        _mention_outdated(graph)
    if strict and report.failed:
        raise typer.Exit(1)


def _summarise(report: Report) -> None:
    for failed in report.failed:
        typer.echo(f"failed: {failed.origin}: {failed.reason}", err=True)
    typer.echo(
        f"{report.built:,} articles built, {report.unchanged:,} unchanged, {report.replaced:,} replaced, "
        f"{len(report.failed):,} failed; {report.triples:,} triples in {report.seconds:.1f} s",
        err=True,
    )


def _mention_outdated(graph: Graph) -> None:
    with graph:
        count = len(graph.outdated())
    if count:
        typer.echo(
            f"note: {count:,} other articles of the store were built by another version; "
            f"rebuild them with: kg build --outdated --store {graph.place}",
            err=True,
        )
