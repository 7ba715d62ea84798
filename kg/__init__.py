"""Communiqué: who said what, who proposed what, and what happened, from news articles, as RDF.

    import kg

    with kg.open("store") as graph:
        graph.build("articles/")
        for row in graph.query("SELECT ?name WHERE { ?actor a kg:Actor ; rdfs:label ?name }"):
            print(row["name"])

Importing this is cheap: what is heavy is imported when it is first needed.
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
    """Return a handle on the graph in the folder ``store``, which :meth:`kg.graph.Graph.build` makes if need
    be.

    Args:
        store: the folder.
        config: settings; None takes those of the environment (``KG_MODEL`` and so on).
        base: the base IRI of the data; None leaves it to the settings, and those to the store.
    """
    from kg.graph import Graph

    return Graph(store, config, base)
