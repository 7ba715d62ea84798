"""Communiqué reads news articles and writes who said what, who proposed what and what happened as RDF.

    import kg

    with kg.open("store") as graph:
        graph.build("articles/")
        for row in graph.query("SELECT ?name WHERE { ?actor a kg:Actor ; rdfs:label ?name }"):
            print(row["name"])

An article passes the rooms in this order:

    sources    files, web pages, streams        -> Article
    extractor  Article                          -> Extraction (actors, statements, proposals, events)
    linking    Extraction                       -> Links to items of Wikidata
    rdf        Extraction, Links                -> quads
    store      quads, kept on disk or on a server
    build      runs all of these for many articles, in several processes

``query``, ``export`` and ``evaluate`` read the results; ``cli`` is the command line; ``records`` and ``text``
hold what all rooms share. ``import kg`` is cheap: heavy libraries are imported when they are first needed.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from kg.version import __version__

if TYPE_CHECKING:
    from kg.config import Config
    from kg.graph import Graph

__all__ = ["__version__", "open"]


def open(  # noqa: A001 (read as kg.open)
    store: str | Path = "store", config: Config | None = None, base: str | None = None
) -> Graph:
    """Return a handle on the graph in ``store``. :meth:`kg.graph.Graph.build` creates a missing folder.

    Args:
        store: the folder, or the http or https address of a store that a server holds.
        config: settings; None takes those of the environment (``KG_MODEL`` and so on).
        base: base IRI of the data; None takes that of the settings, or else that of the store.
    """
    from kg.graph import Graph

    return Graph(store, config, base)
