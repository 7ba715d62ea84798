"""Read plain text. One file is one article."""

from __future__ import annotations

from kg.config import Config
from kg.sources.article_draft import ArticleDraft, ArticleDrafts
from kg.sources.encoding import decode
from kg.sources.opening import Source, read_limited

BYTES_A_CHARACTER = 4  # the most bytes that a character takes in any Unicode encoding


def read_plain(source: Source, config: Config) -> ArticleDrafts:
    """Yield the one article of a text file."""
    data = read_limited(source, BYTES_A_CHARACTER * config.max_characters, config)
    yield ArticleDraft(source.origin, decode(data, source.charset), url=source.url)
