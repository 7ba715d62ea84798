"""The names of the graph, for looking things up by them: a pack of its actors and places, made anew when the
graph has changed and somebody asks."""

from __future__ import annotations

import asyncio
import tempfile
from collections import defaultdict
from pathlib import Path

from kg.linking.knowledge import Item, ItemType
from kg.linking.packs import Pack
from kg.vocab import KG, ORG, SCHEMA
from server.description import rows
from server.front import Backend

_THINGS = """SELECT ?node ?name ?type (COUNT(DISTINCT ?g) AS ?articles) WHERE {
    VALUES ?class { kg:Actor schema:Place }
    GRAPH ?g { ?node a ?class , ?type ; rdfs:label ?name } } GROUP BY ?node ?name ?type"""
_OTHERS = """SELECT DISTINCT ?node ?name WHERE { GRAPH ?g { ?node skos:altLabel ?name } }"""
_ROLES = """SELECT DISTINCT ?node ?role ?body WHERE { GRAPH ?g {
    ?membership org:member ?node ; schema:roleName ?role
    OPTIONAL { ?membership org:organization ?in . ?in rdfs:label ?body } } }"""

_TYPES: dict[str, ItemType] = {
    SCHEMA.Person.value: "person",
    KG.Organisation.value: "organisation",
    SCHEMA.Place.value: "place",
}
ROLE, BODY = f"{SCHEMA.namespace}roleName", f"{ORG.namespace}organization"
"""Properties that candidates are compared by."""


class Directory:
    """The actors and places of the graph that have IRIs of their own, by name."""

    def __init__(self, backend: Backend) -> None:
        self._backend = backend
        self._pack: Pack | None = None
        self._state = -1
        self._making = asyncio.Lock()

    async def pack(self) -> Pack:
        """Return the names as they are now; their ids are IRIs without the base.

        Raises:
            KgError: the graph does not answer.
        """
        async with self._making:
            if self._pack is None or self._state != self._backend.state:
                state = self._backend.state
                items = await self._items()
                with tempfile.TemporaryDirectory(prefix="communique-") as folder:
                    path = Path(folder) / "names.pack"
                    await asyncio.to_thread(Pack.build, path, items)
                    if self._pack is not None:
                        self._pack.close()
                    self._pack = Pack.open(path)  # which keeps it; nobody else needs to find it
                self._state = state
            return self._pack

    async def _items(self) -> list[Item]:
        base = self._backend.base
        names: dict[str, str] = {}
        types: dict[str, set[str]] = defaultdict(set)
        articles: dict[str, int] = defaultdict(int)
        for row in await rows(self._backend, _THINGS):
            node = row["node"].removeprefix(base)
            if node != row["node"] and "#" not in node:
                names.setdefault(node, row["name"])
                types[node].add(row["type"])
                articles[node] = max(articles[node], int(row["articles"]))
        others = await self._lists(_OTHERS, "name")
        roles, bodies = await self._lists(_ROLES, "role"), await self._lists(_ROLES, "body")
        return [
            Item(
                node,
                name,
                tuple(other for other in others[node] if other != name),
                _described(roles[node], articles[node]),
                next((kind for iri, kind in _TYPES.items() if iri in types[node]), ""),
                tuple(sorted(types[node])),
                float(articles[node]),
                occupations=tuple(roles[node]),
                related=tuple(bodies[node]),
            )
            for node, name in names.items()
        ]

    async def _lists(self, query: str, column: str) -> dict[str, list[str]]:
        found: dict[str, list[str]] = defaultdict(list)
        for row in await rows(self._backend, query):
            values = found[row["node"].removeprefix(self._backend.base)]
            if row[column] and row[column] not in values:
                values.append(row[column])
        return found


def _described(roles: list[str], articles: int) -> str:
    return ", ".join([*roles[:2], f"{articles} article{'s' * (articles != 1)}"])
