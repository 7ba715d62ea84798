"""Map the fields that statements, events and roles share."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pyoxigraph import NamedNode

from kg.rdf.scope import Scope, Triple, confidence, word
from kg.rdf.vocab import KG
from kg.records import Event, Mention, Role, Statement


def provenance(
    record: Statement | Event | Role, node: NamedNode, evidence: Iterable[Mention], scope: Scope
) -> Iterator[Triple]:
    """Yield the evidence, the article, the rule and the confidence of a record."""
    for mention in evidence:
        yield node, KG.evidence, scope.mention(mention.span)
    yield node, KG.reportedIn, scope.article
    yield node, KG.rule, word(record.rule)
    yield node, KG.confidence, confidence(record.confidence)


def relations(
    node: NamedNode, table: Iterable[tuple[NamedNode, tuple[str, ...]]], scope: Scope
) -> Iterator[Triple]:
    """Yield a triple for each reference in ``table``, whose rows are a property and references."""
    for relation, refs in table:
        for ref in refs:
            yield node, relation, scope.node(ref)
