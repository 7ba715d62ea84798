"""SPARQL 1.1 Protocol: what an HTTP request asks, or why it asks nothing. Knows neither store nor socket."""

from __future__ import annotations

from binascii import a2b_qp
from collections.abc import Sequence
from email.message import Message
from typing import NamedTuple
from urllib.parse import unquote_to_bytes

import pyoxigraph as ox

from server.refusal import Refusal

FORM = "application/x-www-form-urlencoded"
QUERY = "application/sparql-query"
UPDATE = "application/sparql-update"


class Asked(NamedTuple):
    """A query, and the dataset that the request names (section 2.1.4)."""

    query: str
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()
    wanted: str | None = None  # ?format=, which is ours
    unnamed: bool = False  # the default graph is the store's own, not the union of all


class Ordered(NamedTuple):
    """An update, and the dataset that the request names for its WHERE (section 2.2.3)."""

    update: str
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()


Parameters = dict[str, list[str]]
"""Values by name."""


def read_query(method: str, query_string: bytes, content_type: str, body: bytes) -> Asked:
    """Return the query of a request (section 2.1).

    Args:
        method: GET, HEAD or POST.
        query_string: as it came, without the question mark.
        content_type: the header; "" if there is none.
        body: the whole body.

    Raises:
        Refusal: 400 or 415; the reason says what the protocol wants.
    """
    if method != "POST" and query_string.startswith(b"query=") and b"&" not in query_string:
        return Asked(_value(query_string[6:], "the address"))  # as most are
    parameters = _decoded(query_string, "the address")
    if method == "POST":
        media_type = _media_type(content_type, (FORM, QUERY))
        if media_type == FORM:
            _add(parameters, _decoded(body, "the form"))
        else:
            _add(parameters, {"query": [_text(body)]})
    _refuse(parameters, "update", "this is where queries are answered; send updates to /update")
    wanted = parameters.get("format")
    return Asked(
        _one(parameters, "query"),
        _iris(parameters, "default-graph-uri"),
        _iris(parameters, "named-graph-uri"),
        wanted[-1] if wanted else None,
    )


def read_update(query_string: bytes, content_type: str, body: bytes) -> Ordered:
    """Return the update of a POST (section 2.2).

    Raises:
        Refusal: 400 or 415; the reason says what the protocol wants.
    """
    parameters = _decoded(query_string, "the address")
    _refuse(parameters, "update", "POST an update in the body, not in the address")
    media_type = _media_type(content_type, (FORM, UPDATE))
    if media_type == FORM:
        _add(parameters, _decoded(body, "the form"))
    else:
        _add(parameters, {"update": [_text(body)]})
    _refuse(parameters, "query", "this is where updates are made; send queries to /sparql")
    return Ordered(
        _one(parameters, "update"),
        _iris(parameters, "using-graph-uri"),
        _iris(parameters, "using-named-graph-uri"),
    )


def _decoded(encoded: bytes, where: str) -> Parameters:
    """The parameters of a form (WHATWG URL, section 5.1)."""
    parameters: Parameters = {}
    for pair in filter(None, encoded.split(b"&")):
        name, _, value = pair.partition(b"=")
        parameters.setdefault(_value(name, where), []).append(_value(value, where))
    return parameters


def _value(text: bytes, where: str) -> str:
    """A name or a value of a form, decoded."""
    try:
        return _unescaped(text).decode("utf-8")
    except UnicodeDecodeError as error:
        raise Refusal(400, f"{where} is not percent-encoded UTF-8: {error}") from error


def _unescaped(text: bytes) -> bytes:
    text = text.replace(b"+", b" ")
    escapes = text.count(b"%")
    if not escapes:
        return text
    # Escapes of quoted-printable (RFC 2045, section 6.7) differ in their sign alone, and are decoded in C:
    # for a query of some length, that is the difference between a tenth and a half of what it costs in all.
    quoted = text.replace(b"=", b"=3D").replace(b"%", b"=")
    decoded = a2b_qp(quoted)
    if len(decoded) + 2 * (escapes + text.count(b"=")) != len(quoted) or b"\n" in text or b"\r" in text:
        return unquote_to_bytes(text)  # some are none, and stay as they are
    return decoded


def _media_type(content_type: str, known: Sequence[str]) -> str:
    header = Message()
    header["Content-Type"] = content_type
    media_type = header.get_content_type() if content_type else ""
    if media_type not in known:
        raise Refusal(415, f"Content-Type: send {' or '.join(known)}, not {media_type or 'nothing'}")
    charset = header.get_content_charset("utf-8")
    if charset not in ("utf-8", "utf8", "us-ascii"):
        raise Refusal(415, f"Content-Type: SPARQL is sent as UTF-8, not {charset}")
    return media_type


def _text(body: bytes) -> str:
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise Refusal(400, f"the body is not UTF-8 (byte {error.start})") from error


def _refuse(parameters: Parameters, name: str, reason: str) -> None:
    if name in parameters:
        raise Refusal(400, f"{name}: {reason}")


def _add(parameters: Parameters, more: Parameters) -> None:
    for name, values in more.items():
        parameters.setdefault(name, []).extend(values)


def _one(parameters: Parameters, name: str) -> str:
    values = parameters.get(name, [])
    if len(values) != 1:
        raise Refusal(400, f"{name}: give it once; it was given {len(values)} times")
    return values[0]


def _iris(parameters: Parameters, name: str) -> tuple[str, ...]:
    values = tuple(parameters.get(name, ()))
    for value in values:
        check_iri(value, name)
    return values


def check_iri(value: str, name: str) -> None:
    """Refuse what is no absolute IRI.

    Raises:
        Refusal: 400, which names the parameter.
    """
    try:
        ox.NamedNode(value)
    except ValueError as error:
        raise Refusal(400, f"{name}: {value!r} is not an absolute IRI: {error}") from error
