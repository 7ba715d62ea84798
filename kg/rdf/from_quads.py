"""The names of an article, read back from its graph: what linking again needs, without the language model."""

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
"""Values by subject and property, all as strings."""

_EVENT_TYPES = {iri.value: name for name, iri in EVENT_TYPES.items()}
_STATUSES: dict[str, EventStatus] = {status: status for status in get_args(EventStatus)}
_PARTS: dict[str, MentionPart] = {part: part for part in get_args(MentionPart)}


def read_names(quads: Iterable[Quad], article: str, base: str) -> Extraction:
    """Return the article with its sentences, actors, places, roles, and events without who took part in them.

    Args:
        quads: the graph of the article.
        article: its IRI.
        base: base IRI of the data.
    """
    read = _Reader(quads, article, base)
    return Extraction(
        article=_article(read.known[article], article),
        sentences=tuple(sorted(read.spans[node] for node in read.typed(NIF.Sentence))),
        actors=tuple(read.actor(node) for node in read.typed(KG.Actor)),
        places=tuple(read.place(node) for node in read.typed(SCHEMA.Place)),
        roles=tuple(read.role(node) for node in read.typed(ORG.Membership)),
        events=tuple(read.event(node) for node in read.typed(KG.Event)),
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


class _Reader:
    def __init__(self, quads: Iterable[Quad], article: str, base: str) -> None:
        self.known: Properties = defaultdict(lambda: defaultdict(list))
        for quad in quads:
            if isinstance(quad.subject, NamedNode) and isinstance(quad.object, NamedNode | Literal):
                self.known[quad.subject.value][quad.predicate.value].append(quad.object.value)
        self._article, self._base = article, base
        self.spans: dict[str, Span] = {
            node: (int(said[KG.start.value][0]), int(said[KG.end.value][0]))
            for node, said in self.known.items()
            if KG.start.value in said
        }

    def typed(self, kind: NamedNode) -> list[str]:
        """The nodes of a class, in the order in which the text first mentions them."""
        found = [node for node, said in self.known.items() if kind.value in said.get(RDF.type.value, ())]
        return sorted(found, key=lambda node: (self._first(node), node))

    def actor(self, node: str) -> Actor:
        said = self.known[node]
        owner = said.get(ORG.subOrganizationOf.value)
        return Actor(
            ref=self._ref(node),
            label=min(said[RDFS.label.value]),
            kind=_actor_kind(said[RDF.type.value]),
            mentions=self._mentions(node),
            rule="",
            confidence=1.0,
            alt_labels=tuple(sorted(said.get(SKOS.altLabel.value, ()))),
            part_of=self._ref(owner[0]) if owner else None,
        )

    def place(self, node: str) -> Place:
        said = self.known[node]
        label = min(said[RDFS.label.value])
        return Place(self._ref(node), label, _place_kind(said[RDF.type.value]), self._mentions(node), "", 1.0)

    def role(self, node: str) -> Role:
        said = self.known[node]
        body = said.get(ORG.organization.value)
        return Role(
            ref=self._ref(node),
            name=said[SCHEMA.roleName.value][0],
            member=self._ref(said[ORG.member.value][0]),
            mentions=self._mentions(node),
            rule="",
            confidence=1.0,
            organisation=self._ref(body[0]) if body else None,
        )

    def event(self, node: str) -> Event:
        said = self.known[node]
        return Event(
            ref=self._ref(node),
            label=min(said[RDFS.label.value]),
            type=_EVENT_TYPES[said[KG.eventType.value][0]],
            status=_STATUSES[said[KG.status.value][0]],
            triggers=self._mentions(node),
            rule="",
            confidence=1.0,
        )

    def _ref(self, node: str) -> str:
        return node.removeprefix(self._article).removeprefix(self._base)

    def _first(self, node: str) -> int:
        if node in self.spans:
            return self.spans[node][0]
        return min((self.spans[one][0] for one in self._evidence(node)), default=0)

    def _evidence(self, node: str) -> list[str]:
        return [one for one in self.known[node].get(KG.evidence.value, ()) if one in self.spans]

    def _mentions(self, node: str) -> tuple[Mention, ...]:
        """Its mentions; where one stretch does several things, it has a mention for each."""
        found = (
            Mention(*self.spans[one], _PARTS[part])
            for one in self._evidence(node)
            for part in self.known[one].get(KG.mentionPart.value, ())
        )
        return tuple(sorted(found))


def _article(said: dict[str, list[str]], iri: str) -> Article:
    title, day = said.get(SCHEMA.headline.value), said.get(SCHEMA.datePublished.value)
    return Article(
        text=said[SCHEMA.articleBody.value][0],
        origin=iri,
        title=title[0] if title else None,
        published=dt.date.fromisoformat(day[0][:10]) if day else None,
    )


def _actor_kind(types: list[str]) -> ActorKind:
    """The most particular kind whose classes are all there."""
    fitting = [kind for kind, classes in ACTOR_TYPES.items() if {one.value for one in classes} <= {*types}]
    return max(fitting, key=lambda kind: len(ACTOR_TYPES[kind]))


def _place_kind(types: list[str]) -> PlaceKind:
    if SCHEMA.City.value in types:
        return "city"
    return "country" if SCHEMA.Country.value in types else "place"
