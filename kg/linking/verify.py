"""Compare the items of the embedded knowledge base with those of a live Wikibase."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from kg.linking.knowledge import Item
from kg.linking.live.service import Service
from kg.linking.live.wikibase import TOGETHER
from kg.linking.names import key
from kg.linking.packs.entity import LANGUAGES

_HUMAN = "Q5"


class Entities(Protocol):
    """A source of items in the JSON of Wikibase."""

    def get(self, qids: Sequence[str]) -> Mapping[str, Any]:
        """Return items by the requested id: the target of a redirect, a key ``missing`` without an item."""


@dataclass(frozen=True, slots=True)
class Difference:
    """A difference between a row and the live item."""

    qid: str
    label: str
    problem: str


def verify(items: Iterable[Item], entities: Entities) -> Iterator[Difference]:
    """Yield a difference for each item that is missing or redirected, or differs in its names or as a person.

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
    """``wbgetentities`` of a Wikibase."""

    def __init__(self, service: Service) -> None:
        self._service = service

    def get(self, qids: Sequence[str]) -> Mapping[str, Any]:
        """Return the items by the requested ids.

        Raises:
            StopError: the service does not answer after several attempts.
        """
        asked = {"action": "wbgetentities", "ids": "|".join(qids)}
        asked |= {"props": "labels|aliases|claims|info", "languages": "|".join(LANGUAGES)}
        entities: Mapping[str, Any] = self._service.get(asked)["entities"]
        return entities
