"""Tells times from words that only look like one: bare years, months that are names, names of newspapers."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.records import Span

_LEADS = (
    r"in|since|by|until|till|before|after|early|late|mid|during|through|years?"
    r"|(?:earlier|later)\s+than|(?:early|late|recently)\s+as"
)
_YEAR_BEFORE = re.compile(rf"(?:\b(?:{_LEADS})[\s-]+(?:the\s+|about\s+|around\s+)?|[(\[])$", re.IGNORECASE)
_MODERN_BEFORE = re.compile(r"\b(?:of|from|to|and|between|for|the)\s+$", re.IGNORECASE)
_MONTH_BEFORE = re.compile(
    rf"\b(?:{_LEADS}|of|from|to|between|for|on)[\s-]+(?:the\s+|about\s+)?$", re.IGNORECASE
)
_MAY_BEFORE = re.compile(r"\b(?:in|since|until|till|during|through)\s+$", re.IGNORECASE)
_MONTH_BEHIND = re.compile(
    r"(?:\s+(?:and|or|to|until|through)\s+|\s?[-–—]\s?)"
    r"(?:early\s+|mid-|late\s+)?(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z.]*\b"
)
_AND_MONTH = re.compile(r"\b(?:January|February|March|April|June|July|August|[SOND]\w+ber)\s+(?:and|or)\s+$")
# The month does not have these days; a date with a day that it has is matched as a longer expression.
_DAY_BEFORE = re.compile(r"\b(?:29|3[01])(?:st|th)?\s+(?:of\s+)?$")
_DAY_BEHIND = re.compile(r"\s+(?:29|3[01])(?:st|th)?(?=\s*(?:$|[.,;:!?)]))")
_GIVEN_NAMES = frozenset(["Jan", "March", "April", "June", "August"])
_SOMEONE_BEFORE = re.compile(r"\b(?:of|from|to|between|for|by|on)\s+$", re.IGNORECASE)
_SURNAME = re.compile(r"\s+[A-Z][a-z]")
_ATTACKS = re.compile(r"\s+(?:attack|terror|hijack|memorial|commission|victim|hearing|riot)", re.IGNORECASE)
_WHO = r"(?:said|says|told|was|is|has|had|will|would|did)\b"
_NAMED = re.compile(rf"[’']s\b|\s+{_WHO}")
_TITLE = re.compile(r"\s+(?-i:[A-Z])")


def is_time(kind: str, match: re.Match[str], text: str, marked: Sequence[Span]) -> bool:
    """Return True if a match is a time.

    A bare year or month needs a label of the tagger, or a word before it.

    Args:
        kind: the kind of the pattern.
        match: the match.
        text: the text of the article.
        marked: spans that the tagger labels as dates or times.
    """
    start, end = match.span()
    if kind in ("year", "years", "now"):
        return _overlaps(start, end, marked) or (kind != "now" and _is_year(match, text))
    if kind == "month":
        return _is_month(match, text, marked)
    if kind == "set":
        return not (match.group()[0].isupper() and _TITLE.match(text, end))
    if kind == "date":
        return not ("year" in match.re.groupindex and not match["year"] and _ATTACKS.match(text, end))
    return True


def _overlaps(start: int, end: int, marked: Sequence[Span]) -> bool:
    return any(s < end and start < e for s, e in marked)


def _is_year(match: re.Match[str], text: str) -> bool:
    start = match.start()
    if match.groupdict().get("part") or _YEAR_BEFORE.search(text, max(0, start - 24), start):
        return True
    modern = match["year"] >= "1900"
    return modern and _MODERN_BEFORE.search(text, max(0, start - 12), start) is not None


def _is_month(match: re.Match[str], text: str, marked: Sequence[Span]) -> bool:
    start, end = match.span()
    low = max(0, start - 24)
    if _DAY_BEFORE.search(text, low, start) or _DAY_BEHIND.match(text, end):
        return False
    if match["part"] or match["which"] or match["year"] or match["of"]:
        return True
    if match["month"] == "May" and _NAMED.match(text, end):
        return False  # Theresa May
    if _overlaps(start, end, marked):
        return True
    if (
        match["month"] in _GIVEN_NAMES
        and _SURNAME.match(text, end)
        and _SOMEONE_BEFORE.search(text, low, start)
    ):
        return False
    if match["month"] == "May":
        return _MAY_BEFORE.search(text, low, start) is not None
    return any(
        (
            _MONTH_BEFORE.search(text, low, start),
            _AND_MONTH.search(text, low, start),
            _MONTH_BEHIND.match(text, end),
        )
    )
