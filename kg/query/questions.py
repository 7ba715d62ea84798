"""The named questions of ``queries/``: reads them, and binds values to their parameters.

A question is a SPARQL query that runs unchanged in any engine. Its comment header describes it:

    # title: What has someone said, and where do the articles say so?
    # description: Each statement with ...
    #   more of the description
    # parameter: ?actor (actor) who said it
    # parameter: ?since (date or any) ...

Each parameter is a variable that one line of the query binds to its default: ``VALUES ?actor { actor:x }``,
or ``VALUES ?since { UNDEF }`` if any value matches by default. Binding a question replaces these lines, so
that the result is a complete query that can be saved and sent to any endpoint. A value never enters the query
as it was typed: it is parsed as the type of its parameter and serialised as an RDF term.

Types: ``actor`` (an IRI, ``actor:li-shangfu``, or a name such as "Li Shangfu"), ``event type`` (``Meeting``),
``iri``, ``string``, ``date`` (2023-06-30), ``integer``, ``decimal``, or a list, ``one of a, b, c``. With
``or any`` after the type, the value ``any`` leaves the variable free.

An actor has a label in the graph of every article that names it. The queries show the first label by code
point and look it up in a sub-query that directly follows the facts, before any BIND. Engines then evaluate
the sub-query once for the whole question, and a triple that stands in several graphs does not multiply rows.
"""

from __future__ import annotations

import datetime as dt
import difflib
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from pyoxigraph import Literal, NamedNode

from kg.config import DEFAULT_BASE
from kg.errors import UnknownParameter, UnknownQuestion, UsageError
from kg.rdf.vocab import EVENT_TYPES, KG, XSD
from kg.resources import queries_folder
from kg.text.slug import slug

ANY = "any"
"""The value that leaves an optional parameter free."""

Term = NamedNode | Literal

