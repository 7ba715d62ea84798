"""What the server calls: what is listed, where it may be, for as long as it may."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.errors import UsageError
from server.calling import Call, addresses, call, may_reach
from server.forwarding import Forwarder
from server.loading import is_listed
from server.refusal import Refusal
from server.settings import Settings
from tests.server.remote import Remote, remote
from tests.server.served import KEY, Served, make_store, serving


@pytest.fixture(scope="module")
def afar() -> Iterator[Remote]:
    with remote() as server:
        yield server


@pytest.fixture(scope="module")
def served(afar: Remote, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    paths = ("rows", "redirect", "slow", "drops", "broken", "nonsense")
    listed = [word for path in paths for word in ("--service", f"{afar.url}/{path}")]
    store = make_store(tmp_path_factory.mktemp("calling") / "store")
    listed += ["--load", f"{afar.url}/doc.ttl", "--load", f"{afar.url}/docs/"]
    with serving(store, *listed, "--service-timeout", "0.7", "--timeout", "8") as server:
        yield server


@pytest.mark.parametrize(
    ("host", "address", "may"),
    [
        ("example.org", "93.184.215.14", True),
        ("example.org", "2606:2800:21f:cb07:6820:80da:af6b:8b2c", True),
        ("example.org", "127.0.0.1", False),
        ("example.org", "::1", False),
        ("example.org", "10.1.2.3", False),
        ("example.org", "192.168.0.1", False),
        ("example.org", "100.64.0.1", False),
        ("example.org", "169.254.169.254", False),
        ("example.org", "fd00:ec2::254", False),
        ("example.org", "fe80::1%eth0", False),
        ("example.org", "0.0.0.0", False),
        ("example.org", "::ffff:127.0.0.1", False),
        ("example.org", "64:ff9b::7f00:1", False),
        ("example.org", "2002:7f00:1::", False),
        ("localhost.example.org", "127.0.0.1", False),
        ("localhost", "127.0.0.1", True),
        ("fuseki", "172.18.0.3", True),
        ("graph.internal", "10.0.0.7", True),
        ("metadata.google.internal", "169.254.169.254", False),
        ("127.0.0.1", "127.0.0.1", True),
        ("127.0.0.1", "127.0.0.2", False),
        ("169.254.169.254", "169.254.169.254", True),
        ("::1", "::1", True),
    ],
)
def test_where_a_listed_host_may_be(host: str, address: str, may: bool) -> None:
    assert may_reach(host, address) is may


def test_a_public_name_that_leads_home_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    home = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("10.0.0.1", 80))]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: home)
    with pytest.raises(Refusal, match=r"example\.org leads to 10\.0\.0\.1"):
        list(addresses("example.org", 80))
    with pytest.raises(Refusal, match="private address"):
        call(Call("http://example.org/", 2, 1000))


@pytest.mark.parametrize("iri", ["ftp://x/", "http:///x", "x", "http://u:p@x/", "http://x/ y", "http://[x/"])
def test_what_cannot_be_listed(iri: str) -> None:
    with pytest.raises(UsageError, match="service"):
        Settings(Path("store"), services=(iri,))


def test_a_call_ends_in_time_and_size(afar: Remote) -> None:
    assert call(Call(f"{afar.url}/rows", 5, 1000, b"")).media_type == "application/sparql-results+json"
    with pytest.raises(Refusal, match="more than 10 bytes"):
        call(Call(f"{afar.url}/rows", 5, 10, b""))
    for path in ("slow", "drops"):
        with pytest.raises(Refusal, match=r"within 0\.2 s") as late:
            call(Call(f"{afar.url}/{path}", 0.2, 10_000, b""))
        assert late.value.status == 504
    for thread in [one for one in threading.enumerate() if "_settle" in one.name]:
        thread.join(5)  # it does not read on until the last drop
        assert not thread.is_alive()


def test_the_way_round_is_for_the_engine_alone(afar: Remote) -> None:
    forwarder = Forwarder((f"{afar.url}/rows",), 5)
    query = f"SELECT * {{ SERVICE <{afar.url}/rows> {{ ?s ?p '{afar.url}/rows' }} }}"
    rewritten = forwarder.rewrite(query)
    assert forwarder.restore(rewritten) == query
    place = rewritten.partition("<")[2].partition(">")[0]
    secret = place.split("/")[-2]
    assert call(Call(place, 5, 1000, b"")).body.startswith(b"{")
    for wrong in (place.replace(secret, ""), place.replace(secret, "0" * 16), f"{place}9", f"{place}x"):
        with pytest.raises(Refusal, match="answers 404"):
            call(Call(wrong, 5, 1000, b""))


def _ask(served: Served, pattern: str) -> tuple[int, str]:
    answer = served.client.get("/sparql", params={"query": f"SELECT * {{ {pattern} }}", "format": "csv"})
    return answer.status_code, answer.text


class TestService:
    def test_a_listed_endpoint_is_asked(self, served: Served, afar: Remote) -> None:
        pattern = f"VALUES ?n {{ 1 2 }} SERVICE <{afar.url}/rows> {{ ?x ?y 'it#s' }}"
        status, text = _ask(served, pattern)
        assert (status, text.count("from afar")) == (200, 2)

    @pytest.mark.parametrize(
        ("path", "status", "said"),
        [
            ("redirect", 502, "redirects to /unlisted"),
            ("slow", 504, "within 0.7 s"),
            ("drops", 504, "within 0.7 s"),
            ("broken", 502, "500: out of order"),
            ("nonsense", 400, "cannot be evaluated"),
        ],
    )
    def test_one_that_fails(self, served: Served, afar: Remote, path: str, status: int, said: str) -> None:
        pattern = f"SERVICE <{afar.url}/{path}> {{ ?x ?y ?z }}"
        got, text = _ask(served, pattern)
        assert (got, said in text) == (status, True), text
        silent = f"VALUES ?n {{ 1 }} {pattern.replace('SERVICE', 'SERVICE SILENT')}"
        assert _ask(served, silent)[0] == 200
        assert "/unlisted" not in afar.asked

    def test_one_that_is_not_listed(self, served: Served, afar: Remote) -> None:
        for pattern in (
            f"SERVICE <{afar.url}/unlisted> {{ ?x ?y ?z }}",
            f"SERVICE SILENT <{afar.url}/unlisted> {{ ?x ?y ?z }}",
            f"VALUES ?e {{ <{afar.url}/rows> }} SERVICE ?e {{ ?x ?y ?z }}",
            f"SERVICE <{afar.url}/rows> {{}} SERVICE <{afar.url}/unlisted> {{ ?x ?y ?z }}",
        ):
            status, text = _ask(served, pattern)
            assert (status, f"{afar.url}/rows" in text) == (403, True)
        assert "/unlisted" not in afar.asked

    def test_the_place_of_an_error_is_that_in_the_query(self, served: Served, afar: Remote) -> None:
        status, text = _ask(served, f"SERVICE <{afar.url}/rows> {{ ?x ?y ?z }} ]")
        assert status == 400
        assert f"column {len(afar.url) + 41}" in text
        assert "127.0.0.1" not in text.replace(afar.url, "")

    def test_updates_call_nobody(self, served: Served, afar: Remote) -> None:
        update = f"INSERT {{ ?x ?y ?z }} WHERE {{ SERVICE <{afar.url}/rows> {{ ?x ?y ?z }} }}"
        answer = served.client.post("/update", data={"update": update}, headers=KEY)
        assert (answer.status_code, "SERVICE" in answer.text) == (403, True)


@pytest.mark.parametrize(
    ("iri", "listed"),
    [
        ("http://x.org/a.ttl", True),
        ("http://x.org/docs/b.ttl", True),
        ("http://x.org/a.ttl?c", False),
        ("http://x.org/docs/../secret", False),
        ("http://x.org/docs/%2E%2e/secret", False),
        ("http://x.org/docs/..%2Fsecret", False),
        ("http://x.org.evil.example/docs/b.ttl", False),
        ("http://x.org/docs", False),
    ],
)
def test_what_may_be_loaded(iri: str, listed: bool) -> None:
    assert is_listed(iri, ("http://x.org/a.ttl", "http://x.org/docs/")) is listed


class TestLoad:
    def test_a_listed_document_is_written(self, served: Served, afar: Remote) -> None:
        doc = f"{afar.url}/doc.ttl"
        served.update(
            f"PREFIX g: <x:g/> LOAD <{doc}> INTO GRAPH g:1 ; LOAD SILENT <{afar.url}/docs/none> ; "
            f"load <{doc}> into graph <x:g/2> # as well\n ; INSERT DATA {{ <x:after> <x:p> 1 }}"
        )
        rows = served.select(f"SELECT ?g ?o {{ GRAPH ?g {{ <{doc}#it> <x:of> [ <x:in> ?o ] }} }} ORDER BY ?g")
        assert rows[1:] == [["x:g/1", f"{afar.url}/other"], ["x:g/2", f"{afar.url}/other"]]
        assert served.select("SELECT ?o { <x:after> <x:p> ?o }") == [["o"], ["1"]]

    @pytest.mark.parametrize(
        ("update", "status", "said"),
        [
            ("LOAD <{}/unlisted>", 403, "allowed are"),
            ("LOAD <{}/doc.ttl> ; LOAD <{}/unlisted>", 403, "allowed are"),
            ("PREFIX x: <{}/> LOAD x:doc.ttl", 400, "LOAD"),
            ("BASE <{}/> LOAD <unlisted>", 403, "LOAD"),
            ("LOAD <{}/doc.ttl> INTO <x:g>", 400, "INTO GRAPH"),
            ("INSERT DATA {{ <x:half> <x:p> 1 }} ; LOAD <{}/doc.ttl> INTO GRAPH", 400, "INTO GRAPH"),
            ("LOAD <{}/docs/none>", 502, "404"),
            ("LOAD <{}/docs/page>", 502, "no graph"),
            ("INSERT DATA {{ <x:half> <x:p> 1 }} ; LOAD <{}/docs/wrong>", 502, "not text/turtle"),
        ],
    )
    def test_what_is_not(self, served: Served, afar: Remote, update: str, status: int, said: str) -> None:
        answer = served.client.post("/update", data={"update": update.format(*[afar.url] * 2)}, headers=KEY)
        assert (answer.status_code, said in answer.text) == (status, True), answer.text
        assert "/unlisted" not in afar.asked
        assert served.select("SELECT ?o { <x:half> <x:p> ?o }") == [["o"]]
