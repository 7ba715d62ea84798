"""Requests of the SPARQL 1.1 Protocol (https://www.w3.org/TR/sparql11-protocol/), and errors in words.

The address of a server is enough: endpoints are looked for where the servers that are in use have them.

    Communiqué, Fuseki (with the name of the dataset)    /sparql     /update
    Oxigraph                                             /query      /update
    RDF4J, GraphDB (/repositories/NAME)                  the address itself, /statements
    Virtuoso, Neptune                                    /sparql     /sparql
    Blazegraph (/namespace/NAME/sparql)                  the address itself for both
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from kg.errors import QueryError, StoreError, StoreMissing, UsageError

if TYPE_CHECKING:
    import httpx

ROWS = "application/sparql-results+json"
TRIPLES = "application/n-triples"
_ANY = f"{ROWS}, {TRIPLES};q=0.9"

ATTEMPTS = 6
LONGEST_WAIT = 60.0  # seconds; a server that wants more is left alone
_QUERY_PATHS = ("/sparql", "/query", "")
_UPDATE_PATHS = ("/update", "/statements", "/sparql", "")
_ABSENT = (400, 404, 405, 406, 415, 501)  # what is said where there is no endpoint of the kind


class Protocol:
    """The endpoints of a server."""

    def __init__(
        self,
        address: str,
        token: str = "",
        query_url: str = "",
        update_url: str = "",
        timeout: float = 120.0,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        import httpx

        self.address = address.rstrip("/")
        self._query_url, self._update_url = query_url, update_url
        self._timeout, self._sleep = timeout, sleep
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        self._has_token = bool(token)
        try:
            self._client = httpx.Client(headers=headers, timeout=timeout)
            httpx.URL(self.address)
        except httpx.InvalidURL as error:
            raise UsageError(f"store: {address!r} is no address: {error}") from error

    def query(self, text: str, graphs: Sequence[str] = ()) -> tuple[str, bytes]:
        """Ask a query.

        Args:
            text: the query, with its prefixes.
            graphs: the graphs of its dataset, both to be queried by name and merged as the default graph;
                none leaves the dataset to the server.

        Returns:
            The media type of the answer, ``ROWS`` or ``TRIPLES``, and the answer.

        Raises:
            QueryError: the server cannot make sense of the query.
            StoreError: there is no answer; StoreMissing: there is no endpoint.
        """
        self._query_url = self._query_url or self._found(_QUERY_PATHS, self._asks, "a query", "KG_QUERY_URL")
        data = {"query": text, "default-graph-uri": graphs, "named-graph-uri": graphs}
        answer = self._send(self._query_url, _ANY, data={k: v for k, v in data.items() if v})
        if answer.status_code == 400:
            raise QueryError(answer.text.strip() or "the server cannot make sense of the query")
        self._expect(answer, self._query_url)
        return answer.headers.get("Content-Type", "").partition(";")[0].strip(), answer.content

    def update(self, text: str) -> None:
        """Make an update: one request, which the server makes wholly or not at all.

        Raises:
            StoreError: the server refuses, or does not answer; what was sent may be sent again.
        """
        self.find_update()
        self._expect(self._update(self._update_url, text), self._update_url)

    def find_update(self) -> None:
        """Find out where updates go, and whether this client may make them.

        Raises:
            StoreError: it may not; StoreMissing: there is no such endpoint.
        """
        self._update_url = self._update_url or self._found(
            _UPDATE_PATHS, lambda url: self._update(url, "INSERT DATA {}"), "an update", "KG_UPDATE_URL"
        )

    def back_up(self, name: str) -> str:
        """Let the server copy its store under ``name``; return where the copy lies.

        Raises:
            StoreError: it refuses, or is no server of ours.
        """
        url = self.address + "/backup"
        answer = self._send(url, "text/plain", data={"name": name})
        if answer.status_code in (404, 405):
            raise StoreMissing(f"{url}: this server makes no backups; use its own means")
        self._expect(answer, url)
        return answer.text.strip()

    def close(self) -> None:
        """Close the connections."""
        self._client.close()

    def _asks(self, url: str) -> httpx.Response:
        answer = self._send(url, ROWS, data={"query": "ASK {}"})
        if answer.status_code == 200 and b'"boolean"' not in answer.content:
            answer.status_code = 404  # a page, but no endpoint
        return answer

    def _update(self, url: str, text: str) -> httpx.Response:
        kind = "application/sparql-update; charset=utf-8"
        return self._send(url, "*/*", content=text.encode("utf-8"), headers={"Content-Type": kind})

    def _found(
        self, paths: Sequence[str], attempt: Callable[[str], httpx.Response], what: str, setting: str
    ) -> str:
        """Return the first address that answers; one that is there but refuses is an error."""
        for path in paths:
            url = self.address + path
            answer = attempt(url)
            if answer.status_code not in _ABSENT:
                self._expect(answer, url)
                return url
        tried = ", ".join(self.address + path for path in paths)
        raise StoreMissing(f"{self.address}: nothing there takes {what} (tried {tried}); set {setting}")

    def _send(self, url: str, accept: str, **content: object) -> httpx.Response:
        """Send a request, again if the server is busy; all that is sent here can be repeated."""
        import httpx

        headers = {"Accept": accept, **content.pop("headers", {})}  # type: ignore[dict-item]
        for attempt in range(ATTEMPTS):
            try:
                answer = self._client.post(url, headers=headers, **content)  # type: ignore[arg-type]
            except httpx.TimeoutException as error:
                raise StoreError(
                    f"{url}: no answer within {self._timeout:g} seconds; wait longer with KG_STORE_TIMEOUT"
                ) from error
            except httpx.UnsupportedProtocol as error:
                raise UsageError(f"store: {url!r} is no address: {error}") from error
            except httpx.RemoteProtocolError:  # hung up, as a server does that starts anew
                wait = 0.5 * 2**attempt
            except httpx.TransportError as error:
                raise StoreError(f"{url}: cannot be reached ({error}); is a server running there?") from error
            else:
                if answer.status_code not in (429, 503):
                    return answer
                wait = _retry_after(answer, 0.5 * 2**attempt * random.uniform(1.0, 1.5))
            if attempt == ATTEMPTS - 1 or wait > LONGEST_WAIT:
                raise StoreError(f"{url}: is too busy, or does not answer; try again later")
            self._sleep(wait)
        raise AssertionError("the last attempt has raised")

    def _expect(self, answer: httpx.Response, url: str) -> None:
        status, said = answer.status_code, answer.text.strip()[:300] if answer.status_code >= 300 else ""
        if status in (401, 403):
            hint = "the token is not the right one" if self._has_token else "it wants a token"
            raise StoreError(f"{url}: must not be written to ({status}: {said}); {hint}: set KG_TOKEN")
        if status == 413:
            raise StoreError(f"{url}: takes no request of this size ({said}); raise its limit")
        if not 200 <= status < 300:
            raise StoreError(f"{url}: status {status}: {said}")


def _retry_after(answer: httpx.Response, otherwise: float) -> float:
    told = answer.headers.get("Retry-After", "")
    return max(1.0, float(told)) if told.isdigit() else otherwise
