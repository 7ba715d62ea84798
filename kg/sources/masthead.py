"""From clean text to headline and body: what stands above, between and below them is taken off and read.

A text begins, in most sources, with a few lines that are not prose: the headline, a byline, the day, buttons.
They are read from the top; the first line that is none of these begins the body.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, field

from kg.sources import byline, furniture

_LINES_ABOVE = 14  # lines with something on them that may stand above the body, the headline among them
_MOST_WORDS_OF_SENTENCE = 14  # of a headline with a full stop
_MOST_WORDS = 20  # of a headline; leads, which some sources give without one, begin at about that length
_LONGEST_TITLE = 160  # characters
_TWO_SENTENCES = re.compile(r"[a-z0-9)%]{2}[.!?][\"”’']?\s+[\"“‘]?[A-Z]\w+ .*[.!?][\"”’']?$")
_DATELINE = re.compile(r"[A-Z][\w ,.'’/-]{2,50}(?: \([A-Z][\w ./]{1,30}\))? ?(?:[-–—]{1,2}) ")
_BREAK = re.compile(r"\n{2,}")
_LOOSE = re.compile(r"[\W_]+")
_SITE = re.compile(r"\s+[|–—-]\s+|\s*[|»]\s*")


@dataclass(slots=True)
class Masthead:
    """What the lines around the body tell, and the text without them."""

    text: str = ""
    title: str | None = None
    authors: tuple[str, ...] = ()
    published: dt.date | dt.datetime | None = None
    dropped: set[int] = field(default_factory=set)  # numbers of lines that are not part of the article


def read_masthead(text: str, title: str | None = None) -> Masthead:
    """Take headline, byline, day and page furniture from a clean text.

    Args:
        text: clean text, see ``kg.sources.cleaning``. title: the headline where the source gives it apart; it
        then becomes the first paragraph, unless the text
            opens with it already. Otherwise the first paragraph is the headline if it reads like one.
    """
    lines = text.split("\n")
    found = Masthead()
    _read_top(lines, found)
    end = furniture.body_end(lines)
    found.dropped |= {number for number in range(end) if furniture.is_anywhere(lines[number])}
    body = _without(lines[:end], found.dropped)
    if title:
        found.text, found.title = _with_title(body, title)
    else:
        found.text, found.title = body, headline(body)
    return found


def headline(text: str) -> str | None:
    """Return the first paragraph if it reads like a headline, else None.

    It does if it is one short line with more text below, not two sentences, and does not open with a dateline
    ("PARIS (AP) — ...").
    """
    first, *rest = _BREAK.split(text, maxsplit=1)
    if not rest or not rest[0].strip() or "\n" in first:
        return None
    first = first.strip()
    most_words = _MOST_WORDS_OF_SENTENCE if first.endswith(".") else _MOST_WORDS
    if len(first) > _LONGEST_TITLE or len(first.split()) > most_words or not any(map(str.isalpha, first)):
        return None
    return None if _TWO_SENTENCES.search(first) or _DATELINE.match(first) else first


def _read_top(lines: list[str], found: Masthead) -> None:
    """Read the lines above the body; the first that is not byline, day or furniture may be the headline."""
    seen, headline_seen = 0, False
    for number, line in enumerate(lines):
        if not line.strip():
            continue
        seen += 1
        if seen > _LINES_ABOVE:
            return
        if _belongs_above(line, found):
            found.dropped.add(number)
        elif headline_seen:
            return
        headline_seen = headline_seen or number not in found.dropped


def _belongs_above(line: str, found: Masthead) -> bool:
    """Tell whether a line is byline, day or furniture, and note what it says."""
    if furniture.is_head(line):
        return True
    if byline.is_date_line(line):
        found.published = found.published or byline.date_in_line(line)
        return True
    if names := byline.names_in_byline(line):
        found.authors = found.authors or names
        found.published = found.published or byline.date_after_names(line)
        return True
    return False


def _without(lines: list[str], dropped: set[int]) -> str:
    """Return the lines that are left, with one blank line where some were dropped."""
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
    """Return text and title, the title as the first paragraph. A body that opens with it keeps it."""
    first, _, rest = body.partition("\n")
    if _same(first, title):
        return f"{first.strip()}\n\n{rest.lstrip()}" if rest.strip() else body, first.strip()
    return f"{title}\n\n{body}" if body else title, title


def _same(line: str, title: str) -> bool:
    """Tell whether a line is the title, but for punctuation, case, and the name of the site behind it."""
    line = _LOOSE.sub("", line).casefold()
    return line == _LOOSE.sub("", title).casefold() or (
        len(line) > 20 and line == _LOOSE.sub("", _SITE.split(title)[0]).casefold()
    )
