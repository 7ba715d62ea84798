"""Articles in, graphs in the store: the one place that calls all stages, in order.

    items --read--> articles --admit--> work --extract, link (here or in processes)--> graphs --write (one
    thread)--> store

Only a bounded window of articles is in memory: the batches that are being extracted, one that waits to be
written and one that is. Errors of single articles are caught here and in ``batches``, and reported with where
the article came from.
"""

from __future__ import annotations

import contextlib
import dataclasses
import hashlib
import json
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from operator import attrgetter
from types import TracebackType
from typing import BinaryIO, Self

from pyoxigraph import NamedNode, Quad

from kg.build.batch_extraction import Failed, extract_each, failure, in_batches
from kg.build.processes import Crash, Mapper, ProcessPool, in_process
from kg.config import Config
from kg.errors import ArticleError, StoreError
from kg.extractor import VERSION
from kg.extractor.language_model import installed_model_id
from kg.linking.opening import LinkSettings, shared_linker
from kg.rdf import quads
from kg.rdf.iri import article_iri, links_graph, run_iri
from kg.rdf.link import link_quads
from kg.records import Article, Extraction
from kg.sources import Location, read_location
from kg.store.local import ArticleGraph, Store

WRITE_ARTICLES = 64
WRITE_BYTES = 8_000_000
"""The graphs of so many articles, or of so many bytes of TriG, are written together."""

COMPACT_FROM = 2 * WRITE_ARTICLES
"""A run that wrote fewer articles leaves the store as it is: a handful of files need no order."""


@dataclass(slots=True)
class Report:
    """What a run did. ``built`` counts articles new to the store, ``replaced`` those it held from other
    content.
    """

    built: int = 0
    unchanged: int = 0
    replaced: int = 0
    failed: list[Failed] = field(default_factory=list)
    triples: int = 0  # of the articles built and replaced
    extracted: int = 0  # articles that will be built or replaced when they are written
    seconds: float = 0.0


Progress = Callable[[Report, int, int], None]
"""Called as the run goes on, with the report so far, how far it is, and the whole: in bytes, or, where the
size of an item is not known, in items.
"""


class BuildInterrupted(KeyboardInterrupt):
    """The run was stopped; what it had finished is in the store, as ``report`` says."""

    def __init__(self, report: Report) -> None:
        self.report = report
        super().__init__("the run was stopped")


@dataclass(frozen=True, slots=True)
class Work:
    """An article to extract."""

    article: Article
    iri: str
    fingerprint: str
    position: int  # how far the run is when this is done


@dataclass(frozen=True, slots=True)
class Done:
    """What came of a :class:`Work`."""

    iri: str
    position: int
    outcome: ArticleGraph | Failed


@dataclass(frozen=True, slots=True)
class BuildJob:
    """Turns articles into graphs; picklable, to run in any process."""

    model: str
    base: str
    run: str
    link: LinkSettings | None = None

    def __call__(self, batch: Sequence[Work]) -> list[Done]:
        found = extract_each([work.article for work in batch], self.model)
        return [
            Done(work.iri, work.position, self._graph(work, extraction))
            for work, extraction in zip(batch, found, strict=True)
        ]

    def _graph(self, work: Work, extraction: Extraction | Failed) -> ArticleGraph | Failed:
        if isinstance(extraction, Failed):
            return extraction
        try:
            found = quads(extraction, self.base, self.run)
            links = self._links(work.iri, extraction)
            return ArticleGraph.pack(work.iri, work.fingerprint, self.run, found, self.base, links)
        except Exception as error:
            return failure(work.article.origin, error)

    def _links(self, article: str, extraction: Extraction) -> Iterator[Quad]:
        if self.link is None:
            return iter(())
        linker = shared_linker(self.link)
        graph = NamedNode(links_graph(self.base))
        return link_quads(linker.link(extraction, article), article, self.base, graph, linker.version)


def build(
    items: Sequence[Location],
    store: Store,
    config: Config,
    progress: Progress | None = None,
    stdin: BinaryIO | None = None,
) -> Report:
    """Read, extract and store the articles of ``items``.

    An article that is in the store already, from the same content and by the same version of extractor and
    model, is neither parsed nor written.

    Args:
        items: from :func:`kg.sources.find_locations`.
        store: open for writing; its base IRI is used.
        config: model, number of processes and limits.
        progress: told how far the run is.
        stdin: what the item ``-`` is read from.

    Raises:
        BuildInterrupted: on Ctrl-C, after what was finished has been written.
        StopError: the run cannot go on; articles that were written before stay.
    """
    report, started = Report(), time.monotonic()
    job = BuildJob(
        config.model,
        store.base,
        current_run(config.model, store.base),
        LinkSettings.of(config, store.path) if config.link != "no" else None,
    )
    show, whole = progress or (lambda *_: None), sum(_weights(items))
    try:
        with map_for(config.workers) as mapper, _Writer(store, report) as writer:
            run = _Run(store, job.run, writer, report, show, whole)
            work = run.admit(_positions(items, config, stdin))
            for result in mapper(job, in_batches(work, attrgetter("article"))):
                run.take(result)
        show(report, whole, whole)
        _compact_if_it_pays(store, report)
    except KeyboardInterrupt as interrupt:
        raise BuildInterrupted(report) from interrupt
    except StoreError as error:
        error.add_note(f"{report.built + report.replaced:,} articles were written before that, and stay")
        raise
    finally:
        report.seconds = time.monotonic() - started
    return report


