"""Tests that each format holds exactly the quads of the store, in the same bytes each time."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterable
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib

from kg.errors import UsageError
from kg.export import WRITERS, export
from kg.export.output import write_file
from kg.rdf.formats import GRAPH_FORMATS
from kg.store.local import Store
from tests.export.conftest import fill

OXIGRAPH = {
    "turtle": ox.RdfFormat.TURTLE,
    "trig": ox.RdfFormat.TRIG,
    "nquads": ox.RdfFormat.N_QUADS,
    "ntriples": ox.RdfFormat.N_TRIPLES,
    "jsonld": ox.RdfFormat.JSON_LD,
    "rdfxml": ox.RdfFormat.RDF_XML,
}
RDFLIB = {"turtle": "turtle", "ntriples": "nt", "jsonld": "json-ld", "rdfxml": "xml"}
WITHOUT_CONTROL_CHARACTERS = (
    "DELETE { GRAPH ?g { ?s ?p ?o } } WHERE { GRAPH ?g { ?s ?p ?o } FILTER(CONTAINS(STR(?o), '\\u0001')) }"
)
SERD = {"turtle": "turtle", "trig": "trig", "nquads": "nquads", "ntriples": "ntriples"}


def text_of(store: Store, name: str, article: str | None = None, everything: bool = False) -> str:
    return "".join(export(store, name, article, everything))


def canonical(quads: Iterable[ox.Quad | ox.Triple]) -> set[str]:
    """Return the triples as N-Triples, with canonical names of blank nodes (RDFC-1.0)."""
    dataset = ox.Dataset(ox.Quad(quad.subject, quad.predicate, quad.object) for quad in quads)
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    return {str(quad) for quad in dataset}


@pytest.fixture
def printable(store: Store) -> Store:
    """The store without the control characters that XML cannot hold."""
    store.engine.update(WITHOUT_CONTROL_CHARACTERS)
    return store


def test_every_format_is_tested() -> None:
    names = {"turtle", "trig", "nquads", "ntriples", "jsonld", "rdfxml"}
    assert set(OXIGRAPH) == set(WRITERS) == set(GRAPH_FORMATS) == names
    assert set(RDFLIB) == {name for name, chosen in GRAPH_FORMATS.items() if not chosen.keeps_graphs}


@pytest.mark.parametrize("name", OXIGRAPH)
def test_oxigraph_reads_the_same_quads(name: str, store: Store, quads: set[ox.Quad]) -> None:
    if name == "rdfxml":
        store.engine.update(WITHOUT_CONTROL_CHARACTERS)
        quads &= set(store.engine)
    parsed = set(ox.parse(text_of(store, name), OXIGRAPH[name], base_iri="http://example.org/elsewhere"))
    assert canonical(parsed) == canonical(quads)
    if GRAPH_FORMATS[name].keeps_graphs:
        blank = {quad for quad in quads if isinstance(quad.subject, ox.BlankNode)}
        assert {quad for quad in parsed if not isinstance(quad.subject, ox.BlankNode)} == quads - blank


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated")  # rdflib's own parser of JSON-LD uses it
@pytest.mark.parametrize("name", RDFLIB)
def test_rdflib_reads_the_same_triples(name: str, printable: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rdflib, "NORMALIZE_LITERALS", False)
    quads = {quad for quad in printable.engine if quad.graph_name not in printable.own_graphs}
    graph = rdflib.Graph().parse(data=text_of(printable, name), format=RDFLIB[name])
    again = ox.parse(graph.serialize(format="nt"), ox.RdfFormat.N_TRIPLES)
    assert with_lower_case_language_tags(canonical(again)) == with_lower_case_language_tags(canonical(quads))


@pytest.mark.parametrize("name", SERD)
def test_serd_reads_the_same_triples(name: str, store: Store, quads: set[ox.Quad], tmp_path: Path) -> None:
    if shutil.which("serdi") is None:
        pytest.skip("serdi, the parser of the Serd library (Debian package serdi), is not installed")
    file = tmp_path / "graph"
    file.write_text(text_of(store, name), "utf-8", newline="")
    command = ["serdi", "-i", SERD[name], "-o", "nquads", str(file)]
    read = subprocess.run(command, capture_output=True, check=True, text=True)
    assert not read.stderr
    assert canonical(ox.parse(read.stdout, ox.RdfFormat.N_QUADS)) == canonical(quads)


def with_lower_case_language_tags(lines: set[str]) -> set[str]:
    """Return lines with language tags in lower case. rdflib keeps their case, Oxigraph does not."""
    return {re.sub(r"@[A-Za-z-]+$", lambda tag: tag[0].lower(), line) for line in lines}


@pytest.mark.parametrize("name", WRITERS)
def test_export_does_not_depend_on_build_order(name: str, printable: Store, tmp_path: Path) -> None:
    with Store.open(tmp_path / "other", create=True) as other:
        fill(other, ["two", "one"])
        other.engine.update(WITHOUT_CONTROL_CHARACTERS)
        unnamed = re.compile(r"_:[0-9a-f]+|b[0-9a-f]{28,}")
        assert unnamed.sub("_", text_of(printable, name)) == unnamed.sub("_", text_of(other, name))


def test_shared_actor_is_one_subject_with_all_triples(store: Store) -> None:
    text = text_of(store, "turtle")
    paragraphs = [part for part in text.split("\n\n") if part.startswith("actor:person-1 ")]
    assert paragraphs == [
        "actor:person-1 a kg:Actor , schema:Person ;\n"
        '    rdfs:label "Person 1"@en ;\n'
        "    schema:sameAs wd:Q42 ;\n"
        "    kg:evidence <one#char=5,8> ,\n"
        "        <two#char=5,8> ."
    ]


def test_triples_of_other_graphs_are_gathered(store: Store) -> None:
    event = '<#event-9> a kg:Event ;\n    schema:sameAs wd:Q1 ;\n    kg:note "linked"@en ,\n        "ninth" .'
    assert event in text_of(store, "turtle")


def test_subjects_are_in_text_order(store: Store, one: str) -> None:
    subjects = re.findall(r"^(?!@)(\S+) a ", text_of(store, "turtle", one), re.MULTILINE)
    actors = [f"actor:person-{number}" for number in range(12)]
    mentions = [f"<#char={number * 5},{number * 5 + 3}>" for number in range(12)]
    parts = ["<#proposal-1>", "<#statement-2>", "<#event-9>", "<#event-10>"]
    assert subjects == ["<>", *actors, "place:berlin", *parts, *mentions]


def test_export_of_one_article(store: Store, one: str) -> None:
    graph = ox.NamedNode(one)
    expected = canonical(store.engine.quads_for_pattern(None, None, None, graph))
    assert canonical(ox.parse(text_of(store, "turtle", one), ox.RdfFormat.TURTLE)) == expected
    assert {quad.graph_name for quad in ox.parse(text_of(store, "trig", one), ox.RdfFormat.TRIG)} == {graph}


def test_ontology_and_runs_with_everything_only(store: Store) -> None:
    few, all_of_it = (text_of(store, "nquads", everything=everything) for everything in (False, True))
    assert "graph/runs" not in few
    assert "graph/ontology" not in few
    assert {quad.graph_name for quad in ox.parse(all_of_it, ox.RdfFormat.N_QUADS)} >= store.own_graphs
    assert canonical(ox.parse(text_of(store, "turtle", everything=True), ox.RdfFormat.TURTLE)) == canonical(
        store.engine
    )


def test_turtle_keeps_line_breaks(tmp_path: Path) -> None:
    from tests.graphs import article_graph

    with Store.open(tmp_path / "store", create=True) as store:
        store.write([article_graph("one", body="Head\n\nAnn said: “No.”")])
        assert '    schema:articleBody """Head\n\nAnn said: “No.”"""@en .' in text_of(store, "turtle")


def test_rdfxml_refuses_control_characters(store: Store) -> None:
    with pytest.raises(UsageError, match=r"XML cannot hold the character U\+0001; use turtle"):
        text_of(store, "rdfxml")


def test_unknown_article_or_format_is_refused(store: Store) -> None:
    with pytest.raises(UsageError, match="article/three is not in the store"):
        export(store, "turtle", "https://w3id.org/communique/article/three")
    with pytest.raises(UsageError, match=r"'ttl' is not known; known are turtle"):
        export(store, "ttl")


class TestFile:
    def test_file_is_replaced_only_on_success(self, store: Store, tmp_path: Path) -> None:
        file = tmp_path / "graph.rdf"
        file.write_text("old")
        with pytest.raises(UsageError):
            write_file(file, export(store, "rdfxml"))
        assert file.read_text() == "old"
        write_file(file, export(store, "ntriples"))
        assert len(file.read_text().splitlines()) > 100
        assert sorted(entry.name for entry in tmp_path.iterdir()) == ["graph.rdf", "store"]

    def test_missing_folder_is_named(self, store: Store, tmp_path: Path) -> None:
        with pytest.raises(UsageError, match=r"none/graph\.ttl: cannot be written: No such file"):
            write_file(tmp_path / "none" / "graph.ttl", export(store))
