"""``kg validate``."""

from __future__ import annotations

from typing import Annotated

import typer

from kg.cli.options import BaseOption, ConfigOption, StoreOption


def validate(
    article: Annotated[
        str | None,
        typer.Option(
            "--article", metavar="IRI", help="One article alone. [default: all]", show_default=False
        ),
    ] = None,
    store: StoreOption = None,
    config: ConfigOption = None,
    base: BaseOption = None,
) -> None:
    """Check the graph against the shapes of the ontology, and say in words what does not conform.

    Exit status 1 if anything does not. What kg build writes always conforms; this is for graphs that
    something else has changed, and for changed shapes.

    \b
    kg validate
    """
