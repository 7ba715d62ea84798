"""``kg extract``."""

from __future__ import annotations

import json
import sys
from typing import Annotated

import typer

from kg.cli.options import (
    ConfigOption,
    ModelOption,
    OutputOption,
    PacksOption,
    WorkersOption,
    settings,
)
from kg.cli.output import destination


def extract(
    documents: Annotated[
        str, typer.Argument(metavar="FILE", help="Standoff JSONL, also gzipped; - for standard input.")
    ],
    output: OutputOption = None,
    with_text: Annotated[
        bool, typer.Option("--with-text", help="Repeat text, title and date in each line.")
    ] = False,
    link: Annotated[
        bool, typer.Option("--link", help="Link names, too: the layer links, by the packs of the settings.")
    ] = False,
    packs: PacksOption = None,
    config: ConfigOption = None,
    model: ModelOption = None,
    workers: WorkersOption = None,
) -> None:
    """Extract from annotated documents, to measure accuracy: standoff JSONL in, standoff JSONL out.

    Each line is an object with "id" and "text". The output has the id and the layers mentions, statements,
    proposals and events, with offsets in the unchanged text. Like public corpora, the layers hold more than
    the graph: statements without a named speaker, and every verb that reports an event. With --link, the
    layer links has for each name its item, or null, and the probability of the best candidate.

    \b
    kg extract gold.jsonl.gz -o found.jsonl
    kg evaluate gold.jsonl.gz found.jsonl
    """
    from kg.build.batch_extraction import Failed
    from kg.build.pipeline import map_for
    from kg.evaluate.standoff import LineOptions, annotate, read
    from kg.linking.opening import LinkSettings

    chosen = settings(config, model=model, workers=workers, packs=packs)
    line_options = LineOptions(with_text, LinkSettings.of(chosen) if link else None)
    failed = 0
    with map_for(chosen.workers) as mapper, destination(output) as stream:
        lines = annotate(read(documents, sys.stdin.buffer), chosen.model, mapper, line_options)
        for line in lines:
            if isinstance(line, Failed):
                failed += 1
                typer.echo(f"failed: {line.origin}: {line.reason}", err=True)
            else:
                stream.write(json.dumps(line, ensure_ascii=False, separators=(",", ":")).encode() + b"\n")
    if failed:
        raise typer.Exit(1)
