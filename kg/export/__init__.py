"""From the store to RDF files that are the same to the byte for the same graph.

The writers are our own: rdflib's hold the whole graph and sort by hash, Oxigraph's keep the order of its
disk. They
stream: see ``groups`` for what is in memory at a time.
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
    """A way to write RDF."""

    write: Writer
    suffix: str  # of files
    keeps_graphs: bool = False


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
    """Yield the graph, piece by piece, in the named format of :data:`FORMATS`.

    Args:
        store: where the graph is.
        format_name: formats without graphs get the union of all graphs, each triple once.
        article: IRI of the one article to write; None writes all.
        everything: also the ontology and the record of runs (which holds times, so it differs from build to
            build).

    Raises:
        UsageError: the format or the article is not known, or the format cannot say what is in the graph.
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
