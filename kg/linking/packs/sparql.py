"""Read items from a SPARQL endpoint with a query of the user, page by page.

The query selects ``?item`` and any of ``?label ?alias ?description ?type ?sitelinks ?popularity ?country
?occupation ?office ?related ?born ?died ?began ?ended``. Several rows of an item are merged.

By the rules of https://www.mediawiki.org/wiki/Wikidata_Query_Service/User_Manual, requests are sent one at a
time with a pause between them, a contact in the User-Agent, and a wait for Retry-After. An answer that is
truncated in spite of status 200 is requested again in two halves.
"""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kg.errors import StopError, UsageError
from kg.linking.knowledge import Item, Office
from kg.linking.packs.tables import type_of

if TYPE_CHECKING:
    import httpx

PAGE = 10_000  # rows in a page
PAUSE = 1.0  # seconds between requests
ATTEMPTS = 5  # requests for one page
LONGEST_WAIT = 120.0  # seconds; a longer Retry-After ends the run

_PROLOGUE = re.compile(r"\s*(?:#[^\n]*\n|(?:PREFIX|BASE)\s[^>]*>|\s)*", re.IGNORECASE)
_QID = re.compile(r"Q[1-9][0-9]*")
_LISTS = {"alias": "aliases", "country": "countries", "occupation": "occupations", "related": "related"}
_DATES = ("born", "died", "began", "ended")

Row = dict[str, str]


@dataclass(frozen=True)
class Endpoint:
    """A SPARQL endpoint and the manner of requests to it."""

    address: str
    agent: str  # the User-Agent, with the contact of the user
    page: int = PAGE
    sleep: Callable[[float], None] = time.sleep

    def rows(self, query: str, client: httpx.Client) -> Iterator[Row]:
        """Yield the rows of a selection, ordered by item.

        Raises:
            StopError: the endpoint cannot be reached, refuses the query, or sends invalid answers.
        """
        offset, size = 0, self.page
        while True:
            rows = self._page(paged(query, size, offset), client)
            if rows is None:
                size = self._halved(size)
                continue
            yield from rows
            if len(rows) < size:
                return
            offset += len(rows)
            self.sleep(PAUSE)

    def _halved(self, size: int) -> int:
        if size == 1:
            raise StopError(f"{self.address}: cuts even a single row short; try again later")
        self.sleep(PAUSE)
        return size // 2

    def _page(self, query: str, client: httpx.Client) -> list[Row] | None:
        """Return the rows of a page; None if the answer is truncated."""
        import httpx

        for attempt in range(ATTEMPTS):
            try:
                answer = client.post(self.address, data={"query": query}, headers=self._headers())
            except httpx.TransportError as error:
                self._wait(2.0**attempt, f"cannot be reached: {error!r}", attempt)
                continue
            if answer.status_code == 200:
                return _read(answer.text)
            if answer.status_code not in (429, 500, 502, 503, 504):
                raise StopError(f"{self.address}: status {answer.status_code}: {answer.text[:300].strip()}")
            self._wait(_retry_after(answer, 2.0**attempt), f"status {answer.status_code}", attempt)
        raise AssertionError("the last attempt has raised")

    def _headers(self) -> dict[str, str]:
        return {"User-Agent": self.agent, "Accept": "application/sparql-results+json"}

    def _wait(self, seconds: float, reason: str, attempt: int) -> None:
        if attempt == ATTEMPTS - 1 or seconds > LONGEST_WAIT:
            raise StopError(
                f"{self.address}: {reason}; given up after {attempt + 1} attempts, try again later"
            )
        self.sleep(seconds)


def read_endpoint(endpoint: Endpoint, query: str, client: httpx.Client) -> Iterator[Item]:
    """Yield the items that a query selects at an endpoint.

    Raises:
        UsageError: the query does not select ``?item``, or a value of it is not an item.
        StopError: the endpoint fails; see ``Endpoint.rows``.
    """
    gathered: list[Row] = []
    for row in endpoint.rows(query, client):
        qid = _qid(row)
        if gathered and _qid(gathered[0]) != qid:
            yield _item(gathered)
            gathered = []
        gathered.append(row)
    if gathered:
        yield _item(gathered)


def paged(query: str, size: int, offset: int) -> str:
    """Return the query for one page of a selection, in a stable order."""
    prologue = _PROLOGUE.match(query)
    assert prologue is not None
    head, body = query[: prologue.end()], query[prologue.end() :]
    return f"{head}\nSELECT * WHERE {{ {{\n{body}\n}} }}\nORDER BY ?item LIMIT {size} OFFSET {offset}"


def _read(text: str) -> list[Row] | None:
    try:
        bindings = json.loads(text)["results"]["bindings"]
    except (ValueError, KeyError, TypeError):
        return None
    return [{name: cell["value"] for name, cell in binding.items()} for binding in bindings]


def _retry_after(answer: httpx.Response, otherwise: float) -> float:
    told = answer.headers.get("Retry-After", "")
    return max(float(told), 1.0) if told.isdigit() else otherwise


def _qid(row: Row) -> str:
    found = _QID.fullmatch(row.get("item", "").rpartition("/")[2])
    if not found:
        raise UsageError(f"the query must select ?item, an item of Wikidata, in each row; one has {row}")
    return found[0]


def _item(rows: list[Row]) -> Item:
    qid, first = _qid(rows[0]), rows[0]
    try:
        kind, popularity = type_of(first.get("type", "")), first.get("sitelinks") or first.get("popularity")
        counted = float(popularity or 0)
    except (KeyError, ValueError) as error:
        raise UsageError(
            f"the query gives {qid} a type or number of sitelinks that is none: {error}"
        ) from None
    values: dict[str, Any] = {field: _all(rows, name) for name, field in _LISTS.items()}
    values |= {name: first[name][:10] for name in _DATES if name in first}
    label = first.get("label", qid)
    values["aliases"] = tuple(name for name in values["aliases"] if name != label)
    return Item(
        qid,
        label,
        description=first.get("description", ""),
        type=kind,
        popularity=counted,
        offices=tuple(Office(label) for label in _all(rows, "office")),
        **values,
    )


def _all(rows: list[Row], name: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(part for row in rows for part in row.get(name, "").split("|") if part))
