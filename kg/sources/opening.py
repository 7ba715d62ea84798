"""From an item to bytes: files, standard input, web pages, gzip; what is no text at all is refused here."""

from __future__ import annotations

import gzip
import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import BinaryIO, cast

from kg.config import Config
from kg.errors import NoArticle, UnreadableSource
from kg.sources.article_draft import too_long
from kg.sources.encoding import marked_encoding
from kg.sources.items import Item

_BUFFER = 1 << 16
_HEAD = 4096  # bytes that are looked at before reading
_GZIP = b"\x1f\x8b"
_COUNTED = 100  # times the limit; beyond it the length of an over-long text is no longer counted
_CONTINUATION = bytes(range(0x80, 0xC0))  # bytes in UTF-8 that begin no character
_KINDS = (  # the first bytes of what people mistake for text
    (b"%PDF-", "a PDF document"),
    (b"PK\x03\x04", "a ZIP archive or an office document"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an office document of the old kind"),
    (b"{\\rtf", "an RTF document"),
    (b"\x89PNG\r\n", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"RIFF", "an image, sound or film (RIFF)"),
    (b"ID3", "a sound recording"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ\x00", "an xz archive"),
    (b"7z\xbc\xaf'\x1c", "a 7z archive"),
    (b"\x28\xb5\x2f\xfd", "a Zstandard archive"),
    (b"\x7fELF", "a program"),
    (b"SQLite format 3\x00", "an SQLite database"),
)


@dataclass(frozen=True, slots=True)
class Source:
    """Opened bytes, uncompressed, and what came with them."""

    origin: str
    stream: io.BufferedReader
    url: str | None = None  # the address that answered in the end
    media_type: str | None = None  # "text/html", as the server says
    charset: str | None = None  # as the server says


@contextmanager
def open_source(item: Item, config: Config, stdin: BinaryIO | None = None) -> Iterator[Source]:
    """Open an item for reading, fetching it if it is an address.

    Raises:
        UnreadableSource: it cannot be opened or fetched, or holds something else than text.
        NoArticle: it is empty.
        OSError: reading fails later on; gzip's own errors as gzip raises them.
    """
    with _opened(item, config, stdin) as source:
        source = _uncompressed(source)
        head = source.stream.peek(_HEAD)[:_HEAD]
        if not head:
            raise NoArticle(item.origin, "empty: it has no bytes at all")
        if kind := _binary_kind(head):
            raise UnreadableSource(item.origin, f"not text but {kind}; convert it to text or HTML first")
        yield source


def read_limited(source: Source, limit: int, config: Config) -> bytes:
    """Return all bytes of a source.

    Raises:
        ArticleTooLong: there are more than ``limit`` bytes. No more than these are held in memory.
    """
    data = source.stream.read(limit + 1)
    if len(data) <= limit:
        return data
    count = len(data.translate(None, _CONTINUATION))
    while count < _COUNTED * limit and (data := source.stream.read(_BUFFER)):
        count += len(data.translate(None, _CONTINUATION))
    more = "more than " if data else ""
    raise too_long(source.origin, f"{more}{count:,} characters", config)


@contextmanager
def _opened(item: Item, config: Config, stdin: BinaryIO | None) -> Iterator[Source]:
    if item.url is not None:
        from kg.sources.web import fetch

        page = fetch(item.url, config)
        yield Source(item.origin, _buffered(io.BytesIO(page.body)), page.url, page.media_type, page.charset)
    elif item.path is None:
        if stdin is None:
            raise UnreadableSource(item.origin, "there is no standard input here; name a file")
        reader = _buffered(stdin)
        try:
            yield Source(item.origin, reader)
        finally:
            reader.detach()  # or the caller's stream would be closed together with it
    else:
        with item.path.open("rb") as stream:
            yield Source(item.origin, stream)


def _uncompressed(source: Source) -> Source:
    if not source.stream.peek(2).startswith(_GZIP):
        return source
    return replace(source, stream=_buffered(gzip.GzipFile(fileobj=source.stream)))


def _buffered(stream: BinaryIO | gzip.GzipFile) -> io.BufferedReader:
    # BufferedReader asks for no more than readinto(), which BytesIO, GzipFile and pipes all have.
    return io.BufferedReader(cast("io.RawIOBase", stream), _BUFFER)


def _binary_kind(head: bytes) -> str | None:
    for magic, kind in _KINDS:
        if head.startswith(magic):
            return kind
    return "binary data" if 0 in head and marked_encoding(head) is None else None
