"""The main process: it has the others made, says what happens in which order, and ends them all.

    main ─┬─ writer  the store on disk; can be ended at any moment, too
          └─ mirror  a copy of the store in memory; everything else is a fork of it
                ├─ front, front …    HTTP, and small queries
                └─ worker, worker …  queries, each in the hands of a front; can be ended at any moment

A write goes front → main → writer → main → mirror → all fronts, and each front tells its workers before it
answers anything else. Only then does who wrote get the answer: whatever they ask next, of whichever process,
is answered with it.
"""

from __future__ import annotations

import contextlib
import logging
import os
import secrets
import select
import shutil
import signal
import socket
import time
from collections import deque
from functools import partial
from pathlib import Path
from typing import Any, NoReturn

from kg.errors import KgError, StoreError, UsageError
from server import channel, front
from server.answering import Source
from server.changes import Change, Differing, Moved, Reopened
from server.metrics import Metrics
from server.mirror import Mirror, spawn
from server.processes import FRONT, MAIN, MIRROR, WORKER, become
from server.refusal import Refusal
from server.settings import Settings
from server.timeouts import LAST_WORK, SHUTDOWN
from server.worker import Limits, work
from server.writing import Ended, Opened, Writing

_NO_MIRROR = "the process that holds the copy in memory has ended; start the server again"

_LEAST_GROWTH = 100_000_000
"""Bytes: a process that gained less need not be replaced."""

_GRACE = 2.0
"""Seconds in which those who have connected to a front that leaves, but asked nothing yet, may do so."""

log = logging.getLogger("communique.server")


