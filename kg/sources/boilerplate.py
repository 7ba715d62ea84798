"""Find boilerplate in plain text: the lines that belong to the page and not to the article.

The patterns are in ``boilerplate.tsv``. Each matches a whole line and names the positions where it applies:

- ``head``: above the first line of the body, around the headline;
- ``tail``: below the last line of the body;
- ``anywhere``: above, below and within the body;
- ``cut``: a heading that only boilerplate follows (a biography, comments, links). The heading and everything
  below it are removed if what follows is at most 100 words and at most half as long as what precedes.

Lines are removed from the top and the bottom inwards. The first line that matches no pattern ends the
removal, so a paragraph of the article is lost only if it is first or last and matches a pattern as a whole.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Literal, get_args

Position = Literal["head", "tail", "anywhere", "cut"]

_LONGEST = 420  # characters; a longer line is never boilerplate
_MOST_WORDS_CUT = 100
_LINES_SEARCHED = 40  # lines from the end that are searched for a heading of the kind "cut"


@dataclass(frozen=True, slots=True)
class Patterns:
    """One regular expression for each position."""

    head: re.Pattern[str]
    tail: re.Pattern[str]
    anywhere: re.Pattern[str]
    cut: re.Pattern[str]


def is_head(line: str) -> bool:
    """Return True if a line above the body is boilerplate."""
    return _matches(patterns().head, line)


def body_end(lines: Sequence[str]) -> int:
    """Return the index after the last line of the article; all lines from it on are boilerplate."""
    end = _without_tail(lines, len(lines))
    cut = _cut(lines, end)
    return end if cut is None else _without_tail(lines, cut)


def is_anywhere(line: str) -> bool:
    """Return True if a line is boilerplate at any position."""
    return _matches(patterns().anywhere, line)


@lru_cache(maxsize=1)
def patterns() -> Patterns:
    """Return the compiled patterns of ``boilerplate.tsv``.

    Raises:
        ValueError: a row is not valid; the message names its line.
    """
    text = resources.files("kg.sources").joinpath("boilerplate.tsv").read_text("utf-8")
    return compile_patterns(text.splitlines())


def compile_patterns(rows: Sequence[str]) -> Patterns:
    """Return the compiled patterns of a table.

    Args:
        rows: lines with the columns pattern, where (positions, separated by commas) and note, separated by
            tabs. The first line is the heading.

    Raises:
        ValueError: a row is not valid; the message names its line.
    """
    by_position: dict[str, list[str]] = {position: [] for position in get_args(Position)}
    for number, row in enumerate(rows[1:], start=2):
        pattern, positions = _row(number, row)
        for position in positions:
            by_position[position].append(pattern)
    by_position["head"] += by_position["anywhere"]
    by_position["tail"] += by_position["anywhere"]
    return Patterns(
        **{position: re.compile("|".join(parts), re.IGNORECASE) for position, parts in by_position.items()}
    )


def _row(number: int, row: str) -> tuple[str, list[str]]:
    fields = row.split("\t")
    if len(fields) != 3:
        raise ValueError(f"boilerplate.tsv:{number}: {len(fields)} columns instead of 3")
    positions = fields[1].split(",")
    if unknown := set(positions) - set(get_args(Position)):
        raise ValueError(
            f"boilerplate.tsv:{number}: where: {unknown.pop()!r} is not one of {get_args(Position)}"
        )
    if not (fields[0].startswith("^") and fields[0].endswith("$")):
        raise ValueError(
            f"boilerplate.tsv:{number}: pattern must match the whole line: begin with ^ and end with $"
        )
    try:
        re.compile(fields[0])
    except re.error as error:
        raise ValueError(f"boilerplate.tsv:{number}: pattern: {error}") from error
    return fields[0], positions


def _matches(pattern: re.Pattern[str], line: str) -> bool:
    return len(line) < _LONGEST and pattern.match(line.strip()) is not None


def _without_tail(lines: Sequence[str], end: int) -> int:
    tail = patterns().tail
    while end and (not lines[end - 1].strip() or _matches(tail, lines[end - 1])):
        end -= 1
    return end


def _cut(lines: Sequence[str], end: int) -> int | None:
    """Return the index of the heading that ends the article, or None."""
    cut = patterns().cut
    for index in range(max(1, end - _LINES_SEARCHED), end):
        if _matches(cut, lines[index]):
            before = sum(len(line.split()) for line in lines[:index])
            after = sum(len(line.split()) for line in lines[index + 1 : end])
            if after <= min(_MOST_WORDS_CUT, before // 2):
                return index
    return None
