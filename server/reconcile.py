"""``/reconcile``: the W3C Reconciliation API 0.2 over the actors and places of the graph, as OpenRefine asks.

https://www.w3.org/community/reports/reconciliation/CG-FINAL-specs-0.2-20230410/ is the standard. Ids are IRIs
without the base (``actor/ada-quist``), which is the identifier space, so that both together are the IRI.
"""

from __future__ import annotations

import html
import json
from collections.abc import Awaitable, Callable, Mapping
from typing import Any
from urllib.parse import parse_qs

from kg.rdf.vocab import KG, RDF, SCHEMA, WIKIDATA
from server import responding
from server.directory import BODY, ROLE, Directory
from server.front import Backend
from server.page import asking
from server.page.rendering import href
from server.reconciling import TYPES, Query, candidate, candidates
from server.refusal import Refusal
from server.responding import Receive, Scope, Send, header, here

PATH = "/reconcile"
BATCH = 50
"""Queries in a request, at most; the manifest says so."""

_PAGE = 20  # suggestions at once
PROPERTIES = {
    ROLE: "role",
    BODY: "organisation of a role",
    RDF.type.value: "type",
    SCHEMA.sameAs.value: "item of Wikidata",
}
"""What a table can be extended by: names by IRI."""

_VALUES = {
    ROLE: "?m org:member ?node ; schema:roleName ?value",
    BODY: "?m org:member ?node ; org:organization ?value",
    RDF.type.value: "?node a ?value",
    SCHEMA.sameAs.value: "?node schema:sameAs ?value",
}
_EXTENDED = """SELECT DISTINCT ?node ?value (MIN(STR(?label)) AS ?name) WHERE {{
    VALUES ?node {{ {nodes} }} GRAPH ?g {{ {pattern} }}
    OPTIONAL {{ GRAPH ?h {{ ?value rdfs:label ?label }} }} }} GROUP BY ?node ?value ORDER BY ?node ?value"""
_PREVIEW = (
    '<!doctype html><html lang="en"><meta charset="utf-8"><title>{name}</title>'
    '<link rel="stylesheet" href="/static/page.css"><body class="preview"><h1>{name}</h1><p>{types}</p>'
    '<p>{description}</p><p><a href="{link}" target="_blank" rel="noopener">{id}</a></p></body></html>'
)
# Other than the pages it may stand in those of OpenRefine, wherever that runs.
_FRAMED = b"default-src 'none'; style-src 'self'; base-uri 'none'; frame-ancestors *"


