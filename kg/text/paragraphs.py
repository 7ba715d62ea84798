"""Paragraphs of plain text, however it is set: blank lines between them, a line each, or hard-wrapped lines.

Knows nothing of language; used for parsing, for quotations and by nobody who writes.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise
from statistics import median

from kg.records import Span

_BREAK = re.compile(r"[ \t\u00a0]*(?:\n[ \t\u00a0]*(?:\n\s*)?|\Z)")
_INDENT = re.compile(r"\n(?:\t| {2,}|\u00a0)")

SHORTEST_WRAP, LONGEST_WRAP = 40, 100
"""Between so many characters lie the lines of hard-wrapped text."""


@lru_cache(maxsize=32)  # several stages ask of the same article, and a batch is parsed as a whole
def paragraphs(text: str) -> tuple[Span, ...]:
    """Return the spans of the paragraphs of ``text``, in code points, without the space around them."""
    wrapped = is_wrapped(text)
    found: list[Span] = []
    start = _skip_space(text, 0)
    for gap in _BREAK.finditer(text):
        if gap.start() < start or (wrapped and not _divides(gap.group())):
            continue
        if gap.start() > start:
            found.append((start, gap.start()))
        start = _skip_space(text, gap.end())
    return tuple(found)


def is_wrapped(text: str) -> bool:
    """Tell whether line breaks stand at a fixed width rather than at the ends of paragraphs."""
    lines = [line for line in text.split("\n") if line.strip()]
    inner = [len(line) for line, below in pairwise(lines) if below[:1].islower() or len(line) > SHORTEST_WRAP]
    if len(inner) < 3 or max(map(len, lines)) > LONGEST_WRAP + 20:
        return False
    goes_on = sum(below.lstrip()[:1].islower() for below in lines[1:])
    return SHORTEST_WRAP <= median(inner) <= LONGEST_WRAP and goes_on >= 0.25 * len(lines)


def _divides(gap: str) -> bool:
    return gap.count("\n") != 1 or _INDENT.search(gap) is not None


def _skip_space(text: str, position: int) -> int:
    while position < len(text) and text[position].isspace():
        position += 1
    return position