_LIST = "one of "
_HEADER = re.compile(r"# (title|description|parameter): (.+)")
_CONTINUED = re.compile(r"#   (\S.*)")
_PARAMETER = re.compile(r"\?(\w+) \(([^()]+)\) (.+)")
_VALUES = re.compile(r"(?m)^(\s*VALUES \?(\w+) \{ )(.*)( \})$")
_LOCAL = re.compile(r"[A-Za-z0-9]+(-[A-Za-z0-9]+)*")
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:\S")
_DECIMAL = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?")


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter of a question."""

    name: str
    type: str  # as in the header, without "or any"
    optional: bool  # whether it may be "any"
    default: str  # as a user types it: "actor:china", "2023-06-01", "any"
    description: str
    choices: tuple[str, ...] = ()  # all values, if the type is a list


@dataclass(frozen=True, slots=True)
class Question:
    """A file of ``queries/``."""

    name: str  # of the file, without .rq
    title: str
    description: str
    parameters: tuple[Parameter, ...]
    text: str  # SPARQL, with the defaults in place


@dataclass(frozen=True, slots=True)
class Bound:
    """A question ready to be asked."""

    text: str  # SPARQL, complete: the values are in it
    values: Mapping[str, str]  # how each parameter was understood: "Li Shangfu" as actor:li-shangfu


def list_questions() -> tuple[Question, ...]:
    """Return all named questions, by name.

    Raises:
        UsageError: a file of ``queries/`` is not made as this module's head describes; names file and line.
    """
    return tuple(_questions().values())


def get_question(name: str) -> Question:
    """Return the question of that name.

    Raises:
        UnknownQuestion: there is none; the message offers the nearest names.
    """
    known = _questions()
    if name not in known:
        raise UnknownQuestion(f"no question is named {name!r}; {_nearest(name, known)}")
    return known[name]


def bind(question: Question, values: Mapping[str, str], base: str) -> Bound:
    """Put values into a question; what is not given keeps its default.

    Args:
        question: from :func:`get_question`.
        values: by name of parameter, as a user types them.
        base: base IRI of the data.

    Raises:
        UnknownParameter: the question has no parameter of that name; the message offers the nearest.
        UsageError: a value is not of its parameter's type.
    """
    known = {parameter.name: parameter for parameter in question.parameters}
    for name in values:
        if name not in known:
            raise UnknownParameter(f"{question.name} has no parameter {name!r}; {_nearest(name, known)}")
    written = {name: _written(_term(p, values.get(name, p.default), base), base) for name, p in known.items()}

    def line(match: re.Match[str]) -> str:
        return f"{match[1]}{written[match[2]]}{match[4]}" if match[2] in written else match[0]

    return Bound(_VALUES.sub(line, _with_base(question.text, base)), written)


def _nearest(name: str, known: Iterable[str]) -> str:
    names = sorted(known)
    near = difflib.get_close_matches(name, names, n=3, cutoff=0.5)
    if near:
        return f"did you mean {' or '.join(near)}?"
    return f"known are: {', '.join(names)}" if names else "it has none"


def _with_base(text: str, base: str) -> str:
    return text.replace(
        f"PREFIX actor: <{DEFAULT_BASE}actor/>", f"PREFIX actor: {NamedNode(base + 'actor/')}"
    )


# ------------------------------------------------------------------ values


def _term(parameter: Parameter, value: str, base: str) -> Term | None:
    """Return the value as an RDF term; None for "any"."""
    if parameter.optional and value == ANY:
        return None
    try:
        if parameter.choices and value not in parameter.choices:
            raise ValueError
        return _TERMS["string" if parameter.type.startswith(_LIST) else parameter.type](value, base)
    except ValueError:
        raise UsageError(f"parameter {parameter.name}: {value!r} is not {_expected(parameter)}") from None


def _expected(parameter: Parameter) -> str:
    kind = f"one of {', '.join(parameter.choices)}" if parameter.choices else _EXPECTED[parameter.type]
    return f"{kind}, or {ANY!r}" if parameter.optional else kind


def _actor(value: str, base: str) -> NamedNode:
    name = value.strip()
    if not name:
        raise ValueError
    if "://" in name or name.startswith("urn:"):
        return _iri(name, base)
    return NamedNode(f"{base}actor/{slug(name.removeprefix('actor:'))}")  # a slug is its own slug


def _event_type(value: str, _base: str) -> NamedNode:
    return NamedNode(KG.namespace + value)


def _iri(value: str, _base: str) -> NamedNode:
    iri = value.strip().removeprefix("<").removesuffix(">")
    if not _SCHEME.match(iri):
        raise ValueError
    return NamedNode(iri)


def _string(value: str, _base: str) -> Literal:
    return Literal(value)


def _date(value: str, _base: str) -> Literal:
    return Literal(dt.date.fromisoformat(value).isoformat(), datatype=XSD.date)


def _integer(value: str, _base: str) -> Literal:
    return Literal(str(int(value)), datatype=XSD.integer)


def _decimal(value: str, _base: str) -> Literal:
    if not _DECIMAL.fullmatch(value):
        raise ValueError
    return Literal(value if "." in value else f"{value}.0", datatype=XSD.decimal)


_TERMS: dict[str, Callable[[str, str], Term]] = {
    "actor": _actor,
    "event type": _event_type,
    "iri": _iri,
    "string": _string,
    "date": _date,
    "integer": _integer,
    "decimal": _decimal,
}
"""The parser of each type; it raises ValueError for a value that is not of the type."""


def _written(term: Term | None, base: str) -> str:
    """Return the term as SPARQL, abbreviated with a prefix if there is one."""
    if term is None:
        return "UNDEF"
    if isinstance(term, NamedNode):
        for prefix, namespace in (("actor", f"{base}actor/"), ("kg", KG.namespace)):
            if _LOCAL.fullmatch(local := term.value.removeprefix(namespace)):
                return f"{prefix}:{local}"
        return str(term)
    if term.datatype in (XSD.integer, XSD.decimal):
        return term.value
    return f'"{term.value}"^^xsd:date' if term.datatype == XSD.date else str(term)


_EXPECTED = {
    "actor": 'an actor: an IRI, "actor:li-shangfu", or a name',
    "iri": "an absolute IRI",
    "string": "a text",
    "date": "a date such as 2023-06-30",
    "integer": "a whole number",
    "decimal": "a decimal number such as 0.5",
}


# ------------------------------------------------------------------ files


@lru_cache
def _questions() -> dict[str, Question]:
    return {path.stem: read_question(path) for path in sorted(queries_folder().glob("*.rq"))}


def read_question(path: Path) -> Question:
    """Return the question in a file.

    Raises:
        UsageError: the header, or the line of a parameter in the query, is malformed.
    """
    text = path.read_text("utf-8")
    header = _header(path, text)
    for needed in ("title", "description"):
        if len(header[needed]) != 1:
            raise UsageError(f'{path}: the header needs one line "# {needed}: ..."')
    parameters = tuple(_parameter(path, line, text) for line in header["parameter"])
    return Question(path.stem, header["title"][0], header["description"][0], parameters, text)


def _header(path: Path, text: str) -> dict[str, list[str]]:
    """Return the entries of the comment header, by key."""
    found: dict[str, list[str]] = {"title": [], "description": [], "parameter": []}
    last: list[str] = []
    for number, line in enumerate(text.splitlines(), 1):
        if not line.startswith("#"):
            break
        if match := _HEADER.fullmatch(line):
            last = found[match[1]]
            last.append(match[2].strip())
        elif last and (match := _CONTINUED.fullmatch(line)):
            last[-1] += " " + match[1].strip()
        else:
            raise UsageError(f'{path}:{number}: expected "# title:", "# description:" or "# parameter:"')
    return found


def _parameter(path: Path, line: str, text: str) -> Parameter:
    match = _PARAMETER.fullmatch(line)
    if match is None:
        raise UsageError(f'{path}: "# parameter: {line}" is not of the form "?name (type) description"')
    name, kind, description = match.groups()
    defaults = [line[3] for line in _VALUES.finditer(text) if line[2] == name]
    if len(defaults) != 1:
        raise UsageError(f"{path}: one line of the query has to be: VALUES ?{name} {{ default }}")
    optional = kind.endswith(" or any")
    parameter = _typed(path, Parameter(name, kind.removesuffix(" or any"), optional, "", description))
    parameter = replace(parameter, default=_as_typed(defaults[0], parameter))
    if _written(_term(parameter, parameter.default, DEFAULT_BASE), DEFAULT_BASE) != defaults[0]:
        raise UsageError(f"{path}: the default {defaults[0]} of ?{name} is not of type {kind}")
    return parameter


def _typed(path: Path, parameter: Parameter) -> Parameter:
    if parameter.type == "event type":
        return replace(parameter, choices=tuple(EVENT_TYPES))
    if parameter.type.startswith(_LIST):
        return replace(parameter, choices=tuple(parameter.type.removeprefix(_LIST).split(", ")))
    if parameter.type not in _TERMS:
        raise UsageError(f"{path}: ?{parameter.name} has no known type: {parameter.type}")
    return parameter


def _as_typed(term: str, parameter: Parameter) -> str:
    """Return a default as a user would type it."""
    if term == "UNDEF":
        return ANY
    if parameter.type == "event type":
        return term.removeprefix("kg:")
    return term.removesuffix("^^xsd:date").strip('"')
