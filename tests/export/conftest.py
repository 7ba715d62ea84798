"""A store with all cases of an export: shared actors, a graph of links, unusual text and numbers."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.store.local import Store
from tests.graphs import article_graph, article_iri

AWKWARD = """
PREFIX kg: <https://w3id.org/communique#>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
PREFIX schema: <https://schema.org/>
PREFIX wd: <http://www.wikidata.org/entity/>
PREFIX article: <https://w3id.org/communique/article/>
INSERT DATA {
  GRAPH <https://w3id.org/communique/graph/links> {
    <https://w3id.org/communique/actor/person-1> schema:sameAs wd:Q42 .
    article:one\\#event-9 schema:sameAs wd:Q1 ; kg:note "linked"@en .
    _:judgement a kg:Judgement ; kg:score 0.5 .
  }
  GRAPH article:one {
    article:one\\#event-9 a kg:Event ; kg:note "ninth" .
    article:one\\#event-10 a kg:Event ; kg:note "tenth" ;
      kg:odd "", "a\\tb", "two\\nlines", "ends in a quote\\n\\"", "three \\"\\"\\"\\n in a row \\"\\"",
        "back\\\\slash\\n\\\\", "\\u0001\\n\\u0002", "cr\\r\\nlf", "𝄞 ’ é"@fr, "x"@en-gb,
        1, "1.50"^^xsd:decimal, "2"^^xsd:decimal, "1.0E6"^^xsd:double, true, "2023-07-04"^^xsd:date,
        "<&>"^^<http://example.org/type#1> ;
      <http://example.org/odd/p%20q> <http://example.org/a,b;c(d)'e'> ,
        <https://w3id.org/communique/actor/a.b.> , <https://w3id.org/communique/actor/3m> ,
        <https://w3id.org/communique/article/two#char=0,3> ;
      <http://example.org/9lives> 9 .
    article:one\\#statement-2 a kg:Statement .
    article:one\\#proposal-1 a kg:Statement .
    <https://w3id.org/communique/place/berlin> a schema:City .
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
    """All quads that an export holds."""
    return {quad for quad in store.engine if quad.graph_name not in store.own_graphs}


@pytest.fixture
def one() -> str:
    return article_iri("one")
