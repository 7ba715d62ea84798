"""Counts of what a store holds."""

from __future__ import annotations

from pathlib import Path

from kg.query.stats import Listed, TopActor, articles, collect
from kg.store.local import Store
from tests.graphs import article_graph, article_iri
from tests.sample import IRI, sample_graph


def test_each_node_counts_once(tmp_path: Path) -> None:
    with Store.open(tmp_path / "store", create=True) as store:
        store.write([article_graph("one"), article_graph("two"), sample_graph()])
        counts = collect(store, top=2)
        assert counts.articles == 3
        assert counts.triples == len(store.engine)
        assert counts.classes.items() >= {"actors": 6, "persons": 4, "organisations": 1, "events": 2}.items()
        assert counts.classes.items() >= {"statements": 2, "proposals": 1, "roles": 1, "places": 2}.items()
        assert counts.values["events by status"] == {"not-occurred": 1, "proposed": 1}
        assert counts.values["events by type"] == {"Meeting": 1, "Other": 1}
        assert counts.values["proposals by force"] == {"request": 1}
        person = "https://w3id.org/communique/actor/person-"
        assert counts.top_actors == [
            TopActor(f"{person}0", "Person 0", articles=2, mentions=2),
            TopActor(f"{person}1", "Person 1", articles=2, mentions=2),
        ]
        assert articles(store) == [
            Listed(IRI, "Bridge to stay closed", "2024-05-14"),
            Listed(article_iri("one"), "News of one", None),
            Listed(article_iri("two"), "News of two", None),
        ]


def test_an_empty_store_has_nothing(tmp_path: Path) -> None:
    with Store.open(tmp_path / "store", create=True) as store:
        counts = collect(store)
    assert (counts.articles, counts.classes, counts.top_actors) == (0, {}, [])
