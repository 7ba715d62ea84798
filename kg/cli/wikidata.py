"""``kg wikidata``: knowledge bases for linking, made, looked into and checked."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

wikidata = typer.Typer(
    name="wikidata",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    help="Make, look into and check the knowledge bases that links point to.",
)


@wikidata.command(short_help="Make a pack from a table, a dump or an endpoint.")
def build(
    pack: Annotated[Path, typer.Argument(metavar="PACK", help="File to make.")],
    source: Annotated[
        Path, typer.Option("--from", metavar="FILE", help="TSV or JSONL, also with .gz.", show_default=False)
    ],
    name: Annotated[str, typer.Option("--name", help="Name of the pack. [default: that of the file]")] = "",
    date: Annotated[str, typer.Option("--date", metavar="DAY", help="ISO date of the data.")] = "",
) -> None:
    """Make a pack: a file that linking looks names up in, without a network.

    \b
    kg wikidata build people.pack --from people.tsv.gz

    A TSV file has a row of column names first: qid and label, and any of aliases (separated by |), type
    (person, organisation, place, office, work, event, other), description, popularity, sitelinks,
    countries, born, died.
    """
    from kg.linking.packs import Pack
    from kg.linking.packs.tables import read_table

    manifest = Pack.build(pack, read_table(source), name=name, date=date, source=source.name)
    typer.echo(json.dumps(manifest, ensure_ascii=False, indent=1))
