"""What the server does beside the protocols: time, size, writes seen at once, its end."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import socket
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pyoxigraph as ox
import pytest
import rdflib
from rdflib.plugins.stores.sparqlstore import SPARQLUpdateStore

from kg.errors import StoreLocked
from kg.store.local import Store
from tests.server.served import KEY, TOKEN, Served, make_store, serving

ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n1 ?o }"


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    store = make_store(tmp_path_factory.mktemp("serving") / "store")
    log = store.parent / "access.log"
    limits = ["--timeout", "1.5", "--workers", "1", "--waiting", "2", "--max-query", "5000", "--slow", "1"]
    with serving(store, *limits, "--access-log", str(log), "--max-answer", "200000") as server:
        yield server


def test_a_query_past_its_time_is_stopped_and_the_next_one_answered(served: Served) -> None:
    started = time.monotonic()
    answer = served.client.get("/sparql", params={"query": ENDLESS})
    assert answer.status_code == 503
    assert "1.5 s" in answer.text
    assert time.monotonic() - started < 10
    assert served.client.get("/sparql?query=ASK{}").json()["boolean"] is True


def test_slow_queries_do_not_hold_up_small_ones(served: Served) -> None:
    small = "ASK { <x:never> ?p ?o }"
    for _ in range(12):  # both processes have come to know it as small
        served.client.get("/sparql", params={"query": small})
    with httpx.Client(base_url=served.url, timeout=30) as other:
        thread = threading.Thread(target=other.get, args=["/sparql"], kwargs={"params": {"query": ENDLESS}})
        thread.start()
        time.sleep(0.3)
        assert served.client.get("/sparql", params={"query": small}).status_code == 200
        assert thread.is_alive()
        thread.join()


def test_many_slow_queries_do_not_hold_up_one_that_nobody_knows(tmp_path: Path) -> None:
    limits = ["--fronts", "1", "--workers", "1", "--timeout", "4"]
    with serving(make_store(tmp_path / "store"), *limits) as served, ThreadPoolExecutor(4) as threads:
        slow = [
            threads.submit(httpx.get, f"{served.url}/sparql", params={"query": ENDLESS}, timeout=60)
            for _ in range(4)
        ]
        time.sleep(0.5)
        for name in ("first", "second"):
            asked = {"query": f"SELECT * {{ <x:{name}> ?p ?o }}"}
            assert served.client.get("/sparql", params=asked).status_code == 200
        assert not any(one.done() for one in slow)
        assert {one.result().status_code for one in slow} == {503}


def test_who_had_to_wait_is_not_told_to_have_taken_long(tmp_path: Path) -> None:
    limits = ["--fronts", "1", "--workers", "1", "--timeout", "2"]
    with serving(make_store(tmp_path / "store"), *limits) as served, ThreadPoolExecutor(2) as threads:
        answers = []
        for query in (ENDLESS, f"{ENDLESS} LIMIT 1"):
            answers.append(
                threads.submit(httpx.get, f"{served.url}/sparql", params={"query": query}, timeout=60)
            )
            time.sleep(0.3)
        first, second = (one.result() for one in answers)
    assert (first.status_code, "took longer than 2 s" in first.text) == (503, True)
    assert (second.status_code, "try again" in second.text) == (503, True)
    assert (first.headers.get("Retry-After"), second.headers.get("Retry-After")) == (None, "2")


def test_a_client_that_goes_away_stops_its_query(served: Served) -> None:
    with pytest.raises(httpx.ReadTimeout):
        httpx.get(f"{served.url}/sparql", params={"query": ENDLESS}, timeout=0.3)
    assert served.client.get("/sparql", params={"query": "ASK { ?s a ?c }"}).status_code == 200


def test_too_many_at_once_are_told_to_come_back(served: Served) -> None:
    answers: list[httpx.Response] = []

    def ask() -> None:
        answers.append(httpx.get(f"{served.url}/sparql", params={"query": ENDLESS}, timeout=30))

    threads = [threading.Thread(target=ask) for _ in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert {answer.status_code for answer in answers} == {503}
    assert any("retry-after" in answer.headers for answer in answers)


def test_sizes_are_limited(served: Served) -> None:
    long = "ASK { ?s ?p ?o } #" + "x" * 5000
    sent = {"Content-Type": "application/sparql-query"}
    assert served.client.post("/sparql", content=long, headers=sent).status_code == 413
    assert served.client.get("/sparql", params={"query": long}).status_code == 413
    many = "SELECT * { ?s ?p ?o . ?a ?b ?c }"
    with pytest.raises(httpx.RemoteProtocolError):  # what was begun is not made to look whole
        served.client.get("/sparql", params={"query": many})


def test_an_answer_is_kept_until_the_graph_changes(served: Served) -> None:
    query = {"query": "SELECT ?o { <x:kept> <x:p> ?o }"}
    first = served.client.get("/sparql", params=query)
    again = served.client.get("/sparql", params=query, headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    served.update('INSERT DATA { <x:kept> <x:p> "new" }')
    changed = served.client.get("/sparql", params=query, headers={"If-None-Match": first.headers["etag"]})
    assert changed.status_code == 200
    assert "new" in changed.text


def test_chance_and_the_clock_are_not_kept(served: Served) -> None:
    query = {"query": "SELECT (STRUUID() AS ?id) {}"}
    first, second = (served.client.get("/sparql", params=query) for _ in range(2))
    assert first.content != second.content
    assert "etag" not in first.headers


def test_who_wrote_reads_it_from_every_process(served: Served) -> None:
    for number in range(30):
        served.update(
            f"DELETE {{ <x:w> <x:n> ?n }} INSERT {{ <x:w> <x:n> {number} }}"
            " WHERE { OPTIONAL { <x:w> <x:n> ?n } }"
        )
        # A connection of its own may be taken by another process.
        answer = httpx.get(
            f"{served.url}/sparql", params={"query": "SELECT ?n { <x:w> <x:n> ?n }", "format": "csv"}
        )
        assert answer.text.split() == ["n", str(number)]


def test_blank_nodes_and_chance_are_the_same_everywhere(served: Served) -> None:
    served.update(
        "INSERT { ?s <x:rand> ?r ; <x:b> [ <x:of> ?s ] }"
        " WHERE { VALUES ?s { <x:r1> <x:r2> } BIND(STRUUID() AS ?r) }"
    )
    found = {
        httpx.get(
            f"{served.url}/sparql", params={"query": "SELECT ?r { ?s <x:rand> ?r } ORDER BY ?r #" + "x" * n}
        ).text
        for n in range(8)
    }
    assert len(found) == 1


def test_rdflib_reads_and_writes(served: Served) -> None:
    store = SPARQLUpdateStore(f"{served.url}/sparql", f"{served.url}/update", auth=("anyone", TOKEN))
    graph = rdflib.Graph(store, identifier=rdflib.URIRef("http://example.org/rdflib"))
    triple = (rdflib.URIRef("x:rdflib"), rdflib.URIRef("x:p"), rdflib.Literal("ü"))
    graph.add(triple)
    assert triple in graph
    graph.remove(triple)
    assert triple not in graph


def test_no_log_has_the_token(served: Served) -> None:
    served.client.get("/sparql", params={"query": "SELECT * { ?s a ?c }"})
    served.update("INSERT DATA { <x:s> <x:logged> 1 }")
    served.client.post("/update", data={"update": "CLEAR"}, headers=KEY)
    served.client.get("/nowhere", headers=KEY)
    lines = (served.store.parent / "access.log").read_text("utf-8").splitlines()
    entries = [json.loads(line) for line in lines]
    assert all({"time", "path", "status", "seconds", "bytes"} <= set(entry) for entry in entries)
    assert any(entry.get("rows", 0) > 3 for entry in entries)
    assert TOKEN not in served.log.read_text("utf-8") + json.dumps(entries)


def test_health_questions_and_what_is_there(served: Served) -> None:
    assert served.client.get("/health").json() == {"status": "ok"}
    names = {question["name"] for question in served.client.get("/queries").json()}
    rows = served.client.get("/queries/who-holds-which-office?format=csv").text.splitlines()
    assert "who-holds-which-office" in names
    assert "Ada Quist" in rows[1]
    assert "who-holds-which-office" in served.client.get("/queries/who-holds").text
    wrong = served.client.get("/queries/what-has-someone-said", params={"acter": "x"})
    assert (wrong.status_code, "actor" in wrong.text) == (400, True)


def test_it_describes_itself(served: Served) -> None:
    sd = rdflib.Namespace("http://www.w3.org/ns/sparql-service-description#")
    described = rdflib.Graph().parse(
        data=served.client.get("/sparql", headers={"Accept": "text/turtle"}).text
    )
    (service,) = described.subjects(rdflib.RDF.type, sd.Service)
    assert described.value(service, sd.endpoint) == rdflib.URIRef(f"{served.url}/sparql")
    assert sd.SPARQL11Update in set(described.objects(service, sd.supportedLanguage))
    assert sd.UnionDefaultGraph in set(described.objects(service, sd.feature))
    void = rdflib.Graph().parse(data=served.client.get("/.well-known/void").text)
    said = rdflib.Namespace("http://rdfs.org/ns/void#")
    (dataset,) = void.subjects(rdflib.RDF.type, said.Dataset)
    (triples,) = void.objects(dataset, said.triples)
    assert int(str(triples)) > 100
    parts = void.objects(dataset, said.propertyPartition)
    named = int(served.select("SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }")[1][0])
    assert sum(int(str(void.value(part, said.triples))) for part in parts) == named
    (actors,) = void.subjects(said["class"], rdflib.URIRef("https://w3id.org/communique#Actor"))
    assert int(str(void.value(actors, said.entities))) == 3
    for example in void.objects(dataset, said.exampleResource):
        address = str(example).replace("https://w3id.org/communique", served.url).partition("#")[0]
        assert served.client.get(address, follow_redirects=True).status_code == 200
    things = rdflib.URIRef("https://w3id.org/communique/actor/")
    assert things not in set(void.objects(dataset, said.vocabulary))
    ontology = rdflib.Graph().parse(data=served.client.get("/ontology").text)
    assert (rdflib.URIRef("https://w3id.org/communique#Statement"), None, None) in ontology


def test_the_openapi_document_has_every_question(served: Served) -> None:
    paths = served.client.get("/openapi.json").json()["paths"]
    said = {p["name"] for p in paths["/queries/what-has-someone-said"]["get"]["parameters"]}
    assert {"actor", "format"} <= said
    assert "/health" in paths


def test_without_a_token_nobody_writes(tmp_path: Path) -> None:
    with serving(make_store(tmp_path / "store"), "--memory", "off", "--fronts", "1", token=None) as server:
        assert server.client.post("/update", data={"update": "CLEAR ALL"}, headers=KEY).status_code == 403
        assert server.client.put("/store?default", content="", headers=KEY).status_code == 403
        assert int(server.select("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")[1][0]) > 100
        with Store.open(server.store) as beside:  # others may read it, too
            assert beside.articles()


def test_from_disk_a_write_is_read_as_well(tmp_path: Path) -> None:
    with serving(make_store(tmp_path / "store"), "--memory", "off") as server:
        for number in range(3):
            server.update(f"INSERT DATA {{ <x:s> <x:n> {number} }}")
            assert len(server.select("SELECT ?n { <x:s> <x:n> ?n }")) == number + 2


@pytest.mark.parametrize(("processes", "place"), [((2, 6), "disk"), ((1, 1), "a copy in memory")])
def test_what_does_not_fit_into_memory_is_read_from_disk(
    tmp_path: Path, processes: tuple[int, int], place: str
) -> None:
    with Store.open(tmp_path / "store", create=True) as store:
        fact = (ox.NamedNode("x:s"), ox.NamedNode("x:p"))
        store.engine.extend(ox.Quad(*fact, ox.Literal(number)) for number in range(200))
    fronts, workers = map(str, processes)
    options = ("--memory-limit", "1", "--fronts", fronts, "--workers", workers)
    with serving(tmp_path / "store", *options, token=None) as server:
        assert f"from {place}" in server.log.read_text("utf-8")
        assert server.select("SELECT (COUNT(*) AS ?n) { <x:s> ?p ?o }") == [["n"], ["200"]]


def test_killed_at_any_moment_it_loses_nothing_that_it_said_was_written(tmp_path: Path) -> None:
    store = make_store(tmp_path / "store")
    for round_ in range(2):
        with serving(store, "--fronts", "1") as server:
            acknowledged = _write_until_killed(server, round_)
        with _opened(store) as opened:
            rows = opened.engine.query(
                f"SELECT ?n (COUNT(?x) AS ?k) {{ GRAPH <x:round{round_}> {{ ?s <x:n> ?n ; <x:of> ?x }} }}"
                " GROUP BY ?n"
            )
            found = {int(row["n"].value): int(row["k"].value) for row in rows}  # type: ignore[union-attr]
        assert set(range(acknowledged)) <= set(found)
        assert set(found.values()) <= {3}  # none is half there


def _opened(store: Path) -> Store:
    """Open the store as soon as the process that wrote is gone, which ends with the main process."""
    for _ in range(100):
        with contextlib.suppress(StoreLocked):
            return Store.open(store)
        time.sleep(0.02)
    return Store.open(store)


def _write_until_killed(server: Served, round_: int) -> int:
    acknowledged = 0
    threading.Timer(0.7 + 0.4 * round_, os.kill, [server.process.pid, signal.SIGKILL]).start()
    try:
        while True:
            triples = f"<x:s{acknowledged}> <x:n> {acknowledged} ; <x:of> 1, 2, 3 ."
            server.update(f"INSERT DATA {{ GRAPH <x:round{round_}> {{ {triples} }} }}")
            acknowledged += 1
    except (httpx.TransportError, AssertionError):
        assert acknowledged > 3
        return acknowledged


def test_told_to_end_it_finishes_what_it_does(tmp_path: Path) -> None:
    with serving(make_store(tmp_path / "store"), "--timeout", "2") as server:
        answers: list[int] = []
        thread = threading.Thread(
            target=lambda: answers.append(
                httpx.get(f"{server.url}/sparql", params={"query": ENDLESS}, timeout=30).status_code
            )
        )
        thread.start()
        time.sleep(0.5)
        server.process.send_signal(signal.SIGTERM)
        thread.join()
        assert server.process.wait(20) == 0
        assert answers == [503]  # its time was over, which it was told
        with (
            pytest.raises(OSError, match="refused"),
            socket.create_connection(("127.0.0.1", server.client.base_url.port or 0)),
        ):
            pass


def test_a_port_that_is_taken_is_named(tmp_path: Path) -> None:
    import subprocess
    import sys

    store = make_store(tmp_path / "store")
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        command = [sys.executable, "-m", "kg", "serve", "--store", str(store), "--port", port]
        ended = subprocess.run(
            command, capture_output=True, text=True, check=False, cwd=Path(__file__).parents[2]
        )
    assert ended.returncode == 2
    assert f"127.0.0.1:{port}" in ended.stderr
