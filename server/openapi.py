"""The part of the OpenAPI document that FastAPI cannot know: the routes that are plain ASGI."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from server.negotiation import GRAPHS, ROWS

Json = dict[str, Any]

FORM, QUERY, UPDATE = (
    "application/x-www-form-urlencoded",
    "application/sparql-query",
    "application/sparql-update",
)
_TEXT: Json = {"schema": {"type": "string"}}
_IRI: Json = {"type": "string", "format": "iri"}
_REASONS = {
    304: "As it was when the client last asked.",
    400: "Not what the protocol wants, or it does not parse; the text says where.",
    401: "The token is missing or wrong.",
    403: "Not allowed on this server.",
    404: "There is no such graph.",
    405: "Not with this method.",
    406: "In no format that is accepted.",
    409: "The store is in no state for it.",
    413: "Too large.",
    415: "Content-Type: not one that is taken.",
    422: "It would change more than the one graph.",
    503: "It took too long, or there is no room for it now.",
}


def _answers(done: int, said: str, kinds: Iterable[str], *refusals: int) -> Json:
    refused = {str(status): {"description": _REASONS[status], "content": {"text/plain": _TEXT}}
               for status in refusals}  # fmt: skip
    found: Json = {"description": said}
    if kinds := sorted(kinds):
        found["content"] = {kind: {} for kind in kinds}
    return {str(done): found, **refused}


def _parameter(name: str, schema: Json, description: str, required: bool = False) -> Json:
    return {
        "name": name,
        "in": "query",
        "required": required,
        "schema": schema,
        "description": description,
    }


def _graphs(name: str, description: str) -> Json:
    return _parameter(name, {"type": "array", "items": _IRI}, description)


def _form(name: str) -> Json:
    schema = {"type": "object", "properties": {name: {"type": "string"}}, "required": [name]}
    return {FORM: {"schema": schema}}


_KINDS = {*ROWS, *GRAPHS}
_FORMAT = _parameter(
    "format",
    {"type": "string", "enum": sorted({*ROWS.values(), *GRAPHS.values()})},
    "How to write the answer; else the Accept header says it.",
)
_DATASET = [
    _graphs("default-graph-uri", "Graphs that are the default graph together."),
    _graphs("named-graph-uri", "Graphs that can be asked by name."),
]
_USING = [
    _graphs("using-graph-uri", "Graphs that WHERE is about."),
    _graphs("using-named-graph-uri", "Graphs that WHERE can name."),
]
_GRAPH = [
    _parameter("graph", _IRI, "The graph; either this or default."),
    _parameter("default", {"type": "string", "maxLength": 0}, "The default graph."),
]
_KEY: Json = {"security": [{"token": []}]}
_FOUND = _answers(200, "What was found; without a query, what the endpoint is.", _KINDS, 400, 403, 406, 503)
_UPLOAD: Json = {
    "required": True,
    "content": dict.fromkeys([*sorted(GRAPHS.keys() - {"application/trig", "application/n-quads"})], _TEXT),
}


def _get(summary: str, kinds: Iterable[str], parameters: list[Json] | None = None, *refusals: int) -> Json:
    return {
        "summary": summary,
        "parameters": parameters or [],
        "responses": _answers(200, "It.", kinds, *refusals),
    }


def _write(summary: str, status: int, body: Json | None, parameters: list[Json], *refusals: int) -> Json:
    said = _answers(status, "Done.", (), 400, 401, 403, 405, *refusals)
    said.update({str(other): {"description": "Done."} for other in (200, 201, 204)})
    operation: Json = {"summary": summary, "parameters": parameters, "responses": said, **_KEY}
    return operation | ({"requestBody": body} if body else {})


def plain_routes() -> Json:
    """Return the ``paths`` of SPARQL, the Graph Store Protocol and the documents about the server."""
    query = {"required": True, "content": {**_form("query"), QUERY: _TEXT}}
    update = {"required": True, "content": {**_form("update"), UPDATE: _TEXT}}
    asked = _parameter("query", {"type": "string"}, "SPARQL; left out, the endpoint describes itself.")
    return {
        "/sparql": {
            "get": {"summary": "Ask", "parameters": [asked, *_DATASET, _FORMAT], "responses": _FOUND},
            "post": {
                "summary": "Ask, for long queries",
                "parameters": [*_DATASET, _FORMAT],
                "requestBody": query,
                "responses": _FOUND | _answers(200, "What was found.", _KINDS, 413, 415),
            },
        },
        "/update": {"post": _write("Make an update", 204, update, _USING, 409, 413, 415, 503)},
        "/store": {
            "get": _get("Read a graph", GRAPHS, [*_GRAPH, _FORMAT], 400, 404, 406, 503),
            "put": _write("Replace a graph", 204, _UPLOAD, _GRAPH, 413, 415),
            "post": _write("Add to a graph, or make one", 200, _UPLOAD, _GRAPH, 413, 415),
            "delete": _write("Remove a graph", 200, None, _GRAPH, 404),
            "patch": _write(
                "Change a graph", 204, {"required": True, "content": {UPDATE: _TEXT}}, _GRAPH,
                404, 409, 413, 415, 422,
            ),
        },
        "/ontology": {"get": _get("The ontology", GRAPHS, None, 406)},
        "/.well-known/void": {"get": _get("What is in the graph, in numbers (VoID)", GRAPHS, None, 406, 503)},
    }  # fmt: skip


SECURITY: Json = {"token": {"type": "http", "scheme": "bearer"}}
"""How writing is asked for."""
