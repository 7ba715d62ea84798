"""JSON and JSON Lines: records of news in, drafts out, one at a time."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager

from kg.config import Config
from kg.errors import ArticleError, UnreadableSource
from kg.sources.article_draft import ArticleDraft, ArticleDrafts, too_long
from kg.sources.encoding import REPAIR, marked_encoding
from kg.sources.json_stream import Found, TooLong, read_lines, read_values
from kg.sources.news_keys import draft_from
from kg.sources.opening import Source

_ESCAPED = 6  # characters of JSON that one character of text may take: \u2019
_BESIDES = 1_000_000  # characters of a record that are not its text
_HEAD = 4096


def read_json(source: Source, config: Config) -> ArticleDrafts:
    """Yield the articles of a JSON document: an object, a list, or {"articles": [...]}."""
    with _text(source) as text:
        for found in read_values(text, source.origin, _limit(config)):
            yield _draft(found, source, config)


def read_json_lines(source: Source, config: Config) -> ArticleDrafts:
    """Yield the articles of JSON Lines. A document over many lines under that name is read as what it is."""
    head = source.stream.peek(_HEAD)[:_HEAD].decode("utf-8-sig", "ignore").lstrip()
    if head.startswith("[") or head.partition("\n")[0].strip() == "{":
        yield from read_json(source, config)
        return
    with _text(source) as text:
        for found in read_lines(text, source.origin, _limit(config)):
            yield _draft(found, source, config)


@contextmanager
def _text(source: Source) -> Iterator[io.TextIOWrapper]:
    encoding = marked_encoding(source.stream.peek(_HEAD)[:_HEAD]) or "utf-8-sig"
    errors = REPAIR if encoding == "utf-8-sig" else "replace"
    text = io.TextIOWrapper(source.stream, encoding, errors, newline="\n")
    try:
        yield text
    finally:
        text.detach()  # the stream is closed by whoever opened it


def _limit(config: Config) -> int:
    return _ESCAPED * config.max_characters + _BESIDES


def _draft(found: Found, source: Source, config: Config) -> ArticleDraft | ArticleError:
    if isinstance(found, ArticleError):
        return found
    origin = source.origin if found.line is None else f"{source.origin}:{found.line}"
    if isinstance(found, TooLong):
        return too_long(
            origin, f"{'' if found.whole else 'more than '}{found.length:,} characters of JSON", config
        )
    if not isinstance(found.value, dict):
        return UnreadableSource(origin, f"{_kind(found.value)}, not an object with the keys of an article")
    try:
        return draft_from(found.value, origin)
    except ArticleError as error:
        return error


def _kind(value: object) -> str:
    names = {list: "a list", str: "a string", bool: "true or false", int: "a number", float: "a number"}
    return names.get(type(value), "null")
