"""The graph as a Python object: build, ask, export. What ``kg.open`` returns."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, BinaryIO, Self

import pyoxigraph as ox

from kg.config import DEFAULT_BASE, Config, load_config, place_of
from kg.errors import UsageError
from kg.export import export
from kg.export.output import write_file
from kg.query.answers import Answer, ask
from kg.rdf.prefixes import prefixes
from kg.store.local import Store
from kg.store.opening import open_store
from kg.store.remote.store import RemoteStore

if TYPE_CHECKING:
    import rdflib

    from kg.build.pipeline import Progress, Report
    from kg.query.stats import Stats
    from kg.rdf.shapes import Violation


class Graph:
    """A handle on a store. A context manager; otherwise call :meth:`close`.

    The store is open for reading from the first question on, beside any number of other readers, and for
    writing only while :meth:`build` runs. Answers and datasets from before a build are void after it.
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
        """Read articles and put what they say into the graph; make the store if there is none.

        Args:
            sources: files, folders, glob patterns, web addresses, and ``-`` for ``stdin``.
            workers: processes that extract; None takes the configured number. With more than one, the calling
                script needs the usual ``if __name__ == "__main__":``.
            progress: told how far the run is.
            stdin: what ``-`` reads.

        Returns:
            What was built, left unchanged, replaced, and what failed and why: a failed article is no
            exception.

        Raises:
            StopError: the run cannot go on.
        """
        from kg.build.pipeline import build
        from kg.extractor.language_model import installed_model_id
        from kg.sources import find_locations

        config = dataclasses.replace(self.config, workers=workers or self.config.workers)
        locations = find_locations([str(source) for source in sources])
        installed_model_id(config.model)  # a missing model is found out before a store is made
        self.close()
        with open_store(self.place, self.config, self._base, create=True) as store:
            return build(locations, store, config, progress, stdin)

    def query(self, text: str) -> Answer:
        """Ask in SPARQL, over the union of all graphs; the usual prefixes need no declaration.

        Raises:
            QueryError: it does not parse, or cannot be evaluated.
            StoreError: the store is missing, or another process writes to it.
        """
        return ask(self.store(), text)

    def question(self, name: str, /, **parameters: str) -> Answer:
        """Ask one of the named questions, such as ``what-has-someone-said``, with its parameters.

        Raises:
            UnknownQuestion, UnknownParameter: there is no such question or parameter; near ones are named.
        """
        from kg.query.questions import bind, get_question

        store = self.store()
        return ask(store, bind(get_question(name), parameters, store.base).text)

    def articles(self) -> list[str]:
        """The IRIs of all articles, sorted."""
        return self.store().articles()

    def store(self) -> Store:
        """The store, open for reading."""
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
        """Write the graph as RDF; the same graph always gives the same bytes.

        Args:
            output: a file, replaced in one step; None returns the text instead.
            format: a name of :data:`kg.export.FORMATS`.
            article: IRI of one article; None writes all.
            everything: also the ontology and the record of runs.
        """
        pieces: Iterable[str] = export(self.store(), format, article, everything)
        if output is None:
            return "".join(pieces)
        write_file(Path(output), pieces)
        return None

    def validate(self, article: str | None = None) -> list[Violation]:
        """Return what does not conform to the shapes of the ontology; nothing if all does.

        Args:
            article: IRI of one article; None checks all, each by itself, a few a second.
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
        """Count what the graph holds, and name the ``top`` actors that most articles name."""
        from kg.query.stats import collect

        return collect(self.store(), top)

    def rdflib(self) -> rdflib.Dataset:
        """Return an rdflib dataset over the same store, through oxrdflib; its default graph is the union.

        It reads; it cannot be written to.

        Raises:
            UsageError: the store is served elsewhere.
        """
        import rdflib
        from oxrdflib import OxigraphStore

        store = self.store()
        if isinstance(store, RemoteStore):
            raise UsageError("a served store has no dataset here; rdflib reads it by its own SPARQLStore")
        dataset = rdflib.Dataset(store=OxigraphStore(store=store.engine), default_union=True)
        for prefix, namespace in prefixes(store.base).items():
            dataset.bind(prefix, namespace)
        return dataset

    def close(self) -> None:
        """Let go of the store. The handle stays usable: the next question opens it again."""
        if self._reader is not None:
            self._reader.close()
            self._reader = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
