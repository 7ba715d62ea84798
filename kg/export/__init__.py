"""Write the graph of a store as RDF. The same graph gives the same bytes.

In comes a store (or a list of triples); out come pieces of text. rdflib's serialisers are not used because
they hold the whole graph in memory and sort by hash, Oxigraph's because they keep the order of the disk.

- ``groups`` gathers the triples of each subject and cuts the graph into sections that fit in memory.
- ``order`` sorts subjects, properties and values.
- ``turtle`` (with TriG), ``lines`` (N-Triples, N-Quads), ``jsonld`` and ``rdfxml`` write one format each. A
  new format is a function from sections to pieces of text, a row in ``WRITERS`` and one in
  ``kg.rdf.formats``.
- ``output`` replaces a file when all is written.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from kg.errors import UsageError
from kg.export import groups
from kg.export.groups import Section, of_triples
from kg.export.jsonld import jsonld
from kg.export.lines import nquads, ntriples
from kg.export.rdfxml import rdfxml
from kg.export.turtle import trig, turtle
from kg.rdf.formats import GRAPH_FORMATS
from kg.rdf.prefixes import prefixes
from kg.store.local import Store

__all__ = ["WRITERS", "export", "of_triples"]

Writer = Callable[[Iterable[Section], Mapping[str, str], str], Iterator[str]]


WRITERS: dict[str, Writer] = {
    "turtle": turtle,
    "trig": trig,
    "nquads": nquads,
    "ntriples": ntriples,
    "jsonld": jsonld,
    "rdfxml": rdfxml,
}
"""The writer of each format of :data:`kg.rdf.formats.GRAPH_FORMATS`."""


def export(
    store: Store, format_name: str = "turtle", article: str | None = None, everything: bool = False
) -> Iterator[str]:
    """Yield the graph of a store as text, in pieces.

    Args:
        store: the store that holds the graph.
        format_name: a key of :data:`WRITERS`. A format without named graphs gets the union of all graphs,
            each triple once.
        article: IRI of one article; None writes all articles.
        everything: True writes the ontology and the record of runs, too. The record holds times, so it
            differs from build to build.

    Raises:
        UsageError: the format or the article is not known, or the format cannot represent the graph.
    """
    if format_name not in WRITERS:
        raise UsageError(f"format: {format_name!r} is not known; known are {', '.join(WRITERS)}")
    if article is not None:
        sections = groups.of_article(store, article)
    elif GRAPH_FORMATS[format_name].keeps_graphs:
        sections = groups.by_graph(store, everything)
    else:
        sections = groups.union(store, everything)
    return WRITERS[format_name](sections, prefixes(store.base), store.base)
