"""Parse the lines above a body that name authors or dates: "By Jane Doe", "Published 4 July 2023, 10:15"."""

from __future__ import annotations

import datetime as dt
import re

from kg.sources.dates import parse_date

_BY = re.compile(
    r"(?:written |words |story |report(?:ed)? |analysis |opinion )?by:?\s+(?P<names>.+)", re.IGNORECASE
)
_PUBLISHED = re.compile(
    r"(?:(?P<later>(?:last )?(?:updated|modified))|(?:first )?published|posted|issued|date|created)"
    r"(?:\s+(?:on|at))?\s*:?\s*(?P<date>.+)",
    re.IGNORECASE,
)
_PARTS = re.compile(r"\s*[|•·]\s*|\s+[-–—]\s+")
_AND = re.compile(r"\s*;\s*|\s*,?\s+and\s+|\s+&\s+", re.IGNORECASE)
_WHERE = re.compile(r"\s+(?:in|for|at)\s+(?:the\s+)?[A-Z].{0,60}$")
_MAIL = re.compile(r"\S+@\S+\s+\((?P<name>[^()]+)\)")  # the author element of RSS 2.0
_PARTICLES = re.compile(
    r"al|ben|bin|d['’]|da|das|de|del|della|den|der|di|do|dos|du|el|ibn|la|le|of|the|ter|van|von|y|zu"
)
_NOT_PERSONS = re.compile(
    r"\b(?:(?:senior|chief|deputy|foreign|political|diplomatic|staff|special|our|in)\b.*|.*\b(?:correspondents?|reporters?"
    r"|editors?|writers?|staff|news|bureau|columnists?|contributors?|journalists?|desk|online|team)\b.*"
    r"|ph\.?d\.?|m\.?d\.?)",
    re.IGNORECASE,
)
_AGENCIES = re.compile(
    r"afp|ap|reuters|upi|dpa|bbc|cnn|bloomberg|xinhua|tass|pti|ani|ians|epa|efe|ansa|aap", re.IGNORECASE
)


def names_in_byline(line: str) -> tuple[str, ...]:
    """Return the authors that a byline names, without job titles and publishers; () if it is not a byline."""
    match = _BY.fullmatch(line.strip())
    if match is None or len(line) > 160:
        return ()
    first = _WHERE.sub("", _PARTS.split(match["names"])[0])
    return split_names(first) if all(_is_name(name) for name in _split(first)) else ()


def split_names(text: str) -> tuple[str, ...]:
    """Return the names of persons in a list such as "Jane Doe, John Roe and Ann Poe, Political Editor".

    Job titles and news agencies are left out, unless the list has nothing else. "Doe, Jane" is one name.
    """
    mail = _MAIL.fullmatch(text.strip())
    by = _BY.fullmatch(text.strip())
    names = _split(mail["name"] if mail else by["names"] if by else text.strip())
    kept = [name for name in names if not _NOT_PERSONS.fullmatch(name)]
    persons = [name for name in kept if not _AGENCIES.fullmatch(name)]
    return tuple(dict.fromkeys(persons or kept or names))


def _split(text: str) -> list[str]:
    """Return the parts of a list of names; a part that holds a surname and a comma is not split."""
    names: list[str] = []
    for part in _AND.split(text):
        pieces = [piece.strip() for piece in part.split(",")]
        whole = all(" " in piece or _is_no_surname(piece) for piece in pieces)
        names += pieces if whole else [part]
    return [name.strip(" ,") for name in names if name.strip(" ,.")]


def _is_no_surname(word: str) -> bool:
    return bool(_AGENCIES.fullmatch(word) or _NOT_PERSONS.fullmatch(word))


def date_in_line(line: str) -> dt.date | dt.datetime | None:
    """Return the date of publication in a line of dates; None if the line has only a date of change."""
    return next(filter(None, (_published(part) for part in _parts(line))), None)


def date_after_names(line: str) -> dt.date | dt.datetime | None:
    """Return the date that follows the names in "By Jane Doe | 4 July 2023", or None."""
    return date_in_line(line) if _PARTS.search(line) else None


def is_date_line(line: str) -> bool:
    """Return True if a line holds dates of publication or of changes, and nothing else."""
    return len(line) <= 120 and all(_date(part) for part in _parts(line))


def _parts(line: str) -> list[str]:
    return [line.strip()] if _date(line.strip()) else _PARTS.split(line.strip())


def _published(part: str) -> dt.date | dt.datetime | None:
    match = _PUBLISHED.fullmatch(part)
    return None if match and match["later"] else _date(part)


def _date(part: str) -> dt.date | dt.datetime | None:
    match = _PUBLISHED.fullmatch(part)
    return parse_date(match["date"] if match else part)


def _is_name(text: str) -> bool:
    """Return True if ``text`` is spelt like a name of two to seven words, an agency, or a job title."""
    words = text.strip(" ,").split()
    if not words or len(words) > 7 or any(character.isdigit() for character in text):
        return False
    if len(words) == 1:
        return _is_no_surname(words[0])
    if words[-1].endswith((".", "!", "?", ":")) and len(words[-1]) > 3:
        return False
    return all(word[0].isupper() or _PARTICLES.fullmatch(word.lower()) for word in words)
