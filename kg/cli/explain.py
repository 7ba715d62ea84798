"""``kg explain``."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli.options import BaseOption, ConfigOption, ModelOption, StoreOption, settings

if TYPE_CHECKING:
    from kg.config import Config
    from kg.query.explain import Explanation, Mark

MARKERS = {
    "actor": ("[", "]", "cyan"),
    "role": ("", "", "italic"),
    "place": ("(", ")", "green"),
    "cue": ("_", "_", "bold yellow"),
    "content": ("{", "}", "underline"),
    "trigger": ("*", "*", "magenta"),
}
"""For each kind of mark what stands around it in plain text, and its style on a terminal."""

LEGEND = "[actor] (place) {what is said or proposed} _cue_ *event*"


def explain(
    article: Annotated[
        str,
        typer.Argument(
            metavar="ARTICLE",
            help="IRI of an article, a part of it that no other has, or a file to extract now.",
        ),
    ],
    store: StoreOption = None,
    config: ConfigOption = None,
    base: BaseOption = None,
    model: ModelOption = None,
) -> None:
    """Show an article with what was found in it: actors, statements, proposals, events, and by which rules.

    On a terminal the text is coloured; elsewhere marks stand around what was found.

    \b
    kg explain china-aims-to-enhance
    kg explain seeds/some-article.txt
    """
    chosen = settings(config, store, base, model)
    explanations = (
        _from_file(article, chosen) if Path(article).is_file() else _from_store(article, chosen, base)
    )
    for explanation in explanations:
        _show(explanation)


def _from_store(wanted: str, config: Config, base: str | None) -> Iterator[Explanation]:
    import pyoxigraph as ox

    from kg.graph import Graph
    from kg.query.explain import explain as explanation_of
    from kg.query.explain import find_article

    with Graph(config.store, config, base) as graph:
        iri = find_article(graph.store(), wanted)
        yield explanation_of(iri, graph.store().engine.quads_for_pattern(None, None, None, ox.NamedNode(iri)))


def _from_file(path: str, config: Config) -> Iterator[Explanation]:
    from kg.build.batch_extraction import Failed, extract_each
    from kg.build.identity import current_run
    from kg.errors import ArticleError
    from kg.query.explain import explain as explanation_of
    from kg.rdf import quads
    from kg.rdf.iri import article_iri
    from kg.sources import read_articles

    run = current_run(config.model, config.base)
    for article in read_articles([path], config):
        if isinstance(article, ArticleError):
            raise article
        (extraction,) = extract_each([article], config.model)
        if isinstance(extraction, Failed):
            raise ArticleError(extraction.origin, extraction.reason)
        yield explanation_of(article_iri(article, config.base), quads(extraction, config.base, run))


def _show(explanation: Explanation) -> None:
    typer.echo(f"{explanation.iri}  {explanation.published or 'no date'}\n")
    if sys.stdout.isatty():
        _show_coloured(explanation)
    else:
        typer.echo(marked(explanation.text, explanation.marks))
        typer.echo(f"\n{LEGEND}")
    for heading, findings in explanation.sections:
        typer.echo(f"\n{heading} ({len(findings)})")
        for finding in findings:
            typer.echo(f"{finding.start:>6}  {finding.title}")
            for name, value in finding.details:
                typer.echo(f"        {name:<18} {value}")


def _show_coloured(explanation: Explanation) -> None:
    from rich.console import Console
    from rich.text import Text

    text = Text(explanation.text)
    for mark in explanation.marks:
        text.stylize(MARKERS[mark.kind][2], mark.start, mark.end)
    console = Console(highlight=False)
    console.print(text)
    console.print("\n", *(Text(kind, style) for kind, (_, _, style) in MARKERS.items()))


def marked(text: str, marks: tuple[Mark, ...]) -> str:
    """Return the text with plain signs around each marked stretch, properly nested where stretches are."""
    at: dict[int, tuple[str, str]] = {}
    for mark in sorted(set(marks), key=lambda mark: (mark.start, -mark.end)):
        opening, closing, _ = MARKERS[mark.kind]
        ends, begins = at.get(mark.start, ("", ""))
        at[mark.start] = ends, begins + opening
        ends, begins = at.get(mark.end, ("", ""))
        at[mark.end] = closing + ends, begins
    pieces, done = [], 0
    for place in sorted(at):
        pieces += [text[done:place], *at[place]]
        done = place
    return "".join([*pieces, text[done:]])
