"""Records of news: which keys mean what. Schema.org's NewsArticle and the short names that feeds and exports
use.

Keys are compared without case, ``_`` and ``-``: ``published_at``, ``publishedAt`` and ``published-at`` are
one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from kg.errors import NoArticle
from kg.sources.article_draft import ArticleDraft
from kg.sources.byline import split_names
from kg.sources.cleaning import clean_line
from kg.sources.dates import parse_date
from kg.sources.markup import has_markup, words_of

_TITLE = ("headline", "title", "name")
_TEXT = ("articlebody", "text", "body", "content", "fulltext", "maintext")
_URL = ("url", "link", "mainentityofpage", "canonicalurl", "@id")
_PUBLISHED = (
    "datepublished",
    "published",
    "date",
    "pubdate",
    "publishedat",
    "publishdate",
    "datepublish",
    "datecreated",
)
_AUTHORS = ("author", "authors", "byline", "creator")
_PUBLISHER = ("publisher", "source", "site", "sitename", "provider")
_LANGUAGE = ("inlanguage", "language", "lang")
_IDENTIFIER = ("identifier", "id")

_NAMES = ("name", "@id", "rendered", "@value", "value", "url")  # where an object keeps what it stands for


def draft_from(record: Mapping[str, object], origin: str) -> ArticleDraft:
    """Return the draft of one record.

    Args:
        record: an object of JSON, or the like of it. Values may be words, numbers, objects with a name, or
        lists. origin: where it was read.

    Raises:
        NoArticle: no key holds a text; the message names those that were looked for.
    """
    keys = _by_name(_article_of(record))
    body = _text(keys)
    if body is None:
        raise NoArticle(origin, f"no text under any of the keys {', '.join(_TEXT)}; it has {_some(record)}")
    return ArticleDraft(
        origin=origin,
        body=body,
        title=_plain(_first_word(keys, _TITLE)),
        url=next(
            (word for word in _words_under(keys, _URL) if word.lower().startswith(("http://", "https://"))),
            None,
        ),
        published=next(filter(None, map(parse_date, _values(keys, _PUBLISHED))), None),
        authors=_authors(keys),
        publisher=next((word for word in _words_under(keys, _PUBLISHER) if "://" not in word), None),
        language=_first_word(keys, _LANGUAGE),
        identifier=_first_word(keys, _IDENTIFIER),
    )


def _article_of(record: Mapping[str, object]) -> Mapping[str, object]:
    """Return the record, or the article in its ``@graph`` (JSON-LD)."""
    graph = record.get("@graph")
    nodes = [node for node in graph if isinstance(node, dict)] if isinstance(graph, list) else []
    return next((node for node in nodes if "Article" in str(node.get("@type"))), record)


def _by_name(record: Mapping[str, object]) -> dict[str, object]:
    names: dict[str, object] = {}
    for key, value in record.items():
        names.setdefault(key.replace("_", "").replace("-", "").lower(), value)
    return names


def _some(record: Mapping[str, object]) -> str:
    return "the keys " + ", ".join(list(record)[:8]) if record else "no key at all"


def _values(keys: Mapping[str, object], names: tuple[str, ...]) -> Iterator[object]:
    return (keys[name] for name in names if keys.get(name) is not None)


def _words_under(keys: Mapping[str, object], names: tuple[str, ...]) -> Iterator[str]:
    for value in _values(keys, names):
        yield from _words(value)


def _first_word(keys: Mapping[str, object], names: tuple[str, ...]) -> str | None:
    return next(_words_under(keys, names), None)


def _words(value: object) -> Iterator[str]:
    """Yield the words a value holds: itself, the name of an object, each member of a list."""
    if isinstance(value, str):
        if value.strip():
            yield value
    elif isinstance(value, dict):
        yield from next((found for key in _NAMES if (found := list(_words(value.get(key))))), [])
    elif isinstance(value, list):
        for member in value:
            yield from _words(member)
    elif isinstance(value, (int, float)) and not isinstance(value, bool):
        yield str(value)


def _text(keys: Mapping[str, object]) -> str | None:
    paragraphs = next((words for value in _values(keys, _TEXT) if (words := list(_words(value)))), None)
    if paragraphs is None:
        return "" if any(True for _ in _values(keys, _TEXT)) else None
    return _plain("\n\n".join(paragraphs))


def _authors(keys: Mapping[str, object]) -> tuple[str, ...]:
    for value in _values(keys, _AUTHORS):
        words = list(_words(value))
        names = [name for word in words for name in split_names(clean_line(word)) if "://" not in name]
        if names:
            return tuple(dict.fromkeys(names))
    return ()


def _plain(text: str | None) -> str | None:
    """Return text without HTML, if it has any: content management systems give bodies as pieces of a page."""
    return words_of(text) if text is not None and has_markup(text) else text
