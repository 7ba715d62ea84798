"""Read articles from files, web pages and standard input.

    specs --find_locations--> Location --open_source--> Source --reader--> ArticleDraft --finish--> Article

In come the names that a user gives (``articles/*.md``, ``https://…``, ``-``); out come :class:`Article`
records. Articles are yielded one at a time, so memory does not grow with their number. An input that cannot
be used is yielded as an ``ArticleError`` between the articles; reading goes on with the next.

To change how:

- inputs are found, opened or fetched: ``locations``, ``opening``, ``web``;
- a format is recognised: ``SOURCES`` below for a suffix, ``sniffing`` for a media type or the first bytes;
- a format is read, or a new one added: ``plain``, ``markdown``, ``html`` (with ``page_date``, ``markup``),
  ``news_json`` (with ``json_stream``; ``news_keys`` maps the keys), and a row in ``SOURCES`` and
  ``SUFFIXES``;
- bytes and characters are decoded and cleaned: ``encoding``, ``cleaning``;
- headline, byline and boilerplate are separated from the body: ``header``, ``byline``, ``dates``,
  ``boilerplate`` with the patterns in ``boilerplate.tsv``;
- articles in other languages are refused: ``language``.
"""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from typing import BinaryIO

from kg.config import Config
from kg.errors import ArticleError, UnreadableSource
from kg.records import Article
from kg.sources.article_draft import ArticleDraft, ArticleDrafts, finish
from kg.sources.html import read_html
from kg.sources.locations import Location, find_locations, known_suffix
from kg.sources.markdown import read_markdown
from kg.sources.news_json import read_json, read_json_lines
from kg.sources.opening import Source, open_source
from kg.sources.plain import read_plain
from kg.sources.sniffing import sniff

__all__ = ["SOURCES", "Location", "find_locations", "read_articles", "read_location"]

Reader = Callable[[Source, Config], ArticleDrafts]

SOURCES: dict[str, Reader] = {
    ".txt": read_plain,
    ".md": read_markdown,
    ".html": read_html,
    ".htm": read_html,
    ".json": read_json,
    ".jsonl": read_json_lines,
    ".ndjson": read_json_lines,
    ".txt.gz": read_plain,
    ".md.gz": read_markdown,
    ".html.gz": read_html,
    ".htm.gz": read_html,
    ".json.gz": read_json,
    ".jsonl.gz": read_json_lines,
    ".ndjson.gz": read_json_lines,
}
"""The reader for each suffix. For any other suffix ``kg.sources.sniffing`` names one of these."""


def read_articles(
    specs: Sequence[str], config: Config, stdin: BinaryIO | None = None
) -> Iterator[Article | ArticleError]:
    """Yield the articles that ``specs`` name, and an error for each article that cannot be used.

    Raises:
        SourceNotFound: a spec names nothing. It is raised before the first article is read.
    """
    for location in find_locations(specs):
        yield from read_location(location, config, stdin)


def read_location(
    location: Location, config: Config, stdin: BinaryIO | None = None
) -> Iterator[Article | ArticleError]:
    """Yield the articles of one location while it is read, and an error for each article that cannot be used.

    Errors are yielded, never raised.

    Args:
        location: a location from ``find_locations``.
        config: the settings ``max_characters``, ``fetch_timeout`` and ``fetch_bytes`` apply.
        stdin: the bytes of standard input, for the location "-". The stream is left open.
    """
    try:
        with (
            open_source(location, config, stdin) as source,
            closing(_reader(location, source)(source, config)) as drafts,
        ):
            for draft in drafts:
                yield finish(draft, config) if isinstance(draft, ArticleDraft) else draft
    except ArticleError as error:
        yield error
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        yield UnreadableSource(location.origin, f"the gzip data is damaged or cut off: {error}")
    except OSError as error:
        yield UnreadableSource(location.origin, f"cannot be read: {error.strerror or error}")


def _reader(location: Location, source: Source) -> Reader:
    """Return the reader for the suffix of the file, or for the format that the first bytes show."""
    suffix = known_suffix(location.path) if location.path else None
    return SOURCES[suffix or sniff(source)]
