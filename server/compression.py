"""Answers made smaller on their way: zstd (RFC 8878) or gzip, as the client likes; quickly, not well."""

from __future__ import annotations

import zlib
from functools import cache
from typing import Protocol

import zstandard

from server.negotiation import encodings

CODINGS = ("zstd", "gzip")
"""The preferred first."""

_LEVEL = 1


class Compressor(Protocol):
    """Takes an answer piece by piece."""

    def compress(self, data: bytes, /) -> bytes:
        """Return what is ready after a further piece."""

    def flush(self, mode: int = ..., /) -> bytes:
        """Return the rest."""


def coding_for(header: str | None) -> str | None:
    """Return the coding that an Accept-Encoding header ranks highest (RFC 9110, section 12.5.3).

    None leaves the answer as it is, also where the client would rather have that.
    """
    ranked = encodings(header)
    quality = {coding: ranked.get(coding, ranked.get("*", 0.0)) for coding in CODINGS}
    best = max(CODINGS, key=lambda coding: quality[coding])  # max keeps the first of equals
    return best if quality[best] > 0 and quality[best] >= ranked.get("identity", 0.0) else None


def compress(body: bytes, coding: str) -> bytes:
    """Return a whole body compressed."""
    if coding == "zstd":
        return _zstd().compress(body)
    return zlib.compress(body, _LEVEL, 31)


@cache
def _zstd() -> zstandard.ZstdCompressor:
    # To make one takes as long as to use it. It may not be used by several threads at once: answers are
    # compressed by the one that the loop of a front has.
    return zstandard.ZstdCompressor(_LEVEL)


def compressor(coding: str) -> tuple[Compressor, int]:
    """Return what compresses a body piece by piece, and the mode with which it flushes without an end."""
    if coding == "zstd":
        return zstandard.ZstdCompressor(_LEVEL).compressobj(), zstandard.COMPRESSOBJ_FLUSH_BLOCK
    return zlib.compressobj(_LEVEL, zlib.DEFLATED, 31), zlib.Z_SYNC_FLUSH
