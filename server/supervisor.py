"""The main process: it opens the store, has the others made, writes, and ends them all.

    main ─┬─ mirror (a copy of the store in memory; everything else is a fork of it)
          │     ├─ front, front …    HTTP, and small queries
          │     └─ worker, worker …  queries, each in the hands of a front; can be ended at any moment
          └─ the store on disk

A write goes front → main → disk → mirror → all fronts, and each front tells its workers before it answers
anything
else. Only then does who wrote get the answer: whatever they ask next, of whichever process, is answered
with it.
"""

from __future__ import annotations

import logging
import os
import secrets
import select
import signal
import socket
import time
from collections import deque
from functools import partial
from typing import Any, NoReturn

from kg.errors import KgError, StoreError, UsageError
from kg.store import Store
from server import channel, front
from server.answering import Source
from server.changes import Change, Moved
from server.metrics import Metrics
from server.mirror import Mirror, spawn
from server.settings import Settings, free_memory
from server.worker import Limits, work
from server.writer import Writer

_BYTES_PER_TRIPLE = 500
"""What a triple takes in memory, rounded up."""

_LEAST_GROWTH = 100_000_000
"""Bytes: a process that gained less need not be replaced."""

_PATIENCE = 15.0
"""Seconds that fronts have to end."""

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
        self.requests: deque[tuple[int, Any]] = deque()


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
        self._mirror: socket.socket
        self._requests: socket.socket
        self._writer: Writer

    def run(self) -> None:
        """Serve until a signal says to stop.

        Raises:
            KgError: the server cannot start, or go on.
        """
        pid = self._start_mirror()  # before the store is open: its threads would not survive a fork
        store = _opened(self._settings)
        copied = _fits(store, self._settings)
        self._writer = Writer(store, copied, self._resolve)
        wake, signalled = socket.socketpair()
        try:
            self._fill_mirror(store, copied)
            self._handle_signals(signalled)
            for number in range(self._settings.fronts):
                self._start_front(number)
            log.warning("%s", self._announcement(store, copied))
            self._loop(wake)
        finally:
            self._stop()
            self._mirror.close()
            os.waitpid(pid, 0)
            self._writer.close()

    def _announcement(self, store: Store, copied: bool) -> str:
        host, port = self._listening.getsockname()[:2]
        where = "a copy in memory" if copied else "disk"
        writing = "reading and, with the token, writing" if store.writable else "reading"
        return (
            f"{store.path} ({len(store.articles())} articles, {len(store.engine)} triples) is served at "
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
            self._be_mirror(theirs, taken)
        theirs.close()
        taken.close()
        return pid

    def _fill_mirror(self, store: Store, copied: bool) -> None:
        path = self._writer.first_snapshot() if store.writable else str(store.path)
        self._mirror.sendall(channel.packed(channel.CHANGE, (path, store.base, copied)))
        try:
            self._heed_mirror()
        except EOFError as error:
            raise StoreError(f"{store.path}: could not be read into memory; try --memory off") from error
        if copied:
            self._writer.forget(0)

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
        Mirror(main, requests, settings.union, {front.WORKER: be_worker, front.FRONT: be_front}).run()

    def _start_front(self, number: int) -> None:
        connection = spawn(self._requests, front.FRONT)
        _, content = channel.receive(connection)
        pid, _ = channel.unpacked(content)
        connection.sendall(channel.packed(channel.HELLO, (number, self._instance)))
        self._fronts[pid] = Front(number, connection, pid)

    # ------------------------------------------------------------------ the loop

    def _loop(self, wake: socket.socket) -> None:
        while not self._stopping:
            self._hear([wake, self._mirror])
            while request := next((one for one in self._fronts.values() if one.requests), None):
                self._carry_out(request)
            self._renew()

    def _hear(self, others: list[socket.socket]) -> None:
        """Take what fronts say; return after a second if they say nothing."""
        connections = {one.connection: one for one in self._fronts.values()}
        ready, _, _ = select.select([*others, *connections], [], [], 1.0)
        if self._mirror in ready:
            raise StoreError("the process that holds the copy in memory has ended; start the server again")
        for connection in ready:
            if connection in connections:
                self._listen(connections[connection])

    def _listen(self, one: Front) -> None:
        try:
            kind, content = channel.receive(one.connection)
        except (EOFError, OSError):
            self._lost(one)
            return
        if kind == channel.WRITE:
            one.requests.append(channel.unpacked(content))
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

    def _carry_out(self, one: Front) -> None:
        number, request = one.requests.popleft()
        try:
            change, said = self._writer.write(request)
        except KgError as error:
            self._say(one, channel.FAILED, (number, error))
            return
        if change is not None:
            self._tell(change)
            self._writer.forget(2)  # the one before may still be read
        self._say(one, channel.DONE, (number, said))

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
        self._mirror.sendall(channel.packed(channel.CHANGE, (self._state, change)))
        self._heed_mirror()
        for one in [*self._fronts.values()]:
            one.behind = True
            self._say(one, channel.CHANGE, (self._state, change))
        while any(one.behind for one in self._fronts.values()):
            self._hear([])

    def _heed_mirror(self) -> None:
        _, content = channel.receive(self._mirror)
        self._memory.say(channel.unpacked(content))

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
            self._mirror.sendall(channel.packed(channel.RENEW, (self._state, None)))
            self._memory = Memory()
            self._heed_mirror()
            grown = present
        else:
            grown = [one for one in present if one.memory.has_grown(limit)]
        for one in grown:
            self._start_front(one.number)
            one.leaving = True
            self._say(one, channel.RENEW, None)

    def _resolve(self, path: str) -> Moved:
        self._mirror.sendall(channel.packed(channel.QUERY, (self._state, path)))
        _, content = channel.receive(self._mirror)
        change: Moved = channel.unpacked(content)
        return change

    def _stop(self) -> None:
        """Let fronts finish what they do, and end them if that takes long."""
        self._stopping = True
        self._listening.close()
        for one in self._fronts.values():
            one.connection.shutdown(socket.SHUT_WR)
        end = time.monotonic() + _PATIENCE
        while self._fronts and time.monotonic() < end:
            self._hear([])
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


def _opened(settings: Settings) -> Store:
    if settings.token is None:
        return Store.open(settings.store, settings.base)
    return Store.open(settings.store, settings.base, create=True)


def _fits(store: Store, settings: Settings) -> bool:
    """Whether reading is done from a copy in memory."""
    if settings.memory != "auto":
        return settings.memory == "on"
    limit = settings.memory_limit * 1_000_000 or free_memory() // 2
    return len(store.engine) * _BYTES_PER_TRIPLE <= limit
