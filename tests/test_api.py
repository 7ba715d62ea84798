"""Tests of the Python interface, ``kg.open`` and ``kg.graph.Graph``."""

from __future__ import annotations

from pathlib import Path

import pytest
import rdflib

import kg
from kg.errors import StoreLocked, StoreMissing, UnknownParameter, UnknownQuestion
from kg.graph import Graph
from kg.store.local import Store
from tests.graphs import article_graph, article_iri
from tests.sample import IRI, sample_graph

TEXT = """Plan is put to a vote

Mayor Ada Quist said on Monday that the plan would be put to a vote in Sandby.
"""


@pytest.fixture
def store(tmp_path: Path) -> Path:
    with Store.open(tmp_path / "store", create=True) as store:
        store.write([sample_graph(), article_graph("other")])
    return tmp_path / "store"


@pytest.mark.model
def test_build_ask_and_build_again(tmp_path: Path) -> None:
    (tmp_path / "plan.txt").write_text(TEXT)
    with kg.open(tmp_path / "new" / "store") as graph:
        report = graph.build(tmp_path / "plan.txt")
        assert (report.built, report.failed) == (1, [])
        assert report.triples > 20
        (row,) = graph.query("SELECT ?name { ?a a schema:Person ; rdfs:label ?name }")
        assert row == {"name": "Ada Quist"}
        assert graph.build(tmp_path / "plan.txt").unchanged == 1
        assert len(graph.articles()) == 1


def test_questions_by_name(store: Path) -> None:
    with kg.open(store) as graph:
        answer = graph.question("what-has-someone-said", actor="Ada Quist")
        assert {row["content"] for row in answer} == {"the bridge would stay closed", "hold talks in Sandby"}
        with pytest.raises(UnknownQuestion, match="what-has-someone-said"):
            graph.question("what-has-someone-sad")
        with pytest.raises(UnknownParameter, match="actor"):
            graph.question("what-has-someone-said", acto="x")


def test_export_to_text_and_to_a_file(store: Path, tmp_path: Path) -> None:
    with kg.open(store) as graph:
        text = graph.export()
        assert text is not None
        assert "actor:ada-quist a kg:Actor , schema:Person ;" in text
        assert graph.export(tmp_path / "one.nq", format="nquads", article=IRI) is None
    assert article_iri("other") not in (tmp_path / "one.nq").read_text()


@pytest.mark.filterwarnings("ignore:Dataset.* is deprecated")  # rdflib calls its own deprecated functions
def test_rdflib_sees_the_same_graph(store: Path) -> None:
    with kg.open(store) as graph:
        dataset = graph.rdflib()
        kg_terms = rdflib.Namespace("https://w3id.org/communique#")
        assert len(set(dataset.subjects(rdflib.RDF.type, kg_terms.Proposal))) == 1
        rows = dataset.query("SELECT ?s { ?s a kg:Event }")
        assert len(list(rows)) == 2
        assert {str(one.identifier) for one in dataset.graphs()} >= {IRI, article_iri("other")}


def test_stats_and_validation(store: Path) -> None:
    with kg.open(store) as graph:
        assert graph.stats().articles == 2
        assert graph.validate(IRI) == []


def test_missing_store_is_reported_by_the_first_query(tmp_path: Path) -> None:
    graph = kg.open(tmp_path / "none")
    with pytest.raises(StoreMissing):
        graph.query("ASK {}")
    assert not (tmp_path / "none").exists()


def test_readers_share_the_store_and_close_unlocks_it(store: Path) -> None:
    first, second = kg.open(store), kg.open(store)
    assert first.articles() == second.articles()
    with pytest.raises(StoreLocked):
        Store.open(store, write=True)
    first.close()
    second.close()
    with Store.open(store, write=True):
        pass
    assert len(first.articles()) == 2
    first.close()


def test_settings_default_to_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KG_WORKERS", "3")
    assert isinstance(kg.open("store"), Graph)
    assert kg.open("store").config.workers == 3


def test_unknown_attribute_of_the_package() -> None:
    assert kg.__all__ == ["__version__", "open"]
    assert kg.__version__ == "0.1.0"
