"""What becomes of processes for queries that are not yet, or no longer, there."""

from __future__ import annotations

import asyncio
import os
import socket

from server import channel
from server.pool import Pool, Worker


def _pool(state: int) -> tuple[Pool, list[socket.socket]]:
    """A pool whose processes are sockets that have said HELLO, as of that state of the store."""
    theirs: list[socket.socket] = []

    def spawn() -> socket.socket:
        ours, other = socket.socketpair()
        other.sendall(channel.packed(channel.HELLO, (0, state)))
        theirs.append(other)
        return ours

    return Pool(spawn, 1, 1), theirs


def _taken_while_a_change_comes(state: int) -> tuple[Worker, int]:
    async def take() -> tuple[Worker, int]:
        pool, theirs = _pool(state)
        making = asyncio.ensure_future(pool.take(asyncio.get_running_loop().time() + 0.5))
        await asyncio.sleep(0)  # it is being made, and not connected yet
        pool.change(1, channel.packed(channel.CHANGE, (1, None)))
        try:
            return await making, len(theirs)
        finally:
            pool.close()
            for one in theirs:
                one.close()

    return asyncio.run(take())


def test_one_made_after_a_change_is_used() -> None:
    worker, made = _taken_while_a_change_comes(state=1)
    assert (worker.state, made) == (1, 1)


def test_one_made_before_a_change_is_not_used() -> None:
    _, made = _taken_while_a_change_comes(state=0)
    assert made == 2


def test_one_that_is_busy_is_not_told_of_what_will_be_gone() -> None:
    async def told(lasting: bool) -> bool:
        pool, theirs = _pool(0)
        worker = await pool.take(asyncio.get_running_loop().time() + 5)
        pool.change(1, channel.packed(channel.CHANGE, (1, None)), lasting)
        pool.close()
        theirs[0].close()
        return not worker.stale

    assert asyncio.run(told(lasting=True))
    assert not asyncio.run(told(lasting=False))  # another takes its place


def test_to_end_one_that_has_ended_is_no_error() -> None:
    async def end() -> None:
        worker = Worker(lambda _: None, lambda _: None)
        ours, theirs = socket.socketpair()
        await asyncio.get_running_loop().create_unix_connection(lambda: worker, sock=ours)
        pid = os.fork()
        if pid == 0:
            os._exit(0)
        os.waitpid(pid, 0)
        worker.pid = pid
        worker.end()
        theirs.close()

    asyncio.run(end())
