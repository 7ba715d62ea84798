"""JSON text, one value after another, with the line where each begins. Never more than one value is in
memory.

A ``.json`` file may be an object, a list of them, or an object with a list under "articles" — or JSON Lines
under the wrong name. A ``.jsonl`` file has one object a line; a line that does not parse hides no other.
"""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from kg.errors import ArticleError, UnreadableSource

_CHUNK = 1 << 16
_MARGIN = 64  # a value that ends nearer than this to the end of the window may go on behind it: 12|34
_LIST_KEY = "articles"
_SPACE = " \t\r\n"


@dataclass(frozen=True, slots=True)
class Value:
    """One JSON value and the line, from 1, in which it begins; None if it is all there is in the document."""

    value: Any
    line: int | None


@dataclass(frozen=True, slots=True)
class TooLong:
    """A value of more characters than may be held; ``length`` were seen, which is all if ``whole``."""

    length: int
    line: int
    whole: bool


Found = Value | TooLong | ArticleError


def read_lines(
    text: io.TextIOBase, origin: str, limit: int, first: str = "", line: int = 1
) -> Iterator[Found]:
    """Yield the values of JSON Lines; empty lines are passed over.

    Args:
        text: where to read on.
        origin: the name in messages.
        limit: most characters of one line.
        first: the first line, if it was read already.
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


def read_values(text: io.TextIOBase, origin: str, limit: int) -> Iterator[Found]:
    """Yield the articles of a JSON document. It ends at the first error: nothing tells where to go on."""
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
        yield _wrong(origin, *window.place(error.pos), error.msg)
    except _OverLimit:
        yield TooLong(window.left, window.place(window.position)[0], whole=False)
    except (RecursionError, ValueError) as error:
        yield _wrong(origin, *window.place(window.position), str(error))


def _is_json_line(line: str, origin: str) -> bool:
    """Tell whether the first line of a document is a record of its own."""
    if not line.lstrip().startswith("{") or not line.endswith("\n"):
        return False
    found = _parsed(line, origin, 1)
    return isinstance(found, Value) and not isinstance(found.value.get(_LIST_KEY), list)


def _skip_line(text: io.TextIOBase) -> int:
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
        return _wrong(origin, number, error.colno, error.msg)
    except (RecursionError, ValueError) as error:  # nested too deep; a number of thousands of digits
        return _wrong(origin, number, 1, str(error))


def _wrong(origin: str, line: int, column: int, reason: str) -> UnreadableSource:
    return UnreadableSource(f"{origin}:{line}", f"column {column}: not valid JSON: {reason}")


class _OverLimit(Exception):
    """One value is longer than may be held."""


class _Window:
    """A piece of the text, moved along and made longer as values need it."""

    def __init__(self, stream: io.TextIOBase, limit: int, text: str, line: int) -> None:
        self.text = text
        self.position = 0
        self._stream = stream
        self._limit = limit
        self._ended = False
        self._decoder = json.JSONDecoder()
        self._mark = (0, line, 1)  # a position not after the present one, its line and its column

    @property
    def left(self) -> int:
        """How many characters of the window are not used up."""
        return len(self.text) - self.position

    def place(self, position: int) -> tuple[int, int]:
        """Return line and column, both from 1, of a position that is not before the latest value."""
        start, line, column = self._mark
        newlines = self.text.count("\n", start, position)
        if newlines == 0:
            return line, column + position - start
        return line + newlines, position - self.text.rfind("\n", start, position)

    def peek(self) -> str:
        """Return the next character that is no space, or "" at the end, and stop before it."""
        while True:
            while self.position < len(self.text) and self.text[self.position] in _SPACE:
                self.position += 1
            if self.position < len(self.text):
                return self.text[self.position]
            if not self._more():
                return ""

    def take(self, wanted: str) -> str:
        """Return the next character, which must be one of ``wanted``, and step over it."""
        found = self.peek()
        if not found or found not in wanted:
            raise json.JSONDecodeError(
                f"Expecting {' or '.join(map(repr, wanted))}", self.text, self.position
            )
        self.position += 1
        return found

    def value(self) -> Value:
        """Return the value that begins here."""
        self.peek()
        line, column = self.place(self.position)
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
        """Tell whether a value fails only because the window ends within it."""
        return error.msg.startswith("Unterminated string") or error.pos > len(self.text) - _MARGIN

    def _forget(self) -> None:
        """Drop what is used up, when that is worth a copy of the rest. The mark must be set anew after it."""
        if self.position > _CHUNK // 2 and self.position > self.left:
            self.text = self.text[self.position :]
            self.position = 0

    def _more(self) -> bool:
        """Read on: as much again as there is, so that a long value is not parsed anew at every step."""
        if self._ended:
            return False
        if self.left > self._limit:
            raise _OverLimit
        part = self._stream.read(max(_CHUNK, self.left))
        self._ended = not part
        self.text += part
        return bool(part)


def _document(window: _Window) -> Iterator[Found]:
    while opening := window.peek():
        if opening == "[":
            yield from _list(window)
        elif opening == "{":
            yield from _object(window)
        else:
            yield window.value()


def _list(window: _Window) -> Iterator[Found]:
    window.take("[")
    closing = window.take("]") if window.peek() == "]" else ","
    while closing == ",":
        yield window.value()
        closing = window.take(",]")


def _object(window: _Window) -> Iterator[Found]:
    """Yield the members of the list under "articles", or else the object itself."""
    line = window.place(window.position)[0]
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
