"""A store at an address, with the same guarantees as :class:`kg.store.local.Store`.

An article is written by one update request, which servers carry out as one transaction. Its record in the
graph of runs is written last. On a server without such transactions, a crash in between leaves the article
without a record, and the next build replaces it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any, Self, cast

import pyoxigraph as ox

from kg.config import DEFAULT_BASE
from kg.errors import UsageError
from kg.rdf.vocab import KG, PROV, RDF, SCHEMA
from kg.store.links import Accepted, accepted, same_as
from kg.store.local import FINGERPRINT, ArticleGraph, Store, ontology_text, record
from kg.store.remote.engine import RemoteEngine
from kg.store.remote.protocol import Protocol

UPDATE_BYTES = 2_000_000
"""Size of an update, about; an update ends with the article that reaches it."""

_ONTOLOGY = "graph/ontology"
_OF_ONTOLOGY = ox.NamedNode("http://www.w3.org/2002/07/owl#Ontology")


class RemoteStore(Store):
    """A store behind a SPARQL endpoint. Made by :meth:`connect`; a context manager."""

    def __init__(self, protocol: Protocol, base: str, writable: bool) -> None:
        self._protocol = protocol
        self._remote = RemoteEngine(protocol)
        # Decisions on links are kept in the working directory.
        super().__init__(cast("ox.Store", self._remote), Path(), base, writable)

    @classmethod
    def connect(cls, protocol: Protocol, base: str | None = None, *, write: bool = False) -> Self:
        """Open the store behind a server.

        Args:
            protocol: its endpoints.
            base: the base IRI it must have; None takes the one it was made with, or the usual one.
            write: open for writing; this checks at once whether the server permits it.

        Raises:
            StoreError: the server does not answer, or refuses; the message names the address.
            UsageError: the store was made with another base IRI.
        """
        try:
            return cls._connected(protocol, base, write)
        except BaseException:
            protocol.close()
            raise

    @classmethod
    def _connected(cls, protocol: Protocol, base: str | None, write: bool) -> Self:
        made_with = _base_of(RemoteEngine(protocol))
        if base and made_with and base != made_with:
            raise UsageError(
                f"{protocol.address}: the store was made with the base IRI {made_with}, not {base}; "
                "leave the base out, or name another store"
            )
        store = cls(protocol, made_with or base or DEFAULT_BASE, write)
        if write:
            protocol.find_update()
            store._put_ontology()
        return store

    def close(self) -> None:
        """Close the connections. A second call does nothing."""
        self._protocol.close()

    def is_current(self, article: str, fingerprint: str, run: str) -> bool:
        """Return True if the store holds the article, built from this content by this run."""
        return self._records.get(article) == (fingerprint, run)

    def __contains__(self, article: str) -> bool:
        return article in self._records

    def fingerprint_of(self, article: str) -> str:
        """Return the fingerprint of the content that an article of the store was built from."""
        return self._records[article][0] if article in self._records else ""

    def remove(self, articles: Sequence[str]) -> None:
        """Remove articles: their graphs, their records in the graph of runs, and their links.

        Args:
            articles: IRIs of articles of the store.

        Raises:
            StoreError: the server refuses, or does not answer.
        """
        for article in articles:
            old = self._links_of([article])
            gone, come = self._same_as(old, ())
            changes = [_data("DELETE", old | gone), *self._clear(article), _data("INSERT", come)]
            self._remote.update(" ;\n".join(changes))
            self._records.pop(article, None)

    def _clear(self, article: str) -> list[str]:
        """Return the updates that remove the graph of an article and its record."""
        node = ox.NamedNode(article)
        return [
            f"DROP SILENT GRAPH {node}",
            f"DELETE WHERE {{ GRAPH {self.runs_graph} {{ {node} ?p ?o }} }}",
        ]

    def compact(self) -> None:
        """Do nothing: the server looks after its own files."""

    def write(self, graphs: Sequence[ArticleGraph]) -> list[ArticleGraph]:
        """Write the graphs of different articles, replacing what is there of them.

        Returns:
            Those that replaced a former graph.

        Raises:
            StoreError: the server refuses, or does not answer; no article is half written.
        """
        replaced = [graph for graph in graphs if graph.article in self]
        batch: list[ArticleGraph] = []
        for graph in graphs:
            batch.append(graph)
            if sum(len(one.trig) for one in batch) * 9 >= UPDATE_BYTES:  # TriG is a ninth of N-Triples
                self._write(batch)
                batch = []
        self._write(batch)
        return replaced

    def back_up(self, name: str) -> str:
        """Ask the server to copy the store. Only ``kg serve`` can.

        Args:
            name: name of the copy within the server's folder for backups.

        Returns:
            The folder of the copy, on the machine of the server.

        Raises:
            StoreError: the server refuses, or is another kind of server.
        """
        return self._protocol.back_up(name)

    def relink(self, article: str, links: Iterable[ox.Quad]) -> bool:
        """Put these links of an article in place of those that it has; return whether anything changed.

        Raises:
            StoreError: the server refuses, or does not answer; the former links stay.
        """
        old, new = self.links_of(article), set(links)
        gone, come = self._same_as(old, accepted(new))
        return self._change(old | gone, new | come)

    def links_of(self, article: str) -> set[ox.Quad]:
        """Return the quads of an article in the graph of links."""
        return self._links_of([article])

    def _write(self, batch: Sequence[ArticleGraph]) -> None:
        if not batch:
            return
        old = self._links_of([graph.article for graph in batch if graph.article in self])
        gone, come = self._same_as(old, [pair for graph in batch for pair in graph.accepted])
        clear = [update for graph in batch for update in self._clear(graph.article)]
        quads = [quad for graph in batch for quad in ox.parse(graph.trig, format=ox.RdfFormat.TRIG)]
        records = [quad for graph in batch for quad in record(graph, self.runs_graph)]
        self._remote.update(
            " ;\n".join(
                [
                    _data("DELETE", old | gone),
                    *clear,
                    _data("INSERT", [*quads, *come]),
                    _data("INSERT", records),
                ]
            )
        )
        self._records.update({graph.article: (graph.fingerprint, graph.run) for graph in batch})

    def _change(self, old: set[ox.Quad], new: set[ox.Quad]) -> bool:
        gone, come = old - new, new - old
        if gone or come:
            self._remote.update(f"{_data('DELETE', gone)} ;\n{_data('INSERT', come)}")
        return bool(gone or come)

    @cached_property
    def _records(self) -> dict[str, tuple[str, str]]:
        """The fingerprint and the run of each article, by its IRI. One request fetches all of them."""
        rows = self._remote.rows(
            f"SELECT ?article ?content ?run WHERE {{ GRAPH {self.runs_graph} "
            f"{{ ?article {FINGERPRINT} ?content ; {PROV.wasAttributedTo} ?run }} }}"
        )
        return {row["article"].value: (row["content"].value, row["run"].value) for row in rows}

    def _links_of(self, articles: Sequence[str]) -> set[ox.Quad]:
        if not articles:
            return set()
        values = " ".join(f"<{article}>" for article in articles)
        graph = self.links_graph
        rows = self._remote.rows(
            f"SELECT DISTINCT ?s ?p ?o WHERE {{ GRAPH {graph} {{ VALUES ?a {{ {values} }} "
            f"{{ ?a ?p ?o BIND(?a AS ?s) }} UNION {{ ?s {KG.reportedIn} ?a ; ?p ?o }} "
            f"UNION {{ ?link {KG.reportedIn} ?a ; {KG.candidate} ?s . ?s ?p ?o }} }} }}"
        )
        return {ox.Quad(row["s"], row["p"], row["o"], graph) for row in rows}

    def _same_as(
        self, removed: Iterable[ox.Quad], added: Iterable[Accepted]
    ) -> tuple[set[ox.Quad], set[ox.Quad]]:
        gone, pairs = list(removed), list(added)
        entities = {entity for entity, _ in (*accepted(gone), *pairs)}
        known = cast("ox.Store", _WithItems(self._remote, self._items_of(entities)))
        return same_as(known, self.links_graph, gone, pairs)

    def _items_of(self, entities: set[str]) -> dict[Any, list[ox.Quad]]:
        """Return the ``schema:sameAs`` of entities, fetched in one request."""
        found: dict[Any, list[ox.Quad]] = defaultdict(list)
        if entities:
            values = " ".join(f"<{entity}>" for entity in sorted(entities))
            for row in self._remote.rows(
                f"SELECT ?s ?o WHERE {{ GRAPH {self.links_graph} "
                f"{{ VALUES ?s {{ {values} }} ?s {SCHEMA.sameAs} ?o }} }}"
            ):
                found[row["s"]].append(ox.Quad(row["s"], SCHEMA.sameAs, row["o"], self.links_graph))
        return found

    def _put_ontology(self) -> None:
        text, fingerprint = ontology_text()
        if any(self._quads(self.ontology_graph, FINGERPRINT, self.runs_graph, fingerprint)):
            return
        quads = [
            ox.Quad(quad.subject, quad.predicate, quad.object, self.ontology_graph)
            for quad in ox.parse(text, format=ox.RdfFormat.TURTLE)
        ]
        said = ox.Quad(self.ontology_graph, FINGERPRINT, fingerprint, self.runs_graph)
        self._remote.update(
            f"DROP SILENT GRAPH {self.ontology_graph} ;\n"
            f"DELETE WHERE {{ GRAPH {self.runs_graph} {{ {self.ontology_graph} {FINGERPRINT} ?old }} }} ;\n"
            f"{_data('INSERT', [*quads, said])}"
        )


class _WithItems:
    """An engine with the ``schema:sameAs`` of some entities fetched in advance."""

    def __init__(self, engine: RemoteEngine, items: dict[Any, list[ox.Quad]]) -> None:
        self._engine, self._items = engine, items

    def quads_for_pattern(self, subject: Any, predicate: Any, value: Any, graph: Any) -> Iterator[ox.Quad]:
        if predicate == SCHEMA.sameAs and value is None and subject is not None:
            return iter(self._items.get(subject, ()))
        return self._engine.quads_for_pattern(subject, predicate, value, graph)


def _base_of(engine: RemoteEngine) -> str | None:
    """Return the base IRI of the data in a store, from the name of its ontology graph."""
    rows = engine.rows(f"SELECT DISTINCT ?g WHERE {{ GRAPH ?g {{ ?ontology {RDF.type} {_OF_ONTOLOGY} }} }}")
    names = sorted(row["g"].value for row in rows if row["g"].value.endswith("/" + _ONTOLOGY))
    return names[0].removesuffix(_ONTOLOGY) if names else None


def _data(verb: str, quads: Iterable[ox.Quad]) -> str:
    """Return an ``INSERT DATA`` or ``DELETE DATA`` operation, its quads grouped by graph."""
    by_graph: dict[str, list[str]] = defaultdict(list)
    for quad in quads:
        by_graph[str(quad.graph_name)].append(str(quad.triple))
    parts = (f"GRAPH {graph} {{ {' . '.join(triples)} }}" for graph, triples in sorted(by_graph.items()))
    return f"{verb} DATA {{ {' '.join(parts)} }}"
