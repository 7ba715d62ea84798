# ruff: noqa: N815 - the attributes are the local names of the vocabularies, written as those write them
"""All RDF terms that the code writes or queries, one class for each vocabulary.

A term is an attribute, so a misspelt term raises AttributeError and is an error to mypy. ``ontology/kg.ttl``
defines our own terms; ``tests/ontology`` checks that it and ``KG`` are in step.
"""

from __future__ import annotations

from typing import ClassVar, get_args

from pyoxigraph import NamedNode

from kg.records import EventType


class Vocabulary:
    """Base class of vocabularies. Each annotated name becomes the term ``namespace + name``."""

    namespace: ClassVar[str]

    def __init_subclass__(cls, *, namespace: str) -> None:
        cls.namespace = namespace
        for name in cls.__annotations__:
            setattr(cls, name, NamedNode(namespace + name))


class KG(Vocabulary, namespace="https://w3id.org/communique#"):
    """The classes and properties of ``ontology/kg.ttl``. The namespace does not depend on the base IRI."""

    Actor: NamedNode
    Candidate: NamedNode
    Event: NamedNode
    Link: NamedNode
    Mention: NamedNode
    Organisation: NamedNode
    Proposal: NamedNode
    Statement: NamedNode

    about: NamedNode
    addressee: NamedNode
    after: NamedNode
    agent: NamedNode
    candidate: NamedNode
    causedBy: NamedNode
    confidence: NamedNode
    content: NamedNode
    contentHash: NamedNode
    conveyedBy: NamedNode
    cue: NamedNode
    decision: NamedNode
    degraded: NamedNode
    description: NamedNode
    during: NamedNode
    earliest: NamedNode
    end: NamedNode
    eventType: NamedNode
    evidence: NamedNode
    features: NamedNode
    force: NamedNode
    item: NamedNode
    knowledgeBase: NamedNode
    latest: NamedNode
    linkOf: NamedNode
    linkedBy: NamedNode
    mentionPart: NamedNode
    method: NamedNode
    modality: NamedNode
    opposes: NamedNode
    participant: NamedNode
    partOf: NamedNode
    place: NamedNode
    polarity: NamedNode
    proposes: NamedNode
    quotation: NamedNode
    reportedIn: NamedNode
    rule: NamedNode
    sentence: NamedNode
    speaker: NamedNode
    start: NamedNode
    status: NamedNode
    supports: NamedNode
    target: NamedNode
    text: NamedNode
    timeText: NamedNode
    timeValue: NamedNode


class RDF(Vocabulary, namespace="http://www.w3.org/1999/02/22-rdf-syntax-ns#"):
    type: NamedNode


class RDFS(Vocabulary, namespace="http://www.w3.org/2000/01/rdf-schema#"):
    label: NamedNode


class XSD(Vocabulary, namespace="http://www.w3.org/2001/XMLSchema#"):
    anyURI: NamedNode
    boolean: NamedNode
    date: NamedNode
    dateTime: NamedNode
    decimal: NamedNode
    integer: NamedNode


class SKOS(Vocabulary, namespace="http://www.w3.org/2004/02/skos/core#"):
    altLabel: NamedNode


class SCHEMA(Vocabulary, namespace="https://schema.org/"):
    City: NamedNode
    Country: NamedNode
    NewsArticle: NamedNode
    Person: NamedNode
    Place: NamedNode

    articleBody: NamedNode
    author: NamedNode
    datePublished: NamedNode
    headline: NamedNode
    identifier: NamedNode
    inLanguage: NamedNode
    publisher: NamedNode
    roleName: NamedNode
    sameAs: NamedNode
    url: NamedNode


class ORG(Vocabulary, namespace="http://www.w3.org/ns/org#"):
    Membership: NamedNode

    member: NamedNode
    organization: NamedNode
    subOrganizationOf: NamedNode


class PROV(Vocabulary, namespace="http://www.w3.org/ns/prov#"):
    SoftwareAgent: NamedNode

    wasAttributedTo: NamedNode


class NIF(Vocabulary, namespace="http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#"):
    Sentence: NamedNode


WIKIDATA = "http://www.wikidata.org/entity/"
"""The namespace of items; their id follows."""

EVENT_TYPES: dict[EventType, NamedNode] = {
    name: NamedNode(KG.namespace + name) for name in get_args(EventType)
}
"""The concept of ``ontology/kg.ttl`` for each type of event."""
