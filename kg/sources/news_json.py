"""Read JSON and JSON Lines. Each object is one article; drafts are yielded one at a time."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager

from kg.config import Config
from kg.errors import ArticleError, UnreadableSource
from kg.sources.article_draft import ArticleDraft, ArticleDrafts, too_long
from kg.sources.encoding import REPAIR, marked_encoding
from kg.sources.json_stream import TooLong, ValueOrError, read_lines, read_values
from kg.sources.news_keys import draft_from
from kg.sources.opening import Source

_ESCAPED = 6  # most characters of JSON for one character of text: \u2019
_OTHER_FIELDS = 1_000_000  # most characters of JSON in one record that are not the body
_HEAD = 4096


def read_json(source: Source, config: Config) -> ArticleDrafts:
    """Yield the articles of a JSON document: an object, a list, or {"articles": [...]}."""
    with _text(source) as text:
        for value in read_values(text, source.origin, _limit(config)):
            yield _draft(value, source, config)


def read_json_lines(source: Source, config: Config) -> ArticleDrafts:
    """Yield the articles of JSON Lines. A file that holds one JSON document is read by :func:`read_json`."""
    head = source.stream.peek(_HEAD)[:_HEAD].decode("utf-8-sig", "ignore").lstrip()
    if head.startswith("[") or head.partition("\n")[0].strip() == "{":
        yield from read_json(source, config)
        return
    with _text(source) as text:
        for value in read_lines(text, source.origin, _limit(config)):
            yield _draft(value, source, config)


@contextmanager
def _text(source: Source) -> Iterator[io.TextIOWrapper]:
    """Give the source as a stream of decoded text."""
    encoding = marked_encoding(source.stream.peek(_HEAD)[:_HEAD]) or "utf-8-sig"
    errors = REPAIR if encoding == "utf-8-sig" else "replace"
    text = io.TextIOWrapper(source.stream, encoding, errors, newline="\n")
    try:
        yield text
    finally:
        text.detach()  # open_source closes the stream


def _limit(config: Config) -> int:
    """Return the most characters of JSON that one article may take."""
    return _ESCAPED * config.max_characters + _OTHER_FIELDS


def _draft(value: ValueOrError, source: Source, config: Config) -> ArticleDraft | ArticleError:
    if isinstance(value, ArticleError):
        return value
    origin = source.origin if value.line is None else f"{source.origin}:{value.line}"
    if isinstance(value, TooLong):
        return too_long(
            origin, f"{'' if value.whole else 'more than '}{value.length:,} characters of JSON", config
        )
    if not isinstance(value.value, dict):
        return UnreadableSource(origin, f"{_kind(value.value)}, not an object with the keys of an article")
    try:
        return draft_from(value.value, origin)
    except ArticleError as error:
        return error


def _kind(value: object) -> str:
    names = {list: "a list", str: "a string", bool: "true or false", int: "a number", float: "a number"}
    return names.get(type(value), "null")
