"""``kg query``."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli.options import BaseOption, ConfigOption, OutputOption, StoreOption, settings
from kg.cli.output import destination, on_terminal
from kg.errors import UsageError

if TYPE_CHECKING:
    from kg.graph import Graph
    from kg.query.answers import Answer


def query(
    question: Annotated[
        str | None,
        typer.Argument(
            metavar="QUESTION", help="A .rq file, - for standard input, or the name of a question."
        ),
    ] = None,
    text: Annotated[
        str | None,
        typer.Option("--execute", "-e", metavar="SPARQL", help="The text of the query.", show_default=False),
    ] = None,
    parameters: Annotated[
        list[str] | None,
        typer.Option(
            "--param",
            "-p",
            metavar="NAME=VALUE",
            help="A parameter of a named question; repeatable.",
            show_default=False,
        ),
    ] = None,
    format_name: Annotated[
        str | None,
        typer.Option(
            "--format",
            metavar="NAME",
            help="SELECT and ASK: table, json, csv, tsv, xml; CONSTRUCT and DESCRIBE: turtle, ntriples, "
            "jsonld, rdfxml. [default: table on a terminal, tsv elsewhere; turtle]",
            show_default=False,
        ),
    ] = None,
    output: OutputOption = None,
    show_list: Annotated[
        bool, typer.Option("--list", help="List the named questions and their parameters.")
    ] = False,
    store: StoreOption = None,
    config: ConfigOption = None,
    base: BaseOption = None,
) -> None:
    """Query the graph, in SPARQL or by a named question.

    Queries run over the union of all articles; the usual prefixes (kg:, schema:, actor:, rdfs: and others)
    need not be declared.

    \b
    kg query --list
    kg query what-has-someone-said --param actor="Li Shangfu"
    kg query -e 'SELECT ?name { ?a a kg:Organisation ; rdfs:label ?name }' --format csv
    kg query my-query.rq
    """
    from kg.graph import Graph

    if show_list:
        _list_questions()
        return
    given = _parameters(parameters or [])
    chosen = settings(config, store, base)
    with Graph(chosen.store, chosen, base) as graph:
        answer = _ask(graph, question, text, given)
        _show(answer, format_name or _default_format(answer, output), output, graph.store().base)


def _ask(graph: Graph, question: str | None, text: str | None, parameters: dict[str, str]) -> Answer:
    if (question is None) == (text is None):
        raise UsageError("give one of: a .rq file, -, the name of a question (kg query --list), or -e SPARQL")
    sparql = text if question is None else _sparql(question)
    if sparql is None:
        return graph.question(str(question), **parameters)
    if parameters:
        raise UsageError("--param: only named questions have parameters; write the values into the query")
    return graph.query(sparql)


def _sparql(question: str) -> str | None:
    """Return the text of a query file or of standard input; None if ``source`` names a question."""
    if question == "-":
        return sys.stdin.read()
    path = Path(question)
    if path.suffix != ".rq" and not path.is_file():
        return None
    try:
        return path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{path}: cannot be read: {error}") from error


def _parameters(given: list[str]) -> dict[str, str]:
    pairs = [one.partition("=") for one in given]
    wrong = [one for one, (name, equals, _) in zip(given, pairs, strict=True) if not name or not equals]
    if wrong:
        raise UsageError(f"--param: {wrong[0]!r} is not of the form name=value")
    return {name: value for name, _, value in pairs}


def _default_format(answer: Answer, output: Path | None) -> str:
    if "turtle" in answer.formats:
        return "turtle"
    return "table" if on_terminal(output) else "tsv"


def _show(answer: Answer, format_name: str, output: Path | None, base: str) -> None:
    fit = answer.formats if "turtle" in answer.formats else (*answer.formats, "table")
    if format_name not in fit:
        raise UsageError(f"format: {format_name!r} does not fit {answer.form}; these do: {', '.join(fit)}")
    with destination(output) as stream:
        if format_name == "table":
            from kg.cli.table import write_answer

            write_answer(answer, stream, base, wide=not on_terminal(output))
        else:
            answer.write(format_name, stream)


def _list_questions() -> None:
    from kg.query.questions import list_questions

    for question in list_questions():
        typer.echo(f"{question.name}\n    {question.title}")
        for one in question.parameters:
            kind = f"{one.type}, or any" if one.optional else one.type
            typer.echo(f"    --param {one.name}={one.default}  ({kind}) {one.description}")
