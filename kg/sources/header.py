"""Separate headline, byline, date and boilerplate from the body of a clean text.

In most sources a text begins with a few lines that are not prose: the headline, a byline, the date, buttons.
They are read from the top. The first line that is none of these begins the body.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, field

from kg.sources import boilerplate, byline

_LINES_ABOVE = 14  # most lines that are not empty above the body, with the headline
_MOST_WORDS_OF_SENTENCE = 14  # most words of a headline that ends with a full stop
_MOST_WORDS = 20  # most words of other headlines; first paragraphs of articles are rarely shorter
_LONGEST_TITLE = 160  # characters
_TWO_SENTENCES = re.compile(r"[a-z0-9)%]{2}[.!?][\"”’']?\s+[\"“‘]?[A-Z]\w+ .*[.!?][\"”’']?$")
_DATELINE = re.compile(r"[A-Z][\w ,.'’/-]{2,50}(?: \([A-Z][\w ./]{1,30}\))? ?(?:[-–—]{1,2}) ")
_BREAK = re.compile(r"\n{2,}")
_LOOSE = re.compile(r"[\W_]+")
_SITE = re.compile(r"\s+[|–—-]\s+|\s*[|»]\s*")


@dataclass(slots=True)
class HeaderAndBody:
    """The fields read from the lines around the body, and the text without those lines."""

    text: str = ""
    title: str | None = None
    authors: tuple[str, ...] = ()
    published: dt.date | dt.datetime | None = None
    dropped: set[int] = field(default_factory=set)  # indexes of the lines that are not part of the text


def split_header(text: str, title: str | None = None) -> HeaderAndBody:
    """Return headline, authors and date of a clean text, and the text without byline, date and boilerplate.

    Args:
        text: clean text, see ``kg.sources.cleaning``.
        title: the headline, if the source gives it apart from the text. It becomes the first paragraph,
            unless the text opens with it. If None, the first paragraph is the headline if :func:`headline`
            accepts it.
    """
    lines = text.split("\n")
    result = HeaderAndBody()
    _read_top(lines, result)
    end = boilerplate.body_end(lines)
    result.dropped |= {number for number in range(end) if boilerplate.is_anywhere(lines[number])}
    body = _without(lines[:end], result.dropped)
    if title:
        result.text, result.title = _with_title(body, title)
    else:
        result.text, result.title = body, headline(body)
    return result


def headline(text: str) -> str | None:
    """Return the first paragraph if it is a headline, else None.

    A headline is one short line with more text below it. It is at most one sentence and does not begin with a
    dateline ("PARIS (AP) — ...").
    """
    first, *rest = _BREAK.split(text, maxsplit=1)
    if not rest or not rest[0].strip() or "\n" in first:
        return None
    first = first.strip()
    most_words = _MOST_WORDS_OF_SENTENCE if first.endswith(".") else _MOST_WORDS
    if len(first) > _LONGEST_TITLE or len(first.split()) > most_words or not any(map(str.isalpha, first)):
        return None
    return None if _TWO_SENTENCES.search(first) or _DATELINE.match(first) else first


def _read_top(lines: list[str], result: HeaderAndBody) -> None:
    """Read bylines, dates and boilerplate above the body into ``result``.

    The first other line may be the headline; the second one begins the body.
    """
    seen, headline_seen = 0, False
    for number, line in enumerate(lines):
        if not line.strip():
            continue
        seen += 1
        if seen > _LINES_ABOVE:
            return
        if _read_line_above(line, result):
            result.dropped.add(number)
        elif headline_seen:
            return
        headline_seen = headline_seen or number not in result.dropped


def _read_line_above(line: str, result: HeaderAndBody) -> bool:
    """Return True if a line is a byline, a date or boilerplate; store its authors and date in ``result``."""
    if boilerplate.is_head(line):
        return True
    if byline.is_date_line(line):
        result.published = result.published or byline.date_in_line(line)
        return True
    if names := byline.names_in_byline(line):
        result.authors = result.authors or names
        result.published = result.published or byline.date_after_names(line)
        return True
    return False


def _without(lines: list[str], dropped: set[int]) -> str:
    """Return the other lines as one text, with one blank line in place of each run of dropped lines."""
    if not dropped:
        return "\n".join(lines)
    kept: list[str] = []
    after_drop = False
    for number, line in enumerate(lines):
        if number in dropped:
            after_drop = True
            while kept and not kept[-1]:
                kept.pop()
            kept.append("")
        elif line or not after_drop:
            kept.append(line)
            after_drop = False
    return "\n".join(kept).strip("\n")


def _with_title(body: str, title: str) -> tuple[str, str]:
    """Return the text with the title as its first paragraph, and the title as the text spells it."""
    first, _, rest = body.partition("\n")
    if _same(first, title):
        return f"{first.strip()}\n\n{rest.lstrip()}" if rest.strip() else body, first.strip()
    return f"{title}\n\n{body}" if body else title, title


def _same(line: str, title: str) -> bool:
    """Return True if a line is the title, ignoring punctuation, case and the name of the site after it."""
    line = _LOOSE.sub("", line).casefold()
    return line == _LOOSE.sub("", title).casefold() or (
        len(line) > 20 and line == _LOOSE.sub("", _SITE.split(title)[0]).casefold()
    )
