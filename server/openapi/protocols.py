"""The routes of the standards: SPARQL 1.1 Protocol, Graph Store HTTP Protocol, VoID."""

from __future__ import annotations

from server.backups import PATH as BACKUP
from server.graphs import PATH as STORE
from server.graphs import UPLOADS
from server.negotiation import GRAPHS, ROWS
from server.openapi.parts import IRI, KEY, TEXT, Json, answers, form, get, in_path, named_format, parameter
from server.protocol import QUERY, UPDATE

_KINDS = {*ROWS, *GRAPHS}
_SPARQL: Json = {"type": "string", "format": "sparql-query", "examples": ["SELECT * { ?s ?p ?o } LIMIT 10"]}
_CHANGE: Json = {"type": "string", "format": "sparql-update", "examples": ["INSERT DATA { <x:s> <x:p> 1 }"]}
_FOUND = answers(
    200, "What was found; without a query, what the endpoint is.", _KINDS, 304, 400, 403, 406, 413, 503
)
_GRAPH = parameter(
    "graph",
    IRI,
    "The graph, or default; in place of graph=default, the standard has a parameter default without a value.",
    required=True,
)
_PART = in_path("graph", {"type": "string", "minLength": 1}, "Its address below this one.")
_FILE: Json = {"type": "string", "format": "binary"}
_FILES: Json = {"schema": {"type": "object", "minProperties": 1, "additionalProperties": _FILE}}
_UPLOAD: Json = {
    "required": True,
    "content": {**{kind: {} for kind in UPLOADS}, "multipart/form-data": _FILES},
}


def _graphs(name: str, description: str) -> Json:
    return parameter(name, {"type": "array", "items": IRI}, description)


def _write(summary: str, body: Json | None, parameters: list[Json], *refusals: int) -> Json:
    said = answers(200, "Done.", (), 400, 401, 403, 405, *refusals)
    said.update({str(other): {"description": "Done."} for other in (201, 204)})
    operation: Json = {"summary": summary, "parameters": parameters, "responses": said, **KEY}
    return operation | ({"requestBody": body} if body else {})


def protocols() -> Json:
    """Return the ``paths`` of what standards describe."""
    return {
        **_sparql(),
        STORE: _store([_GRAPH]),
        STORE + "/{graph}": _store([_PART]),
        "/ontology": {"get": get("The ontology", GRAPHS, None, 406)},
        "/.well-known/void": {"get": get("What is in the graph, in numbers (VoID)", GRAPHS, None, 406, 503)},
        BACKUP: {"post": _backup()},
    }


def _sparql() -> Json:
    dataset = [
        _graphs("default-graph-uri", "Graphs that are the default graph together."),
        _graphs("named-graph-uri", "Graphs that can be asked by name."),
        named_format(*_KINDS),
    ]
    using = [
        _graphs("using-graph-uri", "Graphs that WHERE is about."),
        _graphs("using-named-graph-uri", "Graphs that WHERE can name."),
    ]
    asked = parameter("query", _SPARQL, "SPARQL; left out, the endpoint describes itself.")
    query: Json = {"required": True, "content": {**form({"query": _SPARQL}, "query"), QUERY: TEXT}}
    update: Json = {"required": True, "content": {**form({"update": _CHANGE}, "update"), UPDATE: TEXT}}
    return {
        "/sparql": {
            "get": {"summary": "Ask", "parameters": [asked, *dataset], "responses": _FOUND},
            "post": {
                "summary": "Ask, for long queries",
                "parameters": dataset,
                "requestBody": query,
                "responses": _FOUND | answers(200, "What was found.", _KINDS, 413, 415),
            },
        },
        "/update": {"post": _write("Make an update", update, using, 409, 413, 415, 503)},
    }


def _store(graph: list[Json]) -> Json:
    perhaps = [one | {"required": one["in"] == "path"} for one in graph]  # else a new one gets a name
    change: Json = {"required": True, "content": {UPDATE: TEXT}}
    reading = get("Read a graph", GRAPHS, [*graph, named_format(*GRAPHS)], 304, 400, 404, 406, 503)
    return {
        "get": reading,
        "put": _write("Replace a graph", _UPLOAD, graph, 412, 413, 415, 503),
        "post": _write("Add to a graph, or make one", _UPLOAD, perhaps, 412, 413, 415, 503),
        "delete": _write("Remove a graph", None, graph, 404, 412, 503),
        "patch": _write("Change a graph", change, graph, 404, 409, 412, 413, 415, 422, 503),
    }


def _backup() -> Json:
    name: Json = {"type": "string", "pattern": r"^([A-Za-z0-9_][A-Za-z0-9._\-]{0,99})?$"}
    said = answers(201, "The folder that was made.", ["text/plain"], 400, 401, 403, 409, 413, 415, 503)
    body: Json = {"content": form({"name": name})}
    return {"summary": "Copy the store into a new folder", "requestBody": body, "responses": said, **KEY}
