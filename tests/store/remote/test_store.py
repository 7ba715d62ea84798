"""A served store keeps what a folder keeps."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.config import Address, Config
from kg.errors import StoreError, StoreMissing, UsageError
from kg.graph import Graph
from kg.store.local import Store
from kg.store.opening import open_store
from kg.store.remote.protocol import Protocol
from kg.store.remote.store import RemoteStore
from tests.graphs import article_graph
from tests.sample import IRI, sample_graph
from tests.server.served import serving
from tests.store.remote.conftest import oxigraph


def quads(store: Store) -> set[str]:
    """Return all that a store holds, but for times, and blank nodes, which servers rename."""
    every = store.engine.quads_for_pattern(None, None, None)
    return {str(quad) for quad in every if "generatedAtTime" not in str(quad) and "_:" not in str(quad)}


def test_it_holds_what_a_folder_holds(anyone: Config, tmp_path: Path) -> None:
    graphs = [sample_graph(), article_graph("one"), article_graph("two")]
    with open_store(anyone.store, anyone, create=True) as remote:
        assert remote.write(graphs) == []
        assert remote.articles() == sorted(graph.article for graph in graphs)
    with Store.open(tmp_path / "folder", create=True) as folder:
        folder.write(graphs)
        with open_store(anyone.store, anyone) as remote:
            assert quads(remote) == quads(folder)
            assert len(remote.engine) == len(folder.engine)


def test_what_is_current_is_known_and_what_is_replaced_is_gone(anyone: Config) -> None:
    graph = sample_graph()
    other = dataclasses.replace(article_graph("one"), article=graph.article, fingerprint="changed")
    article = ox.NamedNode(graph.article)
    new = ox.Quad(article, ox.NamedNode("https://e.org/p"), ox.Literal('\\ "new"\n'), article)
    with open_store(anyone.store, anyone, create=True) as remote:
        remote.write([graph])
        other = dataclasses.replace(other, trig=ox.serialize([new], format=ox.RdfFormat.TRIG) or b"")
        assert remote.is_current(graph.article, graph.fingerprint, graph.run)
        assert [one.article for one in remote.write([other])] == [graph.article]
    with open_store(anyone.store, anyone) as remote:
        assert not remote.is_current(graph.article, graph.fingerprint, graph.run)
        assert remote.is_current(graph.article, "changed", other.run)
        found = remote.engine.quads_for_pattern(None, None, None, ox.NamedNode(graph.article))
        assert list(found) == [new]


def test_a_removed_article_leaves_what_a_folder_keeps(anyone: Config, tmp_path: Path) -> None:
    graphs = [sample_graph(), article_graph("one"), article_graph("two")]
    with (
        open_store(anyone.store, anyone, create=True) as remote,
        Store.open(tmp_path / "folder", create=True) as folder,
    ):
        for store in (remote, folder):
            store.write(graphs)
            store.remove([graphs[0].article, graphs[1].article])
            assert graphs[0].article not in store
        assert quads(remote) == quads(folder)
        assert remote.outdated(graphs[2].run) == []
        assert remote.outdated("https://example.org/run/other") == [graphs[2].article]


def test_questions_are_asked_over_the_union_of_all_graphs(anyone: Config) -> None:
    with open_store(anyone.store, anyone, create=True) as remote:
        remote.write([sample_graph()])
    with Graph(anyone.store, anyone) as graph:
        assert [row["n"] for row in graph.query("SELECT (COUNT(*) AS ?n) { ?s a kg:Statement }")] == [
            row["n"] for row in graph.query("SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s a kg:Statement } }")
        ]
        assert bool(graph.query("ASK { ?s a schema:NewsArticle }"))
        assert len(list(graph.query("CONSTRUCT { ?s a ?c } WHERE { ?s a ?c ; kg:evidence ?e }"))) > 0
        assert list(graph.question("what-has-someone-said")) is not None
        assert graph.stats().articles == 1
        assert graph.validate() == []
        assert "Ada Quist" in (graph.export() or "")


def test_the_base_is_that_of_the_store(tmp_path: Path) -> None:
    with oxigraph(tmp_path / "o") as address:
        config = Config(store=Address(address))
        with open_store(config.store, config, "https://news.example/", create=True) as remote:
            assert remote.base == "https://news.example/"
        with open_store(config.store, config) as remote:
            assert remote.base == "https://news.example/"
        with pytest.raises(UsageError, match=r"made with the base IRI https://news\.example/"):
            open_store(config.store, config, "https://other.example/")


def test_the_ontology_is_written_once(anyone: Config) -> None:
    sizes = []
    for _ in range(2):
        with open_store(anyone.store, anyone, create=True) as remote:
            sizes.append(len(list(remote.engine.quads_for_pattern(None, None, None, remote.ontology_graph))))
    assert sizes[0] == sizes[1] > 100


class TestRefusals:
    def test_where_nobody_answers(self) -> None:
        with pytest.raises(StoreError, match=r"127\.0\.0\.1:9/sparql: cannot be reached"):
            RemoteStore.connect(Protocol("http://127.0.0.1:9"))

    def test_where_there_is_no_such_host(self) -> None:
        with pytest.raises(StoreError, match=r"nowhere\.invalid/sparql: cannot be reached"):
            RemoteStore.connect(Protocol("http://nowhere.invalid"))

    def test_what_is_no_address(self) -> None:
        with pytest.raises(UsageError, match="is not a web address"):
            Protocol("http://[::1")

    @pytest.mark.parametrize(("token", "hint"), [("", "requires a token"), ("wrong", "token is wrong")])
    def test_without_the_token_nothing_is_written(self, ours: Config, token: str, hint: str) -> None:
        config = dataclasses.replace(ours, token=token)
        with pytest.raises(StoreError, match=f"/update: the server refuses writes.*{hint}.*KG_TOKEN"):
            open_store(config.store, config, write=True)
        open_store(config.store, config).close()

    def test_a_server_that_only_reads_says_so(self, tmp_path: Path) -> None:
        Store.open(tmp_path / "served", create=True).close()
        with (
            serving(tmp_path / "served", token=None) as served,
            pytest.raises(StoreError, match="the server refuses writes"),
        ):
            RemoteStore.connect(Protocol(served.url), write=True)

    def test_where_there_is_no_endpoint(self, tmp_path: Path) -> None:
        with oxigraph(tmp_path / "o") as address, pytest.raises(StoreMissing, match="KG_QUERY_URL"):
            RemoteStore.connect(Protocol(address + "/no/such/path"))

    def test_endpoints_that_are_named_are_not_looked_for(self, tmp_path: Path) -> None:
        with oxigraph(tmp_path / "o") as address:
            protocol = Protocol("http://nowhere.invalid", "", address + "/query", address + "/update")
            with RemoteStore.connect(protocol, write=True) as remote:
                remote.write([sample_graph()])
                assert remote.articles() == [IRI]
