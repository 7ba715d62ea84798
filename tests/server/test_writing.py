"""The process that writes: whatever an update does to it, the server goes on, and says what is written."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import cast

import httpx
import pyoxigraph as ox
import pytest

from kg.store.local import Store
from server.front import Backend, Link
from server.refusal import Refusal
from tests.server.served import KEY, Served, make_store, serving

ALL = "GRAPH ?g { ?a ?b ?c } GRAPH ?h { ?d ?e ?f }"
ENDLESS = f"INSERT {{ <x:s> <x:p> ?a }} WHERE {{ {ALL} GRAPH ?i {{ ?j ?k ?l . ?m ?n ?o . ?p ?q ?r }} }}"
DEEP = {
    "BIND": "INSERT { <x:a> <x:b> 1 } WHERE { " + " ".join(f"BIND({n} AS ?v{n})" for n in range(5000)) + " }",
    "sum": "INSERT { <x:a> <x:b> 1 } WHERE { BIND(1" + "+1" * 50_000 + " AS ?sum) }",
    "path": "INSERT { <x:a> <x:b> 1 } WHERE { ?s " + "|".join(["<x:p>"] * 50_000) + " ?o }",
    "not": f"INSERT {{ <x:a> <x:b> 1 }} WHERE {{ FILTER({'!' * 50_000}true) }}",
    "MINUS": "INSERT { <x:a> <x:b> 1 } WHERE { ?s ?p ?o " + "MINUS { ?s <x:p> 1 } " * 10_000 + " }",
}


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    store = make_store(tmp_path_factory.mktemp("writing") / "store")
    with serving(store, "--fronts", "1", "--update-timeout", "2") as server:
        yield server
        assert server.process.poll() is None
        assert "Traceback" not in server.log.read_text("utf-8")


def _sent(server: Served, update: str) -> httpx.Response:
    return server.client.post("/update", data={"update": update}, headers=KEY)


def _writer(server: Served) -> int:
    """The number of the process; the main process has two, of which it makes this one anew."""
    place = Path(f"/proc/{server.process.pid}/task/{server.process.pid}/children")
    while len(children := place.read_text("ascii").split()) != 2:
        time.sleep(0.01)
    return int(children[-1])


@pytest.mark.parametrize("name", DEEP)
def test_an_update_that_is_too_much_for_the_engine_is_refused(served: Served, name: str) -> None:
    answer = _sent(served, f"INSERT DATA {{ <x:half> <x:of> '{name}' }} ; {DEEP[name]}")
    assert answer.status_code in (400, 503)
    assert "smaller" in answer.text
    served.update(f"INSERT DATA {{ <x:after> <x:deep> '{name}' }}")
    assert [name] in served.select("SELECT ?name { <x:after> <x:deep> ?name }")
    assert len(served.select("SELECT ?x { <x:half> <x:of> ?x }")) == 1  # the head alone


def test_an_update_that_takes_too_long_is_stopped(served: Served) -> None:
    waiting: list[int] = []
    thread = threading.Thread(target=lambda: waiting.append(_sent(served, ENDLESS).status_code))
    thread.start()
    time.sleep(0.3)
    assert len(served.select("SELECT * { ?s ?p ?o } LIMIT 3")) == 4  # who reads does not wait for it
    served.update("INSERT DATA { <x:waited> <x:p> 1 }")
    thread.join()
    assert waiting == [503]
    assert served.select("ASK { <x:s> <x:p> ?o }") == [["false"]]
    assert served.select("ASK { <x:waited> <x:p> 1 }") == [["true"]]


def test_told_to_end_it_does_not_wait_for_an_endless_update(tmp_path: Path) -> None:
    with serving(make_store(tmp_path / "store"), "--fronts", "1") as server:
        thread = threading.Thread(target=lambda: _try(server, ENDLESS))
        thread.start()
        time.sleep(0.5)
        server.process.send_signal(signal.SIGTERM)
        assert server.process.wait(20) == 0
        thread.join()


def _try(server: Served, update: str) -> None:
    try:
        assert _sent(server, update).status_code >= 500
    except httpx.TransportError:
        return


@pytest.mark.parametrize("memory", ["on", "off"])
def test_killed_while_it_writes_another_takes_its_place(tmp_path: Path, memory: str) -> None:
    with serving(make_store(tmp_path / "store"), "--memory", memory) as server:
        acknowledged: list[int] = []
        refused: list[int] = []
        done = threading.Event()
        writing = threading.Thread(target=_write, args=(server, acknowledged, refused, done))
        writing.start()
        for _ in range(3):
            time.sleep(0.5)
            os.kill(_writer(server), signal.SIGKILL)
        time.sleep(0.7)
        done.set()
        writing.join()
        rows = {int(row[0]) for row in server.select("SELECT ?n { ?s <x:number> ?n }")[1:]}
        assert set(acknowledged) <= rows
        if memory == "on":
            assert not set(refused) & rows
        assert max(acknowledged) > max(refused, default=0)


def _write(server: Served, acknowledged: list[int], refused: list[int], done: threading.Event) -> None:
    number = 0
    while not done.is_set():
        number += 1
        status = _sent(server, f"INSERT DATA {{ <x:s{number}> <x:number> {number} }}").status_code
        assert status in (204, 503)
        (acknowledged if status == 204 else refused).append(number)


def test_told_to_end_it_makes_the_updates_that_it_was_sent(tmp_path: Path) -> None:
    with serving(make_store(tmp_path / "store"), "--fronts", "1") as server:
        answers: list[int] = []
        # It takes a second or so; the one that is told to end has it all the same.
        slow = (
            "INSERT { <x:s> <x:p> ?n } WHERE { SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?f ?h ?i } }"
        )
        thread = threading.Thread(target=lambda: answers.append(_sent(server, slow).status_code))
        thread.start()
        time.sleep(0.1)
        server.process.send_signal(signal.SIGTERM)
        thread.join()
        assert server.process.wait(20) == 0
        assert answers == [204]


def test_blank_nodes_that_were_there_at_first_go_as_others_do(tmp_path: Path) -> None:
    store = make_store(tmp_path / "store")
    with Store.open(store, write=True) as opened:
        opened.engine.update("INSERT DATA { GRAPH <x:g> { [] <x:p> [ <x:q> 1 ] } }")
    with serving(store, "--fronts", "1") as server:
        sent = KEY | {"Content-Type": "text/turtle"}
        put = server.client.put("/store", params={"graph": "x:g"}, content="[] <x:p> 2 .", headers=sent)
        assert put.status_code == 204
        assert server.select("SELECT ?o { GRAPH <x:g> { ?s ?p ?o } }") == [["o"], ["2"]]


def test_blank_nodes_that_come_go_as_others_do(tmp_path: Path) -> None:
    store = make_store(tmp_path / "store")
    with serving(store, "--fronts", "2") as server:
        server.update("PREFIX x: <x:> INSERT DATA { GRAPH x:g { _:b x:p [ x:q 1 ] . _:b x:p 'DELETE' } }")
        assert server.select("SELECT (COUNT(*) AS ?n) { GRAPH <x:g> { ?s ?p ?o } }") == [["n"], ["3"]]
        server.update("DELETE { GRAPH ?g { ?s ?p ?o } } WHERE { GRAPH ?g { ?s ?p ?o ; <x:p> 'DELETE' } }")
        assert server.select("SELECT ?p { GRAPH <x:g> { ?s ?p ?o } }") == [["p"], ["x:q"]]
        sent = KEY | {"Content-Type": "text/turtle"}
        server.client.put("/store", params={"graph": "x:g"}, content="<x:s> <x:p> 2 .", headers=sent)
        for _ in range(6):  # whichever process answers
            assert server.select("SELECT ?o { GRAPH <x:g> { ?s ?p ?o } }") == [["o"], ["2"]]
    with Store.open(store) as opened:
        assert len([*opened.engine.quads_for_pattern(None, None, None, ox.NamedNode("x:g"))]) == 1


def test_without_the_main_process_nothing_is_written_and_that_is_said() -> None:
    async def asked() -> None:
        ours, theirs = socket.socketpair()
        loop = asyncio.get_running_loop()
        backend = cast("Backend", None)  # which it does not get to
        transport, link = await loop.create_connection(lambda: Link(backend, asyncio.Event()), sock=ours)
        theirs.close()
        transport.close()
        with pytest.raises(Refusal, match="nothing was written"):
            await link.request(None)

    asyncio.run(asked())
