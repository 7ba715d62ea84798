"""Map roles to memberships of the W3C Organization Ontology."""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import Literal

from kg.rdf.fact import provenance
from kg.rdf.scope import Scope, Triple, label
from kg.rdf.vocab import ORG, RDF, RDFS, SCHEMA
from kg.records import Extraction


def role_triples(extraction: Extraction, scope: Scope) -> Iterator[Triple]:
    """Yield the triples of the roles, in the order of the records."""
    for role in extraction.roles:
        node = scope.node(role.ref)
        yield node, RDF.type, ORG.Membership
        yield node, RDFS.label, label(role.name)
        yield node, SCHEMA.roleName, Literal(role.name)
        yield node, ORG.member, scope.node(role.member)
        if role.organisation is not None:
            yield node, ORG.organization, scope.node(role.organisation)
        yield from provenance(role, node, role.mentions, scope)
