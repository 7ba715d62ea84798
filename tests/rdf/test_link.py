"""Tests of the quads of links."""

from __future__ import annotations

import pytest
from pyoxigraph import Literal, NamedNode, Quad

from kg.rdf.iri import links_graph
from kg.rdf.link import link_quads
from kg.rdf.shapes import validate
from kg.rdf.vocab import KG, WIKIDATA, XSD
from tests.rdf.harbour import ARTICLE_IRI, BASE, LINKS

GRAPH = NamedNode(links_graph(BASE))


@pytest.fixture(scope="module")
def made() -> list[Quad]:
    return list(link_quads(LINKS, ARTICLE_IRI, BASE, GRAPH, "ports; weights 1"))


def values(made: list[Quad], node: str, term: NamedNode) -> list[str]:
    subject = NamedNode(f"{ARTICLE_IRI}#link-{node}")
    return [
        quad.object.value
        for quad in made
        if quad.subject == subject and quad.predicate == term and isinstance(quad.object, Literal | NamedNode)
    ]


def test_quads_are_unique_and_in_the_links_graph(made: list[Quad]) -> None:
    assert {quad.graph_name for quad in made} == {GRAPH}
    assert len(set(made)) == len(made)


def test_accepted_link(made: list[Quad]) -> None:
    assert values(made, "actor-sudria", KG.linkOf) == [BASE + "actor/sudria"]
    assert values(made, "actor-sudria", KG.item) == [WIKIDATA + "Q1001"]
    assert values(made, "actor-sudria", KG.decision) == ["accepted"]
    assert values(made, "actor-sudria", KG.confidence) == ["0.96"]
    assert values(made, "actor-sudria", KG.method) == ["model"]
    assert values(made, "actor-sudria", KG.knowledgeBase) == ["embedded 2026-01-02", "ports"]
    assert values(made, "actor-sudria", KG.candidate) == [
        f"{ARTICLE_IRI}#link-actor-sudria-Q1001",
        f"{ARTICLE_IRI}#link-actor-sudria-Q1002",
    ]


def test_uncertain_link_has_candidates_only(made: list[Quad]) -> None:
    assert values(made, "actor-tomas-oru", KG.item) == []
    assert values(made, "actor-tomas-oru-Q1002", KG.item) == [WIKIDATA + "Q1002"]
    assert values(made, "actor-tomas-oru-Q1002", KG.features) == ["label 1, context 0.25"]
    assert values(made, "actor-tomas-oru-Q1002", KG.description) == ["president"]
    assert values(made, "actor-tomas-oru", KG.degraded) == ["true"]


def test_nil_link_is_written_only_if_decided_by_a_user(made: list[Quad]) -> None:
    assert values(made, "actor-ida-brekke", KG.decision) == ["nil"]
    assert values(made, "place-ostby", KG.decision) == []


def test_linked_by_of_the_article(made: list[Quad]) -> None:
    (by,) = [quad.object for quad in made if quad.predicate == KG.linkedBy]
    assert by == Literal("ports; weights 1; degraded")  # one of the links is


def test_links_conform_to_the_shapes(made: list[Quad]) -> None:
    assert validate(made) == []
    link = NamedNode(f"{ARTICLE_IRI}#link-actor-tomas-oru")
    wrong = Quad(link, KG.item, NamedNode(WIKIDATA + "Q5"), GRAPH)
    (violation,) = validate([*made, wrong])
    assert violation.rule == "a link has an item if, and only if, it is accepted"
    twice = Quad(link, KG.degraded, Literal("false", datatype=XSD.boolean), GRAPH)
    (violation,) = validate([*made, twice])
    assert "degraded" in violation.rule
