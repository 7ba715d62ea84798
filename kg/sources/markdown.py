"""Read Markdown. The first heading is the title, the front matter holds the metadata, markup is removed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from kg.config import Config
from kg.sources.article_draft import ArticleDrafts
from kg.sources.encoding import decode
from kg.sources.news_keys import draft_from
from kg.sources.opening import Source, read_limited
from kg.sources.plain import BYTES_A_CHARACTER

if TYPE_CHECKING:
    from markdown_it.token import Token

_FRONT_MATTER = re.compile(r"\ufeff?---[ \t]*\r?\n(.*?)\r?\n(?:---|\.\.\.)[ \t]*(?:\r?\n|$)", re.DOTALL)
_ENTRY = re.compile(r"(?P<key>[\w-]+):\s*(?P<value>.*)")
_LIST_MEMBER = re.compile(r"\s*-\s+(?P<value>.+)")
_TEXT_OF_TOKEN = {  # the text of each inline token that is kept; None stands for the content of the token
    "text": None,
    "code_inline": None,
    "softbreak": "\n",
    "hardbreak": "\n",
}


def read_markdown(source: Source, config: Config) -> ArticleDrafts:
    """Yield the one article of a Markdown file."""
    text = decode(read_limited(source, BYTES_A_CHARACTER * config.max_characters, config), source.charset)
    match = _FRONT_MATTER.match(text)
    title, body = _title_and_body(text[match.end() :] if match else text)
    metadata = _front_matter(match[1]) if match else {}
    headline = {"headline": title} if title else {}
    yield draft_from({"url": source.url, **metadata, **headline, "articleBody": body}, source.origin)


def _front_matter(text: str) -> Mapping[str, object]:
    """Return the values of front matter by key. A value is a string or a list of strings.

    Read is the part of YAML that article metadata use: scalars, lists in brackets, and lists with one member
    on each line. Other lines are skipped.
    """
    fields: dict[str, object] = {}
    key = ""
    for line in text.splitlines():
        if entry := _ENTRY.match(line):
            key, value = entry["key"], entry["value"].strip()
            fields[key] = (
                [_unquoted(part) for part in value[1:-1].split(",")]
                if value.startswith("[")
                else _unquoted(value)
            )
        elif key and (member := _LIST_MEMBER.match(line)):
            before = fields[key]
            fields[key] = [*(before if isinstance(before, list) else []), _unquoted(member["value"])]
    return fields


def _unquoted(value: str) -> str:
    """Return a scalar without the space and the quotation marks around it."""
    value = value.strip()
    return value[1:-1] if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'" else value


def _title_and_body(text: str) -> tuple[str | None, str]:
    """Return the first heading of level one, or None, and the other text, without code blocks and HTML."""
    from markdown_it import MarkdownIt

    title: str | None = None
    paragraphs: list[str] = []
    before: Token | None = None
    for token in MarkdownIt("commonmark").parse(text):
        if token.type == "inline":
            words = "".join(_words(token.children or [])).strip()
            if title is None and before is not None and before.tag == "h1":
                title = words
            elif words:
                paragraphs.append(words)
        before = token
    return title, "\n\n".join(paragraphs)


def _words(tokens: list[Token]) -> Iterator[str]:
    for token in tokens:
        if token.type in _TEXT_OF_TOKEN:
            yield _TEXT_OF_TOKEN[token.type] or token.content
