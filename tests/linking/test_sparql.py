"""A selection from a SPARQL endpoint: pages, manners, faults."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import parse_qs

import httpx
import pytest
from pyoxigraph import QuerySolutions, Store

from kg.errors import StopError, UsageError
from kg.linking.knowledge import Item, Office
from kg.linking.packs.sparql import Endpoint, paged, read_endpoint

QUERY = (
    "# ships\nPREFIX wdt: <http://www.wikidata.org/prop/direct/>\nSELECT ?item ?label { ?item wdt:P31 ?c }"
)
SHIP = {"item": "http://www.wikidata.org/entity/Q1", "label": "Aurora"}

Answer = Callable[[httpx.Request], httpx.Response]


def page(*rows: dict[str, str]) -> httpx.Response:
    bindings = [{name: {"type": "literal", "value": value} for name, value in row.items()} for row in rows]
    return httpx.Response(200, json={"head": {"vars": []}, "results": {"bindings": bindings}})


def fetch(*answers: httpx.Response | Exception, size: int = 2) -> tuple[list[Item], list[str], list[float]]:
    """Return the items, the queries that were sent and the seconds that were waited."""
    remaining, queries, waits = iter(answers), list[str](), list[float]()

    def answer(request: httpx.Request) -> httpx.Response:
        assert "me@x.org" in request.headers["User-Agent"]
        queries.append(parse_qs(request.content.decode())["query"][0])
        given = next(remaining)
        if isinstance(given, Exception):
            raise given
        return given

    endpoint = Endpoint("https://query.example/sparql", "communique (me@x.org)", size, waits.append)
    with httpx.Client(transport=httpx.MockTransport(answer)) as client:
        items = list(read_endpoint(endpoint, QUERY, client))
    return items, queries, waits


def test_pages_are_fetched_until_one_is_not_full() -> None:
    rows = [SHIP, SHIP | {"alias": "Avrora"}, SHIP | {"item": "Q2", "label": "Varyag"}]
    items, queries, waits = fetch(page(*rows[:2]), page(rows[2]))
    assert items == [Item("Q1", "Aurora", ("Avrora",)), Item("Q2", "Varyag")]
    assert [query.rpartition("LIMIT")[2] for query in queries] == [" 2 OFFSET 0", " 2 OFFSET 2"]
    assert waits == [1.0]


def test_rows_of_one_item_are_put_together() -> None:
    common = SHIP | {
        "description": "cruiser",
        "type": "work",
        "sitelinks": "31",
        "began": "1900-05-24T00:00:00Z",
    }
    items, _, _ = fetch(
        page(common | {"country": "Russia", "alias": "Avrora|Aurora"}, common | {"office": "flagship"}),
        page(),
    )
    assert items == [
        Item(
            "Q1",
            "Aurora",
            ("Avrora",),
            "cruiser",
            "work",
            (),
            31.0,
            ("Russia",),
            offices=(Office("flagship"),),
            began="1900-05-24",
        )
    ]


def test_the_prologue_stays_in_front() -> None:
    sent = paged(QUERY, 5, 10)
    assert sent.startswith("# ships\nPREFIX wdt: <http://www.wikidata.org/prop/direct/>\n")
    assert "SELECT * WHERE { {\nSELECT ?item" in sent
    assert sent.endswith("ORDER BY ?item LIMIT 5 OFFSET 10")


def test_paged_queries_are_queries() -> None:
    found = Store().query(paged(QUERY, 5, 0))
    assert isinstance(found, QuerySolutions)
    assert list(found) == []


def test_a_server_that_asks_for_time_gets_it() -> None:
    busy = httpx.Response(429, headers={"Retry-After": "7"}, text="<html>Wikimedia Error</html>")
    items, queries, waits = fetch(busy, httpx.Response(503), httpx.ConnectError("no route"), page(SHIP))
    assert len(items) == 1
    assert len(set(queries)) == 1
    assert waits == [7.0, 2.0, 4.0]


def test_an_answer_cut_short_is_asked_for_in_halves() -> None:
    cut = httpx.Response(200, text='{"head":{},"results":{"bindings":[{"item":{"va')
    _, queries, _ = fetch(cut, page(SHIP, SHIP), page(), size=4)
    assert [query.rpartition("LIMIT")[2] for query in queries] == [
        " 4 OFFSET 0",
        " 2 OFFSET 0",
        " 2 OFFSET 2",
    ]


@pytest.mark.parametrize(
    ("answers", "message"),
    [
        ([httpx.Response(400, text="Parse error: line 2")], "status 400: Parse error"),
        ([httpx.Response(503)] * 5, "given up after 5 attempts"),
        ([httpx.Response(429, headers={"Retry-After": "3600"})], "given up after 1 attempts"),
        ([httpx.Response(200, text="{")] * 2, "cuts even a single row short"),
    ],
)
def test_a_server_that_refuses_stops_the_run(answers: list[httpx.Response], message: str) -> None:
    with pytest.raises(StopError, match=message):
        fetch(*answers)


@pytest.mark.parametrize("row", [{"label": "A"}, {"item": "http://x.org/ship"}, SHIP | {"type": "ship"}])
def test_rows_that_are_no_items_are_refused(row: dict[str, str]) -> None:
    with pytest.raises(UsageError):
        fetch(page(row))
