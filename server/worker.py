"""The process for queries: one at a time, from one front, until it is ended from outside.

It holds a copy of the store that it was forked with, and can open neither file nor socket: what would call
another machine fails, should it ever get this far. Where SERVICE is allowed, it can open sockets, and has a
thread that calls what is listed.
"""

from __future__ import annotations

import dataclasses
import os
import resource
import socket
import time
import traceback
from dataclasses import dataclass
from typing import NoReturn

from kg.errors import KgError
from server import channel
from server.answering import Job, Source, answer
from server.forwarding import Forwarder
from server.processes import addressed
from server.refusal import Refusal

PIECE = 65_536
"""Bytes that are sent at once; nothing is sent before so many are there, or all."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What queries may do."""

    memory: int  # bytes that they may take beside what the process has at first
    services: tuple[str, ...] = ()  # endpoints that they may call
    service_timeout: float = 0.0  # seconds for each call


def work(connection: socket.socket, source: Source, state: int, limits: Limits) -> NoReturn:
    """Answer queries until the connection is closed.

    Args:
        connection: to the front.
        source: what is asked.
        state: of the store; changes up to it are in ``source``.
        limits: of queries.
    """
    forwarder = Forwarder(limits.services, limits.service_timeout) if limits.services else None
    source = dataclasses.replace(source, rewrite=forwarder.rewrite if forwarder else None)
    # An engine on disk opens files as it goes.
    _confine(limits.memory, sealed=source.in_memory and forwarder is None)
    connection.sendall(channel.packed(channel.HELLO, (os.getpid(), state)))
    try:
        while True:
            kind, content = channel.receive(connection)
            if kind == channel.QUERY:
                _answer(connection, source, Job.of(channel.unpacked(content)), forwarder)
            else:
                after, change = channel.unpacked(content)
                if after > state:
                    source, state = dataclasses.replace(source, engine=change.apply(source.engine)), after
    except (EOFError, ConnectionError):
        os._exit(0)  # the memory is given back by the system, in no time
    except BaseException:
        traceback.print_exc()
    finally:
        os._exit(1)


class _Sender:
    """Sends an answer in pieces; a small one at once."""

    def __init__(self, connection: socket.socket) -> None:
        self._connection = connection
        self._buffer = bytearray()

    def begin(self, media_type: str) -> _Sender:
        self._buffer += channel.frame(channel.BEGIN, media_type.encode("ascii"))
        self._piece = bytearray()
        return self

    def write(self, piece: bytes) -> int:
        self._piece += piece
        if len(self._piece) >= PIECE:
            self._flush()
        return len(piece)

    def flush(self) -> None:
        """The engine flushes after the last piece; :meth:`end` does it."""

    def end(self, seconds: float) -> None:
        self._flush(channel.packed(channel.END, seconds))

    def _flush(self, more: bytes = b"") -> None:
        self._connection.sendall(self._buffer + channel.frame(channel.PIECE, bytes(self._piece)) + more)
        self._buffer.clear()
        self._piece.clear()


def _answer(connection: socket.socket, source: Source, job: Job, forwarder: Forwarder | None) -> None:
    sender = _Sender(connection)
    try:
        began = time.thread_time()
        answer(source, job, sender.begin)
        sender.end(time.thread_time() - began)
    except KgError as error:
        connection.sendall(channel.packed(channel.FAILED, error))
    except OSError as error:  # the engine's word for a connection that it could not open
        failure = forwarder and forwarder.failure
        reason = forwarder.restore(str(error)) if forwarder else str(error)
        refusal = failure or Refusal(502, f"the query cannot be evaluated: {reason}")
        connection.sendall(channel.packed(channel.FAILED, refusal))


def _confine(memory: int, sealed: bool) -> None:
    if taken := addressed():
        resource.setrlimit(resource.RLIMIT_AS, (taken + memory, taken + memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sealed:
        resource.setrlimit(resource.RLIMIT_NOFILE, (0, 0))
