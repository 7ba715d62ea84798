"""A client of the SPARQL 1.1 Protocol (https://www.w3.org/TR/sparql11-protocol/), with readable errors.

The user gives the address of a server; the client looks for endpoints at the paths of common servers:

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
LONGEST_WAIT = 60.0  # seconds; if a server asks for a longer wait, the request fails
_QUERY_PATHS = ("/sparql", "/query", "")
_UPDATE_PATHS = ("/update", "/statements", "/sparql", "")
_ABSENT = (400, 404, 405, 406, 415, 501)  # statuses of servers at paths that are no such endpoint


class Protocol:
    """The query and update endpoints of a server."""

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
            raise UsageError(f"store: {address!r} is not a web address: {error}") from error

    def query(self, text: str, graphs: Sequence[str] = ()) -> tuple[str, bytes]:
        """Send a query.

        Args:
            text: the query, with its prefixes.
            graphs: IRIs of the graphs of its dataset, both as named graphs and merged into the default
                graph; if empty, the server chooses the dataset.

        Returns:
            The media type of the answer, ``ROWS`` or ``TRIPLES``, and the answer.

        Raises:
            QueryError: the server rejects the query as malformed.
            StoreError: the server does not answer.
            StoreMissing: the server has no query endpoint.
        """
        self._query_url = self._query_url or self._found(_QUERY_PATHS, self._asks, "a query", "KG_QUERY_URL")
        data = {"query": text, "default-graph-uri": graphs, "named-graph-uri": graphs}
        answer = self._send(self._query_url, _ANY, data={k: v for k, v in data.items() if v})
        if answer.status_code == 400:
            raise QueryError(
                answer.text.strip() or "the server rejects the query as malformed, without a reason"
            )
        self._expect(answer, self._query_url)
        return answer.headers.get("Content-Type", "").partition(";")[0].strip(), answer.content

    def update(self, text: str) -> None:
        """Send an update. The server carries it out wholly or not at all.

        Raises:
            StoreError: the server refuses, or does not answer; the same update may be sent again.
        """
        self.find_update()
        self._expect(self._update(self._update_url, text), self._update_url)

    def find_update(self) -> None:
        """Find the update endpoint, and check that this client may send updates.

        Raises:
            StoreError: the server refuses updates of this client.
            StoreMissing: the server has no update endpoint.
        """
        self._update_url = self._update_url or self._found(
            _UPDATE_PATHS, lambda url: self._update(url, "INSERT DATA {}"), "an update", "KG_UPDATE_URL"
        )

    def back_up(self, name: str) -> str:
        """Ask the server to copy its store under ``name``, and return the folder of the copy.

        Raises:
            StoreError: the server refuses.
            StoreMissing: the server is not ``kg serve`` and makes no backups.
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
            answer.status_code = 404  # a web page, not an endpoint
        return answer

    def _update(self, url: str, text: str) -> httpx.Response:
        kind = "application/sparql-update; charset=utf-8"
        return self._send(url, "*/*", content=text.encode("utf-8"), headers={"Content-Type": kind})

    def _found(
        self, paths: Sequence[str], attempt: Callable[[str], httpx.Response], what: str, setting: str
    ) -> str:
        """Return the URL of the first path with an endpoint. An endpoint that refuses is an error."""
        for path in paths:
            url = self.address + path
            answer = attempt(url)
            if answer.status_code not in _ABSENT:
                self._expect(answer, url)
                return url
        tried = ", ".join(self.address + path for path in paths)
        raise StoreMissing(f"{self.address}: nothing there takes {what} (tried {tried}); set {setting}")

    def _send(self, url: str, accept: str, **content: object) -> httpx.Response:
        """Send a request, and repeat it while the server is busy. Repeating is safe for all of them."""
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
                raise UsageError(f"store: {url!r} is not a web address: {error}") from error
            except httpx.RemoteProtocolError:  # a restarting server closes connections like this
                wait = 0.5 * 2**attempt
            except httpx.TransportError as error:
                raise StoreError(f"{url}: cannot be reached ({error}); is a server running there?") from error
            else:
                if answer.status_code not in (429, 503):
                    return answer
                wait = _retry_after(answer, 0.5 * 2**attempt * random.uniform(1.0, 1.5))
            if attempt == ATTEMPTS - 1 or wait > LONGEST_WAIT:
                raise StoreError(f"{url}: the server is too busy, or does not answer; try again later")
            self._sleep(wait)
        raise AssertionError("the last attempt raises an error")

    def _expect(self, answer: httpx.Response, url: str) -> None:
        status, said = answer.status_code, answer.text.strip()[:300] if answer.status_code >= 300 else ""
        if status in (401, 403):
            hint = "the token is wrong" if self._has_token else "it requires a token"
            raise StoreError(f"{url}: the server refuses writes ({status}: {said}); {hint}: set KG_TOKEN")
        if status == 413:
            raise StoreError(f"{url}: the server takes no request of this size ({said}); raise its limit")
        if not 200 <= status < 300:
            raise StoreError(f"{url}: status {status}: {said}")


def _retry_after(answer: httpx.Response, otherwise: float) -> float:
    told = answer.headers.get("Retry-After", "")
    return max(1.0, float(told)) if told.isdigit() else otherwise
