"""Read an article, and the names in it, back from its graph.

Linking and rebuilding use them: an article can be linked or extracted again without its source.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from typing import get_args

from pyoxigraph import Literal, NamedNode, Quad

from kg.errors import ArticleError
from kg.rdf.actor import ACTOR_TYPES
from kg.rdf.vocab import EVENT_TYPES, KG, NIF, ORG, RDF, RDFS, SCHEMA, SKOS, XSD
from kg.records import (
    Actor,
    ActorKind,
    Article,
    Event,
    EventStatus,
    Extraction,
    Mention,
    MentionPart,
    Place,
    PlaceKind,
    Role,
    Span,
)

Properties = dict[str, dict[str, list[str]]]
"""Values by subject and property. IRIs and literals are both strings."""

_EVENT_TYPES = {iri.value: name for name, iri in EVENT_TYPES.items()}
_STATUSES: dict[str, EventStatus] = {status: status for status in get_args(EventStatus)}
_PARTS: dict[str, MentionPart] = {part: part for part in get_args(MentionPart)}


def read_names(quads: Iterable[Quad], article: str, base: str) -> Extraction:
    """Return the article with its sentences, actors, places, roles, and events without participants.

    Rules are "" and confidences 1.0, as linking does not use them.

    Args:
        quads: the graph of the article.
        article: IRI of the article.
        base: base IRI of the data.
    """
    graph = _ArticleGraph(quads, article, base)
    return Extraction(
        article=_article(graph.properties[article], article),
        sentences=tuple(sorted(graph.spans[node] for node in graph.instances(NIF.Sentence))),
        actors=tuple(graph.actor(node) for node in graph.instances(KG.Actor)),
        places=tuple(graph.place(node) for node in graph.instances(SCHEMA.Place)),
        roles=tuple(graph.role(node) for node in graph.instances(ORG.Membership)),
        events=tuple(graph.event(node) for node in graph.instances(KG.Event)),
    )


def read_article(quads: Iterable[Quad], iri: str) -> Article:
    """Return the article that :func:`kg.rdf.article.article_triples` wrote.

    Args:
        quads: the quads of its graph whose subject is the article; others are ignored.
        iri: IRI of the article; it becomes the ``origin``.

    Raises:
        ArticleError: the graph holds no text.
    """
    values: dict[str, list[Literal]] = defaultdict(list)
    for quad in quads:
        if quad.subject == NamedNode(iri) and isinstance(quad.object, Literal):
            values[quad.predicate.value].append(quad.object)

    def first(term: NamedNode) -> str | None:
        return next((literal.value for literal in values[term.value]), None)

    text = first(SCHEMA.articleBody)
    if text is None:
        raise ArticleError(iri, "its graph holds no text; build it again from its source")
    return Article(
        text=text,
        origin=iri,
        title=first(SCHEMA.headline),
        url=first(SCHEMA.url),
        published=_moment(next(iter(values[SCHEMA.datePublished.value]), None)),
        authors=tuple(sorted(literal.value for literal in values[SCHEMA.author.value])),
        publisher=first(SCHEMA.publisher),
        language=first(SCHEMA.inLanguage) or "en",
        identifier=first(SCHEMA.identifier),
    )


def _moment(literal: Literal | None) -> dt.date | dt.datetime | None:
    if literal is None:
        return None
    if literal.datatype == XSD.dateTime:
        return dt.datetime.fromisoformat(literal.value)
    return dt.date.fromisoformat(literal.value)


class _ArticleGraph:
    """The graph of an article, with a method that makes each kind of record from a node."""

    def __init__(self, quads: Iterable[Quad], article: str, base: str) -> None:
        self.properties: Properties = defaultdict(lambda: defaultdict(list))
        for quad in quads:
            if isinstance(quad.subject, NamedNode) and isinstance(quad.object, NamedNode | Literal):
                self.properties[quad.subject.value][quad.predicate.value].append(quad.object.value)
        self._article, self._base = article, base
        self.spans: dict[str, Span] = {
            node: (int(values[KG.start.value][0]), int(values[KG.end.value][0]))
            for node, values in self.properties.items()
            if KG.start.value in values
        }

    def instances(self, rdf_class: NamedNode) -> list[str]:
        """Return the nodes of a class, in the order of their first mentions."""
        nodes = [
            node
            for node, values in self.properties.items()
            if rdf_class.value in values.get(RDF.type.value, ())
        ]
        return sorted(nodes, key=lambda node: (self._first_offset(node), node))

    def actor(self, node: str) -> Actor:
        values = self.properties[node]
        owner = values.get(ORG.subOrganizationOf.value)
        return Actor(
            ref=self._ref(node),
            label=min(values[RDFS.label.value]),
            kind=_actor_kind(values[RDF.type.value]),
            mentions=self._mentions(node),
            rule="",
            confidence=1.0,
            alt_labels=tuple(sorted(values.get(SKOS.altLabel.value, ()))),
            part_of=self._ref(owner[0]) if owner else None,
        )

    def place(self, node: str) -> Place:
        values = self.properties[node]
        label = min(values[RDFS.label.value])
        return Place(
            self._ref(node), label, _place_kind(values[RDF.type.value]), self._mentions(node), "", 1.0
        )

    def role(self, node: str) -> Role:
        values = self.properties[node]
        organisation = values.get(ORG.organization.value)
        return Role(
            ref=self._ref(node),
            name=values[SCHEMA.roleName.value][0],
            member=self._ref(values[ORG.member.value][0]),
            mentions=self._mentions(node),
            rule="",
            confidence=1.0,
            organisation=self._ref(organisation[0]) if organisation else None,
        )

    def event(self, node: str) -> Event:
        values = self.properties[node]
        return Event(
            ref=self._ref(node),
            label=min(values[RDFS.label.value]),
            type=_EVENT_TYPES[values[KG.eventType.value][0]],
            status=_STATUSES[values[KG.status.value][0]],
            triggers=self._mentions(node),
            rule="",
            confidence=1.0,
        )

    def _ref(self, node: str) -> str:
        return node.removeprefix(self._article).removeprefix(self._base)

    def _first_offset(self, node: str) -> int:
        if node in self.spans:
            return self.spans[node][0]
        return min((self.spans[mention][0] for mention in self._evidence(node)), default=0)

    def _evidence(self, node: str) -> list[str]:
        mentions = self.properties[node].get(KG.evidence.value, ())
        return [mention for mention in mentions if mention in self.spans]

    def _mentions(self, node: str) -> tuple[Mention, ...]:
        """Return the mentions of a node. A span with several parts gives a mention for each part."""
        mentions = (
            Mention(*self.spans[mention], _PARTS[part])
            for mention in self._evidence(node)
            for part in self.properties[mention].get(KG.mentionPart.value, ())
        )
        return tuple(sorted(mentions))


def _article(values: dict[str, list[str]], iri: str) -> Article:
    title, published = values.get(SCHEMA.headline.value), values.get(SCHEMA.datePublished.value)
    return Article(
        text=values[SCHEMA.articleBody.value][0],
        origin=iri,
        title=title[0] if title else None,
        published=dt.date.fromisoformat(published[0][:10]) if published else None,
    )


def _actor_kind(types: list[str]) -> ActorKind:
    """Return the kind with the most classes, of the kinds whose classes are all among ``types``."""
    kinds = [kind for kind, classes in ACTOR_TYPES.items() if {c.value for c in classes} <= {*types}]
    return max(kinds, key=lambda kind: len(ACTOR_TYPES[kind]))


def _place_kind(types: list[str]) -> PlaceKind:
    if SCHEMA.City.value in types:
        return "city"
    return "country" if SCHEMA.Country.value in types else "place"
