"""The endpoint as its clients see it: a real server on a real port."""

from __future__ import annotations

import json
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
import rdflib

from kg.store import Store
from server.sparql import calls_others
from tests.sample import IRI, sample_graph

COUNT = "SELECT (COUNT(*) AS ?n) { ?s a kg:Statement }"


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    folder = tmp_path_factory.mktemp("served") / "store"
    with Store.open(folder, create=True) as store:
        store.write([sample_graph()])
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "kg", "serve", "--store", str(folder), "--port", str(port)]
    with subprocess.Popen(command, stderr=subprocess.PIPE, cwd=Path(__file__).parents[2]) as server:
        with httpx.Client(base_url=f"http://127.0.0.1:{port}") as client:
            _wait_for(client, server)
            yield client
        server.terminate()


def _wait_for(client: httpx.Client, server: subprocess.Popen[bytes]) -> None:
    for _ in range(200):
        try:
            client.get("/health").raise_for_status()
            return
        except httpx.TransportError:
            assert server.poll() is None, server.stderr.read() if server.stderr else ""
            time.sleep(0.1)
    raise AssertionError("the server does not answer")


class TestQueries:
    def test_get_form_and_direct_post_give_the_same(self, client: httpx.Client) -> None:
        answers = [
            client.get("/sparql", params={"query": COUNT}),
            client.post("/sparql", data={"query": COUNT}),
            client.post("/sparql", content=COUNT, headers={"Content-Type": "application/sparql-query"}),
        ]
        assert {answer.status_code for answer in answers} == {200}
        assert {answer.json()["results"]["bindings"][0]["n"]["value"] for answer in answers} == {"2"}
        assert {answer.headers["content-type"] for answer in answers} == {"application/sparql-results+json"}

    def test_a_percent_sign_survives_a_form(self, client: httpx.Client) -> None:
        answer = client.post("/sparql", data={"query": 'SELECT ("50 %25" AS ?x) {}'})
        assert answer.json()["results"]["bindings"][0]["x"]["value"] == "50 %25"

    def test_formats_by_accept_and_by_name(self, client: httpx.Client) -> None:
        csv = client.get("/sparql", params={"query": COUNT}, headers={"Accept": "text/csv"})
        assert csv.text.split() == ["n", "2"]
        assert "accept" in csv.headers["vary"].lower()
        assert client.get("/sparql", params={"query": COUNT, "format": "tsv"}).text.startswith("?n")
        graph = client.get("/sparql", params={"query": f"DESCRIBE <{IRI}>"})
        assert graph.headers["content-type"] == "text/turtle; charset=utf-8"
        assert len(rdflib.Graph().parse(data=graph.text, format="turtle")) > 5

    def test_the_dataset_of_the_request_counts(self, client: httpx.Client) -> None:
        there = client.get("/sparql", params={"query": COUNT, "default-graph-uri": IRI})
        elsewhere = client.get(
            "/sparql", params={"query": COUNT, "default-graph-uri": "http://example.org/g"}
        )
        assert [a.json()["results"]["bindings"][0]["n"]["value"] for a in (there, elsewhere)] == ["2", "0"]

    def test_head_and_cors(self, client: httpx.Client) -> None:
        head = client.head("/sparql", params={"query": COUNT}, headers={"Origin": "http://example.org"})
        assert head.status_code == 200
        assert head.content == b""
        assert head.headers["access-control-allow-origin"] == "*"

    def test_a_client_library_reads_it(self, client: httpx.Client) -> None:
        graph = rdflib.Graph("SPARQLStore")
        graph.open(f"{client.base_url}/sparql")
        rows = list(graph.query("SELECT ?s { ?s a <https://w3id.org/communique#Proposal> }"))
        assert len(rows) == 1


class TestRefusals:
    @pytest.mark.parametrize(
        ("query", "said"),
        [
            ("SELECT ?x {\n  ?x a ?y", r"line 2"),
            ("INSERT DATA { <a:b> <a:b> <a:b> }", "update"),
            ("SELECT * { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }", "SERVICE"),
        ],
    )
    def test_a_query_that_cannot_be_answered_says_why(
        self, client: httpx.Client, query: str, said: str
    ) -> None:
        answer = client.get("/sparql", params={"query": query})
        assert answer.status_code == 400
        assert re.search(said, answer.text)

    def test_statuses_of_wrong_requests(self, client: httpx.Client) -> None:
        statuses = [
            client.get("/sparql").status_code,
            client.get("/sparql?query=ASK{}&query=ASK{}").status_code,
            client.post("/sparql", data={"update": "CLEAR ALL"}).status_code,
            client.post("/sparql", content="ASK {}", headers={"Content-Type": "text/plain"}).status_code,
            client.post(
                "/sparql", content=b"#" * 1_000_001, headers={"Content-Type": "application/sparql-query"}
            ).status_code,
            client.get("/sparql?query=ASK{}", headers={"Accept": "image/png"}).status_code,
            client.put("/sparql", content="ASK {}").status_code,
        ]
        assert statuses == [400, 400, 400, 415, 413, 406, 405]


class TestQuestions:
    def test_they_are_listed_and_answered(self, client: httpx.Client) -> None:
        names = {question["name"] for question in client.get("/queries").json()}
        assert "who-holds-which-office" in names
        rows = client.get("/queries/who-holds-which-office", params={"format": "json"}).json()
        assert [row["who"]["value"] for row in rows["results"]["bindings"]] == ["Ada Quist"]

    def test_wrong_names_get_a_suggestion(self, client: httpx.Client) -> None:
        unknown = client.get("/queries/who-holds")
        assert unknown.status_code == 404
        assert "who-holds-which-office" in unknown.text
        wrong = client.get("/queries/what-has-someone-said", params={"acter": "x"})
        assert wrong.status_code == 400
        assert "actor" in wrong.text


@pytest.mark.parametrize(
    ("query", "calls"),
    [
        ("SELECT * { SERVICE <http://x/> { ?s ?p ?o } }", True),
        ("SELECT * { service silent ?x { ?s ?p ?o } }", True),
        ('SELECT * { ?s ?p "SERVICE <http://x/>" }', False),
        ("SELECT * { ?s <http://x/SERVICE> ?o } # SERVICE", False),
        ("SELECT ?service { ?service a kg:service }", False),
        ('SELECT * { ?s ?p """a "SERVICE" """ . SERVICE <http://x/> {} }', True),
    ],
)
def test_service_is_found_where_it_is_code(query: str, calls: bool) -> None:
    assert calls_others(query) is calls


def test_the_openapi_document_names_the_routes(client: httpx.Client) -> None:
    paths = json.loads(client.get("/openapi.json").text)["paths"]
    assert {"/queries", "/queries/{name}", "/health"} <= set(paths)