class Reconcile:
    """Answers below ``/reconcile``."""

    def __init__(self, backend: Backend) -> None:
        self._backend = backend
        self._directory = Directory(backend)
        self._routes: dict[str, Callable[[Scope, Mapping[str, str]], Awaitable[Any]]] = {
            "": self._service,
            "/suggest/entity": self._suggest_entity,
            "/suggest/type": self._suggest_type,
            "/suggest/property": self._suggest_property,
            "/flyout/entity": self._flyout,
            "/extend/propose": self._propose,
        }

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request.

        Raises:
            KgError: it is refused, or the graph does not answer.
        """
        path = scope["path"].removeprefix(PATH).rstrip("/")
        allowed = ("GET", "HEAD", "OPTIONS") if path else ("GET", "HEAD", "POST", "OPTIONS")
        if scope["method"] not in allowed:
            raise Refusal(405, f"one of {', '.join(allowed)}", {"Allow": ", ".join(allowed)})
        given = await self._given(scope, receive)
        if path == "/preview":
            await self._preview(given, send)
            return
        if path not in self._routes:
            raise Refusal(404, f"there is no {scope['path']}")
        body = json.dumps(await self._routes[path](scope, given), ensure_ascii=False).encode("utf-8")
        await responding.respond(send, 200, [(b"content-type", b"application/json")], body)

    async def _given(self, scope: Scope, receive: Receive) -> dict[str, str]:
        text = scope["query_string"].decode("latin-1")
        if scope["method"] == "POST":
            body = await responding.body_of(receive, scope, self._backend.settings.max_body, "--max-body")
            if "urlencoded" not in (header(scope, b"content-type") or ""):
                raise Refusal(415, "Content-Type: queries are sent as application/x-www-form-urlencoded")
            text = body.decode("latin-1")
        return {name: values[0] for name, values in parse_qs(text, keep_blank_values=True).items()}

    async def _service(self, scope: Scope, given: Mapping[str, str]) -> Any:
        if "queries" in given and "extend" in given:
            raise Refusal(400, "queries, extend: give one of them")
        if "queries" in given:
            return await self._queries(_json(given["queries"], "queries"))
        if "extend" in given:
            return await self._extend(_json(given["extend"], "extend"))
        return self._manifest(scope)

    def _manifest(self, scope: Scope) -> dict[str, Any]:
        root = here(scope)
        base = root + PATH

        def suggest(kind: str) -> dict[str, Any]:
            found = {"service_url": base, "service_path": f"/suggest/{kind}"}
            return found | ({"flyout_service_path": "/flyout/entity?id=${id}"} if kind == "entity" else {})

        return {
            "versions": ["0.2"],
            "name": "Communiqué: actors and places in the news",
            "identifierSpace": self._backend.base,
            "schemaSpace": KG.namespace,
            "documentation": root + "/",
            "defaultTypes": [{"id": iri, "name": name} for iri, name in TYPES.items()],
            "view": {"url": root + "/{{id}}"},
            "preview": {"url": base + "/preview?id={{id}}", "width": 400, "height": 160},
            "suggest": {kind: suggest(kind) for kind in ("entity", "type", "property")},
            "extend": {
                "propose_properties": {"service_url": base, "service_path": "/extend/propose"},
                "property_settings": [],
            },
            "batchSize": BATCH,
        }

    async def _queries(self, asked: Any) -> dict[str, Any]:
        if not isinstance(asked, dict):
            raise Refusal(400, "queries: a JSON object of queries by names of your choice is wanted")
        if len(asked) > BATCH:
            raise Refusal(413, f"queries: a request may have {BATCH}, this one has {len(asked)}")
        read = {name: Query.read(query, name) for name, query in asked.items()}
        pack = await self._directory.pack()
        return {name: {"result": candidates(query, pack)} for name, query in read.items()}

    async def _suggest_entity(self, _scope: Scope, given: Mapping[str, str]) -> Any:
        prefix, start = _wanted(given)
        pack = await self._directory.pack()
        items = pack.beginning(prefix, start + _PAGE)[start:]
        kept = ("id", "name", "description")
        return {"result": [{name: candidate(item)[name] for name in kept} for item in items]}

    async def _suggest_type(self, _scope: Scope, given: Mapping[str, str]) -> Any:
        return _fitting(TYPES, given)

    async def _suggest_property(self, _scope: Scope, given: Mapping[str, str]) -> Any:
        return _fitting({pid: PROPERTIES[pid] for pid in (ROLE, BODY)}, given)  # those that are compared

    async def _propose(self, _scope: Scope, given: Mapping[str, str]) -> Any:
        said = [{"id": iri, "name": name} for iri, name in PROPERTIES.items()]
        return {"type": given.get("type", KG.Actor.value), "properties": said}

    async def _flyout(self, _scope: Scope, given: Mapping[str, str]) -> Any:
        found = await self._entity(given)
        shown = f"<p><b>{html.escape(found['name'])}</b><br>{html.escape(found['description'])}</p>"
        return {"id": found["id"], "html": shown}

    async def _preview(self, given: Mapping[str, str], send: Send) -> None:
        found = await self._entity(given)
        text = {
            "name": found["name"],
            "description": found["description"],
            "types": ", ".join(one["name"] for one in found["type"]),
            "id": found["id"],
            "link": href(self._backend.base + found["id"], self._backend.base) or "",
        }
        page = _PREVIEW.format(**{name: html.escape(value) for name, value in text.items()})
        headers = [
            (b"content-type", b"text/html; charset=utf-8"),
            (b"content-security-policy", _FRAMED),
            (b"x-content-type-options", b"nosniff"),
        ]
        await responding.respond(send, 200, headers, page.encode("utf-8"))

    async def _entity(self, given: Mapping[str, str]) -> dict[str, Any]:
        wanted = given.get("id", "").removeprefix(self._backend.base)
        items = (await self._directory.pack()).items([wanted])
        if not items:
            raise Refusal(404, f"id: there is no actor or place {wanted!r}")
        return candidate(items[0])

    async def _extend(self, asked: Any) -> dict[str, Any]:
        try:
            ids = [str(one) for one in asked["ids"]]
            wanted = [str(one["id"]) for one in asked["properties"]]
        except (KeyError, TypeError) as error:
            raise Refusal(400, "extend: an object with ids and properties is wanted") from error
        unknown = [pid for pid in wanted if pid not in PROPERTIES]
        if unknown:
            raise Refusal(400, f"extend: {unknown[0]!r} is not one of {', '.join(PROPERTIES)}")
        rows: dict[str, dict[str, list[Any]]] = {one: {pid: [] for pid in wanted} for one in ids}
        nodes = [node for one in ids if (node := _iri(self._backend.base + one))]
        for pid in wanted if nodes else ():
            await self._fill(rows, pid, nodes)
        return {"meta": [{"id": pid, "name": PROPERTIES[pid]} for pid in wanted], "rows": rows}

    async def _fill(self, rows: dict[str, dict[str, list[Any]]], pid: str, nodes: list[str]) -> None:
        base = self._backend.base
        given = {"nodes": " ".join(nodes), "pattern": _VALUES[pid]}
        for row in await asking.select(self._backend, _EXTENDED, **given):
            values = rows[row["node"].removeprefix(base)][pid]
            value, name = row["value"], row["name"]
            if name:
                values.append({"id": value.removeprefix(base), "name": name})
            else:
                values.append({"str": TYPES.get(value, value.removeprefix(WIKIDATA))})


def _iri(value: str) -> str:
    """Return it as SPARQL; "" if it is no IRI, so that nothing is known of it."""
    try:
        return asking.iri(value)
    except ValueError:
        return ""


def _json(text: str, name: str) -> Any:
    try:
        found = json.loads(text)
        json.dumps(found, ensure_ascii=False).encode("utf-8")  # which halves of pairs of surrogates are not
        return found
    except ValueError as error:
        raise Refusal(400, f"{name}: is not JSON: {error}") from error


def _wanted(given: Mapping[str, str]) -> tuple[str, int]:
    start = given.get("cursor", "0")
    if not start.isdigit():
        raise Refusal(400, f"cursor: {start!r} is no number")
    return given.get("prefix", ""), min(int(start), 1_000_000)


def _fitting(names: Mapping[str, str], given: Mapping[str, str]) -> Any:
    prefix, start = _wanted(given)
    found = [{"id": iri, "name": name} for iri, name in names.items() if prefix.lower() in name]
    return {"result": found[start : start + _PAGE]}
