"""The processes for queries, as a front sees them: who is free, what they send, and their end in time."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import socket
from collections import deque
from collections.abc import AsyncIterator, Callable
from typing import cast

from kg.errors import KgError
from server import channel
from server.answering import Job
from server.refusal import Refusal

_HIGH = 1 << 20
"""Bytes that are taken from a process before the client has taken them."""

_CHANGE = 1 << 16
"""Bytes of a change that is sent to processes rather than made by forking new ones."""

BUSY = {"Retry-After": "2"}
"""Headers of what is refused for want of a process."""


class Worker(asyncio.Protocol):
    """One process: what it was asked, and what has come of it."""

    def __init__(self, on_ready: Callable[[Worker], None], on_end: Callable[[Worker], None]) -> None:
        self._on_ready, self._on_end = on_ready, on_end
        self._frames = channel.Frames()
        self._pieces: deque[bytes] = deque()
        self._buffered = 0
        self._news: asyncio.Future[None] | None = None
        self._failure: KgError | None = None
        self._transport: asyncio.Transport
        self.pid = self.state = 0
        self.media_type = ""
        self.seconds = 0.0  # of a processor, that the last answer took
        self.size = 0  # bytes of the last answer that have come
        self.done = True  # whether the last question is answered in full
        self.alive = True
        self.connected = False  # else nothing can be sent to it yet
        self.missed = 0  # the state of the last change that it was not sent

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Part of asyncio's interface."""
        self._transport = cast("asyncio.Transport", transport)  # uvloop's are not, by their class
        self.connected = True

    def data_received(self, data: bytes) -> None:
        """Part of asyncio's interface."""
        for kind, content in self._frames.feed(data):
            if kind == channel.PIECE:
                self._pieces.append(content)
                self._buffered += len(content)
                self.size += len(content)
            elif kind == channel.BEGIN:
                self.media_type = content.decode("ascii")
            elif kind == channel.END:
                self.seconds, self.done = channel.unpacked(content), True
            elif kind == channel.FAILED:
                self._failure, self.done = channel.unpacked(content), True
            else:
                self.pid, self.state = channel.unpacked(content)
                self._on_ready(self)
        if self._buffered > _HIGH:
            self._transport.pause_reading()
        self._wake()

    def connection_lost(self, error: Exception | None) -> None:
        """Part of asyncio's interface."""
        del error
        self.alive = False
        if not self.done:
            self.done = True
            self._failure = self._failure or Refusal(
                503,
                "the query took more memory than a query may take here (--query-memory), or has more parts"
                " than the engine can hold at once; ask for less",
            )
        self._wake()
        self._on_end(self)

    @property
    def stale(self) -> bool:
        """Whether it knows less than it should."""
        return self.missed > self.state

    def send(self, frame: bytes) -> None:
        """Send a frame: a change, for one."""
        self._transport.write(frame)

    def ask(self, job: Job) -> None:
        """Send a query; its answer comes by :meth:`pieces`."""
        self.done, self.media_type, self._failure = False, "", None
        self._pieces.clear()
        self._buffered = self.size = 0
        self._transport.write(channel.packed(channel.QUERY, job.plain()))

    async def begun(self) -> None:
        """Wait until the first pieces are there, or the whole answer.

        Raises:
            KgError: why there is none.
        """
        while not self._pieces and not self.done:
            await self._wait()
        if self._failure is not None:
            raise self._failure

    async def all_there(self) -> None:
        """Wait until the whole answer is there.

        Raises:
            KgError: why it is not.
        """
        await self.begun()
        while not self.done:
            await self._wait()
        if self._failure is not None:
            raise self._failure

    def taken(self) -> bytes:
        """Return the whole answer, which is there."""
        whole = b"".join(self._pieces)
        self._pieces.clear()
        self._buffered = 0
        return whole

    async def pieces(self) -> AsyncIterator[bytes]:
        """Yield the pieces of the answer as they come.

        Raises:
            KgError: the answer broke off.
        """
        while True:
            while self._pieces:
                piece = self._pieces.popleft()
                self._buffered -= len(piece)
                if self._buffered < _HIGH // 2 and self.alive:
                    self._transport.resume_reading()
                yield piece
            if self._failure is not None:
                raise self._failure
            if self.done:
                return
            await self._wait()

    def end(self, reason: KgError | None = None) -> None:
        """End the process now, and with it what it works on, for the reason given."""
        if self.alive and self.connected:
            self._failure = self._failure or reason
            if self.pid:
                with contextlib.suppress(ProcessLookupError):  # it has just ended by itself
                    os.kill(self.pid, signal.SIGKILL)
            self._transport.abort()

    async def _wait(self) -> None:
        self._news = asyncio.get_running_loop().create_future()
        await self._news

    def _wake(self) -> None:
        if self._news is not None and not self._news.done():
            self._news.set_result(None)


