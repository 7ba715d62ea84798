"""The page of the command line, from the typer commands."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import typer

from docs.generate.markdown import fenced, page, prose, table
from kg.cli import app

_EXIT = """## Exit status

| status | meaning |
|---|---|
| 0 | done |
| 1 | something failed that had to succeed: `--strict`, a violation, a document that was not extracted |
| 2 | the command cannot be carried out: a wrong option, a missing store |
| 70 | a fault of the program; `KG_DEBUG=1` shows where |
| 130, 143 | stopped by Ctrl-C, by SIGTERM |
| 141 | the reader of the output went away |
"""

# click, inside typer, has no public types for these, and they differ between versions
Command = Any


def render() -> str:
    """Return the page."""
    return page(
        "Command line",
        "the docstrings and options in kg/cli/",
        "Results go to standard output, everything else to standard error. Every command has `--help`.\n",
        [*(_section(name, command) for name, command in commands()), _EXIT],
    )


def commands() -> Iterator[tuple[str, Command]]:
    """Yield every command with its full name: ``kg build``, ``kg link``, ``kg link review``."""
    yield from _below("kg", typer.main.get_command(app))


def _below(name: str, group: Command) -> Iterator[tuple[str, Command]]:
    for word, command in group.commands.items():
        yield f"{name} {word}", command
        if hasattr(command, "commands"):
            yield from _below(f"{name} {word}", command)


def _section(name: str, command: Command) -> str:
    level = "#" * len(name.split())
    parts = [f"{level} {name}\n", *_help(command.help or "")]
    arguments = [one for one in command.params if one.param_type_name == "argument"]
    options = [one for one in command.params if one.param_type_name == "option" and one.name != "help"]
    if arguments:
        rows = [(f"`{one.metavar or one.name.upper()}`", prose(one.help or "")) for one in arguments]
        parts.append(table(("argument", "meaning"), rows))
    if options:
        rows = [(_spelling(one), prose(one.help or "") + _default(one)) for one in options]
        parts.append(table(("option", "meaning"), rows))
    return "\n".join(parts)


def _help(text: str) -> Iterator[str]:
    """Yield the paragraphs of a help text; those after ``\\b`` are examples, kept line by line."""
    for paragraph in re.split(r"\n\s*\n", text.strip()):
        example, rest = re.match(r"\s*(\x08)?\n?(.*)", paragraph, re.DOTALL).groups()  # type: ignore[union-attr]
        yield fenced("sh", _commented(rest)) if example else prose(rest) + "\n"


def _commented(examples: str) -> str:
    """Return example lines; text after three or more spaces becomes a shell comment."""
    lines = (re.sub(r"(?<=\S) {3,}(?=\S)", "    # ", line.rstrip()) for line in examples.splitlines())
    return "\n".join(lines)


def _spelling(option: Command) -> str:
    names = ", ".join(f"`{name}`" for name in (*option.opts, *option.secondary_opts))
    metavar = "" if option.is_flag or not option.metavar else f" {option.metavar}"
    return names if not metavar else names[:-1] + metavar + "`"


def _default(option: Command) -> str:
    if not option.show_default or option.is_flag or option.default in (None, "", ()):
        return ""
    return f" [default: {option.default}]"
