"""A store with all that an export may meet: shared actors, links in a graph of their own, awkward text and
numbers.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.config import DEFAULT_BASE
from kg.store import Store
from tests.graphs import article_graph, article_iri

AWKWARD = """
PREFIX kg: <https://w3id.org/communique#>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
INSERT DATA {
  GRAPH <https://w3id.org/communique/graph/links> {
    <https://w3id.org/communique/actor/person-1> <https://schema.org/sameAs> <http://www.wikidata.org/entity/Q42> .
    <https://w3id.org/communique/article/one#event-9> <https://schema.org/sameAs> <http://www.wikidata.org/entity/Q1> .
    <https://w3id.org/communique/article/one#event-9> kg:note "linked"@en .
    _:judgement a kg:Judgement ; kg:score 0.5 .
  }
  GRAPH <https://w3id.org/communique/article/one> {
    <https://w3id.org/communique/article/one#event-9> a kg:Event ; kg:note "ninth" .
    <https://w3id.org/communique/article/one#event-10> a kg:Event ; kg:note "tenth" ;
      kg:odd "", "a\\tb", "two\\nlines", "ends in a quote\\n\\"", "three \\"\\"\\"\\n in a row \\"\\"", "back\\\\slash\\n\\\\",
        "\\u0001\\n\\u0002", "cr\\r\\nlf", "𝄞 ’ é"@fr, "x"@en-gb, "1"^^xsd:integer, "1.50"^^xsd:decimal, "2"^^xsd:decimal,
        "1.0E6"^^xsd:double, "true"^^xsd:boolean, "2023-07-04"^^xsd:date, "<&>"^^<http://example.org/type#1> ;
      <http://example.org/odd/p%20q> <http://example.org/a,b;c(d)'e'> , <https://w3id.org/communique/actor/a.b.> ,
        <https://w3id.org/communique/article/two#char=0,3> , <https://w3id.org/communique/actor/3m> ;
      <http://example.org/9lives> 9 .
    <https://w3id.org/communique/article/one#statement-2> a kg:Statement .
    <https://w3id.org/communique/article/one#proposal-1> a kg:Statement .
    <https://w3id.org/communique/place/berlin> a <https://schema.org/City> .
  }
}
"""


def fill(store: Store, names: list[str]) -> None:
    for name in names:
        store.write([article_graph(name, actors=12)])
    store.engine.update(AWKWARD)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "store", create=True) as store:
        fill(store, ["one", "two"])
        yield store


@pytest.fixture
def quads(store: Store) -> set[ox.Quad]:
    """All that is to be exported."""
    return {quad for quad in store.engine if quad.graph_name not in store.own_graphs}


@pytest.fixture
def one() -> str:
    return article_iri("one")


__all__ = ["DEFAULT_BASE", "fill"]
