"""Tests that records, vocabulary, ontology, shapes, queries and graphs use the same terms."""

import re
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import get_args

import pytest
from pyoxigraph import NamedNode
from rdflib import OWL, RDF, RDFS, SH, SKOS, XSD, Graph, URIRef
from rdflib.collection import Collection
from rdflib.namespace import DCTERMS, FOAF, ORG, PROV, SDO, TIME
from rdflib.namespace import DefinedNamespace as Closed

from kg.rdf import quads, vocab
from kg.rdf.iri import links_graph
from kg.rdf.link import link_quads
from kg.rdf.vocab import EVENT_TYPES, KG, Vocabulary
from kg.records import EventStatus, EventType, Force, LinkStatus, MentionPart, Modality, Polarity, Quotation
from kg.resources import ontology_folder, queries_folder
from tests.rdf.harbour import ARTICLE_IRI, BASE, EXTRACTION, LINKS, RUN

ONTOLOGY = Graph().parse(ontology_folder() / "kg.ttl")
SHAPES = Graph().parse(ontology_folder() / "shapes.ttl")
QUERIES = sorted(queries_folder().glob("*.rq"))
CLASSES = (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty)
VALUES = {
    "status": EventStatus,
    "quotation": Quotation,
    "polarity": Polarity,
    "modality": Modality,
    "force": Force,
    "mentionPart": MentionPart,
    "decision": LinkStatus,
}


def ours(graph: Graph) -> set[str]:
    """Return the local names of all terms of our namespace in a graph."""
    terms = {str(term) for term in chain.from_iterable(graph) if isinstance(term, URIRef)}
    return {term.removeprefix(KG.namespace) for term in terms if term.startswith(KG.namespace)}


def declared(*classes: URIRef) -> set[str]:
    found = {str(subject) for kind in classes for subject in ONTOLOGY.subjects(RDF.type, kind)}
    return {term.removeprefix(KG.namespace) for term in found}


def table(vocabulary: type[Vocabulary]) -> set[str]:
    return set(vocabulary.__annotations__) - {"namespace"}


def made() -> set[str]:
    """Return the local names of our terms in the graph of the harbour article."""
    linked = link_quads(LINKS, ARTICLE_IRI, BASE, NamedNode(links_graph(BASE)), "test")
    terms = {str(t) for q in chain(quads(EXTRACTION, BASE, RUN), linked) for t in (q.predicate, q.object)}
    return {match[1] for term in terms if (match := re.fullmatch(f"<{KG.namespace}(\\w+)>", term))}


def test_vocabulary_table_equals_the_ontology() -> None:
    assert table(KG) == declared(*CLASSES)


def test_every_declared_term_is_written() -> None:
    assert made() - set(EVENT_TYPES) == declared(*CLASSES)


def test_ontology_uses_declared_terms_only() -> None:
    assert ours(ONTOLOGY) == declared(*CLASSES, SKOS.Concept, SKOS.ConceptScheme)


def test_shapes_use_declared_terms_and_check_every_property() -> None:
    used = ours(SHAPES)
    assert used <= declared(*CLASSES, SKOS.Concept)
    assert declared(OWL.ObjectProperty, OWL.DatatypeProperty) <= used
    assert declared(OWL.Class) <= used


@pytest.mark.parametrize("path", QUERIES, ids=lambda path: path.stem)
def test_queries_use_declared_terms_only(path: Path) -> None:
    text = re.sub(r'^#.*$|"[^"]*"', "", path.read_text("utf-8"), flags=re.MULTILINE)
    for prefix, name in re.findall(r"(?<![\w/])(kg|schema|org|rdfs|xsd|skos):(\w+)", text):
        assert name in table(getattr(vocab, prefix.upper())) | set(EVENT_TYPES), f"{prefix}:{name}"


def test_there_are_queries() -> None:
    assert len(QUERIES) >= 15


def test_event_types_equal_the_concepts() -> None:
    assert declared(SKOS.Concept) == set(get_args(EventType)) == set(EVENT_TYPES)
    assert shape_values("eventType") == set(EVENT_TYPES)


@pytest.mark.parametrize("name", VALUES)
def test_values_are_the_same_in_records_shapes_and_ontology(name: str) -> None:
    values = set(get_args(VALUES[name]))
    assert shape_values(name) == values
    comment = str(ONTOLOGY.value(URIRef(KG.namespace + name), RDFS.comment))
    assert [value for value in sorted(values) if value not in comment] == []


def shape_values(name: str) -> set[str]:
    """Return the values that ``sh:in`` allows for a property."""
    lists = {SHAPES.value(shape, SH["in"]) for shape in SHAPES.subjects(SH.path, URIRef(KG.namespace + name))}
    (only,) = lists - {None}
    assert only is not None
    return {str(item).removeprefix(KG.namespace) for item in Collection(SHAPES, only)}


@pytest.mark.parametrize("name", sorted(declared(*CLASSES, SKOS.Concept, SKOS.ConceptScheme)))
def test_every_term_has_a_label_and_comment(name: str) -> None:
    term = URIRef(KG.namespace + name)
    for choices in ((RDFS.label, SKOS.prefLabel), (RDFS.comment, SKOS.definition)):
        (text,) = chain.from_iterable(ONTOLOGY.objects(term, choice) for choice in choices)
        assert getattr(text, "language", None) == "en"
        assert text


def test_every_constraint_has_a_message() -> None:
    shapes = set(SHAPES.objects(None, SH.property)) | set(SHAPES.objects(None, SH.sparql))
    whole = {s for s in SHAPES.subjects(SH["or"]) if (s, SH.path, None) not in SHAPES}
    assert shapes
    silent = [shape for shape in shapes | whole if (shape, SH.message, None) not in SHAPES]
    # Within sh:or, the message is that of the shape around it.
    inner = {s for choice in SHAPES.objects(None, SH["or"]) for s in choices_of(choice)}
    assert [shape for shape in silent if shape not in inner] == []


def choices_of(head: object) -> Iterator[object]:
    for choice in Collection(SHAPES, head):  # type: ignore[arg-type]
        yield choice
        yield from SHAPES.objects(choice, SH.property)


CLOSED: dict[str, type[Closed]] = {
    str(SDO): SDO,
    str(PROV): PROV,
    str(ORG): ORG,
    str(FOAF): FOAF,
    str(SKOS): SKOS,
    str(OWL): OWL,
    str(TIME): TIME,
    str(DCTERMS): DCTERMS,
    str(XSD): XSD,
    str(RDFS): RDFS,
    str(SH): SH,
}


@pytest.mark.parametrize("graph", [ONTOLOGY, SHAPES], ids=["kg.ttl", "shapes.ttl"])
def test_terms_of_other_vocabularies_exist(graph: Graph) -> None:
    terms = {term for term in chain.from_iterable(graph) if isinstance(term, URIRef)}
    checked = [(term, ns) for term in terms for ns in CLOSED if term.startswith(ns) and term != URIRef(ns)]
    assert checked
    assert [term for term, ns in checked if term.removeprefix(ns) not in CLOSED[ns]] == []


def test_unknown_term_raises_attribute_error() -> None:
    with pytest.raises(AttributeError):
        _ = KG.speeker  # type: ignore[attr-defined]
