"""From locations to graphs in the store: the one module that calls all stages, in order.

    locations --read--> articles --admit--> work --extract, link (here or in processes)--> graphs --write (one
    thread)--> store

:func:`build` takes articles from sources, :func:`rebuild_outdated` takes them from the store itself.

Only a bounded window of articles is in memory: the batches that are being extracted, one batch that waits to
be written and one that is being written. Errors of single articles are caught here and in
``batch_extraction``, and reported with the origin of the article.
"""

from __future__ import annotations

import contextlib
import dataclasses
import hashlib
import json
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from operator import attrgetter
from typing import BinaryIO

from pyoxigraph import NamedNode, Quad

from kg.build.batch_extraction import Failed, extract_each, failure, in_batches
from kg.build.identity import current_run
from kg.build.processes import Crash, Mapper, ProcessPool, in_process
from kg.build.report import BuildInterrupted, Progress, Report
from kg.build.writer import WRITE_ARTICLES, GraphWriter
from kg.config import Config
from kg.errors import ArticleError, StoreError
from kg.linking.opening import LinkSettings, shared_linker
from kg.rdf import quads
from kg.rdf.from_quads import read_article
from kg.rdf.iri import article_iri, links_graph
from kg.rdf.link import link_quads
from kg.records import Article, Extraction
from kg.sources import Location, read_location
from kg.store.local import ArticleGraph, Store

COMPACT_FROM = 2 * WRITE_ARTICLES
"""A run that wrote fewer articles does not compact the store: it added only a handful of files."""


@dataclass(frozen=True, slots=True)
class Work:
    """An article to extract."""

    article: Article
    iri: str
    fingerprint: str
    position: int  # of the run when this article is done; see Progress


@dataclass(frozen=True, slots=True)
class Done:
    """The outcome of a :class:`Work`."""

    iri: str
    position: int
    outcome: ArticleGraph | Failed


@dataclass(frozen=True, slots=True)
class BuildJob:
    """Turns articles into graphs. Picklable, so that it runs in any process."""

    model: str
    base: str
    run: str
    link: LinkSettings | None = None

    def __call__(self, batch: Sequence[Work]) -> list[Done]:
        extractions = extract_each([work.article for work in batch], self.model)
        return [
            Done(work.iri, work.position, self._graph(work, extraction))
            for work, extraction in zip(batch, extractions, strict=True)
        ]

    def _graph(self, work: Work, extraction: Extraction | Failed) -> ArticleGraph | Failed:
        if isinstance(extraction, Failed):
            return extraction
        try:
            article_quads = quads(extraction, self.base, self.run)
            links = self._links(work.iri, extraction)
            return ArticleGraph.pack(work.iri, work.fingerprint, self.run, article_quads, self.base, links)
        except Exception as error:
            return failure(work.article.origin, error)

    def _links(self, article: str, extraction: Extraction) -> Iterator[Quad]:
        if self.link is None:
            return iter(())
        linker = shared_linker(self.link)
        graph = NamedNode(links_graph(self.base))
        return link_quads(linker.link(extraction, article), article, self.base, graph, linker.version)


def build(
    locations: Sequence[Location],
    store: Store,
    config: Config,
    progress: Progress | None = None,
    stdin: BinaryIO | None = None,
) -> Report:
    """Read, extract and store the articles of ``locations``.

    An article that the store already holds, from the same content and the same run, is neither parsed nor
    written.

    Args:
        locations: from :func:`kg.sources.find_locations`.
        store: open for writing; its base IRI is used.
        config: model, number of processes and limits.
        progress: called as the run goes on.
        stdin: the stream that the location ``-`` reads.

    Raises:
        BuildInterrupted: on Ctrl-C, after the finished articles have been written.
        StopError: the run cannot go on; articles written before stay.
    """
    run = _Run(store, current_run(config.model, store.base), progress, sum(_weights(locations)))
    run.execute(run.admit(_positions(locations, config, stdin)), config)
    return run.report


def rebuild_outdated(store: Store, config: Config, progress: Progress | None = None) -> Report:
    """Extract again each article of the store that another run built, from the text in its graph.

    An article keeps its IRI and its fingerprint, so a later :func:`build` from the sources finds it
    unchanged.

    Args:
        store: open for writing.
        config: model and number of processes.
        progress: called as the run goes on; positions count articles.

    Raises:
        BuildInterrupted: on Ctrl-C, after the finished articles have been written.
        StopError: the run cannot go on; articles rebuilt before stay, and the others stay as they were.
    """
    current = current_run(config.model, store.base)
    outdated = store.outdated(current)
    run = _Run(store, current, progress, len(outdated))
    run.execute(run.read_again(outdated), config)
    return run.report


def fingerprint(article: Article) -> str:
    """Return the SHA-256, in hex, of everything in an article that can change its graph."""
    seen = dataclasses.asdict(article) | {"published": str(article.published)}
    del seen["origin"]
    return hashlib.sha256(json.dumps(seen, sort_keys=True).encode("utf-8", "surrogatepass")).hexdigest()


@contextlib.contextmanager
def map_for(workers: int) -> Iterator[Mapper]:
    """Give a map over ``workers`` processes; with one, this process does the work."""
    if workers == 1:
        yield in_process
    else:
        with ProcessPool(workers) as pool:
            yield pool


