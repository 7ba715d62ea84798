"""A store in a folder: an Oxigraph database with one named graph for each article.

These invariants hold at every moment, also after a crash:

- An article is stored wholly or not at all, and an article that is being replaced is never absent:
  :meth:`Store.write` uses transactions that hold whole articles.
- The default graph is empty; queries run over the union of all named graphs.
- ``{base}graph/runs`` records the run and the fingerprint of each article. No other graph holds a time.
- ``{base}graph/links`` holds the links of actors and places to Wikidata: see :mod:`kg.store.links`.
- ``{base}graph/ontology`` holds the ontology.
- The file ``COMMUNIQUE`` holds the format version and the base IRI. A non-empty folder without this file is
  never changed.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import hashlib
import io
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

import pyoxigraph as ox

from kg.errors import StoreError, StoreLocked
from kg.rdf.iri import links_graph
from kg.rdf.prefixes import prefixes
from kg.rdf.vocab import PROV, RDF, SCHEMA, XSD
from kg.resources import ontology_folder
from kg.store import locking
from kg.store.format import base_of
from kg.store.links import Accepted, accepted, of_article, same_as

FINGERPRINT = ox.NamedNode("https://schema.org/sha256")
"""The property that records the fingerprint of an article, or of the ontology."""
_MADE_AT = ox.NamedNode("http://www.w3.org/ns/prov#generatedAtTime")


@dataclass(frozen=True, slots=True)
class ArticleGraph:
    """The graph of one article, serialised to be sent between processes and written; see :meth:`pack`."""

    article: str  # IRI of the article, which also names the graph
    fingerprint: str  # see kg.build.pipeline.fingerprint
    run: str  # IRI of the run; see kg.build.identity
    trig: bytes  # all quads, as TriG: a ninth of the size of N-Quads
    triples: int  # number of quads
    accepted: tuple[Accepted, ...] = ()  # the accepted links of its entities

    @classmethod
    def pack(
        cls,
        article: str,
        fingerprint: str,
        run: str,
        quads: Iterable[ox.Quad],
        base: str,
        links: Iterable[ox.Quad] = (),
    ) -> Self:
        """Return the graph that holds ``quads``, all of which are in the graph ``article``.

        Args:
            article: IRI of the article.
            fingerprint: the fingerprint of the article.
            run: IRI of the run.
            quads: the quads, without duplicates and without blank nodes.
            base: base IRI of the data; the right one makes the TriG shorter.
            links: the quads of the article in the graph of links.
        """
        linked = list(links)
        every = [*quads, *linked]
        trig = _trig(every, {**prefixes(base), "here": article + "#"})
        return cls(article, fingerprint, run, trig, len(every), accepted(linked))


def _trig(quads: Iterable[ox.Quad], names: dict[str, str]) -> bytes:
    output = io.BytesIO()
    ox.serialize(quads, output, format=ox.RdfFormat.TRIG, prefixes=names)
    return output.getvalue()


def record(graph: ArticleGraph, runs: ox.NamedNode) -> list[ox.Quad]:
    """Return the quads that record, in the graph ``runs``, that an article is written now."""
    now = dt.datetime.now(dt.UTC).replace(microsecond=0)
    said: list[tuple[ox.NamedNode, ox.NamedNode | ox.Literal]] = [
        (FINGERPRINT, ox.Literal(graph.fingerprint)),
        (PROV.wasAttributedTo, ox.NamedNode(graph.run)),
        (_MADE_AT, ox.Literal(now.isoformat(), datatype=XSD.dateTime)),
    ]
    article = ox.NamedNode(graph.article)
    return [ox.Quad(article, term, value, runs) for term, value in said]


class Store:
    """An open store; a context manager. Use :meth:`open`.

    Attributes:
        engine: the Oxigraph store, for operations that this class does not offer.
        path: the folder.
        base: the base IRI of the data, fixed when the store was made.
        writable: True if the store is open for writing.
        links_graph: name of the graph of links to Wikidata.
        own_graphs: names of the graphs that hold no facts of articles: the record of runs, and the ontology.
    """

    def __init__(self, engine: ox.Store, path: Path, base: str, writable: bool) -> None:
        self.engine = engine
        self.path = path
        self.base = base
        self.writable = writable
        self.runs_graph = ox.NamedNode(base + "graph/runs")
        self.ontology_graph = ox.NamedNode(base + "graph/ontology")
        self.links_graph = ox.NamedNode(links_graph(base))
        self.own_graphs = frozenset({self.runs_graph, self.ontology_graph})
        self._open = True

    @classmethod
    def open(
        cls, path: Path | str, base: str | None = None, *, write: bool = False, create: bool = False
    ) -> Self:
        """Open the store in the folder ``path``.

        Args:
            path: the folder. Any number of processes may read it at once, or one process may write.
            base: the base IRI it must have; None takes the one it was made with.
            write: open for writing.
            create: make the store if there is none (this opens for writing).

        Raises:
            StoreMissing: there is no store, and ``create`` is not set.
            StoreVersionError: the store has another format version.
            StoreLocked: another process, or another part of this one, has the store open.
            StoreError: the folder holds something else, or cannot be read or written.
            UsageError: the store was made with another base IRI.
        """
        path = Path(path)
        write = write or create
        with _readable_errors(path):
            base = base_of(path, base, create)
            with _claimed(path, write):
                engine = ox.Store(str(path)) if write else ox.Store.read_only(str(path))
                store = cls(engine, path, base, write)
                if write:
                    store._tidy()
                    store._put_ontology()
                return store

    def close(self) -> None:
        """Close the store. It must not be used afterwards; a second call does nothing."""
        if self._open:
            self._open = False
            del self.engine  # Oxigraph closes with the last reference
            locking.release(self.path, self.writable)

    def __del__(self) -> None:
        self.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def is_current(self, article: str, fingerprint: str, run: str) -> bool:
        """Return True if the store holds the article, built from this content by this run."""
        known = {
            quad.predicate: quad.object for quad in self._quads(ox.NamedNode(article), None, self.runs_graph)
        }
        return known.get(FINGERPRINT) == ox.Literal(fingerprint) and known.get(
            PROV.wasAttributedTo
        ) == ox.NamedNode(run)

    def __contains__(self, article: str) -> bool:
        return any(self._quads(ox.NamedNode(article), FINGERPRINT, self.runs_graph))

    def fingerprint_of(self, article: str) -> str:
        """Return the fingerprint of the content that an article of the store was built from."""
        found = self._quads(ox.NamedNode(article), FINGERPRINT, self.runs_graph)
        return next((quad.object.value for quad in found if isinstance(quad.object, ox.Literal)), "")

    def runs(self) -> Counter[str]:
        """Return the IRIs of the runs that built articles of the store, each with its number of articles."""
        return Counter(run for _, run in self._built_by())

    def outdated(self, current: str) -> list[str]:
        """Return the IRIs, sorted, of the articles that another run than ``current`` built."""
        return sorted(article for article, run in self._built_by() if run != current)

    def _built_by(self) -> Iterator[tuple[str, str]]:
        """Yield the IRI of each article with the IRI of the run that built it."""
        for quad in self._quads(None, PROV.wasAttributedTo, self.runs_graph):
            if isinstance(quad.subject, ox.NamedNode) and isinstance(quad.object, ox.NamedNode):
                yield quad.subject.value, quad.object.value

    def articles(self) -> list[str]:
        """Return the IRIs of all articles, sorted."""
        found = self._quads(None, RDF.type, None, SCHEMA.NewsArticle)
        graphs = (quad.graph_name for quad in found if quad.subject == quad.graph_name)
        return sorted(graph.value for graph in graphs if isinstance(graph, ox.NamedNode))

    def write(self, graphs: Sequence[ArticleGraph]) -> list[ArticleGraph]:
        """Write the graphs of different articles, replacing what is there of them.

        New articles are written together by Oxigraph's bulk loader, which costs a third of a transaction for
        each. Others are written one by one, as the difference to their former graphs.

        Returns:
            The graphs that replaced a former one.

        Raises:
            StoreError: the disk is full or cannot be written; no article is half written.
        """
        replaced = [graph for graph in graphs if graph.article in self]
        new = [graph for graph in graphs if graph not in replaced]
        with _readable_errors(self.path):
            if new:
                old, links = self._same_as((), [pair for graph in new for pair in graph.accepted])
                self._change(
                    old, set()
                )  # first, so that after a crash no sameAs stands that the new links contradict
                payload = _trig(links, {}) + b"".join(
                    graph.trig + _trig(record(graph, self.runs_graph), {}) for graph in new
                )
                # lenient: the text was serialised from valid terms
                self.engine.bulk_load(payload, format=ox.RdfFormat.TRIG, lenient=True)
            for graph in replaced:
                self._replace(graph)
        return replaced

    def remove(self, articles: Sequence[str]) -> None:
        """Remove articles: their graphs, their records in the graph of runs, and their links.

        Each article is removed in one transaction.

        Args:
            articles: IRIs of articles of the store.

        Raises:
            StoreError: the disk is full or cannot be written; no article is half removed.
        """
        with _readable_errors(self.path):
            for article in articles:
                links = self.links_of(article)
                gone, come = self._same_as(links, ())
                self._change(self._quads_of(article) | links | gone, come)

    def compact(self) -> None:
        """Compact the files of the database. After many writes this makes reads about five times as fast.

        It takes about 2 s for a million triples of the whole store, too much for every write.

        Raises:
            StoreError: the disk is full or cannot be written; nothing is lost.
        """
        with _readable_errors(self.path):
            self.engine.optimize()

    def query(self, text: str) -> ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples:
        """Evaluate SPARQL over the union of all graphs; ``kg.query.answers`` is for people."""
        return self.engine.query(text, use_default_graph_as_union=True, prefixes=prefixes(self.base))

    def _quads(
        self,
        subject: ox.NamedNode | None,
        predicate: ox.NamedNode | None,
        graph: ox.NamedNode | None,
        value: ox.NamedNode | ox.Literal | None = None,
    ) -> Iterator[ox.Quad]:
        return self.engine.quads_for_pattern(subject, predicate, value, graph)

    def _replace(self, graph: ArticleGraph) -> None:
        old = self._quads_of(graph.article)
        new = set(
            ox.parse(
                graph.trig + _trig(record(graph, self.runs_graph), {}), format=ox.RdfFormat.TRIG, lenient=True
            )
        )
        links = self.links_of(graph.article)
        gone, come = self._same_as(links, graph.accepted)
        self._change(old | links | gone, new | come)

    def _quads_of(self, article: str) -> set[ox.Quad]:
        """Return the quads of an article's graph and of its record in the graph of runs."""
        node = ox.NamedNode(article)
        return {*self._quads(None, None, node), *self._quads(node, None, self.runs_graph)}

    def links_of(self, article: str) -> set[ox.Quad]:
        """Return the quads of an article in the graph of links."""
        return of_article(self.engine, self.links_graph, article)

    def relink(self, article: str, links: Iterable[ox.Quad]) -> bool:
        """Replace the links of an article, and return True if anything changed.

        Raises:
            StoreError: the disk is full or cannot be written; the former links stay.
        """
        old, new = self.links_of(article), set(links)
        gone, come = self._same_as(old, accepted(new))
        with _readable_errors(self.path):
            return self._change(old | gone, new | come)

    def _same_as(
        self, removed: Iterable[ox.Quad], added: Iterable[Accepted]
    ) -> tuple[set[ox.Quad], set[ox.Quad]]:
        return same_as(self.engine, self.links_graph, removed, added)

    def _change(self, old: set[ox.Quad], new: set[ox.Quad]) -> bool:
        # An update is one transaction, and it deletes before it inserts. Two quads that differ only in the
        # spelling of a number are one stored quad, which therefore stays.
        gone, come = old - new, new - old
        self.engine.update(f"DELETE DATA {{ {_as_data(gone)} }} ; INSERT DATA {{ {_as_data(come)} }}")
        return bool(gone or come)

    def _tidy(self) -> None:
        """Remove the temporary files of a bulk load that was killed."""
        for leftover in self.path.glob("bulk-*.sst"):
            leftover.unlink()

    def _put_ontology(self) -> None:
        """Replace the ontology if it is that of another version of the program."""
        text, fingerprint = ontology_text()
        if any(self._quads(self.ontology_graph, FINGERPRINT, self.runs_graph, fingerprint)):
            return
        triples = ox.Dataset(ox.parse(text, format=ox.RdfFormat.TURTLE))
        # Canonical labels for blank nodes make every full export the same.
        triples.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
        name, runs = self.ontology_graph, self.runs_graph
        # These are two transactions, because an update would rename the blank nodes. If the process is killed
        # between them, the next opening repeats both.
        self.engine.update(
            f"CLEAR SILENT GRAPH {name} ; DELETE WHERE {{ GRAPH {runs} {{ {name} {FINGERPRINT} ?old }} }}"
        )
        quads = [ox.Quad(triple.subject, triple.predicate, triple.object, name) for triple in triples]
        self.engine.extend([*quads, ox.Quad(name, FINGERPRINT, fingerprint, runs)])


