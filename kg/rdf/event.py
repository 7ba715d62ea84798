"""Map events to triples."""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import NamedNode

from kg.rdf.fact import provenance, relations
from kg.rdf.scope import Scope, Triple, label, word
from kg.rdf.time import time_triples
from kg.rdf.vocab import EVENT_TYPES, KG, RDF, RDFS
from kg.records import Event, Extraction


def event_triples(extraction: Extraction, scope: Scope) -> Iterator[Triple]:
    """Yield the triples of the events, in the order of the records."""
    for event in extraction.events:
        node = scope.node(event.ref)
        yield node, RDF.type, KG.Event
        yield node, RDFS.label, label(event.label)
        yield node, KG.eventType, EVENT_TYPES[event.type]
        yield node, KG.status, word(event.status)
        yield from relations(node, _relations(event), scope)
        if event.place is not None:
            yield node, KG.place, scope.node(event.place)
        yield from time_triples(event.time, node)
        yield from provenance(event, node, event.triggers, scope)


def _relations(event: Event) -> tuple[tuple[NamedNode, tuple[str, ...]], ...]:
    participants = dict.fromkeys((*event.agents, *event.targets, *event.participants))
    return (
        (KG.participant, tuple(participants)),
        (KG.agent, event.agents),
        (KG.target, event.targets),
        (KG.about, event.about),
        (KG.after, event.after),
        (KG.during, event.during),
        (KG.partOf, event.part_of),
        (KG.causedBy, event.caused_by),
    )
