"""Map actors and places to triples."""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import NamedNode

from kg.rdf.scope import Scope, Triple, confidence, label, word
from kg.rdf.vocab import KG, ORG, RDF, RDFS, SCHEMA, SKOS
from kg.records import Actor, ActorKind, Extraction, Place, PlaceKind

ACTOR_TYPES: dict[ActorKind, tuple[NamedNode, ...]] = {
    "person": (KG.Actor, SCHEMA.Person),
    "organisation": (KG.Organisation, KG.Actor),
    "country": (KG.Actor, SCHEMA.Country, SCHEMA.Place),
    "group": (KG.Actor,),
}
"""The classes of each kind of actor, with supertypes."""

PLACE_TYPES: dict[PlaceKind, tuple[NamedNode, ...]] = {
    "city": (SCHEMA.City, SCHEMA.Place),
    "country": (SCHEMA.Country, SCHEMA.Place),
    "place": (SCHEMA.Place,),
}
"""The classes of each kind of place, with supertypes."""


def actor_triples(extraction: Extraction, scope: Scope) -> Iterator[Triple]:
    """Yield the triples of the actors, in the order of the records."""
    for actor in extraction.actors:
        node = scope.node(actor.ref)
        yield from _named(actor, node, ACTOR_TYPES[actor.kind], scope)
        for name in actor.alt_labels:
            yield node, SKOS.altLabel, label(name)
        if actor.part_of is not None:
            yield node, ORG.subOrganizationOf, scope.node(actor.part_of)


def place_triples(extraction: Extraction, scope: Scope) -> Iterator[Triple]:
    """Yield the triples of the places, in the order of the records.

    A place with the reference of an actor adds its triples to the node of the actor.
    """
    for place in extraction.places:
        yield from _named(place, scope.node(place.ref), PLACE_TYPES[place.kind], scope)


def _named(
    record: Actor | Place, node: NamedNode, types: tuple[NamedNode, ...], scope: Scope
) -> Iterator[Triple]:
    for rdf_class in types:
        yield node, RDF.type, rdf_class
    yield node, RDFS.label, label(record.label)
    for mention in record.mentions:
        yield node, KG.evidence, scope.mention(mention.span)
    yield node, KG.reportedIn, scope.article
    yield node, KG.rule, word(record.rule)
    yield node, KG.confidence, confidence(record.confidence)
