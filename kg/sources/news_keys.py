"""Map the keys of a news record to the fields of an article.

The tables below list the keys of each field: those of NewsArticle of schema.org and the short names of feeds
and exports. The first key that holds a value wins. Keys are compared without case, ``_`` and ``-``:
``published_at``, ``publishedAt`` and ``published-at`` are the same key.
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

_NAMES = (
    "name",
    "@id",
    "rendered",
    "@value",
    "value",
    "url",
)  # keys of an object that hold its name or value


def draft_from(record: Mapping[str, object], origin: str) -> ArticleDraft:
    """Return the draft of one record.

    Args:
        record: the fields by key. A value is a string, a number, an object with a name, or a list of these.
        origin: path, path:line or URL of the record.

    Raises:
        NoArticle: no key holds a text. The message names the keys that a text may have.
    """
    keys = _by_name(_article_of(record))
    body = _text(keys)
    if body is None:
        raise NoArticle(
            origin, f"no text under any of the keys {', '.join(_TEXT)}; it has {_first_keys(record)}"
        )
    return ArticleDraft(
        origin=origin,
        body=body,
        title=_without_markup(_first_string(keys, _TITLE)),
        url=next(
            (url for url in _strings_under(keys, _URL) if url.lower().startswith(("http://", "https://"))),
            None,
        ),
        published=next(filter(None, map(parse_date, _values(keys, _PUBLISHED))), None),
        authors=_authors(keys),
        publisher=next((name for name in _strings_under(keys, _PUBLISHER) if "://" not in name), None),
        language=_first_string(keys, _LANGUAGE),
        identifier=_first_string(keys, _IDENTIFIER),
    )


def _article_of(record: Mapping[str, object]) -> Mapping[str, object]:
    """Return the article in the ``@graph`` of a JSON-LD document, or the record if it has none."""
    graph = record.get("@graph")
    nodes = [node for node in graph if isinstance(node, dict)] if isinstance(graph, list) else []
    return next((node for node in nodes if "Article" in str(node.get("@type"))), record)


def _by_name(record: Mapping[str, object]) -> dict[str, object]:
    """Return the values of a record by key in lower case, without ``_`` and ``-``."""
    names: dict[str, object] = {}
    for key, value in record.items():
        names.setdefault(key.replace("_", "").replace("-", "").lower(), value)
    return names


def _first_keys(record: Mapping[str, object]) -> str:
    return "the keys " + ", ".join(list(record)[:8]) if record else "no key at all"


def _values(keys: Mapping[str, object], names: tuple[str, ...]) -> Iterator[object]:
    return (keys[name] for name in names if keys.get(name) is not None)


def _strings_under(keys: Mapping[str, object], names: tuple[str, ...]) -> Iterator[str]:
    for value in _values(keys, names):
        yield from _strings(value)


def _first_string(keys: Mapping[str, object], names: tuple[str, ...]) -> str | None:
    return next(_strings_under(keys, names), None)


def _strings(value: object) -> Iterator[str]:
    """Yield the strings in a value: a string or number itself, the name of an object, members of a list."""
    if isinstance(value, str):
        if value.strip():
            yield value
    elif isinstance(value, dict):
        yield from next((strings for key in _NAMES if (strings := list(_strings(value.get(key))))), [])
    elif isinstance(value, list):
        for member in value:
            yield from _strings(member)
    elif isinstance(value, (int, float)) and not isinstance(value, bool):
        yield str(value)


def _text(keys: Mapping[str, object]) -> str | None:
    """Return the text of the article; "" if a key holds an empty text, None if no key holds a text."""
    paragraphs = next((strings for value in _values(keys, _TEXT) if (strings := list(_strings(value)))), None)
    if paragraphs is None:
        return "" if any(True for _ in _values(keys, _TEXT)) else None
    return _without_markup("\n\n".join(paragraphs))


def _authors(keys: Mapping[str, object]) -> tuple[str, ...]:
    for value in _values(keys, _AUTHORS):
        strings = list(_strings(value))
        names = [name for text in strings for name in split_names(clean_line(text)) if "://" not in name]
        if names:
            return tuple(dict.fromkeys(names))
    return ()


def _without_markup(text: str | None) -> str | None:
    """Return the text without HTML tags. Content management systems export bodies as HTML fragments."""
    return words_of(text) if text is not None and has_markup(text) else text
