"""Finds the position of a syntax error in SPARQL and explains it.

The engine reports the furthest character that any of its grammar rules read, up to fourteen characters beyond
the error, and lists the names of grammar rules. This module finds the first token after which no
continuation of the text is a query.
"""

from __future__ import annotations

import re

import pyoxigraph as ox

from kg.errors import QueryError

_TOKEN = re.compile(
    r"""(?P<skip>\s+|\#[^\n]*)
      | (?P<text>\"\"\"(?:[^\"\\]|\\.|\"(?!\"\"))*\"\"\"|'''(?:[^'\\]|\\.|'(?!''))*'''
                |\"(?:[^\"\\\n]|\\.)*\"|'(?:[^'\\\n]|\\.)*')
      | (?P<unclosed>[\"'])
      | (?P<iri><[^<>\"{}|^`\\\s]*>)
      | (?P<name>[^\W\d][\w.-]*:[\w.:%\\-]*|:[\w.:%\\-]*)
      | [?$@]?\w+(?:-\w+)*
      | \^\^|&&|\|\||!=|<=|>=|.""",
    re.VERBOSE | re.DOTALL,
)
_UPDATE = re.compile(
    r"(?:\s|#[^\n]*(?:\n|\Z)|PREFIX\s+[^\s:]*:\s*<[^>]*>|BASE\s*<[^>]*>)*"
    r"(INSERT|DELETE|LOAD|CLEAR|DROP|CREATE|ADD|MOVE|COPY|WITH)\b",
    re.IGNORECASE,
)
_ENGINE = re.compile(r"error at (\d+):(\d+): (?:expected (?:one of )?)?(.*)", re.DOTALL)
_SENTENCE = re.compile(r"The [A-Z]+ [a-z ]+")
_DECLARED = re.compile(r"\bPREFIX\s+([^\s:]*):", re.IGNORECASE)
_MARGIN = 40  # longer than the longest keyword of SPARQL


def syntax_error(text: str, message: str, prefixes: dict[str, str], base: str | None = None) -> QueryError:
    """Return the error to show for a query that the engine refused.

    Args:
        text: the query.
        message: the engine's message.
        prefixes: the prefixes that need no declaration.
        base: IRI that relative IRIs are resolved against; None if they are not allowed.
    """
    if update := _UPDATE.match(text):
        return QueryError(
            f"this is an update ({update[1].upper()}), not a query; only kg build writes articles, "
            "so that the graph stays what the articles say (kg serve takes other updates at /update)"
        )
    tokens = [found for found in _TOKEN.finditer(text) if not found["skip"]]
    fault = next((token for token in tokens if token["unclosed"]), None) or _first_unfit(
        text, tokens, prefixes, base
    )
    if fault is None:
        end = len(text.rstrip())
        rule = _SENTENCE.search(message)
        return _at(text, end, rule[0].strip() if rule else "the query ends here, and is not complete")
    return _at(text, fault.start(), _what(fault, {*prefixes, *_DECLARED.findall(text)}))


def _first_unfit(
    text: str, tokens: list[re.Match[str]], prefixes: dict[str, str], base: str | None
) -> re.Match[str] | None:
    """Return the first token that no query can have there. Bisection works: a bad prefix stays bad."""
    low, high = 0, len(tokens)
    while low < high:
        middle = (low + high) // 2
        if _can_go_on(text[: tokens[middle].end()], prefixes, base):
            low = middle + 1
        else:
            high = middle
    return tokens[low] if low < len(tokens) else None


def _can_go_on(beginning: str, prefixes: dict[str, str], base: str | None) -> bool:
    """Return True if the parser reaches the end of ``beginning``.

    The text appended to it is never SPARQL, so that nothing is evaluated.
    """
    try:
        ox.Store().query(beginning + " " * _MARGIN + "\0", prefixes=prefixes, base_iri=base)
    except SyntaxError as error:
        place = _ENGINE.match(str(error))
        lines = beginning.split("\n")
        return place is None or (int(place[1]), int(place[2])) >= (len(lines), len(lines[-1]) + _MARGIN)
    return True


def _what(fault: re.Match[str], declared: set[str]) -> str:
    if fault["unclosed"]:
        return "the text that begins here has no closing quotation mark on its line"
    if fault[0].startswith("_:"):
        return f"{fault[0]} is the label of a node in another group already; give this one another label"
    prefix = fault[0].partition(":")[0]
    if fault["name"] and prefix not in declared:
        return f"the prefix of {fault[0]} is not declared; put PREFIX {prefix}: <…> first"
    if fault["iri"]:
        return f"{fault[0]} cannot stand here, or is not a full IRI"
    return f"{fault[0]} cannot stand here"


def _at(text: str, offset: int, what: str) -> QueryError:
    before = text[:offset].split("\n")
    line, column = len(before), len(before[-1]) + 1
    shown = text.split("\n")[line - 1]
    margin = "".join("\t" if character == "\t" else " " for character in before[-1])
    return QueryError(
        f"the query does not parse: line {line}, column {column}: {what}\n    {shown}\n    {margin}^",
        line,
        column,
    )
