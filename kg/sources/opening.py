"""Open a location (a file, standard input, a web page) as a stream of bytes, uncompressed.

Data that is not text, such as PDF documents and images, is refused here.
"""

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
from kg.sources.locations import Location

_BUFFER = 1 << 16
_HEAD = 4096  # bytes at the start that are checked
_GZIP = b"\x1f\x8b"
_COUNTED = 100  # times the limit; characters beyond it are not counted for the message
_CONTINUATION = bytes(range(0x80, 0xC0))  # bytes that continue a character in UTF-8
_BINARY_FORMATS = (  # first bytes and name of formats that users often pass as text
    (b"%PDF-", "a PDF document"),
    (b"PK\x03\x04", "a ZIP archive or an office document"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an office document in a binary format (.doc, .xls, .ppt)"),
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
    """An open stream of uncompressed bytes, with the metadata of the server."""

    origin: str  # path or URL, for messages
    stream: io.BufferedReader
    url: str | None = None  # the address after redirections
    media_type: str | None = None  # the media type that the server sent: "text/html"
    charset: str | None = None  # the charset that the server sent


@contextmanager
def open_source(location: Location, config: Config, stdin: BinaryIO | None = None) -> Iterator[Source]:
    """Open a location for reading. A location with an address is fetched.

    Args:
        location: the location to open.
        config: the settings ``fetch_timeout`` and ``fetch_bytes`` apply.
        stdin: the bytes of standard input, for the location "-". The stream is left open.

    Raises:
        UnreadableSource: the location cannot be opened or fetched, or is not text.
        NoArticle: the location is empty.
        OSError: reading the stream fails; errors of gzip are raised unchanged.
    """
    with _opened(location, config, stdin) as source:
        source = _uncompressed(source)
        head = source.stream.peek(_HEAD)[:_HEAD]
        if not head:
            raise NoArticle(location.origin, "empty: it has 0 bytes")
        if kind := _binary_kind(head):
            raise UnreadableSource(location.origin, f"not text but {kind}; convert it to text or HTML first")
        yield source


def read_limited(source: Source, limit: int, config: Config) -> bytes:
    """Return all bytes of a source.

    Raises:
        ArticleTooLong: the source has more than ``limit`` bytes. The others are counted, not kept in memory.
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
def _opened(location: Location, config: Config, stdin: BinaryIO | None) -> Iterator[Source]:
    if location.url is not None:
        from kg.sources.web import fetch

        page = fetch(location.url, config)
        yield Source(
            location.origin, _buffered(io.BytesIO(page.body)), page.url, page.media_type, page.charset
        )
    elif location.path is None:
        if stdin is None:
            raise UnreadableSource(location.origin, "no standard input is available; name a file")
        reader = _buffered(stdin)
        try:
            yield Source(location.origin, reader)
        finally:
            reader.detach()  # keeps the caller's stream open
    else:
        with location.path.open("rb") as stream:
            yield Source(location.origin, stream)


def _uncompressed(source: Source) -> Source:
    if not source.stream.peek(2).startswith(_GZIP):
        return source
    return replace(source, stream=_buffered(gzip.GzipFile(fileobj=source.stream)))


def _buffered(stream: BinaryIO | gzip.GzipFile) -> io.BufferedReader:
    # BufferedReader needs only readinto(), which BytesIO, GzipFile and pipes have.
    return io.BufferedReader(cast("io.RawIOBase", stream), _BUFFER)


def _binary_kind(head: bytes) -> str | None:
    """Return the name of a format that is not text, or None."""
    for magic, kind in _BINARY_FORMATS:
        if head.startswith(magic):
            return kind
    return "binary data" if 0 in head and marked_encoding(head) is None else None
