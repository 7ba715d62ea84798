"""The command line: one module for each command, listed here, and the exit statuses.

Results go to standard output, messages to standard error. Exit statuses:

0    success
1    an article or document failed (with ``--strict``), or the graph violates a shape
2    the command could not be carried out: wrong arguments, a missing store, an unreadable file
70   an error in the program
130  stopped by Ctrl-C; 143: stopped by SIGTERM
141  the reader of the output closed it

This module imports only what ``kg --help`` needs; each command imports the rest inside its function. To add a
command, write its module and add it to the list below.
"""

from __future__ import annotations

import os
import signal
import sys
import traceback
from typing import Annotated, Any, NoReturn

import typer
from typer.core import TyperGroup

from kg import __version__
from kg.cli.backup import backup
from kg.cli.build import build
from kg.cli.evaluate import evaluate
from kg.cli.explain import explain
from kg.cli.export import export
from kg.cli.extract import extract
from kg.cli.link import link
from kg.cli.query import query
from kg.cli.remove import remove
from kg.cli.serve import serve
from kg.cli.stats import stats
from kg.cli.validate import validate
from kg.cli.wikidata import wikidata
from kg.errors import ArticleError, KgError


class _Border(TyperGroup):
    """The group of all commands. It turns the errors of a command into a message and an exit status."""

    def invoke(self, ctx: Any) -> Any:
        try:
            super().invoke(ctx)
            sys.stdout.flush()
        except KgError as error:
            _say(f"kg: {error}", *getattr(error, "__notes__", ()))
            raise typer.Exit(1 if isinstance(error, ArticleError) else 2) from error
        except BrokenPipeError as error:
            # The reader has closed the output. Python must not write the buffered rest of it at exit.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            raise typer.Exit(141) from error
        except KeyboardInterrupt as interrupt:
            terminated = isinstance(interrupt.__cause__ or interrupt, _TerminatedError)
            raise typer.Exit(143 if terminated else 130) from interrupt
        except Exception as error:
            if hasattr(error, "exit_code"):  # typer's own: --help, a wrong option
                raise
            _say(_fault(error))
            raise typer.Exit(70) from error


class _TerminatedError(KeyboardInterrupt):
    """SIGTERM arrived. It is handled like Ctrl-C."""


app = typer.Typer(
    cls=_Border,
    name="kg",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
for _command, _summary in (
    (build, "Read articles into the store, or rebuild outdated ones."),
    (remove, "Remove articles from the store."),
    (query, "Query the graph, in SPARQL or by a named question."),
    (export, "Write the graph as RDF."),
    (serve, "Serve the graph as a SPARQL endpoint."),
    (backup, "Copy the store."),
    (stats, "Count what the graph holds."),
    (explain, "Show an article with what was found in it."),
    (validate, "Check the graph against the shapes of the ontology."),
    (extract, "Extract from annotated documents, to measure accuracy."),
    (evaluate, "Measure the extraction against annotations."),
):
    app.command(short_help=_summary)(_command)
app.add_typer(link, short_help="Link names again, explain links, decide doubtful ones.")
app.add_typer(wikidata, short_help="Build, search and verify knowledge bases.")


def _show_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"kg {__version__}")
        raise typer.Exit


@app.callback()
def _kg(
    _version: Annotated[
        bool,
        typer.Option("--version", callback=_show_version, is_eager=True, help="Show the version and exit."),
    ] = False,
) -> None:
    """Read news articles and ask who said what, who proposed what, and what happened.

    \b
    kg build articles/                          read articles into the store ./store
    kg query --list                             list the named questions
    kg query what-has-someone-said --param actor="Li Shangfu"
    kg export -o graph.ttl                      the whole graph as Turtle

    The store is a folder: --store DIR, or KG_STORE, or ./store. Each command has its own --help.
    """


def main() -> NoReturn:
    """Run the command line; the entry point of the console script."""
    signal.signal(signal.SIGTERM, _terminate)
    app(prog_name="kg")
    raise SystemExit  # app() has ended the program; this is for the type checker


def _terminate(_signal: int, _frame: object) -> None:
    raise _TerminatedError


def _say(*lines: str) -> None:
    for line in lines:
        typer.echo(line, err=True)


def _fault(error: Exception) -> str:
    if os.environ.get("KG_DEBUG"):
        return "".join(traceback.format_exception(error))
    return f"kg: an error in the program: {type(error).__name__}: {error} (more with KG_DEBUG=1)"
