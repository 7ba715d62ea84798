"""The words of SPARQL text, told apart from strings, IRIs, comments and names.

The engine has ``SERVICE`` and ``LOAD`` always on, so this is what keeps a query from calling other
machines. It
is stricter than the standard, because the engine's parser has no tokens: it reads ``SERVICEex:a`` as
``SERVICE``
followed by ``ex:a`` where a name does not fit. So a keyword counts wherever its letters stand outside of
strings,
IRIs, comments, variables, labels, language tags and the part of a name after its colon.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_TOKEN = re.compile(
    r"""(?P<skip>[ \t\r\n]+|\#[^\r\n]*)
      | (?P<string>\"\"\"(?:[^\"\\]|\\.|\"(?!\"\"))*\"\"\"|'''(?:[^'\\]|\\.|'(?!''))*'''
                  |\"(?:[^\"\\\r\n]|\\.)*\"|'(?:[^'\\\r\n]|\\.)*')
      | (?P<iri><[^<>\"{}|^`\\\x00-\x20]*(?:\\[uU][^<>\"{}|^`\\\x00-\x20]*)*>)
      | (?P<variable>[?$]\w+)
      | (?P<tag>@[A-Za-z]+(?:-[A-Za-z0-9]+)*)
      | (?P<label>_:\w[\w-]*)
      | (?P<local>:(?:[\w:-]|%[0-9A-Fa-f]{2}|\\[_~.\-!$&'()*+,;=/?\#@%]|\.+(?=[\w:%\\-]))*)
      | (?P<word>[A-Za-z_][\w-]*)
      | (?P<symbol>.)""",
    re.VERBOSE | re.DOTALL,
)
_ESCAPE = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")
_UNSETTLED = frozenset("SELECT RAND NOW UUID STRUUID BNODE LOAD SERVICE".split())
_VOLATILE = re.compile(r"(?<!\w)(?:RAND|NOW|UUID|STRUUID|SERVICE)(?!\w)", re.IGNORECASE)

Token = tuple[str, str, int]
"""Kind, text, and offset in code points."""


def tokens(text: str) -> Iterator[Token]:
    """Yield the tokens of a query or an update, without space and comments."""
    for match in _TOKEN.finditer(text):
        if match.lastgroup != "skip":
            yield str(match.lastgroup), match[0], match.start()


def uses(text: str, keyword: str) -> bool:
    """Whether ``text`` could be read as having the keyword.

    Never False where the engine would act on it; True for a prefix that contains the keyword, too.

    Args:
        text: SPARQL, also such that does not parse.
        keyword: in capitals.
    """
    # The standard has escapes replaced before anything else is read; the engine may or may not do so.
    readings = {text, _ESCAPE.sub(_character, text)} if "\\" in text else {text}
    return any(keyword in reading.upper() and _outside_names(reading, keyword) for reading in readings)


def _outside_names(text: str, keyword: str) -> bool:
    left = "".join(
        match[0] if match.lastgroup in ("word", "symbol") else " " for match in _TOKEN.finditer(text)
    )
    return keyword in left.upper()


def _character(escape: re.Match[str]) -> str:
    code = int(escape[1] or escape[2], 16)
    return chr(code) if code < 0x110000 else escape[0]


def is_volatile(text: str) -> bool:
    """Whether the answer could be another one next time although the store is the same."""
    return _VOLATILE.search(text) is not None


def is_settled(update: str) -> bool:
    """Whether an update does the same in every store with the same quads.

    Not so with blank nodes, which are made anew, chance, the clock, and sub-queries, whose LIMIT and SAMPLE
    go
    by the order in which a store happens to hold its quads.
    """
    for kind, text, _ in tokens(update):
        if kind == "label" or (kind == "symbol" and text == "["):
            return False
        if kind == "word" and text.upper() in _UNSETTLED:
            return False
    return True


def names_dataset(query: str) -> bool:
    """Whether a query says itself which graphs it is about: FROM, outside of its braces."""
    if "FROM" not in query.upper():
        return False
    depth = 0
    for kind, token, _ in tokens(query):
        if kind == "symbol":
            depth += (token == "{") - (token == "}")
        elif depth == 0 and kind == "word" and token.upper() == "FROM":
            return True
    return False


def services(text: str) -> list[str | None]:
    """Return the IRI after each SERVICE; None where a variable or a name stands there."""
    found: list[str | None] = []
    expecting = False
    for kind, token, _ in tokens(text):
        if expecting and not (kind == "word" and token.upper() == "SILENT"):
            found.append(token[1:-1] if kind == "iri" else None)
            expecting = False
        elif kind == "word" and token.upper() == "SERVICE":
            expecting = True
    return found