def ontology_text() -> tuple[bytes, ox.Literal]:
    """Return the ontology as Turtle, and its fingerprint."""
    text = (ontology_folder() / "kg.ttl").read_bytes()
    return text, ox.Literal(hashlib.sha256(text).hexdigest())


def _as_data(quads: Iterable[ox.Quad]) -> str:
    """Return the quads as the body of ``INSERT DATA``, sorted, so that the same change is the same update."""
    return " ".join(sorted(f"GRAPH {quad.graph_name} {{ {quad.triple} }}" for quad in quads))


@contextlib.contextmanager
def _claimed(path: Path, write: bool) -> Iterator[None]:
    """Lock the store, and unlock it if opening it fails."""
    locking.acquire(path, write)
    try:
        yield
    except BaseException:
        locking.release(path, write)
        raise


_HINT = "wait until that has ended; if the store is served, use its address: --store http://HOST:PORT"


@contextlib.contextmanager
def _readable_errors(path: Path) -> Iterator[None]:
    """Turn errors of the engine and the operating system into StoreError with a readable message."""
    try:
        yield
    except locking.BusyError as busy:
        raise StoreLocked(f"{path}: the store is open in {busy}; {_HINT}") from busy
    except OSError as error:
        said = str(error)
        if "LOCK:" in said:
            raise StoreLocked(f"{path}: the store is open in another process; {_HINT}") from error
        raise StoreError(f"{path}: {_reason(said)}") from error


_REASONS = {
    "No space left on device": "the disk is full; free some space, and run the same command again",
    "File too large": "a file would exceed the size limit of this user (see ulimit -f)",
    "Read-only file system": "the file system is read-only; name a folder on another one",
    "Permission denied": "no permission to read or write; change the permissions, or name another folder",
}


def _reason(said: str) -> str:
    return next((f"{words} ({said})" for sign, words in _REASONS.items() if sign in said), said)
