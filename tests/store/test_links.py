"""The graph of links in a store: replaced with the article, joined through the item, told apart."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.config import DEFAULT_BASE
from kg.rdf.link import link_quads
from kg.rdf.vocab import KG, RDF, SCHEMA, WIKIDATA
from kg.records import Candidate, Link
from kg.store.local import ArticleGraph, Store
from tests.graphs import article_iri

LEE = DEFAULT_BASE + "actor/ann-lee"
RUN = DEFAULT_BASE + "run/1"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "store", create=True) as store:
        yield store


def link(qid: str | None, ref: str = "actor/ann-lee") -> Link:
    candidates = (Candidate(qid or "Q9", "Ann Lee", "", 0.9, (), "test"),)
    return Link(ref, "Ann Lee", "accepted" if qid else "candidate", "model", (("test", ""),), candidates, 0.1)


def links(store: Store, name: str, *made: Link) -> list[ox.Quad]:
    return list(link_quads(made, article_iri(name), store.base, store.links_graph, "test"))


def graph(store: Store, name: str, *made: Link, fingerprint: str = "f") -> ArticleGraph:
    article = ox.NamedNode(article_iri(name))
    quads = [ox.Quad(article, RDF.type, SCHEMA.NewsArticle, article)]
    return ArticleGraph.pack(article.value, fingerprint, RUN, quads, store.base, links(store, name, *made))


def same_as(store: Store) -> set[tuple[str, str]]:
    found = store.engine.quads_for_pattern(None, SCHEMA.sameAs, None, store.links_graph)
    return {(quad.subject.value, quad.object.value.removeprefix(WIKIDATA)) for quad in found}  # type: ignore[union-attr]


def nodes(store: Store) -> int:
    return len(list(store.engine.quads_for_pattern(None, RDF.type, KG.Link, store.links_graph)))


def test_an_accepted_link_is_the_same_as_its_item(store: Store) -> None:
    store.write([graph(store, "one", link("Q1")), graph(store, "two", link(None, "actor/bo"))])
    assert same_as(store) == {(LEE, "Q1")}
    assert nodes(store) == 2


def test_names_that_are_one_item_are_joined_through_it(store: Store) -> None:
    store.write([graph(store, "one", link("Q1")), graph(store, "two", link("Q1", "actor/a-lee"))])
    assert same_as(store) == {(LEE, "Q1"), (DEFAULT_BASE + "actor/a-lee", "Q1")}


@pytest.mark.parametrize("together", [True, False])
def test_two_people_of_one_name_are_neither(store: Store, together: bool) -> None:
    first, second = graph(store, "one", link("Q1")), graph(store, "two", link("Q2"))
    for batch in [[first, second]] if together else [[first], [second]]:
        store.write(batch)
    assert same_as(store) == set()
    found = store.engine.quads_for_pattern(None, KG.item, None, store.links_graph)
    assert len({quad.object for quad in found}) == 2


def test_a_third_article_does_not_bring_back_what_was_in_doubt(store: Store) -> None:
    for name, qid in (("one", "Q1"), ("two", "Q2"), ("three", "Q1")):
        store.write([graph(store, name, link(qid))])
    assert same_as(store) == set()


def test_an_article_built_again_replaces_its_links(store: Store) -> None:
    store.write([graph(store, "one", link("Q1")), graph(store, "two", link("Q2"))])
    store.write([graph(store, "two", link("Q1"), fingerprint="g")])
    assert same_as(store) == {(LEE, "Q1")}
    assert nodes(store) == 2
    store.write([graph(store, "one", fingerprint="g"), graph(store, "two", fingerprint="h")])
    assert same_as(store) == set()
    assert nodes(store) == 0


def test_linking_again_touches_the_graph_of_links_alone(store: Store) -> None:
    store.write([graph(store, "one", link("Q1")), graph(store, "two", link("Q1"))])
    before = {quad for quad in store.engine if quad.graph_name != store.links_graph}
    assert store.relink(article_iri("one"), links(store, "one", link("Q2")))
    assert same_as(store) == set()
    assert store.relink(article_iri("two"), links(store, "two", link("Q2")))
    assert same_as(store) == {(LEE, "Q2")}
    assert {quad for quad in store.engine if quad.graph_name != store.links_graph} == before
    assert not store.relink(article_iri("two"), links(store, "two", link("Q2")))


def test_the_links_of_an_article_are_its_own(store: Store) -> None:
    made = links(store, "one", link("Q1"))
    store.write([graph(store, "one", link("Q1")), graph(store, "two", link("Q1"))])
    assert store.links_of(article_iri("one")) == set(made)


def test_the_order_of_articles_does_not_matter(tmp_path: Path) -> None:
    made: list[set[ox.Quad]] = []
    for order in (("one", "two", "three"), ("three", "two", "one")):
        qids = {"one": "Q1", "two": "Q1", "three": "Q2"}
        with Store.open(tmp_path / order[0], create=True) as store:
            for name in order:
                store.write([graph(store, name, link(qids[name]), link("Q5", "place/ann"))])
            found = store.engine.quads_for_pattern(None, None, None, store.links_graph)
            made.append(set(found))
    assert made[0] == made[1]


class TestRemoving:
    def test_an_article_takes_its_links_along(self, store: Store) -> None:
        store.write([graph(store, "one", link("Q1")), graph(store, "two", link(None, "actor/bo"))])
        store.remove([article_iri("one")])
        assert store.articles() == [article_iri("two")]
        assert same_as(store) == set()
        left = set(store.engine)
        store.write([graph(store, "one", link("Q1"))])
        store.remove([article_iri("one")])
        assert set(store.engine) == left
        assert not any(article_iri("one") in str(quad) for quad in left)

    def test_what_other_articles_say_stays(self, store: Store) -> None:
        store.write([graph(store, "one", link("Q1")), graph(store, "two", link("Q1"))])
        store.remove([article_iri("one")])
        assert same_as(store) == {(LEE, "Q1")}

    def test_a_contradiction_ends_with_the_article_that_made_it(self, store: Store) -> None:
        store.write([graph(store, "one", link("Q1")), graph(store, "two", link("Q2"))])
        assert same_as(store) == set()
        store.remove([article_iri("two")])
        assert same_as(store) == {(LEE, "Q1")}
