"""The client of the Reconciliation API, against a service over a real socket."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import pytest

from kg.errors import UsageError
from kg.linking.knowledge import KnowledgeBase, Remote, WordIndex
from kg.linking.live.cache import Cache
from kg.linking.live.reconciliation import Reconciliation
from kg.linking.live.service import ATTEMPTS, Service
from tests.linking.live.conftest import Clock

MANIFEST = {
    "versions": ["0.2"],
    "name": "Ports",
    "identifierSpace": "http://www.wikidata.org/entity/",
    "schemaSpace": "http://www.wikidata.org/prop/direct/",
}
LEE = {
    "id": "Q11",
    "name": "Ann Lee",
    "description": "minister of ports",
    "type": [{"id": "Q5", "name": "human"}],
    "score": 100,
    "match": True,
}
OTHERS = [
    {"id": "Q15", "name": "Ann Lee Harbour", "type": [{"id": "Q17334923", "name": "location"}], "score": 70},
    {"id": "P31", "name": "Ann Lee", "type": [], "score": 60},
    {"id": "Q16", "name": "Ann Lee", "type": [{"id": "Q4167410", "name": "page"}], "score": 50},
]


class Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.manifest: dict[str, Any] = dict(MANIFEST)
        self.batches: list[dict[str, Any]] = []
        self.broken = 0
        self.odd: Any = None

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/reconcile"


class Handler(BaseHTTPRequestHandler):
    server: Server

    def do_GET(self) -> None:
        self._send(200, self.server.manifest)

    def do_POST(self) -> None:
        form = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
        queries = json.loads(form["queries"][0])
        self.server.batches.append(queries)
        if self.server.broken:
            self.server.broken -= 1
            self._send(503, {"status": "error"})
        elif self.server.odd is not None:
            self._send(200, self.server.odd)
        else:
            self._send(200, {name: self._answer(query) for name, query in queries.items()})

    def _answer(self, query: dict[str, Any]) -> dict[str, Any]:
        return {"result": [LEE, *OTHERS] if query["query"] == "Ann Lee" else []}

    def _send(self, status: int, body: Any) -> None:
        data = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def service() -> Iterator[Server]:
    server = Server()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    with server:
        yield server
        server.shutdown()
        thread.join()


@pytest.fixture
def warnings() -> list[str]:
    return []


@pytest.fixture
def client(service: Server, clock: Clock, tmp_path: Path, warnings: list[str]) -> Reconciliation:
    cache = Cache(tmp_path / "live.sqlite", clock)
    asked = Service(service.address, "communique/0", cache, clock=clock, sleep=clock.sleep, timeout=1.0)
    return Reconciliation(asked, cache, warnings.append)


def test_it_is_a_knowledge_base_that_is_elsewhere(client: Reconciliation) -> None:
    base: KnowledgeBase = client
    assert isinstance(base, Remote)
    assert isinstance(base, WordIndex)


def test_candidates_are_items_with_their_types(client: Reconciliation) -> None:
    (hit,) = client.find("Ann Lee", "person")
    assert (hit.item.qid, hit.item.type, hit.match) == ("Q11", "person", "label")
    assert hit.item.description == "minister of ports"
    assert [one.item.qid for one in client.containing("Ann Lee")] == ["Q15"]


def test_names_are_asked_for_in_batches_and_once(client: Reconciliation, service: Server) -> None:
    service.manifest["batchSize"] = 2
    client.prepare([("Ann Lee", "person"), ("Sandby", "place"), ("Nobody", "")])
    assert [len(batch) for batch in service.batches] == [2, 1]
    assert service.batches[0]["q0"] == {"query": "Ann Lee", "limit": 10, "type": "Q5"}
    assert client.find("Nobody") == []
    assert client.find("Ann Lee") != []
    assert len(service.batches) == 2


def test_what_may_pass_is_asked_again(client: Reconciliation, service: Server) -> None:
    service.broken = 1
    assert [hit.item.qid for hit in client.find("Ann Lee")] == ["Q11"]
    assert not client.missed("Ann Lee")


def test_a_service_that_fails_is_done_without_and_told_once(
    client: Reconciliation, service: Server, warnings: list[str]
) -> None:
    service.broken = 99
    assert client.find("Ann Lee") == []
    assert client.find("Sandby") == []
    assert (client.missed("Ann Lee"), client.missed("Sandby")) == (True, True)
    assert (len(service.batches), len(warnings)) == (ATTEMPTS, 1)


@pytest.mark.parametrize("odd", [{"q0": "none"}, {"q0": {"result": {}}}, {"status": "error"}])
def test_an_answer_of_another_shape_is_no_answer_and_is_not_kept(
    client: Reconciliation, service: Server, odd: Any
) -> None:
    service.odd = odd
    assert client.find("Ann Lee") == []
    service.odd = None
    assert [hit.item.qid for hit in client.find("Ann Lee")] == ["Q11"]


def test_ids_of_another_space_are_refused(client: Reconciliation, service: Server) -> None:
    service.manifest["identifierSpace"] = "https://ports.example/id/"
    with pytest.raises(UsageError, match=r"are of https://ports\.example/id/, not of Wikidata"):
        client.find("Ann Lee")
