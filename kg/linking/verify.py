"""Whether the ids of the embedded knowledge base still mean what its tables say: asked of a live Wikibase."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from kg.errors import StopError
from kg.linking.knowledge import Item
from kg.linking.names import key

if TYPE_CHECKING:
    import httpx

API = "https://www.wikidata.org/w/api.php"
TOGETHER = 50  # most ids that wbgetentities takes from a client without special rights
PAUSE = 1.0  # seconds between requests
ATTEMPTS = 5
_HUMAN = "Q5"


class Entities(Protocol):
    """A source of items as Wikibase writes them."""

    def get(self, qids: Sequence[str]) -> Mapping[str, Any]:
        """Return items by the id asked for: of a redirected one its target; a missing one has ``missing``."""


@dataclass(frozen=True, slots=True)
class Difference:
    """Where a row does not agree with the live item."""

    qid: str
    label: str
    problem: str


def verify(items: Iterable[Item], entities: Entities) -> Iterator[Difference]:
    """Yield a difference for each item that is missing, redirected, named otherwise, or a person here only.

    Raises:
        StopError: the service does not answer.
    """
    waiting = list(items)
    for start in range(0, len(waiting), TOGETHER):
        batch = waiting[start : start + TOGETHER]
        found = entities.get([item.qid for item in batch])
        for item in batch:
            if problem := _problem(item, found.get(item.qid, {"missing": ""})):
                yield Difference(item.qid, item.label, problem)


def _problem(item: Item, entity: Mapping[str, Any]) -> str:
    if "missing" in entity:
        return "there is no such item"
    if entity["id"] != item.qid:
        return f"is redirected to {entity['id']}"
    names = set(_names(entity))
    if names.isdisjoint(map(key, (item.label, *item.aliases))):
        return f"is called {', '.join(sorted(names)[:3]) or 'nothing'} there"
    return _other_kind(item, entity)


def _names(entity: Mapping[str, Any]) -> Iterator[str]:
    yield from (key(term["value"]) for term in (entity.get("labels") or {}).values())
    for aliases in (entity.get("aliases") or {}).values():
        yield from (key(term["value"]) for term in aliases)


def _other_kind(item: Item, entity: Mapping[str, Any]) -> str:
    snaks = [claim["mainsnak"] for claim in (entity.get("claims") or {}).get("P31", ())]
    classes = {snak["datavalue"]["value"]["id"] for snak in snaks if snak.get("snaktype") == "value"}
    if (_HUMAN in classes) != (item.type == "person"):
        return "is a person there" if _HUMAN in classes else "is no person there"
    return ""


class WikibaseEntities:
    """``wbgetentities`` of a Wikibase, asked politely.

    One request at a time and a pause after it, ``maxlag`` for work that nobody waits for, errors that come
    with status 200 read as such, Retry-After obeyed (https://www.mediawiki.org/wiki/API:Etiquette,
    https://www.mediawiki.org/wiki/Manual:Maxlag_parameter). ``agent`` is the User-Agent: it must say how to
    reach the operator (https://foundation.wikimedia.org/wiki/Policy:Wikimedia_Foundation_User-Agent_Policy).
    """

    def __init__(
        self,
        client: httpx.Client,
        agent: str,
        address: str = API,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._client = client
        self._address = address
        self._sleep = sleep
        self._headers = {"User-Agent": agent}

    def get(self, qids: Sequence[str]) -> Mapping[str, Any]:
        """Return the items by the ids asked for.

        Raises:
            StopError: there is no answer, however often it is asked.
        """
        asked = {"action": "wbgetentities", "format": "json", "maxlag": "5", "ids": "|".join(qids)}
        asked |= {"props": "labels|aliases|claims|info", "languages": "en|mul"}
        reason = ""
        for attempt in range(ATTEMPTS):
            body, reason, seconds = self._ask(asked)
            if body is not None:
                self._sleep(PAUSE)
                return body
            if attempt < ATTEMPTS - 1:
                self._sleep(seconds or 2.0**attempt)
        raise StopError(f"{self._address}: {reason}; given up after {ATTEMPTS} attempts, try again later")

    def _ask(self, asked: Mapping[str, str]) -> tuple[Mapping[str, Any] | None, str, float]:
        """Return the items, or why there are none and how many seconds to wait."""
        import httpx

        try:
            answer = self._client.get(self._address, params=asked, headers=self._headers)
            told = answer.headers.get("Retry-After", "")
            seconds = float(told) if told.isdigit() else 0.0
            body = answer.json() if answer.status_code == 200 else {}
        except (httpx.TransportError, ValueError) as error:
            return None, f"gives no answer: {error!r}", 0.0
        if "entities" in body:
            return body["entities"], "", 0.0
        return None, str(body.get("error", {}).get("info") or f"status {answer.status_code}"), seconds
