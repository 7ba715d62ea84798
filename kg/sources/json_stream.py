"""Read JSON text value by value, with the line in which each value begins.

At most one value is in memory at a time. A ``.json`` file holds an object, a list of objects, an object with
a list under "articles", or JSON Lines. A ``.jsonl`` file holds one object on each line; a line that does not
parse is reported and the next line is read.
"""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from kg.errors import ArticleError, UnreadableSource

_CHUNK = 1 << 16
_MARGIN = 64  # characters; a value that ends closer to the end of the window may continue after it: 12|34
_LIST_KEY = "articles"
_SPACE = " \t\r\n"


@dataclass(frozen=True, slots=True)
class Value:
    """One JSON value."""

    value: Any
    line: int | None  # the line in which it begins, from 1; None if it is the only value of the document


@dataclass(frozen=True, slots=True)
class TooLong:
    """A value longer than the limit, which is skipped."""

    length: int  # characters that were read
    line: int  # the line in which it begins, from 1
    whole: bool  # True if ``length`` counts the whole value, False if it has more


ValueOrError = Value | TooLong | ArticleError


def read_lines(
    text: io.TextIOBase, origin: str, limit: int, first: str = "", line: int = 1
) -> Iterator[ValueOrError]:
    """Yield the values of JSON Lines, without empty lines.

    Args:
        text: the stream, at the start of a line.
        origin: the name of the file in messages.
        limit: most characters of one line.
        first: the first line, if it has been read from the stream already; else "".
        line: the number of the first line, from 1.
    """
    current = first or text.readline(limit)
    while current:
        if len(current) >= limit and not current.endswith("\n"):
            yield TooLong(len(current) + _skip_line(text), line, whole=True)
        elif current.strip():
            yield _parsed(current, origin, line)
        line += 1
        current = text.readline(limit)


def read_values(text: io.TextIOBase, origin: str, limit: int) -> Iterator[ValueOrError]:
    """Yield the objects of a JSON document, up to the first error.

    After an error the start of the next value is unknown, so reading ends. The arguments are those of
    :func:`read_lines`; ``limit`` is the most characters of one value.
    """
    line, first = 1, text.readline(limit)
    while first and not first.strip():
        line, first = line + 1, text.readline(limit)
    if _is_json_line(first, origin):
        yield from read_lines(text, origin, limit, first, line)
        return
    window = _Window(text, limit, first, line)
    try:
        yield from _document(window)
    except json.JSONDecodeError as error:
        yield _not_json(origin, *window.line_and_column(error.pos), error.msg)
    except _OverLimit:
        yield TooLong(window.left, window.line_and_column(window.position)[0], whole=False)
    except (RecursionError, ValueError) as error:
        yield _not_json(origin, *window.line_and_column(window.position), str(error))


def _is_json_line(line: str, origin: str) -> bool:
    """Return True if the first line of a document is a complete object, other than a list of articles."""
    if not line.lstrip().startswith("{") or not line.endswith("\n"):
        return False
    parsed = _parsed(line, origin, 1)
    return isinstance(parsed, Value) and not isinstance(parsed.value.get(_LIST_KEY), list)


def _skip_line(text: io.TextIOBase) -> int:
    """Read to the end of the line, and return the number of characters skipped."""
    length = 0
    while part := text.readline(_CHUNK):
        length += len(part)
        if part.endswith("\n"):
            break
    return length


def _parsed(line: str, origin: str, number: int) -> Value | UnreadableSource:
    try:
        return Value(json.loads(line.rstrip("\r\n")), number)
    except json.JSONDecodeError as error:
        return _not_json(origin, number, error.colno, error.msg)
    except (RecursionError, ValueError) as error:  # nested too deep; a number of thousands of digits
        return _not_json(origin, number, 1, str(error))


def _not_json(origin: str, line: int, column: int, reason: str) -> UnreadableSource:
    return UnreadableSource(f"{origin}:{line}", f"column {column}: not valid JSON: {reason}")


class _OverLimit(Exception):
    """One value is longer than the limit."""