@dataclass(slots=True)
class _Run:
    """One run of the pipeline: admits articles, hands graphs to the writer, counts."""

    store: Store
    run: str
    progress: Progress | None
    end: int  # of the positions; see Progress
    report: Report = field(default_factory=Report)
    unwritten: dict[str, str] = field(default_factory=dict)  # fingerprints by article IRI

    def execute(self, work: Iterator[Work], config: Config) -> None:
        """Extract, link and write all of ``work``; see :func:`build` for what is raised."""
        started = time.monotonic()
        link = LinkSettings.of(config, self.store.path) if config.link != "no" else None
        job = BuildJob(config.model, self.store.base, self.run, link)
        try:
            with map_for(config.workers) as mapper, GraphWriter(self.store, self.report) as writer:
                for result in mapper(job, in_batches(work, attrgetter("article"))):
                    self._take(result, writer)
            self._show(self.end)
            _compact_if_worthwhile(self.store, self.report)
        except KeyboardInterrupt as interrupt:
            raise BuildInterrupted(self.report) from interrupt
        except StoreError as error:
            written = self.report.built + self.report.replaced
            error.add_note(f"{written:,} articles were written before that, and stay")
            raise
        finally:
            self.report.seconds = time.monotonic() - started

    def admit(self, read: Iterable[tuple[Article | ArticleError, int]]) -> Iterator[Work]:
        """Yield the articles that have to be extracted; count the others."""
        for article, position in read:
            if isinstance(article, ArticleError):
                self.report.failed.append(Failed(article.origin, article.reason))
            elif work := self._work(article, position):
                yield work
                continue
            else:
                self.report.unchanged += 1
            self._show(position)

    def read_again(self, articles: Sequence[str]) -> Iterator[Work]:
        """Yield the articles with these IRIs as the store holds them; count those that cannot be read."""
        for position, iri in enumerate(articles, 1):
            try:
                article = self._stored(iri)
            except ArticleError as error:
                self.report.failed.append(Failed(error.origin, error.reason))
                self._show(position)
            else:
                yield Work(article, iri, self.store.fingerprint_of(iri), position)

    def _stored(self, iri: str) -> Article:
        node = NamedNode(iri)
        article = read_article(self.store.engine.quads_for_pattern(node, None, None, node), iri)
        if article_iri(article, self.store.base) != iri:
            raise ArticleError(
                iri, "its IRI does not follow from its headline and text; build it again from its source"
            )
        return article

    def _work(self, article: Article, position: int) -> Work | None:
        """Return the work that an article makes; None if its graph is there, or on its way, already."""
        work = Work(article, article_iri(article, self.store.base), fingerprint(article), position)
        waiting = self.unwritten.get(work.iri)
        if waiting == work.fingerprint:
            return None
        if waiting is None and self.store.is_current(work.iri, work.fingerprint, self.run):
            return None
        self.unwritten[work.iri] = work.fingerprint
        return work

    def _take(self, result: list[Done] | Crash[tuple[Work, ...]], writer: GraphWriter) -> None:
        """Hand graphs on to be written, and count failures."""
        if isinstance(result, Crash):
            result = [Done(work.iri, work.position, _crashed(work.article)) for work in result.task]
        for done in result:
            if isinstance(done.outcome, Failed):
                self.report.failed.append(done.outcome)
                self.unwritten.pop(done.iri, None)
            else:
                self.report.extracted += 1
                for iri in writer.add(done.outcome):
                    self.unwritten.pop(iri, None)
            self._show(done.position)

    def _show(self, position: int) -> None:
        if self.progress is not None:
            self.progress(self.report, position, self.end)


def _compact_if_worthwhile(store: Store, report: Report) -> None:
    """Compact after a run that wrote a quarter of the store or more.

    That is often enough to keep reads fast, and seldom enough to cost little.
    """
    written = report.built + report.replaced
    if written >= COMPACT_FROM and 4 * written >= len(store.articles()):
        with contextlib.suppress(StoreError):  # the articles are written; only reads stay slower
            store.compact()


def _crashed(article: Article) -> Failed:
    return Failed(
        article.origin,
        "the process that extracted it ended without an error message (out of memory?); "
        "try it with --workers 1",
    )


def _positions(
    locations: Sequence[Location], config: Config, stdin: BinaryIO | None
) -> Iterator[tuple[Article | ArticleError, int]]:
    """Yield the articles, each with the position of the run after it: see :func:`_weights`."""
    start = 0
    for location, weight in zip(locations, _weights(locations), strict=True):
        within = 0
        for article in _read(location, config, stdin):
            if isinstance(article, Article) and location.size is not None:
                within = min(weight, within + len(article.text))
            yield article, start + within
        start += weight


def _read(location: Location, config: Config, stdin: BinaryIO | None) -> Iterator[Article | ArticleError]:
    """Read a location. If its reader breaks, the rest of the location is lost, but not of the run."""
    try:
        yield from read_location(location, config, stdin)
    except Exception as error:
        yield ArticleError(location.origin, failure(location.origin, error).reason)


def _weights(locations: Sequence[Location]) -> list[int]:
    """Return the sizes of the locations in bytes, or, if the size of one is not known, 1 for each."""
    sizes = [location.size for location in locations if location.size is not None]
    return sizes if len(sizes) == len(locations) else [1] * len(locations)
