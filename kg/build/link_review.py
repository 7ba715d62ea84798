"""Doubtful links for a person to decide, the most valuable first, and the decisions in a table.

The worth of a decision is the number of facts that depend on it (how often articles refer to the entity, as
speaker, agent, place or by mention) times the uncertainty of the link.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import pyoxigraph as ox

from kg.errors import UsageError
from kg.linking.knowledge import ItemType
from kg.linking.overrides import Decision, Override
from kg.rdf.vocab import KG, RDF, RDFS, SCHEMA, WIKIDATA
from kg.store.local import Store

COLUMNS = (
    "decision",
    "name",
    "type",
    "qid",
    "label",
    "description",
    "probability",
    "worth",
    "articles",
    "article",
)
"""Columns of the table. A person fills in ``decision``; the other columns are written by the program."""

_DECISIONS: Mapping[str, Decision] = {"accept": "accept", "reject": "reject", "never": "never"}


@dataclass(frozen=True, slots=True)
class Considered:
    """A candidate: an item that a name may refer to."""

    qid: str
    label: str
    description: str
    probability: float


@dataclass(frozen=True, slots=True)
class Doubt:
    """A name with no certain item."""

    name: str
    type: ItemType
    worth: float
    articles: tuple[str, ...]  # IRIs of the articles with this name and these candidates
    candidates: tuple[Considered, ...]  # most probable first


def doubts(store: Store, limit: int | None = None) -> list[Doubt]:
    """Return the links that are left for a person, the most valuable first.

    A name with the same most probable item in several articles is one doubt.
    """
    graph = store.links_graph
    grouped: dict[tuple[str, ItemType, str], list[tuple[str, float, tuple[Considered, ...]]]] = defaultdict(
        list
    )
    for quad in store.engine.quads_for_pattern(None, KG.decision, ox.Literal("candidate"), graph):
        assert isinstance(quad.subject, ox.NamedNode)
        said = _said(store, quad.subject)
        entity, article = _only(said[KG.linkOf.value]), _only(said[KG.reportedIn.value])
        candidates = _candidates(store, said[KG.candidate.value])
        key = (_only(said[RDFS.label.value]), _type(store, entity, article), candidates[0].qid)
        grouped[key].append((article, _worth(store, entity, article, candidates[0]), candidates))
    found = [
        Doubt(name, kind, round(sum(worth for _, worth, _ in cases), 1), _articles(cases), cases[0][2])
        for (name, kind, _), cases in grouped.items()
    ]
    found.sort(key=lambda one: (-one.worth, one.name, one.articles))
    return found[:limit]


def _articles(cases: Sequence[tuple[str, float, tuple[Considered, ...]]]) -> tuple[str, ...]:
    return tuple(sorted(article for article, _, _ in cases))


def _said(store: Store, node: ox.NamedNode) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for quad in store.engine.quads_for_pattern(node, None, None, store.links_graph):
        if isinstance(quad.object, ox.NamedNode | ox.Literal):
            found[quad.predicate.value].append(quad.object.value)
    return found


def _only(values: Sequence[str]) -> str:
    return values[0]


def _candidates(store: Store, nodes: Iterable[str]) -> tuple[Considered, ...]:
    found = []
    for node in nodes:
        said = _said(store, ox.NamedNode(node))
        found.append(
            Considered(
                qid=_only(said[KG.item.value]).removeprefix(WIKIDATA),
                label=_only(said[RDFS.label.value]),
                description="".join(said[KG.description.value]),
                probability=float(_only(said[KG.confidence.value])),
            )
        )
    return tuple(sorted(found, key=lambda one: (-one.probability, one.qid)))


def _worth(store: Store, entity: str, article: str, best: Considered) -> float:
    """Return the number of references to the entity in the article, times the uncertainty of its link."""
    node, graph = ox.NamedNode(entity), ox.NamedNode(article)
    told = sum(1 for _ in store.engine.quads_for_pattern(None, None, node, graph))
    mentioned = sum(1 for _ in store.engine.quads_for_pattern(node, KG.evidence, None, graph))
    return (told + mentioned) * (1.0 - best.probability)


def _type(store: Store, entity: str, article: str) -> ItemType:
    found = store.engine.quads_for_pattern(ox.NamedNode(entity), RDF.type, None, ox.NamedNode(article))
    types = {quad.object for quad in found}
    if SCHEMA.Person in types:
        return "person"
    if SCHEMA.Place in types:
        return "place"
    return "organisation"


def table(found: Iterable[Doubt]) -> Iterator[tuple[str, ...]]:
    """Yield the rows of the table of decisions: one for each candidate of each doubt."""
    for doubt in found:
        for one in doubt.candidates:
            yield (
                "",
                doubt.name,
                doubt.type,
                one.qid,
                one.label,
                one.description,
                f"{one.probability:.2f}",
                f"{doubt.worth:g}",
                str(len(doubt.articles)),
                doubt.articles[0],
            )


def to_csv(found: Iterable[Doubt]) -> str:
    """Return the table as CSV, for a spreadsheet or OpenRefine."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerows([COLUMNS, *table(found)])
    return text.getvalue()


def from_csv(text: str, where: str) -> list[Override]:
    """Return the decisions that a person filled in. Rows without a decision are skipped.

    Args:
        text: the table as CSV.
        where: its file, for messages.

    Raises:
        UsageError: a column is missing, or a decision is not accept, reject or never; the message names
            ``where`` and the line.
    """
    rows = csv.DictReader(io.StringIO(text))
    missing = {"decision", "name", "qid"} - set(rows.fieldnames or ())
    if missing:
        raise UsageError(f"{where}: the column {min(missing)!r} is missing")
    return [
        _override(row, chosen, f"{where}:{rows.line_num}")
        for row in rows
        if (chosen := (row["decision"] or "").strip().lower())
    ]


def _override(row: Mapping[str, str], chosen: str, where: str) -> Override:
    if chosen not in _DECISIONS:
        raise UsageError(f"{where}: decision {chosen!r} is not one of {', '.join(_DECISIONS)}")
    try:
        return decision(_DECISIONS[chosen], row["name"], row["qid"] or "", row.get("type") or "")
    except UsageError as error:
        raise UsageError(f"{where}: {error}") from error


def decision(chosen: Decision, name: str, qid: str = "", kind: str = "") -> Override:
    """Return a decision about a name, with today's date.

    Raises:
        UsageError: the decision requires an item and has none, or must have none and has one.
    """
    item = "" if chosen == "never" else qid.strip().removeprefix(WIKIDATA)
    today = dt.datetime.now(dt.UTC).date().isoformat()
    return Override(name.strip(), kind, "", chosen, item, today)  # type: ignore[arg-type]


def articles_naming(store: Store, names: Iterable[str]) -> list[str]:
    """Return the IRIs, sorted, of the articles in which an actor or place has one of these labels."""
    found: set[str] = set()
    for name in names:
        for quad in store.engine.quads_for_pattern(None, RDFS.label, ox.Literal(name, language="en")):
            if isinstance(quad.graph_name, ox.NamedNode):
                found.add(quad.graph_name.value)
    return sorted(found & set(store.articles()))
