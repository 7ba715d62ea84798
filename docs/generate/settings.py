"""The page of settings, from the fields of ``kg/config.py`` and the options of ``kg serve``."""

from __future__ import annotations

import ast
import dataclasses
import inspect
import io
import textwrap
import tokenize
from typing import Any

from docs.generate.cli import commands
from docs.generate.markdown import fenced, page, prose, table
from kg.config import Config

_INTRO = """A setting has a default. A TOML file (`--config FILE`), the environment, and the command line each
override what stands before them. The name in the environment is `KG_` and the key in capitals: `KG_STORE`.
`KG_PACKS` is a list, separated as in `PATH`.
"""
_EXAMPLE = """
store = "archive"
workers = 4
packs = ["people.pack", "companies.pack"]
link_accept = 0.4
"""
_SERVER = """## The server

`kg serve` takes its settings as options. `KG_TOKEN`, `KG_STORE` and `KG_BASE` also work; the token is better
given by the environment, because other users of the machine can see the options of a process.
"""


def render() -> str:
    """Return the page."""
    comments = comments_of(Config)
    rows = [
        (f"`{one.name}`", f"`{_default(one.default)}`", prose(comments[one.name]))
        for one in dataclasses.fields(Config)
    ]
    serve = dict(commands())["kg serve"]
    options = [
        (f"`{max(one.opts, key=len)}`", f"`{_default(one.default)}`", prose(one.help))
        for one in serve.params
        if one.param_type_name == "option" and one.name != "help"
    ]
    parts = [
        table(("key", "default", "meaning"), rows),
        "## A settings file\n",
        fenced("toml", _EXAMPLE),
        _SERVER,
        table(("option", "default", "meaning"), options),
    ]
    return page("Settings", "kg/config.py and kg/cli/serve.py", _INTRO, parts)


def comments_of(kind: type[Any]) -> dict[str, str]:
    """Return the comment beside each field of a dataclass."""
    source = textwrap.dedent(inspect.getsource(kind))
    (body,) = ast.parse(source).body
    assert isinstance(body, ast.ClassDef)
    lines = {
        line: node.target.id
        for node in body.body
        if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name)
        for line in range(node.lineno, (node.end_lineno or node.lineno) + 1)
    }
    return {
        lines[token.start[0]]: token.string.lstrip("# ")
        for token in tokenize.generate_tokens(io.StringIO(source).readline)
        if token.type == tokenize.COMMENT and token.start[0] in lines
    }


def _default(value: object) -> str:
    if value in (None, "", ()):
        return "none"
    return str(value)
