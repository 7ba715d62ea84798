"""The words of SPARQL text, told apart from strings, IRIs, comments and names.

The engine has ``SERVICE`` and ``LOAD`` always on, so this is what keeps a query from calling other
machines. It is stricter than the standard, because the engine's parser has no tokens:

- It reads ``SERVICEex:a`` as ``SERVICE`` followed by ``ex:a`` where a name does not fit. So a keyword counts
  wherever its letters stand outside of strings, IRIs, comments, variables, labels, language tags and the part
  of a name after its colon.
- It reads ``?a<'>'`` as a comparison with a string, where the standard has the IRI ``<'>``. What follows is
  then told apart wrongly by one of the two, so text with such a doubtful IRI is taken to have the keyword.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

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
# Read as a comparison, this has a quote or a comment that the IRI hides, or leaves the expression. What
# begins with a scheme and two slashes cannot be read so: no operand begins with a slash.
_DOUBTFUL = re.compile(r"<(?![A-Za-z][A-Za-z0-9+.-]*://)[^>]*['#)]")
_DECLARED = re.compile(r"(?i:PREFIX)\s+([A-Za-z_][\w-]*):")
_BRACKET = re.compile(r"[(\[{}\])]")
_ESCAPE = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")
_INSERTS = re.compile(r"(?:(?:(?:PREFIX (?:[\w.-]+ )?: <>|BASE <>) )*INSERT DATA \{ \}(?: ;)?(?: |$))+")
_UNSETTLED = frozenset("SELECT RAND NOW UUID STRUUID BNODE LOAD SERVICE".split())
_VOLATILE = re.compile(r"(?<!\w)(?:RAND|NOW|UUID|STRUUID|SERVICE)(?!\w)", re.IGNORECASE)

Token = tuple[str, str, int]
"""Kind, text, and offset in code points."""


def tokens(text: str) -> Iterator[Token]:
    """Yield the tokens of a query or an update, without space and comments.

    A word that is declared as a prefix is a "prefix" before a colon, and no keyword.
    """
    declared = set(_DECLARED.findall(text))
    for match in _TOKEN.finditer(text):
        kind = str(match.lastgroup)
        if kind == "word" and match[0] in declared and text[match.end() : match.end() + 1] == ":":
            kind = "prefix"
        if kind != "skip":
            yield kind, match[0], match.start()


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
    left: list[str] = []
    for match in _TOKEN.finditer(text):
        if match.lastgroup == "iri" and _DOUBTFUL.match(match[0]):
            return True
        left.append(match[0] if match.lastgroup in ("word", "symbol") else " ")
    return keyword in "".join(left).upper()


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
        if kind == "iri" and _DOUBTFUL.match(text):
            return False
        if kind == "word" and text.upper() in _UNSETTLED:
            return False
    return True


def only_inserts(update: str) -> bool:
    """Whether an update has no other operation than INSERT DATA."""
    depth, outside = 0, []
    for kind, token, _ in tokens(update):
        if kind == "iri" and _DOUBTFUL.match(token):
            return False
        depth -= kind == "symbol" and token == "}"
        if depth == 0:
            outside.append("<>" if kind == "iri" else token.upper())
        depth += kind == "symbol" and token == "{"
    return _INSERTS.fullmatch(" ".join(outside)) is not None


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


class Service(NamedTuple):
    """What SERVICE calls, and from where to where its words stand."""

    iri: str | None  # as written; None for a variable or a prefixed name
    start: int  # offset in code points
    end: int


def services(text: str) -> list[Service]:
    """Return each SERVICE with what it calls."""
    found: list[Service] = []
    begin: int | None = None
    for kind, token, start in tokens(text):
        if begin is not None and not (kind == "word" and token.upper() == "SILENT"):
            found.append(Service(token[1:-1] if kind == "iri" else None, begin, start + len(token)))
            begin = None
        elif kind == "word" and token.upper() == "SERVICE":
            begin = start
    return found


def calls_only(query: str, allowed: tuple[str, ...]) -> bool:
    """Whether each call of another endpoint that could be read in ``query`` is one of ``allowed``.

    Args:
        query: SPARQL, also such that does not parse.
        allowed: IRIs of endpoints, to be written as they are here.
    """
    if not uses(query, "SERVICE"):
        return True
    called = services(query)
    rest, done = [], 0
    for service in called:
        rest.append(query[done : service.start])
        done = service.end
    # What is left must have none: it could be one that only the engine sees.
    left = " ".join([*rest, query[done:]])
    return bool(called) and all(one.iri in allowed for one in called) and not uses(left, "SERVICE")


def is_deeper(text: str, limit: int) -> bool:
    """Whether more than ``limit`` brackets are within each other."""
    if _deepest(match[0] for match in _BRACKET.finditer(text)) <= limit:
        return False  # most text, and quickly seen; those in strings may count here
    return _deepest(token for kind, token, _ in tokens(text) if kind == "symbol") > limit


def _deepest(symbols: Iterable[str]) -> int:
    open_now = deepest = 0
    for symbol in symbols:
        open_now = max(open_now + (symbol in "([{") - (symbol in ")]}"), 0)
        deepest = max(deepest, open_now)
    return deepest
