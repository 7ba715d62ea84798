"""``kg build``."""

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

if TYPE_CHECKING:
    from kg.build.pipeline import Report


def build(
    sources: Annotated[
        list[str],
        typer.Argument(
            metavar="SOURCE", help="Files, folders, glob patterns, web addresses, or - for standard input."
        ),
    ],
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

    Reads .txt, .md, .html, .json and .jsonl, each also as .gz, and folders of them. An article that is there
    already, unchanged, costs next to nothing; a changed one replaces its former graph. One that cannot be
    read or extracted is named at the end with the reason, and the rest goes on. Ctrl-C keeps what was
    finished, and the same command goes on from there.

    Names are linked to Wikidata with the knowledge base that comes with the program and the packs of the
    settings, without a network; with --link live also by asking Wikidata, about one request a second, whose
    answers are kept. An article that is there already keeps its links: see kg link.

    \b
    kg build articles/ https://example.org/news/1 --workers 2
    zcat dump.jsonl.gz | kg build - --store dump
    """
    from kg.build.pipeline import BuildInterrupted
    from kg.cli.progress import shown_progress
    from kg.graph import Graph

    chosen = settings(
        config, store, base, model, workers, packs, "no" if no_link else link, contact, reconcile
    )
    graph = Graph(chosen.store, chosen, base)
    try:
        with shown_progress() as progress:
            report = graph.build(*sources, progress=progress, stdin=sys.stdin.buffer)
    except BuildInterrupted as interrupted:
        _summarise(interrupted.report)
        typer.echo(
            "stopped; what is counted above is in the store, the same command goes on from there", err=True
        )
        raise
    _summarise(report)
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
