"""Writes article graphs in a thread while the next articles are extracted."""

from __future__ import annotations

from concurrent.futures import Future, ThreadPoolExecutor
from types import TracebackType
from typing import Self

from kg.build.report import Report
from kg.errors import StoreError
from kg.store.local import ArticleGraph, Store

WRITE_ARTICLES = 64
WRITE_BYTES = 8_000_000
"""A batch is written when it holds this many articles, or this many bytes of TriG."""


class GraphWriter:
    """Collects graphs into batches and writes each batch in a thread; a context manager.

    Oxigraph releases the interpreter lock while it writes. At most one batch is being written while the next
    one fills. Leaving the context writes what is left, unless the store failed.
    """

    def __init__(self, store: Store, report: Report) -> None:
        self._store = store
        self._report = report
        self._thread = ThreadPoolExecutor(1, "kg-writer")
        self._filling: dict[str, ArticleGraph] = {}
        self._bytes = 0
        self._writing: tuple[ArticleGraph, ...] = ()
        self._outcome: Future[list[ArticleGraph]] | None = None

    def add(self, graph: ArticleGraph) -> list[str]:
        """Take a graph to write.

        Returns:
            The IRIs of articles whose writing has finished since the last call.

        Raises:
            StoreError: an earlier batch could not be written.
        """
        written: list[str] = []
        if graph.article in self._filling:  # a second version of an article in one run replaces the first
            written = self._write()
        self._filling[graph.article] = graph
        self._bytes += len(graph.trig)
        if len(self._filling) >= WRITE_ARTICLES or self._bytes >= WRITE_BYTES:
            written += self._write()
        return written

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if not isinstance(error, StoreError):
                self._write()
                self._wait()
        finally:
            self._thread.shutdown(wait=True)

    def _write(self) -> list[str]:
        """Hand the filled batch to the thread, and return the IRIs of the batch before it."""
        written = self._wait()
        self._writing = tuple(self._filling.values())
        self._filling, self._bytes = {}, 0
        if self._writing:
            self._outcome = self._thread.submit(self._store.write, self._writing)
        return written

    def _wait(self) -> list[str]:
        """Wait for the batch that is being written, count it, and return the IRIs of its articles."""
        if self._outcome is None:
            return []
        replaced = len(self._outcome.result())
        self._outcome = None  # only now: after a Ctrl-C during the wait, the batch is counted at the end
        self._report.replaced += replaced
        self._report.built += len(self._writing) - replaced
        self._report.triples += sum(graph.triples for graph in self._writing)
        return [graph.article for graph in self._writing]
