"""Checking that the ``kg`` commands of a text exist, without running them."""

from __future__ import annotations

import re
import shlex
from typing import Any

import typer

from kg.cli import app

_SHELL_ENDS = {"|", ">", ">>", "<", "&&", "&", ";"}


def kg_commands(text: str) -> list[list[str]]:
    """Return the words of each ``kg`` command in a shell script."""
    found = []
    for line in re.sub(r"\\\n\s*", " ", text).splitlines():
        words = shlex.split(line.removeprefix("$ "), comments=True)
        starts = [place for place, word in enumerate(words) if word == "kg"]
        for start in starts:
            ends = [place for place in range(start, len(words)) if words[place] in _SHELL_ENDS]
            found.append(words[start + 1 : min(ends, default=len(words))])
    return found


def check_commands(text: str) -> int:
    """Check that each ``kg`` command in a text exists and has the options given; return how many there are.

    Raises:
        LookupError: there is no such command.
        click.UsageError: of typer: an option or argument is wrong.
    """
    commands = kg_commands(text)
    for words in commands:
        _check(typer.main.get_command(app), words, "kg")
    return len(commands)


def _check(command: Any, words: list[str], name: str) -> None:
    below = getattr(command, "commands", {})
    if words and words[0] in below:
        _check(below[words[0]], words[1:], f"{name} {words[0]}")
    elif below and words and not words[0].startswith("-"):
        raise LookupError(f"{name} has no command {words[0]}")
    elif words not in (["--help"], ["--version"], ["-h"]):
        command.make_context(name, list(words), ignore_unknown_options=False)
