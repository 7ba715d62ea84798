"""The article that a source yields: clean text and metadata."""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Article:
    """A news article.

    ``text`` is in Unicode NFC with ``\\n`` line ends and without boilerplate. Its first paragraph is the
    headline, if the article has one. All offsets of the extraction count its code points.
    """

    text: str
    origin: str  # path, path:line or URL that it was read from, for messages; not written to the graph
    title: str | None = None
    url: str | None = None  # canonical address, if known
    published: dt.date | dt.datetime | None = None
    authors: tuple[str, ...] = ()
    publisher: str | None = None
    language: str = "en"
    identifier: str | None = None  # the source's own id, such as the key "id" of a JSON record

    @property
    def content_hash(self) -> str:
        """The SHA-256 of the text in UTF-8, as 64 hex digits."""
        return hashlib.sha256(self.text.encode("utf-8")).hexdigest()

    @property
    def day(self) -> dt.date | None:
        """The date of publication, which relative times are resolved against; None if unknown."""
        if isinstance(self.published, dt.datetime):
            return self.published.date()
        return self.published
