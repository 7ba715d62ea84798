"""Page furniture in plain text: which lines belong to the page and not to the article.

The patterns are data, in ``furniture.tsv``; each fits a whole line. Where they apply is named beside them:

- ``head``: before the first line of the body, around the headline;
- ``tail``: after the last line of the body;
- ``anywhere``: in the body too, since no article has such a line;
- ``cut``: a heading after which only furniture comes (a biography, comments, links). It takes what follows
along,
  if that is little; a real last paragraph after such a heading is longer, or there is no article before it.

Lines are taken from the two ends inwards and the first one that fits nothing ends the work, so a real
paragraph is in danger only where it is first or last and reads word for word like furniture.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Literal, get_args

Where = Literal["head", "tail", "anywhere", "cut"]

_LONGEST = 420  # characters; no pattern fits a longer line
_MOST_WORDS_CUT = 100
_LINES_SEARCHED = 40  # lines from the end in which a heading may cut


@dataclass(frozen=True, slots=True)
class Patterns:
    """One regular expression for each place."""

    head: re.Pattern[str]
    tail: re.Pattern[str]
    anywhere: re.Pattern[str]
    cut: re.Pattern[str]


def is_head(line: str) -> bool:
    """Tell whether a line above the body is furniture."""
    return _fits(patterns().head, line)


def body_end(lines: Sequence[str]) -> int:
    """Return the number of lines that are left when the furniture after the last paragraph is gone."""
    end = _without_tail(lines, len(lines))
    cut = _cut(lines, end)
    return end if cut is None else _without_tail(lines, cut)


def is_anywhere(line: str) -> bool:
    """Tell whether a line is furniture wherever it stands."""
    return _fits(patterns().anywhere, line)


@lru_cache(maxsize=1)
def patterns() -> Patterns:
    """Return the patterns of ``furniture.tsv``, compiled.

    Raises:
        ValueError: a row is wrong; the message names its line.
    """
    text = resources.files("kg.sources").joinpath("furniture.tsv").read_text("utf-8")
    return compile_patterns(text.splitlines())


def compile_patterns(rows: Sequence[str]) -> Patterns:
    """Return the patterns of a table with the columns pattern, where (one or more, with commas) and note.

    Raises:
        ValueError: a row is wrong; the message names its line.
    """
    found: dict[str, list[str]] = {where: [] for where in get_args(Where)}
    for number, row in enumerate(rows[1:], start=2):
        pattern, places = _row(number, row)
        for where in places:
            found[where].append(pattern)
    found["head"] += found["anywhere"]
    found["tail"] += found["anywhere"]
    return Patterns(**{where: re.compile("|".join(parts), re.IGNORECASE) for where, parts in found.items()})


def _row(number: int, row: str) -> tuple[str, list[str]]:
    fields = row.split("\t")
    if len(fields) != 3:
        raise ValueError(f"furniture.tsv:{number}: {len(fields)} columns instead of 3")
    places = fields[1].split(",")
    if unknown := set(places) - set(get_args(Where)):
        raise ValueError(f"furniture.tsv:{number}: where: {unknown.pop()!r} is not one of {get_args(Where)}")
    if not (fields[0].startswith("^") and fields[0].endswith("$")):
        raise ValueError(
            f"furniture.tsv:{number}: pattern must fit the whole line: begin with ^ and end with $"
        )
    try:
        re.compile(fields[0])
    except re.error as error:
        raise ValueError(f"furniture.tsv:{number}: pattern: {error}") from error
    return fields[0], places


def _fits(pattern: re.Pattern[str], line: str) -> bool:
    return len(line) < _LONGEST and pattern.match(line.strip()) is not None


def _without_tail(lines: Sequence[str], end: int) -> int:
    tail = patterns().tail
    while end and (not lines[end - 1].strip() or _fits(tail, lines[end - 1])):
        end -= 1
    return end


def _cut(lines: Sequence[str], end: int) -> int | None:
    """Return the index of the heading that ends the article, or None."""
    cut = patterns().cut
    for index in range(max(1, end - _LINES_SEARCHED), end):
        if _fits(cut, lines[index]):
            before = sum(len(line.split()) for line in lines[:index])
            after = sum(len(line.split()) for line in lines[index + 1 : end])
            if after <= min(_MOST_WORDS_CUT, before // 2):
                return index
    return None
