"""The Python interface to a store: build, query, export. ``kg.open`` returns its :class:`Graph`."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, BinaryIO, Self

import pyoxigraph as ox

from kg.config import DEFAULT_BASE, Config, load_config, place_of
from kg.errors import ModelError, UsageError
from kg.export import export
from kg.export.output import write_file
from kg.query.answers import Answer, ask
from kg.rdf.prefixes import prefixes
from kg.store.local import Store
from kg.store.opening import open_store
from kg.store.remote.store import RemoteStore

if TYPE_CHECKING:
    import rdflib

    from kg.build.report import Progress, Report
    from kg.query.stats import Stats
    from kg.rdf.shapes import Violation


class Graph:
    """A handle on a store. Use it as a context manager, or call :meth:`close`.

    The first query opens the store for reading; any number of processes may read it at the same time. It is
    open for writing only while :meth:`build` runs. Answers and datasets from before a build must not be used
    after it.
    """

    def __init__(self, store: str | Path, config: Config | None = None, base: str | None = None) -> None:
        self.place = place_of(store)
        self.config = config or load_config()
        self._base = base or (self.config.base if self.config.base != DEFAULT_BASE else None)
        self._reader: Store | None = None

    def build(
        self,
        *sources: str | Path,
        workers: int | None = None,
        progress: Progress | None = None,
        stdin: BinaryIO | None = None,
    ) -> Report:
        """Read, extract and link articles, and write their graphs to the store, which is created if missing.

        Args:
            sources: files, folders, glob patterns, web addresses, and ``-`` for ``stdin``.
            workers: processes that extract; None takes the configured number. With more than one, the calling
                script needs the usual ``if __name__ == "__main__":``.
            progress: a function that is called with the state of the run.
            stdin: the stream for ``-``.

        Returns:
            A report of the articles that were built, left unchanged or replaced, and of those that failed,
            with the reasons. An article that fails does not raise an exception.

        Raises:
            StopError: the run cannot continue.
        """
        from kg.build.pipeline import build
        from kg.extractor.language_model import installed_model_id
        from kg.sources import find_locations

        config = dataclasses.replace(self.config, workers=workers or self.config.workers)
        locations = find_locations([str(source) for source in sources])
        installed_model_id(config.model)  # raises ModelError before a store is created
        self.close()
        with open_store(self.place, self.config, self._base, create=True) as store:
            return build(locations, store, config, progress, stdin)

    def rebuild_outdated(self, *, workers: int | None = None, progress: Progress | None = None) -> Report:
        """Extract again the articles that another version of program, data or model built.

        The text comes from the store; the sources are not needed.

        Args:
            workers: processes that extract; None takes the configured number.
            progress: called as the run goes on.

        Raises:
            StopError: the run cannot go on.
        """
        from kg.build.identity import current_run
        from kg.build.pipeline import rebuild_outdated

        config = dataclasses.replace(self.config, workers=workers or self.config.workers)
        current_run(config.model, self.config.base)  # a missing model raises before the store is opened
        self.close()
        with open_store(self.place, self.config, self._base, write=True) as store:
            return rebuild_outdated(store, config, progress)

    def outdated(self) -> list[str]:
        """Return the IRIs of the articles that another version of program, data or model built.

        Raises:
            ModelError: the language model is not installed, so that the present version is unknown.
        """
        from kg.build.identity import current_run

        store = self.store()
        return store.outdated(current_run(self.config.model, store.base))

    def remove(self, *articles: str) -> None:
        """Remove articles from the store, with their links.

        Args:
            articles: their IRIs; see :meth:`find_articles`.

        Raises:
            UsageError: the store does not hold one of them; nothing is removed.
            StoreError: the store cannot be written.
        """
        self.close()
        with open_store(self.place, self.config, self._base, write=True) as store:
            missing = [article for article in articles if article not in store]
            if missing:
                raise UsageError(
                    f"{missing[0]}: the store holds no article with this IRI; nothing was removed"
                )
            store.remove(list(dict.fromkeys(articles)))

    def find_articles(self, *names: str) -> list[str]:
        """Return the IRI of the article that each name stands for, each once.

        Args:
            names: IRIs, or parts of IRIs that no other article has.

        Raises:
            UsageError: no article, or several, have a name in their IRI.
        """
        from kg.query.explain import find_article

        store = self.store()
        return list(dict.fromkeys(find_article(store, name) for name in names))

    def query(self, text: str) -> Answer:
        """Evaluate a SPARQL query over the union of all graphs.

        The prefixes of :func:`kg.rdf.prefixes.prefixes` need not be declared.

        Raises:
            QueryError: the query does not parse, or cannot be evaluated.
            StoreError: the store is missing, or another process writes to it.
        """
        return ask(self.store(), text)

    def question(self, name: str, /, **parameters: str) -> Answer:
        """Evaluate a named question, such as ``what-has-someone-said``, with its parameters.

        Raises:
            UnknownQuestion: ``queries/`` has no such question; the message names similar ones.
            UnknownParameter: the question has no such parameter, or needs one that is not given.
        """
        from kg.query.questions import bind, get_question

        store = self.store()
        return ask(store, bind(get_question(name), parameters, store.base).text)

    def articles(self) -> list[str]:
        """Return the IRIs of all articles, sorted."""
        return self.store().articles()

    def store(self) -> Store:
        """Return the store, open for reading."""
        if self._reader is None:
            self._reader = open_store(self.place, self.config, self._base)
        return self._reader

    def export(
        self,
        output: str | Path | None = None,
        *,
        format: str = "turtle",  # noqa: A002 (the name of the option everywhere)
        article: str | None = None,
        everything: bool = False,
    ) -> str | None:
        """Write the graph as RDF. The same graph always gives the same bytes.

        Args:
            output: the file to write, which is replaced when all is written; None returns the text instead.
            format: a key of :data:`kg.rdf.formats.GRAPH_FORMATS`.
            article: IRI of one article; None writes all articles.
            everything: True writes the ontology and the record of runs, too.
        """
        pieces: Iterable[str] = export(self.store(), format, article, everything)
        if output is None:
            return "".join(pieces)
        write_file(Path(output), pieces)
        return None

    def validate(self, article: str | None = None) -> list[Violation]:
        """Return the violations of ``ontology/shapes.ttl``; an empty list if the graph conforms.

        Args:
            article: IRI of one article; None checks all articles one by one, about three a second.
        """
        from kg.rdf.shapes import validate

        engine = self.store().engine
        articles = self.articles() if article is None else [article]
        return [
            violation
            for iri in articles
            for violation in validate(engine.quads_for_pattern(None, None, None, ox.NamedNode(iri)))
        ]

    def stats(self, top: int = 20) -> Stats:
        """Return the counts of the graph, with the ``top`` actors by number of articles."""
        from kg.build.identity import current_run
        from kg.query.stats import collect

        store = self.store()
        try:
            current = current_run(self.config.model, store.base)
        except ModelError:
            current = None
        return collect(store, top, current)

    def rdflib(self) -> rdflib.Dataset:
        """Return a read-only rdflib dataset over the store, through oxrdflib.

        Its default graph is the union of all named graphs.

        Raises:
            UsageError: the store is on a server.
        """
        import rdflib
        from oxrdflib import OxigraphStore

        store = self.store()
        if isinstance(store, RemoteStore):
            raise UsageError("a store on a server has no rdflib dataset; use rdflib's SPARQLStore")
        dataset = rdflib.Dataset(store=OxigraphStore(store=store.engine), default_union=True)
        for prefix, namespace in prefixes(store.base).items():
            dataset.bind(prefix, namespace)
        return dataset

    def close(self) -> None:
        """Close the store. The next query opens it again."""
        if self._reader is not None:
            self._reader.close()
            self._reader = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