class Memory:
    """What memory a process had at first, and has."""

    def __init__(self) -> None:
        self._first = self._now = 0

    def say(self, size: int) -> None:
        """Take note of the bytes that it has."""
        self._now = size
        self._first = self._first or size

    def has_grown(self, limit: int) -> bool:
        """Whether it has gained more than ``limit`` bytes; 0 means half of what it had at first."""
        return self._now - self._first > (limit or max(self._first // 2, _LEAST_GROWTH))


class Front:
    """A front, as the main process sees it."""

    def __init__(self, number: int, connection: socket.socket, pid: int) -> None:
        self.number, self.connection, self.pid = number, connection, pid
        self.began = time.monotonic()
        self.behind = False  # whether it has yet to take over a change
        self.leaving = False  # whether it has been told to end
        self.memory = Memory()
        self.requests: deque[bytes] = deque()  # (number, Request) each, as they came


class Supervisor:
    """Runs a server."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._metrics = Metrics(settings.fronts)
        self._instance = secrets.token_hex(4)
        self._listening = _listening(settings)
        self._state = 0
        self._fronts: dict[int, Front] = {}  # by the number of the process
        self._memory = Memory()  # of the mirror
        self._stopping = False
        self._short_lives = 0  # of fronts, in a row
        self._writing = Writing(settings)
        self._asking: Front | None = None  # who waits for what is being written
        self._snapshots: list[Path] = []  # that somebody may read from, the oldest first
        self._opened: Opened
        self._mirror: socket.socket
        self._requests: socket.socket

    def run(self) -> None:
        """Serve until a signal says to stop.

        Raises:
            KgError: the server cannot start, or go on.
        """
        become(MAIN)
        pid = self._start_mirror()
        wake, signalled = socket.socketpair()
        try:
            self._opened = self._start_writer()
            self._fill_mirror()
            self._handle_signals(signalled)
            for number in range(self._settings.fronts):
                self._start_front(number)
            log.warning("%s", self._announcement())
            self._loop(wake)
        finally:
            self._stop()
            self._mirror.close()
            os.waitpid(pid, 0)
            self._writing.close()
            self._forget(0)

    def _announcement(self) -> str:
        opened = self._opened
        host, port = self._listening.getsockname()[:2]
        where = "a copy in memory" if opened.copied else "disk"
        writing = "reading and, with the token, writing" if opened.writable else "reading"
        return (
            f"{self._settings.store} ({opened.articles} articles, {opened.triples} triples) is served at "
            f"http://{host}:{port}/sparql for {writing}, from {where}"
        )

    def _handle_signals(self, signalled: socket.socket) -> None:
        signalled.setblocking(False)
        signal.set_wakeup_fd(signalled.fileno(), warn_on_full_buffer=False)
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._signalled)

    def _signalled(self, _number: int, _frame: object) -> None:
        self._stopping = True

    # ------------------------------------------------------------------ processes

    def _start_mirror(self) -> int:
        self._mirror, theirs = socket.socketpair()
        self._requests, taken = socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM)
        pid = os.fork()
        if pid == 0:
            self._mirror.close()
            become(MIRROR)
            self._be_mirror(theirs, taken)
        theirs.close()
        taken.close()
        return pid

    def _start_writer(self, copied: bool | None = None) -> Opened:
        others = [self._mirror, self._requests, self._listening]
        return self._writing.start([*others, *(one.connection for one in self._fronts.values())], copied)

    def _fill_mirror(self) -> None:
        opened = self._opened
        if opened.writable:
            self._snapshots.append(Path(opened.files).parent)
        try:
            self._have_mirror(channel.CHANGE, (opened.files, opened.base, opened.copied))
        except StoreError as error:
            reason = f"{self._settings.store}: could not be read into memory; try --memory off"
            raise StoreError(reason) from error
        if opened.copied:
            self._forget(0)

    def _forget(self, keep: int) -> None:
        """Remove snapshots but the latest ``keep``."""
        while len(self._snapshots) > keep:
            shutil.rmtree(self._snapshots.pop(0), ignore_errors=True)

    def _be_mirror(self, main: socket.socket, requests: socket.socket) -> NoReturn:
        settings = self._settings
        limits = Limits(settings.query_memory * 1_000_000, settings.services, settings.service_timeout)

        def be_worker(connection: socket.socket, source: Source, state: int) -> NoReturn:
            self._listening.close()
            work(connection, source, state, limits)

        be_front = partial(
            front.serve,
            settings=settings,
            listening=self._listening,
            requests=self._requests,
            metrics=self._metrics,
        )
        front.prepare()
        Mirror(main, requests, settings.union, {WORKER: be_worker, FRONT: be_front}).run()

    def _start_front(self, number: int) -> None:
        try:
            connection = spawn(self._requests, FRONT)
            _, content = channel.receive(connection)
        except (OSError, EOFError) as error:
            raise StoreError(_NO_MIRROR) from error
        pid, _ = channel.unpacked(content)
        connection.sendall(channel.packed(channel.HELLO, (number, self._instance)))
        self._fronts[pid] = Front(number, connection, pid)

    # ------------------------------------------------------------------ the loop

    def _loop(self, wake: socket.socket) -> None:
        while not self._stopping:
            self._hear([wake, self._mirror, self._writing.connection])
            self._write()
            self._renew()

    def _hear(self, others: list[socket.socket]) -> None:
        """Take what fronts say, and the others; return after a second if they say nothing."""
        connections = {one.connection: one for one in self._fronts.values()}
        ready, _, _ = select.select([*others, *connections], [], [], 1.0)
        if self._mirror in ready:
            raise StoreError(_NO_MIRROR)
        for connection in ready:
            if connection in connections:
                self._listen(connections[connection])
        if self._writing.connection in ready:
            self._written()

    def _listen(self, one: Front) -> None:
        try:
            kind, content = channel.receive(one.connection)
        except (EOFError, OSError):
            self._lost(one)
            return
        if kind == channel.WRITE:
            one.requests.append(content)
        else:
            one.behind = False
            one.memory.say(channel.unpacked(content))

    def _lost(self, one: Front) -> None:
        one.connection.close()
        del self._fronts[one.pid]
        if self._stopping or one.leaving:
            return
        log.warning("a front has ended; another takes its place")
        self._short_lives = self._short_lives + 1 if time.monotonic() - one.began < 1 else 0
        if self._short_lives > 5:
            raise StoreError("the processes that speak HTTP end as soon as they begin; see above")
        self._start_front(one.number)

    def _write(self) -> None:
        """Have the next write made, if none is under way."""
        self._writing.end_if_late()
        if self._writing.busy:
            return
        one = next((one for one in self._fronts.values() if one.requests), None)
        if one is not None:
            self._fronts[one.pid] = self._fronts.pop(one.pid)  # so that next time it is another's turn
            self._asking = one
            self._writing.ask(one.requests[0])  # which stays there until it is answered

    def _written(self) -> None:
        """Take what the writer says, and tell all who have to know."""
        try:
            kind, said = self._writing.answer()
        except Ended as ended:
            self._revive(ended.args[0])
            return
        if kind == channel.FAILED:
            self._answer(channel.FAILED, said)
            return
        number, change, result = said
        if change is not None:
            self._tell(self._resolved(change))
        self._answer(channel.DONE, (number, result))

    def _answer(self, kind: bytes, value: Any) -> None:
        asking, self._asking = self._asking, None
        if asking is not None:
            if asking.requests:
                asking.requests.popleft()
            self._say(asking, kind, value)

    def _revive(self, reason: Refusal) -> None:
        """Make the writer anew. What it was doing is written wholly, or not at all: that is found out."""
        log.warning("another process takes the place of the one that writes: %s", reason)
        self._writing.connection.close()
        opened = self._start_writer(self._opened.copied)
        written = False
        if opened.writable:
            files = opened.files
            change = self._resolved(Differing(files) if opened.copied else Reopened(files))
            written = isinstance(change, Moved) and change != Moved(b"", b"")
            self._tell(change)
        if self._asking is not None and self._asking.requests:
            number, _ = channel.unpacked(self._asking.requests[0])
            kind, said = (channel.DONE, None) if written else (channel.FAILED, reason)
            self._answer(kind, (number, said))

    def _resolved(self, change: Change | Differing) -> Change:
        if isinstance(change, (Reopened, Differing)):
            self._snapshots.append(Path(change.path).parent)
        if not isinstance(change, Differing):
            return change
        found = self._mirror_says(channel.QUERY, (self._state, change.path))
        assert isinstance(found, Moved)
        return found

    def _say(self, one: Front, kind: bytes, value: Any) -> None:
        if one.pid not in self._fronts:
            return  # it is gone, and with it who asked
        try:
            one.connection.sendall(channel.packed(kind, value))
        except OSError:
            self._lost(one)

    def _tell(self, change: Change) -> None:
        """Have every process take over a change; return when all have."""
        self._state += 1
        self._have_mirror(channel.CHANGE, (self._state, change))
        for one in [*self._fronts.values()]:
            one.behind = True
            self._say(one, channel.CHANGE, (self._state, change))
        while any(one.behind for one in self._fronts.values()):
            self._hear([])
        self._forget(0 if self._opened.copied else 2)  # the one before may still be read

    def _have_mirror(self, kind: bytes, value: Any) -> None:
        self._memory.say(self._mirror_says(kind, value))

    def _mirror_says(self, kind: bytes, value: Any) -> Any:
        try:
            self._mirror.sendall(channel.packed(kind, value))
            return channel.unpacked(channel.receive(self._mirror)[1])
        except (OSError, EOFError) as error:
            raise StoreError(_NO_MIRROR) from error

    def _renew(self) -> None:
        """Replace processes that have grown: a copy in memory keeps the terms of triples that are gone.

        Those that leave answer what they have been asked, and take over changes until they end; meanwhile
        others have taken their places. No more leave before these have.
        """
        limit = self._settings.renew * 1_000_000
        present = [*self._fronts.values()]
        if any(one.leaving for one in present):
            return
        if self._memory.has_grown(limit):
            self._memory = Memory()
            self._have_mirror(channel.RENEW, (self._state, None))
            grown = present
        else:
            grown = [one for one in present if one.memory.has_grown(limit)]
        for one in grown:
            self._start_front(one.number)
            one.leaving = True
            self._say(one, channel.RENEW, _GRACE)

    def _stop(self) -> None:
        """Let fronts finish what they do, and end them if that takes long."""
        self._stopping = True
        self._listening.close()
        for one in [*self._fronts.values()]:
            one.leaving = True
            self._say(one, channel.RENEW, 0.0)
        self._writing.hurry(LAST_WORK)
        end = time.monotonic() + SHUTDOWN
        with contextlib.suppress(OSError, EOFError, KgError):  # of the others, that may be gone
            while self._fronts and time.monotonic() < end:
                self._hear([self._writing.connection])
                self._write()
        for one in self._fronts.values():
            os.kill(one.pid, signal.SIGKILL)


def _listening(settings: Settings) -> socket.socket:
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    try:
        return socket.create_server((settings.host, settings.port), family=family, backlog=1024)
    except OSError as error:
        raise UsageError(
            f"cannot listen at {settings.host}:{settings.port}: {error.strerror or error};"
            " name another --port"
        ) from error
