"""The query operation of the SPARQL 1.1 Protocol, read from an HTTP request."""

from __future__ import annotations

import re
from dataclasses import dataclass

import pyoxigraph as ox
from fastapi import HTTPException, Request

from kg.errors import QueryError
from kg.prefixes import prefixes
from kg.query import Answer
from kg.sparql_error import syntax_error
from kg.store import Store

FORM = "application/x-www-form-urlencoded"
DIRECT = "application/sparql-query"

_NOT_CODE = re.compile(
    r"""\"\"\"(?:[^\"\\]|\\.|\"(?!\"\"))*\"\"\"|'''(?:[^'\\]|\\.|'(?!''))*'''
      | \"(?:[^\"\\\n]|\\.)*\" | '(?:[^'\\\n]|\\.)*' | <[^<>\"{}|^`\\\s]*> | \#[^\n]*""",
    re.VERBOSE | re.DOTALL,
)
_NAME = re.compile(r"[?$]\w+|[\w-]*:[\w.:%-]*")
_SERVICE = re.compile(r"\bSERVICE\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Asked:
    """A query, and the dataset that the request names (section 2.1.4); empty is the union of all graphs."""

    query: str
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()


async def read(request: Request, limit: int) -> Asked:
    """Return what a request asks.

    Args:
        limit: most bytes of a body.

    Raises:
        HTTPException: 400 for a request that the protocol does not allow, 413 and 415 for its body.
    """
    parameters = list(request.query_params.multi_items())
    queries = [value for name, value in parameters if name == "query"]
    if request.method == "POST":
        media_type = request.headers.get("content-type", "").split(";")[0].strip().lower()
        body = await _body(request, limit)
        if media_type == DIRECT:
            queries.append(_text(body))
        elif media_type == FORM:
            form = (await request.form()).multi_items()
            parameters = [(name, value) for name, value in form if isinstance(value, str)]
            queries += [value for name, value in parameters if name == "query"]
        else:
            raise HTTPException(
                415, f"POST a query as {DIRECT} or {FORM}, not {media_type or 'without a type'}"
            )
    if any(name == "update" for name, _ in parameters):
        raise HTTPException(400, "this endpoint answers queries; it takes no updates")
    if len(queries) != 1:
        raise HTTPException(400, f"query: give it once; it was given {len(queries)} times")
    return Asked(
        queries[0],
        tuple(value for name, value in parameters if name == "default-graph-uri"),
        tuple(value for name, value in parameters if name == "named-graph-uri"),
    )


async def _body(request: Request, limit: int) -> bytes:
    body = await request.body()
    if len(body) > limit:
        raise HTTPException(413, f"the body has {len(body)} bytes; the limit is {limit}")
    return body


def _text(body: bytes) -> str:
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise HTTPException(400, f"the query is not UTF-8 (byte {error.start})") from error


def evaluate(store: Store, asked: Asked) -> Answer:
    """Evaluate a query. The answer must be written by the thread that calls this.

    Raises:
        QueryError: it does not parse, cannot be evaluated, or would reach out to other endpoints.
    """
    if calls_others(asked.query):
        raise QueryError("SERVICE is not allowed here: the endpoint answers from its own store alone")
    named = bool(asked.default_graphs or asked.named_graphs)
    try:
        found = store.engine.query(
            asked.query,
            prefixes=prefixes(store.base),
            use_default_graph_as_union=not named,
            default_graph=[*map(ox.NamedNode, asked.default_graphs)] if named else None,
            named_graphs=[*map(ox.NamedNode, asked.named_graphs)] if named else None,
        )
    except SyntaxError as error:
        raise syntax_error(asked.query, str(error), prefixes(store.base)) from error
    except (RuntimeError, ValueError) as error:
        raise QueryError(f"the query cannot be evaluated: {error}") from error
    return Answer(found, store.base)


def calls_others(query: str) -> bool:
    """Tell whether a query has the keyword SERVICE: not in a string, an IRI, a comment or a name."""
    return _SERVICE.search(_NAME.sub(" ", _NOT_CODE.sub(" ", query))) is not None