class Pool:
    """A limited number of processes, made when they are needed.

    Args:
        spawn: returns the connection to a new process.
        limit: how many there may be.
        waiting: how many queries may wait for one.
    """

    def __init__(self, spawn: Callable[[], socket.socket], limit: int, waiting: int) -> None:
        self._spawn, self._limit, self._waiting = spawn, limit, waiting
        self._workers: set[Worker] = set()
        self._idle: list[Worker] = []
        self._queue: deque[asyncio.Future[None]] = deque()

    async def take(self, deadline: float) -> Worker:
        """Return a process that is free, waiting for one until ``deadline`` on the clock of the loop.

        Raises:
            Refusal: 503, too many are waiting, or none has become free in time.
        """
        while True:
            if self._idle:
                return self._idle.pop()
            if len(self._workers) < self._limit:
                await self._make()
            else:
                await self._turn(deadline)

    def give_back(self, worker: Worker) -> None:
        """Say that a process is no longer needed; it is ended unless it can go on."""
        if not worker.alive:
            return
        if worker.stale or not worker.done:
            worker.end()
        else:
            self._free(worker)

    def change(self, state: int, frame: bytes, lasting: bool = True) -> None:
        """Tell all processes of a change.

        Args:
            state: of the store, which the change makes.
            frame: the change.
            lasting: whether it can be taken over later, too, when a process is done with its query.
        """
        for worker in [*self._workers]:
            if len(frame) <= _CHANGE and worker.connected and (lasting or worker in self._idle):
                worker.send(frame)
            else:  # one that is being made may have been forked before the change
                worker.missed = state
        for worker in [worker for worker in self._idle if worker.stale]:
            self._idle.remove(worker)
            worker.end()

    @property
    def full(self) -> bool:
        """Whether a query that comes now has to wait."""
        return not self._idle and len(self._workers) >= self._limit

    @property
    def running(self) -> int:
        """How many queries are under way, or wait for a process."""
        return len(self._workers) - len(self._idle) + len(self._queue)

    def close(self, reason: KgError | None = None) -> None:
        """End all processes, for the reason given."""
        for worker in [*self._workers]:
            worker.end(reason)

    async def _turn(self, deadline: float) -> None:
        if len(self._queue) >= self._waiting:
            raise Refusal(503, "too many queries at once; try again in a moment", BUSY)
        turn = asyncio.get_running_loop().create_future()
        self._queue.append(turn)
        try:
            async with asyncio.timeout_at(deadline):
                await turn
        except TimeoutError as error:
            raise Refusal(503, "no process became free in time; try again in a moment", BUSY) from error
        finally:
            if turn in self._queue:
                self._queue.remove(turn)
            elif turn.cancelled():
                self._next()

    async def _make(self) -> None:
        loop = asyncio.get_running_loop()
        ready: asyncio.Future[None] = loop.create_future()

        def on_ready(worker: Worker) -> None:
            self.give_back(worker)
            if not ready.done():
                ready.set_result(None)

        def on_end(worker: Worker) -> None:
            self._forget(worker)
            if not ready.done():
                ready.set_exception(Refusal(503, "no process could be made for the query", BUSY))

        worker = Worker(on_ready, on_end)
        self._workers.add(worker)
        await loop.create_unix_connection(lambda: worker, sock=self._spawn())
        await ready

    def _free(self, worker: Worker) -> None:
        self._idle.append(worker)
        self._next()

    def _forget(self, worker: Worker) -> None:
        self._workers.discard(worker)
        if worker in self._idle:
            self._idle.remove(worker)
        self._next()

    def _next(self) -> None:
        while self._queue:
            turn = self._queue.popleft()
            if not turn.done():
                turn.set_result(None)
                return
