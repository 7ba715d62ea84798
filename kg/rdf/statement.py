"""Map statements, proposals among them, to triples."""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import Literal, NamedNode

from kg.rdf.fact import provenance, relations
from kg.rdf.scope import Scope, Triple, word
from kg.rdf.time import time_triples
from kg.rdf.vocab import KG, RDF
from kg.records import Extraction, Proposal, Statement


def statement_triples(extraction: Extraction, scope: Scope) -> Iterator[Triple]:
    """Yield the triples of the statements, in the order of the records."""
    for statement in extraction.statements:
        node = scope.node(statement.ref)
        if isinstance(statement, Proposal):
            yield node, RDF.type, KG.Proposal
        yield node, RDF.type, KG.Statement
        yield from _values(statement, node)
        yield from relations(node, _relations(statement), scope)
        if isinstance(statement, Proposal):
            yield node, KG.force, word(statement.force)
            yield from relations(node, [(KG.proposes, statement.proposes)], scope)
        yield from time_triples(statement.time, node)
        yield from provenance(statement, node, statement.evidence, scope)


def _values(statement: Statement, node: NamedNode) -> Iterator[Triple]:
    yield node, KG.cue, word(statement.cue)
    if statement.content is not None:
        yield node, KG.content, Literal(statement.content)
    yield node, KG.quotation, word(statement.quotation)
    yield node, KG.polarity, word(statement.polarity)
    yield node, KG.modality, word(statement.modality)


def _relations(statement: Statement) -> tuple[tuple[NamedNode, tuple[str, ...]], ...]:
    return (
        (KG.speaker, statement.speakers),
        (KG.addressee, statement.addressees),
        (KG.conveyedBy, statement.conveyed_by),
        (KG.supports, statement.supports),
        (KG.opposes, statement.opposes),
        (KG.about, statement.about),
        (KG.during, statement.during),
    )
