"""A knowledge base over a service of the W3C Reconciliation API with items of Wikidata, as used by
OpenRefine.

The names of an article are looked up in batches. Versions 0.1 and 0.2 of the API are the same in the parts
used: https://www.w3.org/community/reports/reconciliation/CG-FINAL-specs-0.2-20230410/. The service returns
names, description, types and a score. The score is not used, because the model compares the names itself.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Self
from urllib.parse import urlsplit

from kg.errors import UsageError
from kg.linking.knowledge import Hit, Item, ItemType
from kg.linking.live.cache import UNKNOWN, Cache
from kg.linking.live.degrading import Degrading
from kg.linking.live.service import Service
from kg.linking.live.settings import LiveSettings
from kg.linking.matching import borne, containing, rank, spelled
from kg.linking.names import key
from kg.linking.packs.classes import Classes, item_type

TOGETHER = 20
"""Most names in a batch, unless the manifest of the service has a smaller ``batchSize``."""
ANSWERED = 10
"""Most candidates of a name."""

_UNKNOWN_POPULARITY = 20.0  # a medium value, because the service gives no popularity
_QID = re.compile(r"Q[1-9][0-9]*")
_PERSON = "Q5"


class Reconciliation:
    """A reconciliation service whose ids are those of Wikidata."""

    date = ""

    def __init__(self, service: Service, cache: Cache, warn: Callable[[str], None] | None = None) -> None:
        """Take a service and the cache whose turns it uses; see :class:`Live`."""
        self.name = urlsplit(service.address).netloc or service.address
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
        return cls(service, cache)

    def prepare(self, asked: Iterable[tuple[str, ItemType]]) -> None:
        """Look up all these names, each with the wanted type of item, in few requests.

        Raises:
            UsageError: the ids of the service are not those of Wikidata.
        """
        unknown = [pair for pair in dict.fromkeys(asked) if self._get(pair[0]) is UNKNOWN]
        with self._degrading.of(name for name, _ in unknown if self._get(name) is UNKNOWN):
            size = self._batch_size() if unknown else 1
            for start in range(0, len(unknown), size):
                self._ask(unknown[start : start + size])

    def missed(self, name: str) -> bool:
        """Return True if the service did not answer for ``name``."""
        return self._degrading.missed(name)

    def find(self, name: str, wanted: ItemType = "", limit: int = 30) -> Sequence[Hit]:
        """Return the items with the name ``name``; see :class:`kg.linking.knowledge.KnowledgeBase`."""
        self.prepare([(name, wanted)])
        items = self._named(name, wanted)
        same = [item for item in items if key(item.label) == key(name)]
        hits = [borne(name, key(name), item, self.name) for item in same]
        return (sorted(hits, key=rank) or spelled(name, items, self.name))[:limit]

    def containing(self, name: str, wanted: ItemType = "", limit: int = 30) -> Sequence[Hit]:
        """Return the items found for ``name`` whose names contain it and more words."""
        return containing(name, self._named(name, wanted), self.name)[:limit]

    def items(self, qids: Sequence[str]) -> Sequence[Item]:
        """Return no items, because the API cannot look up items by their ids."""
        del qids
        return []

    def _named(self, name: str, wanted: ItemType) -> list[Item]:
        known = self._get(name)
        items = map(_item, () if known is UNKNOWN else known)
        return [item for item in items if item and (wanted in ("", item.type) or not item.type)]

    def _ask(self, names: Sequence[tuple[str, ItemType]]) -> None:
        with self._cache.turn():
            rest = [pair for pair in names if self._get(pair[0]) is UNKNOWN]
            if not rest:
                return
            queries = {f"q{number}": _query(name, wanted) for number, (name, wanted) in enumerate(rest)}
            said = self._service.post({"queries": json.dumps(queries, ensure_ascii=False)})
            for number, (name, _) in enumerate(rest):
                answer = said.get(f"q{number}")
                if isinstance(answer, dict) and isinstance(answer.get("result"), list):
                    self._cache.put(self._key(name), answer["result"], bool(answer["result"]))

    def _batch_size(self) -> int:
        """Return the most names of a request, from the manifest.

        Raises:
            UsageError: the manifest declares ids other than those of Wikidata.
        """
        manifest = self._cache.get(self._key(""))
        if manifest is UNKNOWN:
            with self._cache.turn():
                manifest = self._service.fetch()
                self._cache.put(self._key(""), manifest)
        space = str(manifest.get("identifierSpace", ""))
        if "wikidata.org/entity" not in space:
            raise UsageError(
                f"reconcile_url: the ids of {self._service.address} are of {space or 'no known space'}, "
                "not of Wikidata; links cannot be made to them"
            )
        size = manifest.get("batchSize")
        return min(size, TOGETHER) if isinstance(size, int) and size > 0 else TOGETHER

    def _get(self, name: str) -> Any:
        return self._cache.get(self._key(name))

    def _key(self, name: str) -> str:
        return f"{self._service.address} reconcile {name}"


def _query(name: str, wanted: ItemType) -> dict[str, Any]:
    query: dict[str, Any] = {"query": name, "limit": ANSWERED}
    return query | {"type": _PERSON} if wanted == "person" else query


def _item(candidate: Mapping[str, Any]) -> Item | None:
    """Return the item of a candidate; None if its id is not one of Wikidata."""
    qid = str(candidate.get("id", "")).rpartition("/")[2]
    if not _QID.fullmatch(qid):
        return None
    types = [one.get("id", "") if isinstance(one, dict) else one for one in candidate.get("type") or ()]
    kind = Classes({}).kind(map(str, types))
    if kind == "none":
        return None
    return Item(
        qid,
        str(candidate.get("name", qid)),
        description=str(candidate.get("description") or ""),
        type="" if kind == "other" else item_type(kind),
        classes=tuple(map(str, types)),
        popularity=_UNKNOWN_POPULARITY,
    )
