"""The first stage: from what the user names to articles.

    specs --find_items--> Item --open_source--> Source --reader--> Draft --finish--> Article

A source gives articles one at a time; memory does not grow with their number. What cannot be used comes out
as an ``ArticleError`` between the articles, so one bad line hides no other.
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
from kg.sources.items import Item, find_items, known_suffix
from kg.sources.markdown import read_markdown
from kg.sources.news_json import read_json, read_json_lines
from kg.sources.opening import Source, open_source
from kg.sources.plain import read_plain
from kg.sources.sniffing import sniff

__all__ = ["SOURCES", "Item", "find_items", "read_articles", "read_item"]

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
"""The reader of each suffix. What has none of these is looked at, see ``kg.sources.sniffing``."""


def read_articles(
    specs: Sequence[str], config: Config, stdin: BinaryIO | None = None
) -> Iterator[Article | ArticleError]:
    """Yield the articles that ``specs`` name, and an error for each that cannot be used.

    Raises:
        SourceNotFound: a spec names nothing; before anything is read.
    """
    for item in find_items(specs):
        yield from read_item(item, config, stdin)


def read_item(item: Item, config: Config, stdin: BinaryIO | None = None) -> Iterator[Article | ArticleError]:
    """Yield the articles of one item, as they are read, and an error for each that cannot be used. Raises
    none.

    Args:
        item: from ``find_items``.
        config: ``max_characters``, ``fetch_timeout`` and ``fetch_bytes`` are used.
        stdin: bytes of standard input, for the item "-". It is not closed.
    """
    try:
        with (
            open_source(item, config, stdin) as source,
            closing(_reader(item, source)(source, config)) as drafts,
        ):
            for draft in drafts:
                yield finish(draft, config) if isinstance(draft, ArticleDraft) else draft
    except ArticleError as error:
        yield error
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        yield UnreadableSource(item.origin, f"the gzip data is damaged or cut off: {error}")
    except OSError as error:
        yield UnreadableSource(item.origin, f"cannot be read: {error.strerror or error}")


def _reader(item: Item, source: Source) -> Reader:
    suffix = known_suffix(item.path) if item.path else None
    return SOURCES[suffix or sniff(source)]
