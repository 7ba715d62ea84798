"""The W3C Reconciliation API 0.2, as far as it is there."""

from __future__ import annotations

from server.openapi.parts import HTML, Json, answers, form, get, parameter
from server.reconcile import PATH, PROPERTIES

_JSON = "application/json"
_PROPERTY: Json = {"type": "object", "properties": {"pid": {"type": "string"}, "v": {}}, "required": ["pid"]}
_QUERY: Json = {
    "type": "object",
    "properties": {
        "query": {"type": "string"},
        "type": {"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]},
        "type_strict": {"type": "string", "enum": ["any", "all", "should"]},
        "limit": {"type": "integer", "minimum": 1},
        "properties": {"type": "array", "items": _PROPERTY},
    },
    "required": ["query"],
}
_QUERIES: Json = {"type": "object", "additionalProperties": _QUERY}
_EXTEND: Json = {
    "type": "object",
    "properties": {
        "ids": {"type": "array", "items": {"type": "string"}},
        "properties": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {"id": {"type": "string", "enum": sorted(PROPERTIES)}},
                "required": ["id"],
            },
        },
    },
    "required": ["ids", "properties"],
}
_PREFIX = parameter("prefix", {"type": "string"}, "What the names begin with.")
_CURSOR = parameter("cursor", {"type": "integer", "minimum": 0}, "How many to leave out.")
_ID = parameter("id", {"type": "string"}, "The entity: its IRI without the base.", required=True)
_TYPE = parameter("type", {"type": "string"}, "Of entities.")


def reconciliation() -> Json:
    """Return the ``paths`` of the API."""
    found = {
        "": _service(),
        "/preview": {"get": get("A small page about an entity", [HTML], [_ID], 404, 503)},
        "/flyout/entity": {"get": get("A few words about an entity", [_JSON], [_ID], 404, 503)},
        "/extend/propose": {"get": get("Properties that tables can be extended by", [_JSON], [_TYPE])},
    }
    for kind in ("entity", "type", "property"):
        summary = f"Suggest, by the beginning of the name: {kind}"
        found[f"/suggest/{kind}"] = {"get": get(summary, [_JSON], [_PREFIX, _CURSOR], 400, 503)}
    return {PATH + path: described for path, described in found.items()}


def _service() -> Json:
    said = answers(
        200, "The candidates, or the values; without either, what the service is.", [_JSON], 400, 413, 503
    )
    asked = {"queries": _QUERIES, "extend": _EXTEND}
    content = form(asked)
    kind = next(iter(content))
    content[kind]["schema"]["not"] = {"required": [*asked]}  # one of them, or none
    content[kind]["encoding"] = {name: {"contentType": _JSON} for name in asked}
    parameters = [_json(name, schema) for name, schema in asked.items()]
    summary = "Match names against the graph, or extend matches by what it knows"
    return {
        "get": {"summary": summary, "parameters": parameters, "responses": said},
        "post": {
            "summary": summary,
            "requestBody": {"required": True, "content": content},
            "responses": said | answers(200, "The same.", [_JSON], 415),
        },
    }


def _json(name: str, schema: Json) -> Json:
    return {"name": name, "in": "query", "content": {_JSON: {"schema": schema}}}
