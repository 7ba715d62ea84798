"""Where queries are answered that are not small: by a limited number of processes, which queries wait for.

When these are all busy, one more is there for queries that are not known to be slow: they may try it for a
moment, so that many slow ones do not hold them up.
"""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass

from server.answering import Job
from server.inline import cost
from server.metrics import Metrics
from server.pool import BUSY, Pool, Worker
from server.refusal import Refusal
from server.responding import Receive
from server.settings import Settings
from server.shapes import Shape
from server.timeouts import QUICK_WORKER_WAIT

_QUICK = 0.5
"""Seconds in which a query has to be answered that does not wait for its turn."""

_WHILE = 0.05
"""Seconds that most queries are answered in; only who waits longer is watched."""


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
        self.limit, self.metrics = settings.timeout, metrics
        self.any = Pool(spawn, settings.workers, settings.waiting)
        self.quick = Pool(spawn, 1, settings.waiting)

    @property
    def running(self) -> int:
        """How many queries are under way, or wait for a process."""
        return self.any.running + self.quick.running

    def ask(self, job: Job, shape: Shape, receive: Receive | None = None) -> Asking:
        """Have a query answered by a process; arguments and errors as :class:`Asking`."""
        return Asking(self, job, shape, receive)

    def change(self, state: int, frame: bytes, lasting: bool) -> None:
        """Tell all processes of a change; arguments as :meth:`Pool.change`."""
        for pool in (self.any, self.quick):
            pool.change(state, frame, lasting)

    def close(self, reason: Refusal | None = None) -> None:
        """End all processes, for the reason given."""
        for pool in (self.any, self.quick):
            pool.close(reason)


class Asking:
    """A query that a process answers, which is ended if it takes too long; to be used with ``async with``.

    Args:
        lanes: the processes.
        job: the query.
        shape: of the query.
        receive: of ASGI, to learn that the client is gone, which ends the query.

    Raises:
        KgError: on entering, as ``answering.answer``, or 503 when there is no room or no time for it.
    """

    def __init__(self, lanes: Lanes, job: Job, shape: Shape, receive: Receive | None) -> None:
        self._lanes, self._job, self._shape, self._receive = lanes, job, shape, receive
        self._worker: Worker | None = None
        self._watch: _Watch | None = None
        self._streams = False  # whether the answer comes piece by piece

    async def __aenter__(self) -> Reply:
        lanes, shape = self._lanes, self._shape
        deadline = asyncio.get_running_loop().time() + lanes.limit
        if lanes.any.full and shape.may_be_quick and (reply := await self._quickly()):
            return reply
        worker = self._worker = await lanes.any.take(deadline)
        self._watch = _Watch(lanes, worker, shape, deadline, self._receive)
        try:
            worker.ask(self._job)
            await worker.begun()
        except BaseException:
            self._release()
            raise
        if worker.done:
            return _whole(worker, shape)
        self._streams = True
        return Reply(worker.media_type, worker.pieces())

    async def __aexit__(self, *_error: object) -> None:
        self._release()

    def _release(self) -> None:
        if self._watch is not None:
            self._watch.cancel()
        if (worker := self._worker) is not None:
            if self._streams and worker.done:
                self._shape.learn(cost(worker.seconds, worker.size))
            self._lanes.any.give_back(worker)

    async def _quickly(self) -> Reply | None:
        """Return the answer if it is there in no time; None if it has to wait for its turn."""
        loop, limit = asyncio.get_running_loop(), self._lanes.limit
        try:
            worker = await self._lanes.quick.take(loop.time() + min(QUICK_WORKER_WAIT, limit / 2))
        except Refusal:
            return None
        clock = loop.call_later(min(_QUICK, limit / 4), worker.end, _OvertimeError(503, "not quick"))
        try:
            worker.ask(self._job)
            await worker.all_there()
            return _whole(worker, self._shape)
        except _OvertimeError:
            self._shape.learn(_QUICK)
            return None
        finally:
            clock.cancel()
            self._lanes.quick.give_back(worker)


def _whole(worker: Worker, shape: Shape) -> Reply:
    whole = worker.taken()
    shape.learn(cost(worker.seconds, len(whole)))
    return Reply(worker.media_type, worker.pieces(), whole)


class _Watch:
    """Ends a process when its query takes too long, or the client goes away.

    Args:
        lanes: the processes.
        worker: the process.
        shape: of the query.
        deadline: on the clock of the loop.
        receive: of ASGI.
    """

    def __init__(
        self, lanes: Lanes, worker: Worker, shape: Shape, deadline: float, receive: Receive | None
    ) -> None:
        self._lanes, self._worker, self._shape, self._receive = lanes, worker, shape, receive
        self._loop = asyncio.get_running_loop()
        self._began, self._deadline = self._loop.time(), deadline
        self._looking: asyncio.Task[None] | None = None
        self._timer = self._loop.call_at(min(self._began + _WHILE, deadline), self._begin)

    def _begin(self) -> None:
        self._timer = self._loop.call_at(self._deadline, self._late)
        if self._receive is not None:
            self._looking = asyncio.ensure_future(self._look(self._receive))

    async def _look(self, receive: Receive) -> None:
        while (await receive())["type"] != "http.disconnect":
            pass
        self._worker.end(Refusal(499, "the client has gone away"))

    def _late(self) -> None:
        """End a process whose query took too long, or which was free too late for it."""
        limit, had = self._lanes.limit, self._deadline - self._began
        self._lanes.metrics.add("timeouts_total")
        if had < limit / 2:
            self._worker.end(Refusal(503, "a process became free too late; try again in a moment", BUSY))
            return
        self._shape.learn(had)
        reason = f"the query took longer than {limit:g} s (--timeout) and was stopped"
        self._worker.end(Refusal(503, reason))

    def cancel(self) -> None:
        """Look no longer."""
        self._timer.cancel()
        if self._looking is not None:
            self._looking.cancel()
