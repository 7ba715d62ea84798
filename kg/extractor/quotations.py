"""Finds where quotation marks open and close.

Marks are paired by their type, never by counting. A quotation without a closing mark ends with its paragraph.
If the next paragraph starts with an opening mark, the same speech continues, as newspapers set long
quotations.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from kg.records import Span
from kg.text.paragraphs import paragraphs

_PAIRS = {"“": "”", "«": "»", "„": "“”", "‘": "’"}
_MARK = re.compile(r"``|''|[\"“”«»„‘’]|(?<![\w'])'(?=\w)|(?<=[\w.,!?…])'(?![\w'])")

MAX_SINGLE = 400
"""Greatest length of a quotation in single marks, in characters.

In a longer one the mark is an apostrophe.
"""


@dataclass(frozen=True, slots=True)
class QuotedSpan:
    """The span of a quotation, with its marks."""

    start: int
    end: int
    inner: Span  # without the marks
    continues: bool = False  # continues the quotation before it

    @property
    def span(self) -> Span:
        return self.start, self.end


def find_quotations(text: str) -> list[QuotedSpan]:
    """Return the outermost quotations of ``text`` in order."""
    found: list[QuotedSpan] = []
    unclosed = False
    for start, end in paragraphs(text):
        quotes, still_open = _in_paragraph(text, start, end)
        if quotes and unclosed and not text[start : quotes[0].start].strip():
            first = quotes[0]
            quotes[0] = QuotedSpan(first.start, first.end, first.inner, continues=True)
        found += quotes
        unclosed = still_open
    return found


def _in_paragraph(text: str, start: int, end: int) -> tuple[list[QuotedSpan], bool]:
    """Return the quotations of one paragraph, and True if the last has no closing mark."""
    quotes: list[QuotedSpan] = []
    opened: re.Match[str] | None = None
    for mark in _MARK.finditer(text, start, end):
        if opened is None:
            if _can_open(text, mark, start):
                opened = mark
        elif _closes(text, opened, mark, end):
            quotes.append(QuotedSpan(opened.start(), mark.end(), (opened.end(), mark.start())))
            opened = None
    if opened is None or opened.group() in "'‘":
        return quotes, False
    stop = start + len(text[start:end].rstrip())
    if stop > opened.end():
        quotes.append(QuotedSpan(opened.start(), stop, (opened.end(), stop)))
    return quotes, True


def _can_open(text: str, mark: re.Match[str], start: int) -> bool:
    """Return True if the mark can open a quotation here."""
    sign = mark.group()
    if sign in ("”", "»", "’"):
        return False
    before = text[mark.start() - 1] if mark.start() > start else " "
    after = text[mark.end() : mark.end() + 1]
    if sign in ("'", "‘"):
        return not before.isalnum() and not after.isspace() and _single_closes(text, mark)
    return not (before.isalnum() and (not after or not after.isalnum()))


def _single_closes(text: str, mark: re.Match[str]) -> bool:
    """Return True if a single mark is closed soon; otherwise it is an apostrophe ('tis, the '90s)."""
    closing = "’" if mark.group() == "‘" else "'"
    stop = text.find("\n\n", mark.end())
    stop = min(mark.end() + MAX_SINGLE, len(text) if stop < 0 else stop)
    return any(
        _is_single_close(text, position, closing)
        for position in range(mark.end() + 1, stop)
        if text[position] == closing
    )


def _is_single_close(text: str, position: int, closing: str) -> bool:
    """Return True if the mark at ``position`` closes a quotation in single marks."""
    before, after = text[position - 1], text[position + 1 : position + 2]
    return (
        text[position] == closing and not before.isspace() and not after.isalnum() and before != "s" + closing
    )


def _closes(text: str, opened: re.Match[str], mark: re.Match[str], end: int) -> bool:
    """Return True if ``mark`` closes the quotation that ``opened`` opens."""
    first, sign = opened.group(), mark.group()
    if first in _PAIRS:
        if sign not in _PAIRS[first]:
            return False
        return first != "‘" or _is_single_close(text, mark.start(), "’")
    if first in ("``", "''"):
        return sign in ("''", '"')
    if first == "'":
        return sign == "'" and _is_single_close(text, mark.start(), "'")
    if sign not in ('"', "”"):
        return False
    after = text[mark.end() : mark.end() + 1] if mark.end() < end else " "
    return not after.isalnum() or not text[mark.start() - 1].isspace()
