"""Find the paragraphs of plain text.

Paragraphs are separated by blank lines, stand on one line each, or are hard-wrapped with an indent.
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
"""Least and greatest median length of the lines of hard-wrapped text, in characters."""


@lru_cache(maxsize=32)  # several stages ask for the same article, and stages run on a batch of articles
def paragraphs(text: str) -> tuple[Span, ...]:
    """Return the spans of the paragraphs of ``text``, without the white space around them."""
    wrapped = is_wrapped(text)
    spans: list[Span] = []
    start = _skip_space(text, 0)
    for gap in _BREAK.finditer(text):
        if gap.start() < start or (wrapped and not _separates(gap.group())):
            continue
        if gap.start() > start:
            spans.append((start, gap.start()))
        start = _skip_space(text, gap.end())
    return tuple(spans)


def is_wrapped(text: str) -> bool:
    """Return True if ``text`` is hard-wrapped: its lines break at a fixed width, not at paragraphs."""
    lines = [line for line in text.split("\n") if line.strip()]
    inner = [len(line) for line, below in pairwise(lines) if below[:1].islower() or len(line) > SHORTEST_WRAP]
    if len(inner) < 3 or max(map(len, lines)) > LONGEST_WRAP + 20:
        return False
    continued = sum(below.lstrip()[:1].islower() for below in lines[1:])
    return SHORTEST_WRAP <= median(inner) <= LONGEST_WRAP and continued >= 0.25 * len(lines)


def _separates(gap: str) -> bool:
    """Return True if a gap in hard-wrapped text is a blank line or a line break before an indent."""
    return gap.count("\n") != 1 or _INDENT.search(gap) is not None


def _skip_space(text: str, position: int) -> int:
    """Return the first position from ``position`` on that is not white space."""
    while position < len(text) and text[position].isspace():
        position += 1
    return position