class _Window:
    """The part of the text that is in memory. It moves forward and grows to hold one whole value."""

    def __init__(self, stream: io.TextIOBase, limit: int, text: str, line: int) -> None:
        self.text = text
        self.position = 0
        self._stream = stream
        self._limit = limit
        self._ended = False
        self._decoder = json.JSONDecoder()
        self._mark = (0, line, 1)  # a position at or before the current one, with its line and column

    @property
    def left(self) -> int:
        """The number of characters after the current position."""
        return len(self.text) - self.position

    def line_and_column(self, position: int) -> tuple[int, int]:
        """Return line and column, both from 1, of a position at or after the start of the latest value."""
        start, line, column = self._mark
        newlines = self.text.count("\n", start, position)
        if newlines == 0:
            return line, column + position - start
        return line + newlines, position - self.text.rfind("\n", start, position)

    def peek(self) -> str:
        """Move to the next character that is not white space and return it, or "" at the end of the text."""
        while True:
            while self.position < len(self.text) and self.text[self.position] in _SPACE:
                self.position += 1
            if self.position < len(self.text):
                return self.text[self.position]
            if not self._more():
                return ""

    def take(self, wanted: str) -> str:
        """Move past the next character, which must be one of ``wanted``, and return it.

        Raises:
            json.JSONDecodeError: it is another character, or the text ends.
        """
        character = self.peek()
        if not character or character not in wanted:
            raise json.JSONDecodeError(
                f"Expecting {' or '.join(map(repr, wanted))}", self.text, self.position
            )
        self.position += 1
        return character

    def value(self) -> Value:
        """Move past the next value and return it."""
        self.peek()
        line, column = self.line_and_column(self.position)
        self._forget()
        self._mark = (self.position, line, column)
        while True:
            try:
                value, end = self._decoder.raw_decode(self.text, self.position)
            except json.JSONDecodeError as error:
                if not self._cut_off(error) or not self._more():
                    raise
                continue
            if end + _MARGIN < len(self.text) or not self._more():
                self.position = end
                return Value(value, line)

    def _cut_off(self, error: json.JSONDecodeError) -> bool:
        """Return True if a value may fail to parse only because the window ends within it."""
        return error.msg.startswith("Unterminated string") or error.pos > len(self.text) - _MARGIN

    def _forget(self) -> None:
        """Drop the text before the current position, if it is long enough to be worth a copy of the rest.

        The caller sets the mark again afterwards.
        """
        if self.position > _CHUNK // 2 and self.position > self.left:
            self.text = self.text[self.position :]
            self.position = 0

    def _more(self) -> bool:
        """Read more text; return False at the end of the stream.

        The unread part doubles each time, so that the cost of parsing a long value again stays linear.
        """
        if self._ended:
            return False
        if self.left > self._limit:
            raise _OverLimit
        part = self._stream.read(max(_CHUNK, self.left))
        self._ended = not part
        self.text += part
        return bool(part)


def _document(window: _Window) -> Iterator[ValueOrError]:
    while opening := window.peek():
        if opening == "[":
            yield from _list(window)
        elif opening == "{":
            yield from _object(window)
        else:
            yield window.value()


def _list(window: _Window) -> Iterator[ValueOrError]:
    window.take("[")
    closing = window.take("]") if window.peek() == "]" else ","
    while closing == ",":
        yield window.value()
        closing = window.take(",]")


def _object(window: _Window) -> Iterator[ValueOrError]:
    """Yield the members of the list under "articles", or the object itself if it has no such list."""
    line = window.line_and_column(window.position)[0]
    window.take("{")
    members: dict[str, Any] = {}
    listed = False
    closing = window.take("}") if window.peek() == "}" else ","
    while closing == ",":
        key = _key(window)
        if key == _LIST_KEY and window.peek() == "[":
            listed = True
            yield from _list(window)
        else:
            members[key] = window.value().value
        closing = window.take(",}")
    if not listed:
        yield Value(members, line if window.peek() or line > 1 else None)


def _key(window: _Window) -> str:
    if window.peek() != '"':
        raise json.JSONDecodeError("Expecting a key in double quotes", window.text, window.position)
    key = str(window.value().value)
    window.take(":")
    return key