def _compact_if_it_pays(store: Store, report: Report) -> None:
    """Compact after a run that wrote much of the store: so often that reading stays fast, so seldom that it
    is cheap.
    """
    written = report.built + report.replaced
    if written >= COMPACT_FROM and 4 * written >= len(store.articles()):
        with contextlib.suppress(StoreError):  # what was written is there, in the order in which it came
            store.compact()


def current_run(model: str, base: str) -> str:
    """Return the IRI of the run that extracts with ``model`` and this version of the program.

    Raises:
        ModelError: the model is not installed.
    """
    return run_iri(VERSION, installed_model_id(model), base)


def fingerprint(article: Article) -> str:
    """Return the SHA-256, in hex, of all of the article that can show in its graph."""
    seen = dataclasses.asdict(article) | {"published": str(article.published)}
    del seen["origin"]
    return hashlib.sha256(json.dumps(seen, sort_keys=True).encode("utf-8", "surrogatepass")).hexdigest()


@contextlib.contextmanager
def map_for(workers: int) -> Iterator[Mapper]:
    """Give a map over as many processes; with one, this process does the work."""
    if workers == 1:
        yield in_process
    else:
        with ProcessPool(workers) as pool:
            yield pool


@dataclass(slots=True)
class _Run:
    """Keeps the count of a run: what comes in, what need not be done, what came out."""

    store: Store
    run: str
    writer: _Writer
    report: Report
    progress: Progress
    whole: int
    under_way: dict[str, str] = field(default_factory=dict)  # fingerprints of the articles not yet written

    def admit(self, read: Iterable[tuple[Article | ArticleError, int]]) -> Iterator[Work]:
        """Yield what has to be extracted; count the rest."""
        for article, position in read:
            if isinstance(article, ArticleError):
                self.report.failed.append(Failed(article.origin, article.reason))
            elif work := self._work(article, position):
                yield work
                continue
            else:
                self.report.unchanged += 1
            self.progress(self.report, position, self.whole)

    def _work(self, article: Article, position: int) -> Work | None:
        work = Work(article, article_iri(article, self.store.base), fingerprint(article), position)
        known = self.under_way.get(work.iri)
        if known == work.fingerprint:
            return None
        if known is None and self.store.is_current(work.iri, work.fingerprint, self.run):
            return None
        self.under_way[work.iri] = work.fingerprint
        return work

    def take(self, result: list[Done] | Crash[tuple[Work, ...]]) -> None:
        """Hand graphs on to be written, and count failures."""
        if isinstance(result, Crash):
            result = [Done(work.iri, work.position, _crashed(work.article)) for work in result.task]
        for done in result:
            if isinstance(done.outcome, Failed):
                self.report.failed.append(done.outcome)
                self.under_way.pop(done.iri, None)
            else:
                self.report.extracted += 1
                for iri in self.writer.add(done.outcome):
                    self.under_way.pop(iri, None)
            self.progress(self.report, done.position, self.whole)


class _Writer:
    """Writes graphs in a thread, beside the extraction: Oxigraph lets go of the interpreter while it writes.

    At most one batch is being written while the next one fills.
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
            The IRIs of articles whose writing has come to an end meanwhile.

        Raises:
            StoreError: a former batch could not be written.
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
                self._settle()
        finally:
            self._thread.shutdown(wait=True)

    def _write(self) -> list[str]:
        settled = self._settle()
        self._writing = tuple(self._filling.values())
        self._filling, self._bytes = {}, 0
        if self._writing:
            self._outcome = self._thread.submit(self._store.write, self._writing)
        return settled

    def _settle(self) -> list[str]:
        """Wait for the batch that is being written, and count it."""
        if self._outcome is None:
            return []
        replaced = len(self._outcome.result())
        self._outcome = None  # not before: a Ctrl-C while waiting leaves it to be counted at the end
        self._report.replaced += replaced
        self._report.built += len(self._writing) - replaced
        self._report.triples += sum(graph.triples for graph in self._writing)
        return [graph.article for graph in self._writing]


def _crashed(article: Article) -> Failed:
    return Failed(
        article.origin,
        "the process that extracted it ended without a word (out of memory?); try it with --workers 1",
    )


def _positions(
    items: Sequence[Location], config: Config, stdin: BinaryIO | None
) -> Iterator[tuple[Article | ArticleError, int]]:
    """Yield what the items hold, each with how far the run has then come: see :func:`_weights`."""
    start = 0
    for item, weight in zip(items, _weights(items), strict=True):
        within = 0
        for article in _read(item, config, stdin):
            if isinstance(article, Article) and item.size is not None:
                within = min(weight, within + len(article.text))
            yield article, start + within
        start += weight


def _read(item: Location, config: Config, stdin: BinaryIO | None) -> Iterator[Article | ArticleError]:
    """Read an item; if its reader breaks, the rest of the item is lost, but not the rest of the run."""
    try:
        yield from read_location(item, config, stdin)
    except Exception as error:
        yield ArticleError(item.origin, failure(item.origin, error).reason)


def _weights(items: Sequence[Location]) -> list[int]:
    """The sizes of the items, or, if one is not known, 1 for each."""
    sizes = [item.size for item in items if item.size is not None]
    return sizes if len(sizes) == len(items) else [1] * len(items)
