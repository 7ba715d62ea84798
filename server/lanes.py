"""Where queries are answered that are not small: by a limited number of processes, which queries wait for.

When these are all busy, one more is there for queries that are not known to be slow: they may try it for a
moment, so that many slow ones do not hold them up.
"""

from __future__ import annotations

import asyncio
import contextlib
import socket
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from typing import Any

from server.answering import Job
from server.inline import LARGEST
from server.metrics import Metrics
from server.pool import BUSY, Pool, Worker
from server.refusal import Refusal
from server.settings import Settings
from server.shapes import Shape

_QUICK = 0.5
"""Seconds in which a query has to be answered that does not wait for its turn."""


@dataclass(slots=True)
class Reply:
    """An answer under way."""

    media_type: str
    pieces: AsyncIterator[bytes]
    whole: bytes | None = None  # if it is all there already


class _OvertimeError(Refusal):
    """A query was not quick after all."""


class Lanes:
    """The processes for queries of one front.

    Args:
        spawn: makes one, and returns the connection to it.
        settings: of the server.
        metrics: the counters.
    """

    def __init__(self, spawn: Callable[[], socket.socket], settings: Settings, metrics: Metrics) -> None:
        self._limit, self._metrics = settings.timeout, metrics
        self._any = Pool(spawn, settings.workers, settings.waiting)
        self._quick = Pool(spawn, 1, settings.waiting)

    @property
    def running(self) -> int:
        """How many queries are under way, or wait for a process."""
        return self._any.running + self._quick.running

    @contextlib.asynccontextmanager
    async def ask(self, job: Job, shape: Shape, receive: Any = None) -> AsyncIterator[Reply]:
        """Have a query answered by a process, which is ended if it takes too long.

        Args:
            job: the query.
            shape: of the query.
            receive: of ASGI, to learn that the client is gone, which ends the query.

        Raises:
            KgError: as ``answering.answer``, or 503 when there is no room or no time for it.
        """
        deadline = asyncio.get_running_loop().time() + self._limit
        if self._any.full and shape.may_be_quick and (reply := await self._quickly(job, shape)):
            yield reply
            return
        worker = await self._any.take(deadline)
        watchers = self._watchers(worker, shape, deadline, receive)
        try:
            worker.ask(job)
            await worker.begun()
            if worker.done:
                yield await _whole(worker, shape)
            else:
                shape.learn(self._limit, LARGEST, LARGEST)
                yield Reply(worker.media_type, worker.pieces())
        finally:
            for watcher in watchers:
                watcher.cancel()
            self._any.give_back(worker)

    async def _quickly(self, job: Job, shape: Shape) -> Reply | None:
        """Return the answer if it is there in no time; None if it has to wait for its turn."""
        loop = asyncio.get_running_loop()
        deadline = loop.time() + min(_QUICK, self._limit)
        try:
            worker = await self._quick.take(deadline)
        except Refusal:
            return None
        clock = loop.call_at(deadline, worker.end, _OvertimeError(503, "not quick"))
        try:
            worker.ask(job)
            await worker.begun()
            return await _whole(worker, shape)
        except _OvertimeError:
            shape.learn(_QUICK, LARGEST, LARGEST)
            return None
        finally:
            clock.cancel()
            self._quick.give_back(worker)

    def change(self, state: int, frame: bytes, lasting: bool) -> None:
        """Tell all processes of a change; arguments as :meth:`Pool.change`."""
        for pool in (self._any, self._quick):
            pool.change(state, frame, lasting)

    def close(self, reason: Refusal | None = None) -> None:
        """End all processes, for the reason given."""
        for pool in (self._any, self._quick):
            pool.close(reason)

    def _watchers(self, worker: Worker, shape: Shape, deadline: float, receive: Any) -> list[Any]:
        """What ends the worker's process before its answer is complete."""
        loop = asyncio.get_running_loop()
        watchers: list[Any] = [loop.call_at(deadline, self._late, worker, shape, deadline - loop.time())]
        if receive is not None:
            watchers.append(_Gone(worker, receive))
        return watchers

    def _late(self, worker: Worker, shape: Shape, had: float) -> None:
        """End a process whose query took too long.

        Args:
            worker: the process.
            shape: of the query.
            had: seconds since it was free for the query, which has waited before.
        """
        self._metrics.add("timeouts_total")
        if had < self._limit / 2:
            worker.end(Refusal(503, "a process became free too late; try again in a moment", BUSY))
            return
        shape.learn(had, LARGEST, LARGEST)
        worker.end(Refusal(503, f"the query took longer than {self._limit:g} s (--timeout) and was stopped"))


async def _whole(worker: Worker, shape: Shape) -> Reply:
    whole = b"".join([piece async for piece in worker.pieces()])
    shape.learn(worker.seconds, len(whole), LARGEST)
    return Reply(worker.media_type, worker.pieces(), whole)


class _Gone:
    """Ends a process when the client goes away; begins to look when the query has taken a while."""

    def __init__(self, worker: Worker, receive: Any) -> None:
        self._worker, self._receive = worker, receive
        self._task: asyncio.Task[None] | None = None
        self._timer = asyncio.get_running_loop().call_later(0.05, self._begin)

    def _begin(self) -> None:
        self._task = asyncio.ensure_future(self._look())

    async def _look(self) -> None:
        while (await self._receive())["type"] != "http.disconnect":
            pass
        self._worker.end(Refusal(499, "the client has gone away"))

    def cancel(self) -> None:
        """Look no longer."""
        self._timer.cancel()
        if self._task is not None:
            self._task.cancel()
