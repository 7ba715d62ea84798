"""``kg wikidata``: build, search and verify the knowledge bases for linking."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, cast, get_args

import typer

from kg.cli.options import ConfigOption, ContactOption, settings
from kg.errors import UsageError

if TYPE_CHECKING:
    import httpx

    from kg.linking.knowledge import Hit, Item, KnowledgeBase
    from kg.linking.packs.dump import Filter

_HELP = """Build, search and verify the knowledge bases for linking.

\b
kg wikidata build people.pack --from people.tsv.gz
kg wikidata show "Valery Gerasimov" --pack people.pack
kg wikidata verify --contact me@example.org
"""

wikidata = typer.Typer(
    name="wikidata",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    help=_HELP,
)

_DUMPS = (".json", ".json.gz", ".json.bz2")
_TIMEOUT = 120.0  # seconds for one answer; Wikidata's own endpoint stops a query after 60


@wikidata.command(short_help="Build a pack from a table, a dump or an endpoint.")
def build(
    pack: Annotated[Path, typer.Argument(metavar="PACK", help="File to write.")],
    source: Annotated[
        Path | None,
        typer.Option(
            "--from",
            metavar="FILE",
            help="TSV, JSONL, or the JSON dump of Wikidata (.json); also with .gz, the dump with .bz2; "
            "- for a dump on standard input.",
            show_default=False,
        ),
    ] = None,
    endpoint: Annotated[
        str, typer.Option("--endpoint", metavar="URL", help="SPARQL endpoint to ask; with --query.")
    ] = "",
    query: Annotated[
        Path | None,
        typer.Option(
            "--query", metavar="FILE", help="A SELECT of ?item, ?label, ?alias …", show_default=False
        ),
    ] = None,
    name: Annotated[str, typer.Option("--name", help="Name of the pack. [default: that of the file]")] = "",
    date: Annotated[str, typer.Option("--date", metavar="DAY", help="ISO date of the data.")] = "",
    types: Annotated[
        str,
        typer.Option("--types", metavar="LIST", help="Of a dump: person,organisation,place … [default: all]"),
    ] = "",
    countries: Annotated[
        str, typer.Option("--countries", metavar="LIST", help="Of a dump: ids of countries. [default: all]")
    ] = "",
    sitelinks: Annotated[
        int, typer.Option("--sitelinks", metavar="N", min=0, help="Of a dump: fewest sitelinks of an item.")
    ] = 3,
    workers: Annotated[
        int, typer.Option("--workers", metavar="N", min=1, help="Of a dump: processes that parse.")
    ] = 1,
    contact: ContactOption = None,
    config: ConfigOption = None,
) -> None:
    """Build a pack: a knowledge base in one file, for linking without a network.

    \b
    kg wikidata build people.pack --from people.tsv.gz
    kg wikidata build news.pack --from latest-all.json.gz --sitelinks 5 --workers 4
    pigz -dc latest-all.json.gz | kg wikidata build news.pack --from - --workers 4
    kg wikidata build ships.pack --endpoint https://query.example/sparql --query ships.rq --contact me@x.org

    A TSV file has a row of column names first: qid and label, and any of aliases (separated by |), type
    (person, organisation, place, office, work, event, other), description, popularity, sitelinks,
    countries, born, died. JSONL has the same keys. After an interruption the same command continues reading
    a dump where it stopped. The results of a query are fetched page by page, one request a second.
    """
    if (source is None) == (not endpoint):
        raise UsageError(
            "say where the items come from: either --from FILE or --endpoint URL with --query FILE"
        )
    if source is None:
        manifest = _from_endpoint(pack, endpoint, query, _agent(contact, config), name=name)
    elif str(source) == "-" or source.name.endswith(_DUMPS):
        chosen = _filter(types, countries, sitelinks)
        manifest = _from_dump(pack, source, chosen, workers, name=name, date=date)
    else:
        manifest = _from_table(pack, source, name=name, date=date)
    typer.echo(json.dumps(manifest, ensure_ascii=False, indent=1))


@wikidata.command(short_help="Look up a name.")
def show(
    name: Annotated[str, typer.Argument(metavar="NAME", help="A name as in a text.")],
    packs: Annotated[
        list[Path] | None,
        typer.Option(
            "--pack", metavar="FILE", help="Also in this pack; may be repeated.", show_default=False
        ),
    ] = None,
    wanted: Annotated[str, typer.Option("--type", metavar="NAME", help="person, organisation, place …")] = "",
    config: ConfigOption = None,
) -> None:
    """Show the items with a name: in the embedded knowledge base, the packs of the settings, and --pack.

    \b
    kg wikidata show "Valery Gerasimov"
    kg wikidata show Moscow --type organisation --pack news.pack
    """
    from kg.linking.embedded import Embedded
    from kg.linking.knowledge import ItemType
    from kg.linking.packs import Pack

    if wanted not in get_args(ItemType):
        raise UsageError(
            f"--type: {wanted!r} is not known; known are {', '.join(filter(None, get_args(ItemType)))}"
        )
    bases: Sequence[KnowledgeBase] = [Embedded(), *map(Pack.open, (*settings(config).packs, *(packs or ())))]
    hits = [hit for base in bases for hit in base.find(name, cast("ItemType", wanted))]
    for hit in hits:
        typer.echo(_line(hit))
    if not hits:
        typer.echo(f"kg: no item has the name {name!r} in {', '.join(base.name for base in bases)}", err=True)
        raise typer.Exit(1)


@wikidata.command(short_help="Check the embedded knowledge base against Wikidata.")
def verify(
    contact: ContactOption = None,
    api: Annotated[
        str,
        typer.Option("--api", metavar="URL", help="api.php of a Wikibase. [KG_LIVE_URL]"),
    ] = "",
    config: ConfigOption = None,
) -> None:
    """Check that Wikidata has each item of the embedded knowledge base, under the same name.

    Prints a line for each item that differs. The exit status is 1 if any does. It takes about a minute.
    """
    from kg.linking.embedded import Embedded
    from kg.linking.live.cache import Cache
    from kg.linking.live.service import Service
    from kg.linking.verify import WikibaseEntities
    from kg.linking.verify import verify as differences

    items = Embedded().all_items()
    address = api or settings(config).live_url
    service = Service(address, _agent(contact, config), Cache(None))
    found = list(differences(items, WikibaseEntities(service)))
    for one in found:
        typer.echo(f"{one.qid}\t{one.label}\t{one.problem}")
    typer.echo(f"{len(items)} items checked, {len(found)} differ", err=True)
    if found:
        raise typer.Exit(1)


def _from_table(pack: Path, source: Path, **facts: str) -> dict[str, Any]:
    from kg.linking.packs import Pack
    from kg.linking.packs.tables import read_table

    return Pack.build(pack, read_table(source), **facts, source=source.name)


def _from_dump(pack: Path, source: Path, chosen: Filter, workers: int, **facts: str) -> dict[str, Any]:
    import dataclasses
    import shutil

    from kg.linking.packs import Pack
    from kg.linking.packs.dump import read_dump

    parts = pack.with_name(pack.name + ".parts")
    items = read_dump(source, parts, chosen, workers)
    manifest = Pack.build(pack, _some(items), **facts, source=source.name, filter=dataclasses.asdict(chosen))
    shutil.rmtree(parts)
    return manifest


def _from_endpoint(pack: Path, endpoint: str, query: Path | None, agent: str, name: str) -> dict[str, Any]:
    import datetime

    from kg.linking.packs import Pack
    from kg.linking.packs.sparql import Endpoint, read_endpoint

    if query is None:
        raise UsageError("--endpoint needs --query FILE: what to select there")
    try:
        text = query.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{query}: cannot be read: {error}") from error
    today = datetime.datetime.now(datetime.UTC).date().isoformat()
    with _client() as client:
        items = read_endpoint(Endpoint(endpoint, agent), text, client)
        return Pack.build(pack, _some(items), name=name, date=today, endpoint=endpoint, query=text)


def _some(items: Iterator[Item]) -> Iterator[Item]:
    """Yield the items; raise UsageError if there is none."""
    first = next(items, None)
    if first is None:
        raise UsageError("the source has no item that fits the options; no pack was written")
    yield first
    yield from items


def _filter(types: str, countries: str, sitelinks: int) -> Filter:
    from kg.linking.knowledge import ItemType
    from kg.linking.packs.dump import Filter

    chosen = [name for name in types.split(",") if name]
    for name in chosen:
        if name not in get_args(ItemType):
            raise UsageError(
                f"--types: {name!r} is not known; known are {', '.join(filter(None, get_args(ItemType)))}"
            )
    return Filter(tuple(cast("list[ItemType]", chosen)), tuple(filter(None, countries.split(","))), sitelinks)


def _agent(contact: str | None, config: Path | None) -> str:
    from kg.linking.live.settings import agent

    return agent(settings(config, contact=contact).contact)


@contextmanager
def _client() -> Iterator[httpx.Client]:
    import httpx

    with httpx.Client(timeout=_TIMEOUT, follow_redirects=True) as client:
        yield client


def _line(hit: Hit) -> str:
    item = hit.item
    facts = [
        item.qid,
        item.label,
        item.type or "-",
        hit.match,
        hit.source,
        f"{item.popularity:g}",
        item.description,
    ]
    return "\t".join(facts)
