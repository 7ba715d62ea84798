"""The page of the Python interface, from signatures and docstrings."""

from __future__ import annotations

import dataclasses
import inspect
import json
import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any, Final

import kg
from docs.generate.markdown import fenced, page, prose, table
from docs.generate.settings import comments_of
from kg import errors
from kg.build.report import Report
from kg.graph import Graph
from kg.query.answers import Answer
from kg.query.questions import Bound, Parameter, Question, bind, get_question, list_questions
from kg.query.stats import Stats
from kg.rdf.shapes import Violation

_INTRO = """`kg.open` returns a `Graph`. Everything else on this page is what its methods take and return.
[Python and notebooks](../how-to/python.md) has examples. What is not on this page is internal and may change.
"""
_SECTIONS = re.compile(r"^(Args|Returns|Raises|Yields):\n((?:[ ]{4}.*\n?|\n)*)", re.MULTILINE)
_WIDTH = 100
_STARS = {"VAR_POSITIONAL": "*", "VAR_KEYWORD": "**"}


def render() -> str:
    """Return the page."""
    return page("Python", "the docstrings in kg/", _INTRO, _sections())


_CLASSES: Final[tuple[type[Any], ...]] = (Graph, Answer)
_RESULTS: Final[tuple[type[Any], ...]] = (Report, Stats, Violation)
_QUESTIONS: Final[tuple[type[Any], ...]] = (Question, Parameter, Bound)


def _sections() -> Iterator[str]:
    yield "## Open a graph\n"
    yield _function(kg.open, "kg.open")
    for kind in _CLASSES:
        yield f"## {kind.__name__}\n\n{_prose(kind)}"
        yield from _methods(kind)
    yield "## What methods return\n"
    for kind in _RESULTS:
        yield _record(kind)
    yield "## Questions\n\nIn `kg.query.questions`.\n"
    for function in (list_questions, get_question, bind):
        yield _function(function, function.__name__)
    for kind in _QUESTIONS:
        yield _record(kind)
    yield "## Errors\n\nIn `kg.errors`. `str(error)` is a message for the user.\n"
    yield fenced("text", inspect.cleandoc(errors.__doc__ or "").split("\n\n")[1])


def _methods(kind: type[Any]) -> Iterator[str]:
    for name, member in vars(kind).items():
        if name.startswith("_"):
            continue
        if isinstance(member, property):
            yield f"### {kind.__name__}.{name}\n\n{_prose(member)}"
        elif callable(member):
            yield _function(member, f"{kind.__name__}.{name}")


def _function(function: Callable[..., Any], name: str) -> str:
    return f"### {name}\n\n{fenced('python', _definition(function))}\n{_prose(function)}"


def _definition(function: Callable[..., Any]) -> str:
    """Return the head of a function as in its source, with a line for each parameter where it is long."""
    signature = inspect.signature(function)
    given = list(_parameters(one for one in signature.parameters.values() if one.name != "self"))
    head, end = f"def {function.__name__}(", f") -> {signature.return_annotation}: ..."
    short = head + ", ".join(given) + end
    return short if len(short) <= _WIDTH else "\n".join([head, *(f"    {one}," for one in given), end])


def _parameters(parameters: Iterable[inspect.Parameter]) -> Iterator[str]:
    """Yield the parameters, with the signs ``/`` and ``*`` where the call needs them."""
    before = "POSITIONAL_OR_KEYWORD"
    for one in parameters:
        kind = one.kind.name
        if before == "POSITIONAL_ONLY" != kind:
            yield "/"
        if kind == "KEYWORD_ONLY" and before not in ("KEYWORD_ONLY", "VAR_POSITIONAL"):
            yield "*"
        default = "" if one.default is one.empty else f" = {_literal(one.default)}"
        yield f"{_STARS.get(kind, '')}{one.name}: {one.annotation}{default}"
        before = kind


def _literal(value: object) -> str:
    return json.dumps(value) if isinstance(value, str) else repr(value)


def _record(kind: type[Any]) -> str:
    comments = comments_of(kind)
    rows = [
        (f"`{one.name}`", f"`{str(one.type).replace('kg.', '')}`", prose(comments.get(one.name, "")))
        for one in dataclasses.fields(kind)
    ]
    return f"### {kind.__name__}\n\n{_prose(kind)}\n{table(('field', 'type', 'meaning'), rows)}"


def _prose(described: object) -> str:
    text = inspect.getdoc(described) or ""
    lists = [f"{found[1]}:{_LISTED[found[1]](found[2])}" for found in _SECTIONS.finditer(text)]
    body = _SECTIONS.sub("", text).strip()
    return prose("\n\n".join([body, *lists]).strip()) + "\n"


def _items(text: str) -> str:
    """Return the lines of an Args or Raises section as a list."""
    entries = re.split(r"\n(?=\S)", inspect.cleandoc(text))
    return "\n\n" + "\n".join(_item(" ".join(entry.split())) for entry in entries)


def _item(entry: str) -> str:
    names, _, meaning = entry.partition(":")
    return f"- {', '.join(f'`{name}`' for name in names.split(', '))}:{meaning}"


def _sentence(text: str) -> str:
    """Return the lines of a Returns section as one."""
    return " " + " ".join(text.split())


_LISTED = {"Args": _items, "Raises": _items, "Returns": _sentence, "Yields": _sentence}
