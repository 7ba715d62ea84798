"""The names of the graph, for looking things up by them: a pack of its actors and places, made anew when the
graph has changed and somebody asks."""

from __future__ import annotations

import asyncio
import logging
import tempfile
import time
from collections import defaultdict
from pathlib import Path

from kg.errors import KgError
from kg.linking.knowledge import Item, ItemType
from kg.linking.packs import Pack
from kg.rdf.vocab import KG, ORG, SCHEMA
from server.description import rows
from server.front import Backend

log = logging.getLogger("communique.server")

Rows = list[dict[str, str]]
Lists = defaultdict[str, list[str]]

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


_LONG = 1.0
"""Seconds: what takes longer is made while those who ask are answered with what there is."""


class Directory:
    """The actors and places of the graph that have IRIs of their own, by name."""

    def __init__(self, backend: Backend) -> None:
        self._backend = backend
        self._pack: Pack | None = None
        self._state = -1
        self._seconds = 0.0  # that it took to make
        self._making = asyncio.Lock()
        self._task: asyncio.Task[None]

    async def pack(self) -> Pack:
        """Return the names as they are now, or, if there are very many, as they were a while ago.

        Their ids are IRIs without the base.

        Raises:
            KgError: the graph does not answer.
        """
        if self._pack is None or self._seconds < _LONG:
            async with self._making:
                await self._renew()
        elif self._state != self._backend.state and not self._making.locked():
            self._task = asyncio.create_task(self._renew_meanwhile())
        assert self._pack is not None
        return self._pack

    async def _renew_meanwhile(self) -> None:
        async with self._making:
            try:
                await self._renew()
            except KgError as error:
                log.warning("the names could not be looked up: %s", error)

    async def _renew(self) -> None:
        state, began = self._backend.state, time.monotonic()
        if self._pack is not None and self._state == state:
            return
        asked = [await rows(self._backend, query) for query in (_THINGS, _OTHERS, _ROLES)]
        with tempfile.TemporaryDirectory(prefix="communique-") as folder:
            path = Path(folder) / "names.pack"
            await asyncio.to_thread(_make, path, self._backend.base, *asked)
            if self._pack is not None:
                self._pack.close()
            self._pack = Pack.open(path)  # which keeps it; nobody else needs to find it
        self._state, self._seconds = state, time.monotonic() - began


def _make(path: Path, base: str, things: Rows, others: Rows, roles: Rows) -> None:
    named, held, within = (
        _lists(base, found, column) for found, column in ((others, "name"), (roles, "role"), (roles, "body"))
    )
    Pack.build(path, _items(base, things, named, held, within))


def _items(base: str, things: Rows, others: Lists, roles: Lists, bodies: Lists) -> list[Item]:
    names: dict[str, str] = {}
    types: dict[str, set[str]] = defaultdict(set)
    articles: dict[str, int] = defaultdict(int)
    for row in things:
        node = row["node"].removeprefix(base)
        if node != row["node"] and "#" not in node:
            names.setdefault(node, row["name"])
            types[node].add(row["type"])
            articles[node] = max(articles[node], int(row["articles"]))
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


def _lists(base: str, found: Rows, column: str) -> Lists:
    lists: Lists = defaultdict(list)
    for row in found:
        values = lists[row["node"].removeprefix(base)]
        if row[column] and row[column] not in values:
            values.append(row[column])
    return lists


def _described(roles: list[str], articles: int) -> str:
    return ", ".join([*roles[:2], f"{articles} article{'s' * (articles != 1)}"])
