"""The process that writes: its loop, and what the main process knows of it.

An update is the one thing that an engine without cancellation cannot be asked to leave off, and one of
thousands of parts runs it out of stack, which ends its process. So the process that has the store open is one
of its own, which can be ended like those for queries: what was under way is then not written, or wholly,
and a new one opens the store within a second.
"""

from __future__ import annotations

import contextlib
import math
import os
import resource
import signal
import socket
import time
import traceback
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, NoReturn

from kg.errors import KgError, StoreError, StoreLocked
from kg.store.local import Store
from server import channel
from server.processes import WRITER, become, end_with
from server.refusal import Refusal
from server.settings import Settings, free_memory
from server.writer import Writer

_BYTES_PER_TRIPLE = 500
"""What a triple takes in memory, rounded up."""

_BYTES_TOUCHED = 250
"""Of these, what a process no longer shares with others when it has read the triple: the engine counts who
holds it where it stands."""

_MOMENT = 1.0
"""Seconds that a store may be locked by a server that was killed."""

_USUAL_STACK = 8_000_000


@dataclass(frozen=True, slots=True)
class Opened:
    """What the process found in the store."""

    base: str
    writable: bool
    articles: int
    triples: int
    copied: bool  # whether reading is done from a copy in memory
    files: str  # path of the state that it is in: a snapshot, if it is writable


class Ended(Exception):
    """The process has ended; the argument is the refusal for who waits for it."""


