"""Questions to a store, and answers in the formats that fit them."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
from collections.abc import Iterator
from decimal import Decimal

import pyoxigraph as ox
import pytest
import rdflib

from kg.errors import QueryError, UsageError
from kg.query.answers import ask, plain
from kg.rdf.formats import ROW_FORMATS, TRIPLE_FORMATS
from kg.store.local import Store
from tests.graphs import article_graph, article_iri
from tests.sample import IRI, sample_graph

PEOPLE = "SELECT ?name WHERE { ?person a schema:Person ; rdfs:label ?name } ORDER BY ?name"
TRIPLES = "CONSTRUCT { ?person rdfs:label ?name } WHERE { ?person a schema:Person ; rdfs:label ?name }"


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with Store.open(tmp_path_factory.mktemp("query") / "store", create=True) as store:
        store.write([article_graph("one"), sample_graph()])
        yield store


def written(store: Store, text: str, name: str) -> str:
    output = io.BytesIO()
    ask(store, text).write(name, output)
    return output.getvalue().decode()


def test_rows_are_plain_values(store: Store) -> None:
    text = "SELECT ?day ?sure ?no { ?s kg:earliest ?day ; kg:confidence ?sure OPTIONAL { ?s kg:no ?no } }"
    assert list(ask(store, text)) == [{"day": dt.date(2024, 5, 13), "sure": Decimal("0.9"), "no": None}]


def test_an_answer_to_ask_is_true_or_false(store: Store) -> None:
    assert ask(store, "ASK { ?s a kg:Proposal }")
    assert not ask(store, "ASK { ?s a kg:Nothing }")
    with pytest.raises(UsageError, match="iterate over this one"):
        bool(ask(store, PEOPLE))


def test_construct_gives_triples(store: Store) -> None:
    triples = list(ask(store, TRIPLES))
    assert all(isinstance(triple, ox.Triple) for triple in triples)
    assert len(triples) == 4


def test_the_graph_of_an_article_can_be_named(store: Store) -> None:
    answer = ask(store, "SELECT DISTINCT ?g WHERE { GRAPH ?g { ?a a kg:Actor } } ORDER BY ?g")
    assert [row["g"] for row in answer] == [IRI, article_iri("one")]


class TestFormats:
    def test_rows(self, store: Store) -> None:
        names = ["Ada Quist", "Person 0", "Person 1", "Person 2"]
        assert [row["name"] for row in csv.DictReader(io.StringIO(written(store, PEOPLE, "csv")))] == names
        bindings = json.loads(written(store, PEOPLE, "json"))["results"]["bindings"]
        assert [row["name"]["value"] for row in bindings] == names
        assert written(store, PEOPLE, "tsv").splitlines()[:2] == ["?name", '"Ada Quist"@en']
        assert '<literal xml:lang="en">Ada Quist</literal>' in written(store, PEOPLE, "xml")

    @pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated")
    @pytest.mark.parametrize(
        ("name", "parser"),
        [("turtle", "turtle"), ("ntriples", "nt"), ("jsonld", "json-ld"), ("rdfxml", "xml")],
    )
    def test_graphs(self, store: Store, name: str, parser: str) -> None:
        graph = rdflib.Graph().parse(data=written(store, TRIPLES, name), format=parser)
        assert {str(label) for label in graph.objects()} == {"Ada Quist", "Person 0", "Person 1", "Person 2"}
        assert written(store, TRIPLES, name) == written(store, TRIPLES, name)

    @pytest.mark.parametrize("name", ROW_FORMATS)
    @pytest.mark.parametrize("text", [PEOPLE, "ASK {}"])
    def test_the_last_line_ends(self, store: Store, name: str, text: str) -> None:
        assert written(store, text, name).endswith("\n")

    def test_one_that_does_not_fit_is_refused_with_those_that_do(self, store: Store) -> None:
        with pytest.raises(
            UsageError, match=r"'turtle' does not fit a SELECT query; these do: json, xml, csv, tsv"
        ):
            written(store, PEOPLE, "turtle")
        with pytest.raises(
            UsageError, match=r"'csv' does not fit a CONSTRUCT or DESCRIBE query; these do: turtle"
        ):
            written(store, TRIPLES, "csv")
        with pytest.raises(UsageError, match="'table' does not fit an ASK query"):
            written(store, "ASK {}", "table")
        assert ask(store, PEOPLE).formats == tuple(ROW_FORMATS)
        assert ask(store, TRIPLES).formats == TRIPLE_FORMATS


class TestErrors:
    def test_a_syntax_error_is_shown_in_its_line(self, store: Store) -> None:
        with pytest.raises(
            QueryError, match=r"line 2, column 3: LIMT cannot stand here\n      LIMT 5\n      \^"
        ):
            ask(store, "SELECT * { ?s ?p ?o }\n  LIMT 5")

    def test_a_known_prefix_need_not_be_declared_but_may_be_otherwise(self, store: Store) -> None:
        assert ask(store, "PREFIX kg: <https://schema.org/> ASK { ?a a kg:NewsArticle }")

    def test_an_unknown_function_is_named(self, store: Store) -> None:
        with pytest.raises(QueryError, match=r"cannot be evaluated: .*example\.org/f"):
            list(ask(store, "SELECT (<http://example.org/f>(1) AS ?x) {}"))

    def test_an_update_is_refused(self, store: Store) -> None:
        with pytest.raises(QueryError, match=r"an update \(CLEAR\)"):
            ask(store, "CLEAR ALL")
        assert store.articles()


@pytest.mark.parametrize(
    ("term", "value"),
    [
        (ox.NamedNode("https://example.org/a"), "https://example.org/a"),
        (ox.Literal(5), 5),
        (ox.Literal(0.5), 0.5),
        (ox.Literal(True), True),
        (ox.Literal("x", language="en"), "x"),
        (
            ox.Literal("2024-13-45", datatype=ox.NamedNode("http://www.w3.org/2001/XMLSchema#date")),
            "2024-13-45",
        ),
    ],
)
def test_plain_values(term: ox.NamedNode | ox.Literal, value: object) -> None:
    assert plain(term) == value
    assert type(plain(term)) is type(value)
