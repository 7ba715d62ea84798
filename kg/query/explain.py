"""An article with everything that was found in it, read from its graph, for a person to check."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

import pyoxigraph as ox

from kg.errors import UsageError
from kg.export.order import natural
from kg.rdf.vocab import KG, ORG, RDF, RDFS, SCHEMA, SKOS
from kg.store.local import Store

MarkKind = Literal["actor", "place", "role", "cue", "content", "trigger"]

_Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple


@dataclass(frozen=True, slots=True)
class Mark:
    """A span of the text and the kind of thing it mentions; offsets count code points."""

    start: int
    end: int
    kind: MarkKind


@dataclass(frozen=True, slots=True)
class Finding:
    """One node of the graph: a title, and its properties."""

    start: int  # offset of its first mention
    title: str
    details: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Explanation:
    """An article and everything that was found in it, in the order of the text."""

    iri: str
    headline: str | None
    published: str | None
    text: str
    marks: tuple[Mark, ...]
    sections: tuple[tuple[str, tuple[Finding, ...]], ...]  # by heading


def find_article(store: Store, wanted: str) -> str:
    """Return the IRI of the article that ``wanted`` identifies: its IRI, or a part that no other IRI has.

    Raises:
        UsageError: no article, or several, have ``wanted`` in their IRI; the message lists some of them.
    """
    articles = store.articles()
    if wanted in articles:
        return wanted
    found = [iri for iri in articles if wanted in iri]
    if len(found) == 1:
        return found[0]
    if not found:
        raise UsageError(
            f"{wanted}: no article of the store has this in its IRI, and no file has this name; "
            "see kg stats --articles"
        )
    listed = "".join(f"\n    {iri}" for iri in found[:5]) + ("\n    …" if len(found) > 5 else "")
    raise UsageError(f"{wanted}: {len(found)} articles have that in their IRI:{listed}")


def explain(article: str, quads: Iterable[ox.Quad]) -> Explanation:
    """Return the content of an article's graph for a reader.

    Args:
        article: its IRI.
        quads: its graph, from a store or from :func:`kg.rdf.quads`.
    """
    graph = _Graph(quads)
    node = ox.NamedNode(article)
    return Explanation(
        article,
        graph.text(node, SCHEMA.headline),
        graph.text(node, SCHEMA.datePublished),
        graph.text(node, SCHEMA.articleBody) or "",
        tuple(sorted(graph.marks(), key=lambda mark: (mark.start, -mark.end, mark.kind))),
        tuple((heading, tuple(graph.findings(kind, terms))) for heading, kind, terms in _SECTIONS),
    )


_WHEN_AND_HOW_SURE = (KG.timeText, KG.timeValue, KG.rule, KG.confidence)
_SAID = (
    KG.speaker,
    KG.addressee,
    KG.conveyedBy,
    KG.content,
    KG.quotation,
    KG.polarity,
    KG.modality,
    KG.force,
    KG.proposes,
    KG.supports,
    KG.opposes,
    KG.about,
    KG.during,
)
_HAPPENED = (
    KG.eventType,
    KG.status,
    KG.agent,
    KG.target,
    KG.participant,
    KG.place,
    KG.about,
    KG.after,
    KG.during,
    KG.partOf,
    KG.causedBy,
)
_SECTIONS: tuple[tuple[str, ox.NamedNode, tuple[ox.NamedNode, ...]], ...] = (
    ("Actors", KG.Actor, (RDF.type, SKOS.altLabel, ORG.subOrganizationOf, KG.rule, KG.confidence)),
    ("Roles", ORG.Membership, (ORG.member, ORG.organization, KG.rule, KG.confidence)),
    ("Statements", KG.Statement, _SAID + _WHEN_AND_HOW_SURE),
    ("Events", KG.Event, _HAPPENED + _WHEN_AND_HOW_SURE),
)


class _Graph:
    """The triples of one article's graph, by subject and predicate."""

    def __init__(self, quads: Iterable[ox.Quad]) -> None:
        self._said: dict[_Term, dict[ox.NamedNode, list[_Term]]] = defaultdict(lambda: defaultdict(list))
        for quad in quads:
            self._said[quad.subject][quad.predicate].append(quad.object)

    def text(self, node: _Term, term: ox.NamedNode) -> str | None:
        """Return the value of property ``term`` as text; of several values, the first by code point."""
        return min((v.value for v in self._values(node, term) if isinstance(v, ox.Literal)), default=None)

    def marks(self) -> Iterator[Mark]:
        """Yield a mark for each mention of each node."""
        for node in tuple(self._said):
            for mention in self._values(node, KG.evidence):
                yield Mark(*self._span(mention), self._mark_kind(node, mention))

    def findings(self, kind: ox.NamedNode, terms: Sequence[ox.NamedNode]) -> Iterator[Finding]:
        """Yield the nodes of a class in the order of the text, with their properties ``terms``."""
        nodes = [node for node in tuple(self._said) if kind in self._values(node, RDF.type)]
        for start, name, node in sorted((self._start(node), str(node), node) for node in nodes):
            del name  # it only orders nodes that begin at the same offset
            yield Finding(start, self._title(node), tuple(self._details(node, terms)))

    def _details(self, node: _Term, terms: Sequence[ox.NamedNode]) -> Iterator[tuple[str, str]]:
        named: set[_Term] = set()
        for term in terms:
            values = [
                value for value in self._values(node, term) if value not in named or term != KG.participant
            ]
            if term in (KG.agent, KG.target):  # the graph lists agents and targets as participants, too
                named.update(values)
            if values:
                yield _local(term), ", ".join(sorted(map(self._name, values), key=natural))

    def _title(self, node: _Term) -> str:
        kind = "proposal: " if KG.Proposal in self._values(node, RDF.type) else ""
        terms = (KG.cue, SCHEMA.roleName, RDFS.label)
        return kind + next(filter(None, (self.text(node, term) for term in terms)), str(node))

    def _name(self, value: _Term) -> str:
        if isinstance(value, ox.Literal):
            return value.value
        label = self.text(value, RDFS.label)
        if label is None and isinstance(value, ox.NamedNode):
            return _local(value)
        return label or str(value)

    def _mark_kind(self, node: _Term, mention: _Term) -> MarkKind:
        kinds = self._values(node, RDF.type)
        if KG.Statement in kinds:
            parts = {self._name(part) for part in self._values(mention, KG.mentionPart)}
            return "cue" if "cue" in parts else "content"
        found = (mark for kind, mark in _MARKS if kind in kinds)
        return next(found, "place")

    def _start(self, node: _Term) -> int:
        return min((self._span(mention)[0] for mention in self._values(node, KG.evidence)), default=0)

    def _span(self, mention: _Term) -> tuple[int, int]:
        return int(self.text(mention, KG.start) or 0), int(self.text(mention, KG.end) or 0)

    def _values(self, node: _Term, term: ox.NamedNode) -> list[_Term]:
        return self._said[node][term] if node in self._said else []


_MARKS: tuple[tuple[ox.NamedNode, MarkKind], ...] = (
    (KG.Event, "trigger"),
    (ORG.Membership, "role"),
    (KG.Actor, "actor"),
)


def _local(node: ox.NamedNode) -> str:
    return node.value.rpartition("#")[2].rpartition("/")[2]