class Writing:
    """The process that writes, as the main process sees it."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._pid = 0
        self._late: float | None = None  # when what it does takes too long; None: it does nothing
        self._stopped = ""  # why it was ended
        self._stopping = math.inf  # when it has to be done with everything
        self.connection: socket.socket

    def start(self, others: Iterable[socket.socket], copied: bool | None = None) -> Opened:
        """Make the process.

        Args:
            others: connections of this process, which that one must not keep open.
            copied: whether reading is done from memory; None: it finds out what fits.

        Raises:
            KgError: the store cannot be opened.
        """
        self.connection, theirs = socket.socketpair()
        main = os.getpid()
        self._pid = os.fork()
        if self._pid == 0:
            for connection in (self.connection, *others):
                connection.close()
            _work(theirs, self._settings, copied, main)
        theirs.close()
        self._late, self._stopped = None, ""
        try:
            kind, content = channel.receive(self.connection)
        except EOFError as error:
            raise StoreError(f"{self._settings.store}: cannot be opened; see above") from error
        said = channel.unpacked(content)
        if kind == channel.FAILED:
            raise said
        assert isinstance(said, Opened)
        return said

    @property
    def busy(self) -> bool:
        """Whether it has not answered yet."""
        return self._late is not None

    def ask(self, content: bytes) -> None:
        """Have something written: (number, Request), as fronts say it."""
        self._late = time.monotonic() + self._settings.update_timeout
        with contextlib.suppress(OSError):  # it is gone; ``answer`` says so
            self.connection.sendall(channel.frame(channel.WRITE, content))

    def answer(self) -> tuple[bytes, Any]:
        """Take the answer: as ``channel.DONE`` the number, the change, and what to tell who asked; or as
        ``channel.FAILED`` the number and the error.

        Raises:
            Ended: there is none.
        """
        try:
            kind, content = channel.receive(self.connection)
        except (EOFError, OSError) as error:
            _, status = os.waitpid(self._pid, 0)
            raise Ended(self._reason(status)) from error
        self._late = None
        return kind, channel.unpacked(content)

    def end_if_late(self) -> None:
        """End it if what it does takes too long; ``answer`` then says so."""
        now = time.monotonic()
        if self.busy and now > self._stopping:
            self.end("the server is stopping, and the update would take too long")
        elif self._late is not None and now > self._late:
            limit = f"{self._settings.update_timeout:g} s (--update-timeout)"
            self.end(f"the update took longer than {limit} and was stopped: make it in smaller parts")

    def hurry(self, seconds: float) -> None:
        """Give what it does no more than these seconds, as the server is to end."""
        self._stopping = time.monotonic() + seconds

    def end(self, reason: str) -> None:
        """End it now; ``answer`` says why."""
        self._stopped = self._stopped or reason
        with contextlib.suppress(ProcessLookupError):
            os.kill(self._pid, signal.SIGKILL)

    def close(self) -> None:
        """Have it close the store, and end; now, if it is at work."""
        if self.busy:
            self.end("the server is stopping")
        self.connection.close()
        with contextlib.suppress(ChildProcessError):
            os.waitpid(self._pid, 0)

    def _reason(self, status: int) -> Refusal:
        if self._stopped:
            return Refusal(503, self._stopped)
        if os.WIFSIGNALED(status) and os.WTERMSIG(status) in (signal.SIGSEGV, signal.SIGABRT, signal.SIGBUS):
            said = "the update has more parts than the engine can hold at once: make it in smaller ones"
            return Refusal(400, said)
        return Refusal(503, "the process that writes has ended; try again in a moment", {"Retry-After": "2"})


def _work(connection: socket.socket, settings: Settings, copied: bool | None, main: int) -> NoReturn:
    try:
        become(WRITER)
        _confine(main)
        writer = _opened(connection, settings, copied)
        if writer is not None:
            _serve(connection, writer)
        os._exit(0)
    except BaseException:
        traceback.print_exc()
    finally:
        os._exit(1)


def _opened(connection: socket.socket, settings: Settings, copied: bool | None) -> Writer | None:
    """Open the store and say what is in it; None if that fails, which it says as well."""
    again = copied is not None
    try:
        store = _when_free(settings)
        copied = _fits(store, settings) if copied is None else copied
        writer = Writer(store, copied)
        if store.writable and not again:
            writer.remove_left_over()  # if it could be opened so, no other server has any
        files = writer.snapshot() if store.writable else str(store.path)
        sizes = (0, 0) if again else (len(store.articles()), len(store.engine))
        said = Opened(store.base, store.writable, *sizes, copied, files)
    except KgError as error:
        connection.sendall(channel.packed(channel.FAILED, error))
        return None
    connection.sendall(channel.packed(channel.HELLO, said))
    return writer


def _when_free(settings: Settings) -> Store:
    """Open the store; one that was killed may take a moment to be gone."""
    end = time.monotonic() + _MOMENT
    while True:
        try:
            return Store.open(settings.store, settings.base, create=settings.token is not None)
        except StoreLocked:
            if time.monotonic() > end:
                raise
            time.sleep(0.05)


def _serve(connection: socket.socket, writer: Writer) -> None:
    while True:
        try:
            _, content = channel.receive(connection)
        except (EOFError, ConnectionError):
            writer.close()
            return
        number, request = channel.unpacked(content)
        try:
            change, said = writer.write(request)
        except KgError as error:
            connection.sendall(channel.packed(channel.FAILED, (number, error)))
        else:
            connection.sendall(channel.packed(channel.DONE, (number, change, said)))


def _confine(main: int) -> None:
    """Leave signals to the main process, end with it, and have half of the stack that others have: what does
    not fit there must not get to them."""
    signal.set_wakeup_fd(-1)
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, signal.SIG_IGN)
    end_with(main)
    soft, hard = resource.getrlimit(resource.RLIMIT_STACK)
    has = _USUAL_STACK if soft == resource.RLIM_INFINITY else soft
    resource.setrlimit(resource.RLIMIT_STACK, (has // 2, hard))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _fits(store: Store, settings: Settings) -> bool:
    """Whether reading is done from a copy in memory."""
    if settings.memory != "auto":
        return settings.memory == "on"
    limit = settings.memory_limit * 1_000_000 or free_memory() * 3 // 4
    return len(store.engine) * (_BYTES_PER_TRIPLE + settings.readers * _BYTES_TOUCHED) <= limit
