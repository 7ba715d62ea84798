"""Running in parallel as a parameter: anything shaped like the built-in ``map``, ordered and lazy.

A job is a picklable function of one task (a batch of articles). :func:`in_process` and :class:`ProcessPool`
are such maps; a task whose process dies comes back as a :class:`Crash` in its place. Another pool (Ray, Dask)
fits the same
shape: its ``imap``.
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
"""Tasks under way for each process: one that runs and one that waits, so that memory stays flat and none
idles.
"""


@dataclass(frozen=True, slots=True)
class Crash(Generic[T]):
    """The process that worked on ``task`` ended without a result."""

    task: T


class Mapper(Protocol):
    """Something shaped like ``map``: results come in the order of the tasks, which are taken as they are
    needed.
    """

    def __call__(self, job: Callable[[T], R], tasks: Iterable[T], /) -> Iterator[R | Crash[T]]: ...


def in_process(job: Callable[[T], R], tasks: Iterable[T]) -> Iterator[R | Crash[T]]:
    """Run the tasks here, one after the other."""
    return map(job, tasks)


class ProcessPool:
    """A map over processes; a context manager, which waits for the tasks that run and drops those that wait.

    Processes are started afresh (``spawn``), never forked: the parent holds a store with threads of its own.
    Each lives as long as the pool, so what a job loads once stays loaded.
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
        """The result, or, if a process of the pool died meanwhile, that of a second try by itself.

        The death of one process takes the results of all tasks under way with it; only the one that dies
        again when it is alone is to blame.
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
    """In each process: leave Ctrl-C to the parent, and end when the parent is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_end_after, args=(parent.sentinel,), daemon=True).start()


def _end_after(sentinel: int) -> None:
    wait([sentinel])
    os._exit(1)
