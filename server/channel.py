"""Frames over a socket between processes of one server.

A frame is its kind, one byte; the length of what follows, four bytes; and that.
"""

from __future__ import annotations

import pickle
import socket
import struct
from collections.abc import Iterator
from typing import Any

HELLO = b"h"  # (pid, state of the store) of a process that was just made
QUERY = b"q"  # a Job, to be answered with BEGIN, any number of PIECEs, and END or FAILED
BEGIN = b"b"  # the media type
PIECE = b"p"
END = b"e"  # the seconds of a processor that it took
FAILED = b"f"  # a KgError
CHANGE = b"c"  # (state of the store after it, Change)
DONE = b"d"  # from those that took over a change with what memory they have: see ``resident``
RENEW = b"r"  # to the mirror: make the copy anew; to a front: take no more requests, and end
WRITE = b"w"  # a Request of a front to the writer, to be answered with DONE or FAILED

_HEAD = struct.Struct("!cI")


def frame(kind: bytes, content: bytes = b"") -> bytes:
    """Return the frame to send."""
    return _HEAD.pack(kind, len(content)) + content


def packed(kind: bytes, value: Any) -> bytes:
    """Return the frame to send for a value."""
    return frame(kind, pickle.dumps(value, pickle.HIGHEST_PROTOCOL))


def unpacked(content: bytes) -> Any:
    """Return the value of a frame; such frames come from processes of ours alone."""
    return pickle.loads(content)


def receive(connection: socket.socket) -> tuple[bytes, bytes]:
    """Wait for a frame.

    Returns:
        Its kind and its content.

    Raises:
        EOFError: the other process is gone.
    """
    kind, length = _HEAD.unpack(_exactly(connection, _HEAD.size))
    return kind, _exactly(connection, length)


def _exactly(connection: socket.socket, size: int) -> bytes:
    first = connection.recv(size, socket.MSG_WAITALL) if size else b""
    if len(first) == size:
        return first
    pieces = bytearray(first)
    while len(pieces) < size:
        piece = connection.recv(min(size - len(pieces), 1 << 20))
        if not piece:
            raise EOFError
        pieces += piece
    return bytes(pieces)


class Frames:
    """Frames out of the pieces in which they arrive."""

    def __init__(self) -> None:
        self._rest = bytearray()

    def feed(self, data: bytes) -> Iterator[tuple[bytes, bytes]]:
        """Yield the frames that are complete with ``data``."""
        self._rest += data
        start = 0
        while len(self._rest) - start >= _HEAD.size:
            kind, length = _HEAD.unpack_from(self._rest, start)
            end = start + _HEAD.size + length
            if len(self._rest) < end:
                break
            yield kind, bytes(self._rest[start + _HEAD.size : end])
            start = end
        del self._rest[:start]
