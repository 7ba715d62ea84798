"""From the store to RDF files that are the same to the byte for the same graph.

The writers are our own: rdflib's hold the whole graph and sort by hash, Oxigraph's keep the order of its
disk. They
stream: see ``groups`` for what is in memory at a time.
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
    """Yield the graph, piece by piece, in the named format, a key of :data:`WRITERS`.

    Args:
        store: where the graph is.
        format_name: formats without graphs get the union of all graphs, each triple once.
        article: IRI of the one article to write; None writes all.
        everything: also the ontology and the record of runs (which holds times, so it differs from build to
            build).

    Raises:
        UsageError: the format or the article is not known, or the format cannot say what is in the graph.
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
