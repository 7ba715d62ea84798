"""``kg link``: link again, explain links, review doubtful links."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from kg.cli.options import (
    ConfigOption,
    ContactOption,
    OutputOption,
    PacksOption,
    ReconcileOption,
    StoreOption,
    settings,
)
from kg.errors import UsageError

if TYPE_CHECKING:
    from kg.build.link_review import Doubt
    from kg.build.relinking import LinkReport
    from kg.config import Config
    from kg.linking.features import Case
    from kg.linking.linker import Linker
    from kg.linking.overrides import Override
    from kg.store.local import Store

_HELP = """Link the names of a store to Wikidata again, explain links, and decide doubtful ones.

Without a command: link the articles that other knowledge bases or weights have linked. This changes only the
graph of links; articles are not extracted again.

\b
kg link --pack people.pack
kg link --live --contact me@example.org
kg link review
kg link explain Wagner
"""

link = typer.Typer(name="link", add_completion=False, rich_markup_mode=None, help=_HELP)

_SHOWN = 3  # candidates of a name, and articles that name something
_WEIGHTY = 0.1  # least contribution to a score of a feature that is shown


@link.callback(invoke_without_command=True)
def run(
    context: typer.Context,
    again: Annotated[
        bool, typer.Option("--again", help="Also link articles that the same knowledge bases have linked.")
    ] = False,
    live: Annotated[
        bool, typer.Option("--live", help="Also ask Wikidata, about one request a second; see --contact.")
    ] = False,
    contact: ContactOption = None,
    reconcile: ReconcileOption = None,
    packs: PacksOption = None,
    store: StoreOption = None,
    config: ConfigOption = None,
) -> None:
    """Link articles again; the help text is that of the group, above."""
    if context.invoked_subcommand is not None:
        return
    from kg.build.relinking import relink
    from kg.cli.progress import shown_count

    chosen = settings(
        config, store, packs=packs, link="live" if live else None, contact=contact, reconcile=reconcile
    )
    with _writing(chosen) as opened, shown_count(len(opened.articles())) as count:
        report = relink(
            opened,
            _linker(chosen),
            again=again,
            progress=lambda said: count(said.linked + said.current),
        )
    _summarise(report)


@link.command(short_help="List doubtful links, the most valuable first; record decisions.")
def review(
    limit: Annotated[int, typer.Option("--limit", metavar="N", min=1, help="How many names.")] = 20,
    accept: Annotated[
        list[str] | None,
        typer.Option(
            "--accept", metavar="NAME=QID", help="The name refers to this item.", show_default=False
        ),
    ] = None,
    reject: Annotated[
        list[str] | None,
        typer.Option(
            "--reject", metavar="NAME=QID", help="The name does not refer to this item.", show_default=False
        ),
    ] = None,
    never: Annotated[
        list[str] | None,
        typer.Option("--never", metavar="NAME", help="The name refers to no item.", show_default=False),
    ] = None,
    decided: Annotated[
        Path | None,
        typer.Option("--from", metavar="FILE", help="CSV with decisions, as --format csv writes it."),
    ] = None,
    format_name: Annotated[str, typer.Option("--format", metavar="NAME", help="table or csv.")] = "table",
    output: OutputOption = None,
    packs: PacksOption = None,
    store: StoreOption = None,
    config: ConfigOption = None,
) -> None:
    """List doubtful links for a person to decide, the most valuable first, or record decisions.

    Decisions are kept in link-decisions.tsv in the folder of the store. They override every knowledge base,
    for later articles, too. The articles that use the name are linked again at once.

    \b
    kg link review
    kg link review --accept "Ann Lee=Q42" --never "Wagner"
    kg link review --format csv -o doubts.csv     fill in the column decision: accept, reject or never
    kg link review --from doubts.csv
    """
    if format_name not in ("table", "csv"):
        raise UsageError(f"format: {format_name!r} is not known; known are table, csv")
    chosen = settings(config, store, packs=packs)
    taken = [*_given(accept, reject, never), *_read(decided)]
    if taken:
        _decide(taken, chosen)
    else:
        _list(chosen, limit, format_name, output)


@link.command(short_help="Show the candidates of a name and their features.")
def explain(
    entity: Annotated[
        str, typer.Argument(metavar="ENTITY", help='A name, "Wagner", or an IRI, actor/wagner in short.')
    ],
    article: Annotated[
        str,
        typer.Option("--article", metavar="IRI", help="Only in articles with this IRI, or this part of it."),
    ] = "",
    packs: PacksOption = None,
    store: StoreOption = None,
    config: ConfigOption = None,
) -> None:
    """Show the candidates of a name, each with its features (0 to 1) times their weights.

    \b
    kg link explain "Valery Gerasimov"
    kg link explain actor/wagner --article china-aims
    """
    from kg.build.relinking import names_of
    from kg.linking.linker import is_about
    from kg.store.opening import open_store

    chosen = settings(config, store, packs=packs)
    linker, shown = _linker(chosen), 0
    with open_store(chosen.store, chosen) as opened:
        wanted = entity.removeprefix(opened.base)
        for iri in opened.articles():
            if article not in iri or shown == _SHOWN:
                continue
            cases = linker.cases(names_of(opened, iri), iri)
            for place, case in enumerate(cases):
                if is_about(case.subject, wanted):
                    shown += 1
                    typer.echo("\n".join(_explained(linker, cases, place, iri)))
    if not shown:
        raise UsageError(f"no article names {entity!r} so that it can be linked; kg stats lists actors")


def _explained(linker: Linker, cases: Sequence[Case], place: int, article: str) -> Iterator[str]:
    case, judged = cases[place], linker.judge(cases)[place]
    decided = linker.decided(case, judged, article)
    weights = linker.weights(case.subject.group)
    yield f"{decided.label} ({case.subject.kind}) in {article}"
    yield f"  {decided.status} by {decided.method}; none of them {decided.nil:.2f}"
    known = {one.item.qid: one for one in case.found}
    for candidate in decided.candidates[:_SHOWN]:
        found = known.get(candidate.qid)
        how = f"{found.how} {found.name!r}" if found else "decided"
        yield f"  {candidate.probability:.2f} {candidate.qid} {candidate.label} [{candidate.source}: {how}]"
        yield f"       {candidate.description or 'no description'}"
        yield f"       {_weighed(dict(candidate.features), weights)}"
    yield f"       none of them: {_weighed(judged.nothing, weights)}"
    yield ""


def _weighed(features: dict[str, float], weights: dict[str, float]) -> str:
    """Return the features that matter, the weightiest first: "coherence 0.8 ×2.3"."""
    added = {name: value * weights.get(name, 0.0) for name, value in features.items()}
    order = sorted((name for name in added if abs(added[name]) >= _WEIGHTY), key=lambda n: -abs(added[n]))
    return ", ".join(f"{name} {features[name]:.2g} ×{weights[name]:.1f}" for name in order)


def _given(accept: list[str] | None, reject: list[str] | None, never: list[str] | None) -> Iterator[Override]:
    from kg.build.link_review import decision

    for text in accept or ():
        yield decision("accept", *_pair(text))
    for text in reject or ():
        yield decision("reject", *_pair(text))
    for name in never or ():
        yield decision("never", name)


def _pair(text: str) -> tuple[str, str]:
    name, equals, qid = text.rpartition("=")
    if not equals or not name.strip() or not qid.strip():
        raise UsageError(f'{text!r}: must be a name and an item, "Ann Lee=Q42"')
    return name.strip(), qid.strip()


def _read(file: Path | None) -> list[Override]:
    from kg.build.link_review import from_csv

    if file is None:
        return []
    try:
        taken = from_csv(file.read_text("utf-8-sig"), str(file))
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{file}: cannot be read: {error}") from error
    if not taken:
        raise UsageError(f"{file}: no row has a decision; fill in accept, reject or never")
    return taken


def _decide(taken: Sequence[Override], chosen: Config) -> None:
    """Save the decisions, and link again the articles that use the names."""
    from kg.build.link_review import articles_naming
    from kg.build.relinking import relink
    from kg.linking.overrides import FILE_NAME, Overrides

    with _writing(chosen) as opened:
        articles = articles_naming(opened, {one.name for one in taken})
        _check_knowledge(opened, articles, chosen)
        file = opened.path / FILE_NAME
        overrides = Overrides.load(file)
        for one in taken:
            overrides.add(one)
        overrides.save(file)
        report = relink(opened, _linker(chosen), articles, again=True)
    typer.echo(f"{len(taken)} decisions kept in {file}", err=True)
    _summarise(report)


def _check_knowledge(opened: Store, articles: Sequence[str], chosen: Config) -> None:
    """Raise UsageError if other knowledge bases than the present ones linked the articles."""
    from kg.build.relinking import linked_by
    from kg.rdf.link import DEGRADED

    version = _linker(chosen).version
    said = (linked_by(opened, article) for article in articles)
    other = {by for by in said if by is not None and by.removesuffix(DEGRADED) != version}
    if other:
        raise UsageError(
            f"the articles that use the name were linked with {min(other)}, not with {version}: "
            "name the same packs (--pack), or run kg link first"
        )


def _list(chosen: Config, limit: int, format_name: str, output: Path | None) -> None:
    from kg.build.link_review import doubts, to_csv
    from kg.cli.output import destination
    from kg.store.opening import open_store

    with open_store(chosen.store, chosen) as opened, destination(output) as stream:
        found = doubts(opened, limit)
        text = to_csv(found) if format_name == "csv" else "\n".join(_shown(found)) + "\n"
        stream.write(text.encode())


def _shown(found: Sequence[Doubt]) -> Iterator[str]:
    if not found:
        yield "no link is doubtful"
    for doubt in found:
        where = f"{len(doubt.articles)} article{'s' * (len(doubt.articles) > 1)}"
        yield f"{doubt.name} ({doubt.type}), worth {doubt.worth:g}, {where}, {doubt.articles[0]}"
        for one in doubt.candidates:
            yield f"  {one.probability:.2f} {one.qid:<12} {one.label}: {one.description or 'no description'}"


@contextmanager
def _writing(chosen: Config) -> Iterator[Store]:
    from kg.store.opening import open_store

    with open_store(chosen.store, chosen, write=True) as opened:
        yield opened


def _linker(chosen: Config) -> Linker:
    from kg.linking.opening import LinkSettings, open_linker

    return open_linker(LinkSettings.of(chosen))


def _summarise(report: LinkReport) -> None:
    said: dict[str, Any] = dataclasses.asdict(report)
    typer.echo(
        "{linked:,} articles linked, {changed:,} of them with changed links, {current:,} unchanged; "
        "{seconds:.1f} s".format(**said),
        err=True,
    )
