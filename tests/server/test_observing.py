"""What operators see: metrics that Prometheus reads, the access log, the log of slow queries, health."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx
import pytest
from prometheus_client.parser import text_string_to_metric_families

from server.accesslog import Rows
from tests.server.served import KEY, TOKEN, Served, make_store, serving

ALL = "SELECT ?s ?p ?o { ?s ?p ?o }"
SLOW = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    store = make_store(tmp_path_factory.mktemp("observing") / "store")
    log = store.parent / "access.log"
    with serving(store, "--access-log", str(log), "--slow", "0.4", "--timeout", "0.5") as server:
        yield server


def _metrics(served: Served) -> dict[str, float]:
    answer = served.client.get("/metrics")
    assert answer.headers["content-type"] == "text/plain; version=0.0.4; charset=utf-8"
    found = {}
    for family in text_string_to_metric_families(answer.text):
        assert family.documentation
        assert family.type in ("counter", "gauge", "histogram")
        for sample in family.samples:
            found[sample.name + "".join(sample.labels.values())] = sample.value
    return found


def _entries(served: Served) -> list[dict[str, Any]]:
    lines = (served.store.parent / "access.log").read_text("utf-8").splitlines()
    return [json.loads(line) for line in lines]


def test_prometheus_reads_what_has_happened(served: Served) -> None:
    before = _metrics(served)
    served.client.get("/sparql", params={"query": "ASK { ?s ?p 1 }"})
    served.client.get("/sparql", params={"query": "ASK { ?s ?p 1 }"})
    served.client.get("/sparql", params={"query": "ASK {"})
    served.client.get("/sparql", params={"query": SLOW})
    served.client.get("/queries/who-holds-which-office")
    served.update("INSERT DATA { <x:s> <x:p> 1 }")
    after = _metrics(served)
    grown = {name: value - before.get(name, 0) for name, value in after.items()}
    prefix = "communique_"
    assert grown.pop(f"{prefix}bytes_total") > 100
    assert grown.pop(f"{prefix}query_seconds_sum") > 0.4
    assert grown[f"{prefix}requests_total"] == 7  # the first look at the metrics is one
    assert grown[f"{prefix}queries_total"] == grown[f"{prefix}query_seconds_count"] == 5
    assert grown[f"{prefix}query_seconds_bucket+Inf"] == 5
    assert grown[f"{prefix}query_seconds_bucket10.0"] == 5
    assert grown[f"{prefix}refused_total"] == 1
    assert grown[f"{prefix}failed_total"] == grown[f"{prefix}timeouts_total"] == 1
    assert grown[f"{prefix}updates_total"] == 1


def test_the_graph_and_the_processes_are_told(served: Served) -> None:
    served.update("INSERT DATA { <x:gauge> <x:p> 1 }")
    before = _metrics(served)
    served.update("INSERT DATA { GRAPH <x:article> { <x:article> a <https://schema.org/NewsArticle> } }")
    after = _metrics(served)
    grown = {
        name: after[f"communique_{name}"] - before[f"communique_{name}"]
        for name in ("triples", "articles", "state", "start_time_seconds")
    }
    assert grown == {"triples": 1, "articles": 1, "state": 1, "start_time_seconds": 0}
    assert time.time() - 300 < after["communique_start_time_seconds"] < time.time()
    found = {kind: after[f"communique_processes{kind}"] for kind in ("main", "mirror", "writer", "front")}
    assert found == {"main": 1, "mirror": 1, "writer": 1, "front": 2}
    assert all(after[f"communique_memory_bytes{kind}"] > 1_000_000 for kind in found)


def test_a_query_under_way_is_counted(served: Served) -> None:
    def ask(time: int) -> httpx.Response:
        return served.client.get("/sparql", params={"query": f"{SLOW} # time {time}"})

    with ThreadPoolExecutor(1) as threads:
        slow = [threads.submit(ask, time) for time in range(20)]
        running = 0.0
        while not (running or slow[-1].done()):  # the process that is asked tells it every second
            running = _metrics(served)["communique_queries_running"]
        threads.shutdown(cancel_futures=True)
        assert running in (1, 2)


def test_the_histogram_only_grows_from_bound_to_bound(served: Served) -> None:
    served.client.get("/sparql", params={"query": ALL})
    buckets = [value for name, value in _metrics(served).items() if "_bucket" in name]
    assert len(buckets) > 4
    assert buckets == sorted(buckets)


@pytest.mark.parametrize("wanted", ["json", "xml", "csv", "tsv"])
def test_rows_and_time_are_in_the_access_log(served: Served, wanted: str) -> None:
    query = str(httpx.QueryParams({"query": f"{ALL} LIMIT 40", "format": wanted}))
    served.client.get(f"/sparql?{query}")
    entry = _entry_of(served, query)
    assert entry["rows"] == 40
    assert entry["seconds"] > 0
    assert (entry["method"], entry["path"], entry["status"]) == ("GET", "/sparql", 200)


def test_a_query_in_a_body_is_in_the_logs(served: Served) -> None:
    served.client.post("/sparql", data={"query": SLOW})
    entry = _entry_of(served, SLOW)
    assert entry["status"] == 503
    slow = [line for line in served.log.read_text("utf-8").splitlines() if line.startswith("slow: ")]
    assert json.loads(slow[-1].removeprefix("slow: "))["sparql"] == SLOW
    served.client.post("/update", data={"update": "CLEAR GRAPH <x:none>"}, headers=KEY)
    assert _entry_of(served, "CLEAR GRAPH <x:none>")["status"] == 409  # there is none
    assert TOKEN not in served.log.read_text("utf-8") + json.dumps(_entries(served))


def _entry_of(served: Served, sparql: str) -> dict[str, Any]:
    """Return the line of a request in the log, by the query in its body or its address.

    It is written when the answer has been sent.
    """
    for _ in range(100):
        found = [entry for entry in _entries(served) if sparql in (entry.get("sparql"), entry["query"])]
        if found:
            return found[-1]
        time.sleep(0.05)
    raise AssertionError(f"{sparql} is not in the log")


def test_health_is_told(served: Served) -> None:
    assert served.client.get("/health").json() == {"status": "ok"}


@pytest.mark.parametrize("size", [1, 2, 3, 1000])
def test_lines_within_the_texts_of_csv_are_no_rows(size: int) -> None:
    answer = b'a,b\r\n"two\nlines","a ""quoted"" word"\r\n"","x"\r\n'
    rows = Rows()
    for start in range(0, len(answer), size):
        rows.feed("text/csv", answer[start : start + size])
    assert rows.count == 2
