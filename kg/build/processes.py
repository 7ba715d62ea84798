"""Ways to run a job over many tasks, each with the shape of the built-in ``map``: ordered and lazy.

A job is a picklable function of one task (a batch of articles). :func:`in_process` runs the tasks in this
process, :class:`ProcessPool` in others; a task whose process dies gives a :class:`Crash` in its place. The
``imap`` of another pool (Ray, Dask) has the same shape.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from multiprocessing.connection import wait
from types import TracebackType
from typing import Generic, Protocol, Self, TypeVar

T = TypeVar("T")
R = TypeVar("R")

AHEAD = 2
"""Tasks submitted for each process: one that runs and one that waits, so that no process idles and memory
stays flat.
"""


@dataclass(frozen=True, slots=True)
class Crash(Generic[T]):
    """The process that worked on ``task`` ended without a result."""

    task: T


class Mapper(Protocol):
    """A function like ``map``: it yields results in the order of the tasks, which it takes as needed."""

    def __call__(self, job: Callable[[T], R], tasks: Iterable[T], /) -> Iterator[R | Crash[T]]: ...


def in_process(job: Callable[[T], R], tasks: Iterable[T]) -> Iterator[R | Crash[T]]:
    """Run the tasks in this process, one after the other."""
    return map(job, tasks)


class ProcessPool:
    """A map over processes; a context manager. On exit it waits for running tasks and drops waiting ones.

    Processes are spawned, not forked, because the parent holds a store with threads of its own. They live as
    long as the pool, so that a job loads its model once in each.
    """

    def __init__(self, workers: int) -> None:
        self._workers = workers
        self._pool: ProcessPoolExecutor | None = None

    def __call__(self, job: Callable[[T], R], tasks: Iterable[T]) -> Iterator[R | Crash[T]]:
        waiting: deque[tuple[T, Future[R]]] = deque()
        for task in tasks:
            waiting.append((task, self._submit(job, task)))
            if len(waiting) >= AHEAD * self._workers:
                first, future = waiting.popleft()
                result = self._result(job, first, future)
                yield result
        for task, future in waiting:
            result = self._result(job, task, future)
            yield result

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._pool is not None:
            self._pool.shutdown(wait=True, cancel_futures=True)

    def _submit(self, job: Callable[[T], R], task: T) -> Future[R]:
        if self._pool is None:
            self._pool = _processes(self._workers)
        try:
            return self._pool.submit(job, task)
        except BrokenProcessPool:
            self._pool.shutdown(wait=False)
            self._pool = _processes(self._workers)
            return self._pool.submit(job, task)

    def _result(self, job: Callable[[T], R], task: T, future: Future[R]) -> R | Crash[T]:
        """Return the result of a task, or of a second attempt if a process of the pool died meanwhile.

        When one process dies, the pool loses the results of all submitted tasks. Each is tried again in a
        process of its own, and only the task whose process dies again is a crash.
        """
        try:
            return future.result()
        except BrokenProcessPool:
            with _processes(1) as alone:
                try:
                    return alone.submit(job, task).result()
                except BrokenProcessPool:
                    return Crash(task)


def _processes(workers: int) -> ProcessPoolExecutor:
    context = multiprocessing.get_context("spawn")
    return ProcessPoolExecutor(workers, mp_context=context, initializer=_begin)


def _begin() -> None:
    """Set up a worker process: ignore Ctrl-C, which the parent handles, and exit when the parent exits."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_end_after, args=(parent.sentinel,), daemon=True).start()


def _end_after(sentinel: int) -> None:
    wait([sentinel])
    os._exit(1)
