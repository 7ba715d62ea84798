"""Send requests to a service, such as the api.php of a Wikibase, by the rules of Wikimedia.

Requests are sent one at a time with a pause between them and with ``maxlag``. Failed requests are repeated
after the time in Retry-After, or else after growing pauses with jitter. Errors with status 200 are
recognised. After repeated failures, no process of a run sends requests for some time (a circuit breaker). The
rules: https://www.mediawiki.org/wiki/API:Etiquette and
https://www.mediawiki.org/wiki/Manual:Maxlag_parameter.
"""

from __future__ import annotations

import datetime as dt
import email.utils
import random
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kg.errors import StopError
from kg.linking.live.cache import Cache

if TYPE_CHECKING:
    import httpx

ATTEMPTS = 4
LONGEST_WAIT = 120.0  # seconds; a longer Retry-After counts as a failure
LEFT_ALONE = 300.0  # seconds without requests after a failure
TIMEOUT = 15.0  # seconds to wait for the next byte
MAXLAG = "5"  # seconds

_PASSING = frozenset(("maxlag", "ratelimited", "readonly", "failed-save"))
"""Error codes of temporary failures, after which the request is repeated."""


_Send = Callable[["httpx.Client"], "httpx.Response"]


class Unavailable(StopError):
    """The service does not answer, or refuses the request."""


class NoSuchEntity(Unavailable):
    """The service has no item with a requested id."""

    def __init__(self, message: str, qid: str) -> None:
        self.qid = qid
        super().__init__(message)


@dataclass(frozen=True, slots=True)
class _Passing(Exception):
    """An attempt failed temporarily."""

    reason: str
    wait: float | None = None  # seconds to wait, from the service


class Service:
    """One service at one address."""

    def __init__(
        self,
        address: str,
        agent: str,
        cache: Cache,
        *,
        pause: float = 1.0,
        run: str = "",
        clock: Callable[[], float] = time.time,
        sleep: Callable[[float], None] = time.sleep,
        timeout: float = TIMEOUT,
        transport: httpx.BaseTransport | None = None,
    ) -> None:
        self.address = address
        self._agent = agent
        self._cache = cache
        self._pause = pause
        self._clock = clock
        self._sleep = sleep
        self._timeout = timeout
        self._transport = transport
        self._client: httpx.Client | None = None
        self._left_alone = f"left alone {address} {run}"
        self._told = f"told {address} {run}"
        self._last = f"last request {address}"

    def get(self, asked: Mapping[str, str]) -> dict[str, Any]:
        """Return the answer of the api.php to a request. The caller holds the turn of the cache.

        Raises:
            NoSuchEntity: no item has a requested id.
            Unavailable: all attempts failed, or no requests are sent after an earlier failure.
        """
        params = {**asked, "format": "json", "maxlag": MAXLAG}
        return self._answered(lambda client: client.get(self.address, params=params))

    def post(self, form: Mapping[str, str]) -> dict[str, Any]:
        """Return the answer to a POST request with a form; otherwise like :meth:`get`."""
        return self._answered(lambda client: client.post(self.address, data=dict(form)))

    def fetch(self) -> dict[str, Any]:
        """Return the answer at the address without parameters; otherwise like :meth:`get`."""
        return self._answered(lambda client: client.get(self.address))

    def _answered(self, send: _Send) -> dict[str, Any]:
        if self._cache.state(self._left_alone) > self._clock():
            raise Unavailable(f"{self.address}: is left alone for a while, as it failed before")
        for attempt in range(ATTEMPTS):
            try:
                return self._attempt(send)
            except _Passing as failed:
                wait = 2.0**attempt * random.uniform(1.0, 1.5) if failed.wait is None else failed.wait
                if attempt == ATTEMPTS - 1 or wait > LONGEST_WAIT:
                    raise self._give_up(f"{failed.reason}, {attempt + 1} times", wait) from failed
                self._sleep(wait)
        raise AssertionError("the last attempt has raised")

    def _attempt(self, send: _Send) -> dict[str, Any]:
        import httpx

        self._keep_apart()
        try:
            answer = send(self._http())
        except httpx.TimeoutException as error:
            raise _Passing(f"no answer within {self._timeout:g} seconds") from error
        except httpx.TransportError as error:
            raise _Passing(f"cannot be reached ({error or type(error).__name__})") from error
        except httpx.RequestError as error:  # bytes that do not unpack, redirects without end
            raise _Passing(f"an answer that cannot be read ({error})") from error
        except httpx.InvalidURL as error:
            raise Unavailable(f"{self.address}: is no address: {error}") from error
        finally:
            self._cache.set_state(self._last, self._clock())
        return self._read(answer)

    def _read(self, answer: httpx.Response) -> dict[str, Any]:
        wait = retry_after(answer.headers.get("Retry-After", ""), self._clock())
        if answer.status_code == 429 or answer.status_code >= 500:
            raise _Passing(f"status {answer.status_code}", wait)
        if answer.status_code != 200:
            raise self._give_up(f"status {answer.status_code}: {answer.text[:200].strip()}")
        try:
            body = answer.json()
        except ValueError:
            html = "html" in answer.headers.get("Content-Type", "")
            raise _Passing("a page in place of JSON" if html else "JSON that is cut short", wait) from None
        if not isinstance(body, dict):
            raise _Passing("JSON that is no answer", wait)
        if "error" in body:
            self._raise(body["error"], wait)
        return body

    def _raise(self, error: Any, wait: float | None) -> None:
        error = error if isinstance(error, dict) else {"info": error}
        code, told = str(error.get("code", "")), str(error.get("info", ""))
        if code in _PASSING or code.startswith("internal_api_error"):
            raise _Passing(f"{code}: {told}", wait)
        if code == "no-such-entity":
            raise NoSuchEntity(f"{self.address}: {told}", str(error.get("id", "")))
        raise Unavailable(f"{self.address}: refuses the request: {code}: {told}")

    def _give_up(self, reason: str, wait: float = 0.0) -> Unavailable:
        self._cache.set_state(self._left_alone, self._clock() + max(wait, LEFT_ALONE))
        return Unavailable(f"{self.address}: {reason}")

    def _keep_apart(self) -> None:
        since = self._clock() - self._cache.state(self._last)
        if 0 <= since < self._pause:
            self._sleep(self._pause - since)

    def _http(self) -> httpx.Client:
        import httpx

        if self._client is None:
            headers = {"User-Agent": self._agent}
            self._client = httpx.Client(
                headers=headers, timeout=self._timeout, follow_redirects=True, transport=self._transport
            )
        return self._client

    def is_first_failure(self) -> bool:
        """Return True once in all processes of a run, after the service has failed."""
        first = not self._cache.state(self._told)
        self._cache.set_state(self._told, self._clock())
        return first

    def close(self) -> None:
        """Close the connection."""
        if self._client is not None:
            self._client.close()
            self._client = None


def retry_after(told: str, now: float) -> float | None:
    """Return the seconds of a Retry-After header, given in seconds or as a date (RFC 9110, 10.2.3).

    The least value is one second, so that "0" does not cause a busy loop; None if the header is not valid.
    """
    if told.strip().isdigit():
        return max(1.0, float(told))
    try:
        date = email.utils.parsedate_to_datetime(told)
    except ValueError:
        return None
    date = date if date.tzinfo else date.replace(tzinfo=dt.UTC)
    return max(1.0, date.timestamp() - now)
