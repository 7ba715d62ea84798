"""An article as it leaves a source: clean text and what is known about it."""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Article:
    """A news article.

    ``text`` is in Unicode NFC with ``\\n`` line ends, free of page furniture; the headline, where there is
    one, is its
    first paragraph. All offsets of the extraction count its code points.
    """

    text: str
    origin: str  # where it was read (path, path:line, URL), for messages; never written to the graph
    title: str | None = None
    url: str | None = None  # canonical address, if known
    published: dt.date | dt.datetime | None = None
    authors: tuple[str, ...] = ()
    publisher: str | None = None
    language: str = "en"
    identifier: str | None = None  # the source's own id (a JSON "id"), if any

    @property
    def content_hash(self) -> str:
        """SHA-256 of the text in UTF-8, in hex (64 digits)."""
        return hashlib.sha256(self.text.encode("utf-8")).hexdigest()

    @property
    def day(self) -> dt.date | None:
        """The day of publication, to which relative times refer; None if unknown."""
        if isinstance(self.published, dt.datetime):
            return self.published.date()
        return self.published
