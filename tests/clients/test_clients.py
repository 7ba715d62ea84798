"""Clients that others have written, against a running server, as their manuals say."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import rdflib
from rdflib.plugins.stores.sparqlstore import SPARQLStore, SPARQLUpdateStore

from tests.server.served import TOKEN, Served, serving

COMUNICA = Path(__file__).parent / "comunica"
S, P, G = (rdflib.URIRef(f"http://example.org/{name}") for name in "spg")
SELECT = "SELECT ?o WHERE { <http://example.org/s> <http://example.org/p> ?o } ORDER BY ?o"


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with serving(tmp_path_factory.mktemp("clients") / "store", "--fronts", "1") as server:
        yield server


@pytest.fixture(autouse=True)
def _filled(served: Served) -> None:
    served.update(f"DROP ALL ; INSERT DATA {{ GRAPH <{G}> {{ <{S}> <{P}> 'one', 'zwei'@de }} }}")


class TestCurl:
    def _curl(self, *arguments: str) -> str:
        if shutil.which("curl") is None:
            pytest.skip("curl is not installed")
        ran = subprocess.run(["curl", "-sS", "--fail-with-body", *arguments], capture_output=True, text=True)
        assert ran.returncode == 0, ran.stderr + ran.stdout
        return ran.stdout

    def test_reads(self, served: Served) -> None:
        endpoint = f"{served.url}/sparql"
        by_form = self._curl(endpoint, "-H", "Accept: text/csv", "--data-urlencode", f"query={SELECT}")
        by_get = self._curl("-G", endpoint, "-H", "Accept: text/csv", "--data-urlencode", f"query={SELECT}")
        assert by_form == by_get == "o\none\nzwei\n"

    def test_writes(self, served: Served, tmp_path: Path) -> None:
        file = tmp_path / "new.ttl"
        file.write_text(f'<{S}> <{P}> "new" .', "utf-8")
        key = ["-H", f"Authorization: Bearer {TOKEN}"]
        self._curl(*key, "-T", str(file), "-H", "Content-Type: text/turtle", f"{served.url}/store?graph={G}")
        assert served.select(SELECT) == [["o"], ["new"]]
        self._curl(*key, "-F", f"file=@{file};type=text/turtle", f"{served.url}/store?graph={G}2")
        self._curl(*key, f"{served.url}/update", "--data-urlencode", f"update=DROP GRAPH <{G}>")
        assert served.select(f"SELECT ?g {{ GRAPH ?g {{ <{S}> ?p ?o }} }}") == [["g"], [f"{G}2"]]
        self._curl("-u", f"anyone:{TOKEN}", "-X", "DELETE", f"{served.url}/store?graph={G}2")
        assert served.select(SELECT) == [["o"]]


class TestRdflib:
    def test_reads(self, served: Served) -> None:
        graph = rdflib.Dataset(store=SPARQLStore(f"{served.url}/sparql"), default_union=True)
        assert [str(row[0]) for row in graph.query(SELECT)] == ["one", "zwei"]  # type: ignore[index]
        assert bool(graph.query(f"ASK {{ <{S}> ?p 'one' }}"))
        assert len(graph.query(f"CONSTRUCT WHERE {{ <{S}> ?p ?o }}").graph or ()) == 2
        named = rdflib.Graph(SPARQLStore(f"{served.url}/sparql"), identifier=G)
        assert set(named.objects(S, P)) == {rdflib.Literal("one"), rdflib.Literal("zwei", lang="de")}
        assert len(named) == 2

    def test_writes_with_the_token(self, served: Served) -> None:
        store = SPARQLUpdateStore(f"{served.url}/sparql", f"{served.url}/update", auth=("any", TOKEN))
        graph = rdflib.Graph(store, identifier=G)
        graph.add((S, P, rdflib.Literal(3)))
        assert (S, P, rdflib.Literal(3)) in graph
        graph.remove((S, P, rdflib.Literal("one")))
        graph.update(f"INSERT DATA {{ <{S}> <{P}> 'four' }}")
        store.commit()
        rows = served.select(f"SELECT ?o {{ GRAPH <{G}> {{ ?s ?p ?o }} }} ORDER BY STR(?o)")
        assert rows == [["o"], ["3"], ["four"], ["zwei"]]

    def test_does_not_write_without(self, served: Served) -> None:
        store = SPARQLUpdateStore(f"{served.url}/sparql", f"{served.url}/update")
        with pytest.raises(Exception, match="401"):
            rdflib.Graph(store, identifier=G).add((S, P, rdflib.Literal(3)))
        assert len(served.select(SELECT)) == 3


class TestSPARQLWrapper:
    @pytest.fixture
    def client(self, served: Served) -> Any:
        wrapper = pytest.importorskip("SPARQLWrapper")
        made = wrapper.SPARQLWrapper(f"{served.url}/sparql", f"{served.url}/update")
        made.addCustomHttpHeader("Authorization", f"Bearer {TOKEN}")
        return made

    @pytest.mark.parametrize("method", ["GET", "POST"])
    @pytest.mark.parametrize("form", ["json", "xml", "csv", "tsv"])
    def test_rows(self, client: Any, method: str, form: str) -> None:
        client.setMethod(method)
        client.setReturnFormat(form)
        client.setQuery(SELECT)
        found = client.queryAndConvert()
        text = found.toxml() if form == "xml" else json.dumps(found) if form == "json" else found.decode()
        assert "one" in text
        assert "zwei" in text

    @pytest.mark.parametrize("way", ["urlencoded", "postdirectly"])
    def test_graphs_and_updates(self, served: Served, client: Any, way: str) -> None:
        client.setMethod("POST")
        client.setRequestMethod(way)
        client.setQuery(f"INSERT DATA {{ <{S}> <{P}> 'new' }}")
        client.query().response.close()
        assert ["new"] in served.select(SELECT)
        client.setReturnFormat("turtle")
        client.setQuery(f"CONSTRUCT WHERE {{ <{S}> ?p ?o }}")
        assert b'"new"' in client.queryAndConvert()


def test_comunica(served: Served) -> None:
    node = shutil.which("node")
    if node is None:
        pytest.skip("node is not installed")
    if not (COMUNICA / "node_modules").is_dir():
        pytest.skip(f"Comunica is not installed: run npm ci in {COMUNICA.relative_to(Path.cwd())}")
    query = f"SELECT ?o ?g {{ GRAPH ?g {{ <{S}> ?p ?o FILTER(ISLITERAL(?o)) }} OPTIONAL {{ ?o ?no ?x }} }}"
    ran = subprocess.run(
        [node, "ask.mjs", f"{served.url}/sparql", query],
        cwd=COMUNICA,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert ran.returncode == 0, ran.stderr
    rows = [json.loads(line) for line in ran.stdout.splitlines()]
    assert sorted(row["o"] for row in rows) == ["one", "zwei"]
    assert {row["g"] for row in rows} == {str(G)}
