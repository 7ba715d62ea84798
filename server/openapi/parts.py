"""What the descriptions of routes are made of."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from server.negotiation import GRAPHS, ROWS

Json = dict[str, Any]

TEXT: Json = {"schema": {"type": "string"}}
IRI: Json = {"type": "string", "format": "iri"}
HTML = "text/html"
KEY: Json = {"security": [{"token": []}]}
"""Of operations that need the token."""

_REASONS = {
    303: "What is asked for is not a document; one about it is there.",
    304: "As it was when the client last asked.",
    400: "Not what the protocol wants, or it does not parse; the text says where.",
    401: "The token is missing or wrong.",
    403: "Not allowed on this server.",
    404: "There is no such thing.",
    405: "Not with this method.",
    406: "In no format that is accepted.",
    409: "The store is in no state for it.",
    412: "If-Match or If-None-Match: the graph is another one by now.",
    413: "Too large.",
    415: "Content-Type: not one that is taken.",
    422: "It would change more than the one graph.",
    503: "It took too long, or there is no room for it now.",
}


def answers(done: int, said: str, kinds: Iterable[str], *refusals: int) -> Json:
    """Return the ``responses`` of an operation.

    Args:
        done: the status if all is well.
        said: a sentence on that.
        kinds: media types of the body; none if there is none.
        refusals: other statuses.
    """
    refused = {str(status): {"description": _REASONS[status], "content": {"text/plain": TEXT}}
               for status in refusals}  # fmt: skip
    found: Json = {"description": said}
    if kinds := sorted(kinds):
        found["content"] = {kind: {} for kind in kinds}
    return {str(done): found, **refused}


def parameter(name: str, schema: Json, description: str, required: bool = False) -> Json:
    """Return a parameter of the query string."""
    return {
        "name": name,
        "in": "query",
        "required": required,
        "schema": schema,
        "description": description,
    }


def in_path(name: str, schema: Json, description: str) -> Json:
    """Return a parameter of the path."""
    return parameter(name, schema, description, required=True) | {"in": "path"}


def get(summary: str, kinds: Iterable[str], parameters: list[Json] | None = None, *refusals: int) -> Json:
    """Return an operation that reads.

    Args:
        summary: a few words.
        kinds: media types of the answer.
        parameters: what it takes.
        refusals: statuses other than 200.
    """
    return {
        "summary": summary,
        "parameters": parameters or [],
        "responses": answers(200, "It.", kinds, *refusals),
    }


def form(properties: Json, *required: str) -> Json:
    """Return the ``content`` of a body that is a form."""
    schema = {"type": "object", "properties": properties, "required": list(required)}
    return {"application/x-www-form-urlencoded": {"schema": schema}}


def named_format(*kinds: str) -> Json:
    """Return the parameter that names a format, for answers of these media types."""
    names = {**ROWS, **GRAPHS}
    said = "How to write the answer; else the Accept header says it."
    return parameter("format", {"type": "string", "enum": sorted({names[kind] for kind in kinds})}, said)
