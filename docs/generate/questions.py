"""The page of named questions, from ``queries/``."""

from __future__ import annotations

import re

from docs.generate.markdown import fenced, not_run, page, table
from kg.query.questions import Question, list_questions

_INTRO = """A question is a SPARQL query with a name. Ask it with `kg query NAME --param KEY=VALUE`, at
`/queries/NAME?KEY=VALUE` of a server, or with `graph.question(NAME, KEY=VALUE)` from Python. A parameter that
is not given keeps its default. `any` leaves an optional parameter free. An actor is given by name or by IRI.
"""
_NETWORK = "the query calls Wikidata, which needs a network"
_QUOTED = re.compile(r"[^\w:.-]")


def render() -> str:
    """Return the page."""
    return page("Questions", "the headers in queries/", _INTRO, map(_section, list_questions()))


def _section(question: Question) -> str:
    mark = not_run(_NETWORK) if "SERVICE" in question.text else ""
    parts = [f"## {question.name}\n", f"**{question.title}**\n", question.description + "\n"]
    if question.parameters:
        rows = [
            (f"`{one.name}`", one.type + ", or any" * one.optional, f"`{one.default}`", one.description)
            for one in question.parameters
        ]
        parts.append(table(("parameter", "type", "default", "meaning"), rows))
    parts.append(mark + fenced("sh", _command(question)))
    body = "\n".join(line for line in question.text.splitlines() if not line.startswith("#"))
    parts.append(mark + fenced("sparql", body))
    return "\n".join(parts)


def _command(question: Question) -> str:
    given = [f" --param {one.name}={_word(one.default)}" for one in question.parameters]
    return f"kg query {question.name}" + "".join(given)


def _word(value: str) -> str:
    return f"'{value}'" if _QUOTED.search(value) else value
