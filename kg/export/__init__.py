"""Write the graph of a store as RDF. The same graph gives the same bytes.

In comes a store (or a list of triples); out come pieces of text. rdflib's serialisers are not used because
they hold the whole graph in memory and sort by hash, Oxigraph's because they keep the order of the disk.

- ``groups`` gathers the triples of each subject and cuts the graph into sections that fit in memory.
- ``order`` sorts subjects, properties and values.
- ``turtle`` (with TriG), ``lines`` (N-Triples, N-Quads), ``jsonld`` and ``rdfxml`` write one format each. A
  new format is a function from sections to pieces of text, and a row in ``FORMATS``.
- ``output`` replaces a file when all is written.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from kg.errors import UsageError
from kg.export import groups
from kg.export.groups import Section, of_triples
from kg.export.jsonld import jsonld
from kg.export.lines import nquads, ntriples
from kg.export.rdfxml import rdfxml
from kg.export.turtle import trig, turtle
from kg.rdf.prefixes import prefixes
from kg.store.local import Store

__all__ = ["FORMATS", "Format", "export", "of_triples"]

Writer = Callable[[Iterable[Section], Mapping[str, str], str], Iterator[str]]


@dataclass(frozen=True, slots=True)
class Format:
    """An RDF format."""

    write: Writer
    suffix: str  # suffix of file names: ".ttl"
    keeps_graphs: bool = False  # True if the format has named graphs


FORMATS = {
    "turtle": Format(turtle, ".ttl"),
    "trig": Format(trig, ".trig", keeps_graphs=True),
    "nquads": Format(nquads, ".nq", keeps_graphs=True),
    "ntriples": Format(ntriples, ".nt"),
    "jsonld": Format(jsonld, ".jsonld"),
    "rdfxml": Format(rdfxml, ".rdf"),
}


def export(
    store: Store, format_name: str = "turtle", article: str | None = None, everything: bool = False
) -> Iterator[str]:
    """Yield the graph of a store as text, in pieces.

    Args:
        store: the store that holds the graph.
        format_name: a key of :data:`FORMATS`. A format without named graphs gets the union of all graphs,
            each triple once.
        article: IRI of one article; None writes all articles.
        everything: True writes the ontology and the record of runs, too. The record holds times, so it
            differs from build to build.

    Raises:
        UsageError: the format or the article is not known, or the format cannot represent the graph.
    """
    if format_name not in FORMATS:
        raise UsageError(f"format: {format_name!r} is not known; known are {', '.join(FORMATS)}")
    chosen = FORMATS[format_name]
    if article is not None:
        sections = groups.of_article(store, article)
    elif chosen.keeps_graphs:
        sections = groups.by_graph(store, everything)
    else:
        sections = groups.union(store, everything)
    return chosen.write(sections, prefixes(store.base), store.base)
