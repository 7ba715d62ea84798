"""Links the articles of a store again. It reads their graphs and writes only the graph of links."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass

import pyoxigraph as ox

from kg.linking.linker import Linker
from kg.rdf.from_quads import read_names
from kg.rdf.link import link_quads
from kg.rdf.vocab import KG
from kg.records import Extraction
from kg.store.local import Store


@dataclass(slots=True)
class LinkReport:
    """Counts of articles of a run."""

    linked: int = 0
    changed: int = 0  # of the linked ones, those with different links now
    current: int = 0  # linked before with the same knowledge bases and weights, and left as they are
    seconds: float = 0.0


def names_of(store: Store, article: str) -> Extraction:
    """Return the actors, places, roles and events of an article, read from its graph."""
    graph = ox.NamedNode(article)
    return read_names(store.engine.quads_for_pattern(None, None, None, graph), article, store.base)


def relink(
    store: Store,
    linker: Linker,
    articles: Iterable[str] | None = None,
    again: bool = False,
    progress: Callable[[LinkReport], None] = lambda _: None,
) -> LinkReport:
    """Link the names of articles, one article after the other, each in a transaction of its own.

    Args:
        store: open for writing.
        linker: decides on the links.
        articles: IRIs; by default all of the store.
        again: also link articles that the same knowledge bases and weights linked before.
        progress: called after each article.

    Raises:
        StoreError: the store cannot be written; articles linked before stay linked.
    """
    report, started = LinkReport(), time.monotonic()
    for article in store.articles() if articles is None else articles:
        if not again and is_current(store, article, linker.version):
            report.current += 1
        else:
            links = linker.link(names_of(store, article), article)
            quads = link_quads(links, article, store.base, store.links_graph, linker.version)
            report.linked += 1
            report.changed += store.relink(article, quads)
        progress(report)
    report.seconds = time.monotonic() - started
    return report


def is_current(store: Store, article: str, version: str) -> bool:
    """Return True if these knowledge bases and weights linked the article."""
    return linked_by(store, article) == version


def linked_by(store: Store, article: str) -> str | None:
    """Return the version of the knowledge bases and weights that linked an article; None if none did."""
    said = store.engine.quads_for_pattern(ox.NamedNode(article), KG.linkedBy, None, store.links_graph)
    return next((quad.object.value for quad in said if isinstance(quad.object, ox.Literal)), None)
