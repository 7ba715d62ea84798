"""A knowledge base over a live Wikibase.

All names of an article are looked up together: a search for each name, then in batches of 50 the items, the
labels of the items in their statements, and the superclasses of their classes. Answers are cached. If the
service fails, only cached items are returned, and the names without an answer are recorded.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from typing import Any, Self
from urllib.parse import urlsplit

from kg.linking.knowledge import Hit, Item, ItemType
from kg.linking.live.cache import UNKNOWN, Cache
from kg.linking.live.degrading import Degrading
from kg.linking.live.service import NoSuchEntity, Service
from kg.linking.live.settings import LiveSettings
from kg.linking.matching import borne, containing, rank, spelled
from kg.linking.names import key
from kg.linking.packs.classes import Classes, item_type, roots
from kg.linking.packs.entity import LANGUAGES, Entity, classes_above, label

TOGETHER = 50
"""Most ids that wbgetentities takes from a client without special rights."""
SEARCHED = 10
"""Most items of a search. Later ones are hardly ever the right ones."""

_LEVELS = 6  # levels of superclasses that are read; the classes of the table are hardly ever higher
_TEXT = {"people": "haswbstatement:P31=Q5", "text": ""}
"""The conditions that a full-text search adds to a name, by type of item."""
_ITEM = "labels|aliases|descriptions|claims|sitelinks"


class Live:
    """A live Wikibase as a knowledge base."""

    def __init__(
        self, service: Service, cache: Cache, day: str = "", warn: Callable[[str], None] | None = None
    ) -> None:
        """Create a knowledge base over a service.

        Args:
            service: the client of the Wikibase.
            cache: the cached answers, and the turn to send requests.
            day: ISO date of the run.
            warn: a function for the warning that the service fails; the default writes to standard error.
        """
        self.name = urlsplit(service.address).hostname or service.address
        self.date = day
        self._service = service
        self._cache = cache
        self._degrading = Degrading(service, warn)

    @classmethod
    def open(cls, settings: LiveSettings) -> Self:
        """Open a client with the cache of its settings.

        Raises:
            StopError: the cache cannot be used.
        """
        cache = Cache(settings.cache)
        service = Service(settings.address, settings.agent, cache, pause=settings.pause, run=settings.run)
        return cls(service, cache, dt.datetime.now(dt.UTC).date().isoformat())

    def prepare(self, asked: Iterable[tuple[str, ItemType]]) -> None:
        """Look up all these names, each with the wanted type of item, in few requests."""
        found: dict[str, list[str]] = {}
        for name, wanted in asked:
            with self._degrading.of([name]):
                found[name] = self._searched(name, wanted)
        with self._degrading.of(name for name, qids in found.items() if not self._known(qids)):
            self._describe([qid for qids in found.values() for qid in qids])
            self._degrading.answered(found)

    def missed(self, name: str) -> bool:
        """Return True if the service did not answer for ``name``."""
        return self._degrading.missed(name)

    def find(self, name: str, wanted: ItemType = "", limit: int = 30) -> Sequence[Hit]:
        """Return the items with the name ``name``; see :class:`kg.linking.knowledge.KnowledgeBase`."""
        if self._cache.get(self._key("search", name)) is UNKNOWN:
            self.prepare([(name, wanted)])
        items = self._named(name, wanted)
        folded = key(name)
        same = [item for item in items if folded in {key(one) for one in (item.label, *item.aliases)}]
        hits = [borne(name, folded, item, self.name) for item in same]
        return (sorted(hits, key=rank) or spelled(name, items, self.name))[:limit]

    def containing(self, name: str, wanted: ItemType = "", limit: int = 30) -> Sequence[Hit]:
        """Return the items found for ``name`` with a name that contains it and more words.

        No request is sent.
        """
        return containing(name, self._named(name, wanted), self.name)[:limit]

    def items(self, qids: Sequence[str]) -> Sequence[Item]:
        """Return the items with these ids, in that order. Unknown ids are left out."""
        with self._degrading.of(()):
            self._describe(qids)
        return [item for qid in qids if (item := self._item(qid))]

    def _named(self, name: str, wanted: ItemType) -> list[Item]:
        """Return the items found for a name, each once, the most popular first."""
        _, qids = self._cached("search", name) or (False, [])
        more = [one for kind in _TEXT for one in self._cached(kind, name) or ()]
        every = (self._item(qid) for qid in (*qids, *more))
        items = {item.qid: item for item in every if item and wanted in ("", item.type)}
        return sorted(items.values(), key=lambda item: -item.popularity)

    # Requests

    def _searched(self, name: str, wanted: ItemType) -> list[str]:
        """Search for names with this beginning, and by full text if no item has the name."""
        named, qids = self._answer("search", name, self._search)
        if named:
            return list(qids)
        kind = "people" if wanted == "person" else "text"
        return [*qids, *self._answer(kind, name, lambda name: self._search_text(name, _TEXT[kind]))]

    def _search(self, name: str) -> tuple[tuple[bool, list[str]], bool]:
        asked = {"action": "wbsearchentities", "search": name, "language": "en", "uselang": "en"}
        hits = self._service.get(asked | {"type": "item", "limit": str(SEARCHED)}).get("search") or []
        bearing = (hit.get("match", {}).get("text") or hit.get("label", "") for hit in hits)
        named = any(key(one) == key(name) for one in bearing)
        return (named, [str(hit["id"]) for hit in hits]), bool(hits)

    def _search_text(self, name: str, condition: str) -> tuple[list[str], bool]:
        asked = {"action": "query", "list": "search", "srsearch": f"{name} {condition}".strip()}
        asked |= {"srnamespace": "0", "srlimit": str(SEARCHED), "srprop": ""}
        pages = (self._service.get(asked).get("query") or {}).get("search") or []
        return [str(page["title"]).rpartition(":")[2] for page in pages], bool(pages)

    def _describe(self, qids: Iterable[str]) -> None:
        """Fetch items, the labels of the items in their statements, and their superclasses."""
        self._fetch("item", qids, _ITEM, _entity)
        entities = [entity for qid in dict.fromkeys(qids) if (entity := self._entity(qid))]
        self._fetch("label", (one for entity in entities for one in entity.referred()), "labels", label)
        self._fetch_above({qid for entity in entities for qid in entity.classes})

    def _fetch_above(self, classes: set[str]) -> None:
        for _ in range(_LEVELS):
            classes -= roots().keys()
            self._fetch("above", sorted(classes), "claims", classes_above)
            classes = {up for one in classes for up in self._cached("above", one) or ()} - classes

    def _fetch(self, kind: str, qids: Iterable[str], props: str, read: Callable[[Any], Any]) -> None:
        """Fetch those of these ids that are not in the cache."""
        wanted = [qid for qid in dict.fromkeys(qids) if self._get(kind, qid) is UNKNOWN]
        for start in range(0, len(wanted), TOGETHER):
            with self._cache.turn():
                batch = [q for q in wanted[start : start + TOGETHER] if self._get(kind, q) is UNKNOWN]
                for qid, entity in self._entities(batch, props).items():
                    self._cache.put(self._key(kind, qid), entity and read(entity), entity is not None)

    def _entities(self, qids: Sequence[str], props: str) -> dict[str, Any]:
        """Return the items by the requested ids; None for an id without an item."""
        if not qids:
            return {}
        asked = {"action": "wbgetentities", "ids": "|".join(qids), "props": props}
        try:
            answer = self._service.get(asked | {"languages": "|".join(LANGUAGES)})
        except NoSuchEntity as error:
            if error.qid not in qids:
                raise
            return {error.qid: None} | self._entities([qid for qid in qids if qid != error.qid], props)
        entities = answer.get("entities") or {}
        return {
            qid: None if "missing" in entities.get(qid, {"missing": ""}) else entities[qid] for qid in qids
        }

    def _answer(self, kind: str, name: str, ask: Callable[[str], tuple[Any, bool]]) -> Any:
        """Return the cached answer, or send the request. Another process may have cached it meanwhile."""
        known = self._get(kind, name)
        if known is not UNKNOWN:
            return known
        with self._cache.turn():
            known = self._get(kind, name)
            if known is UNKNOWN:
                known, found = ask(name)
                self._cache.put(self._key(kind, name), known, found)
        return known

    # Cache

    def _item(self, qid: str) -> Item | None:
        entity = self._entity(qid)
        if entity is None:
            return None
        above = {one: self._cached("above", one) or () for one in self._all_above(entity.classes)}
        kind = Classes(above).kind(entity.classes)
        if kind == "none":
            return None
        return entity.item(item_type(kind), lambda one: self._cached("label", one) or "")

    def _all_above(self, classes: Sequence[str]) -> set[str]:
        seen, level = set(classes), set(classes)
        while level:
            level = {up for one in level for up in self._cached("above", one) or ()} - seen
            seen |= level
        return seen

    def _entity(self, qid: str) -> Entity | None:
        known = self._cached("item", qid)
        return Entity(**known) if known else None

    def _known(self, qids: Iterable[str]) -> bool:
        return all(self._get("item", qid) is not UNKNOWN for qid in qids)

    def _cached(self, kind: str, qid: str) -> Any:
        known = self._get(kind, qid)
        return None if known is UNKNOWN else known

    def _get(self, kind: str, of: str) -> Any:
        return self._cache.get(self._key(kind, of))

    def _key(self, kind: str, of: str) -> str:
        return f"{self._service.address} {kind} {of}"


def _entity(entity: Any) -> Any:
    """Return the parts of an item that are cached. For a redirect, they are those of its target."""
    found = Entity.from_json(entity)
    return found.as_dict() if found else None
