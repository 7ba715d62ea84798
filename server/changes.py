"""What a write does to a store, as something that every process can do to its own copy.

A change has the same outcome wherever it is applied; what has not (see ``lexer.is_settled``) is turned by the
writer into one that has.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import pyoxigraph as ox


@dataclass(frozen=True, slots=True)
class Updated:
    """An update whose outcome is settled."""

    update: str
    base: str
    prefixes: dict[str, str] = field(default_factory=dict)  # that it does not declare

    def apply(self, engine: ox.Store) -> ox.Store:
        """Return the store with the change."""
        engine.update(self.update, base_iri=self.base, prefixes=self.prefixes)
        return engine


@dataclass(frozen=True, slots=True)
class Moved:
    """Quads that went and quads that came, as N-Quads."""

    gone: bytes
    come: bytes
    graphs_gone: tuple[str, ...] = ()
    graphs_come: tuple[str, ...] = ()  # named, also where they are empty

    def apply(self, engine: ox.Store) -> ox.Store:
        """Return the store with the change."""
        for quad in ox.parse(self.gone, format=ox.RdfFormat.N_QUADS, lenient=True):
            engine.remove(quad)
        for graph in self.graphs_gone:
            engine.remove_graph(ox.NamedNode(graph))
        engine.extend(ox.parse(self.come, format=ox.RdfFormat.N_QUADS, lenient=True))
        for graph in self.graphs_come:
            engine.add_graph(ox.NamedNode(graph))
        return engine


@dataclass(frozen=True, slots=True)
class Reopened:
    """Another state of the files, for those that read from disk."""

    path: str

    def apply(self, engine: ox.Store) -> ox.Store:
        """Return the store with the change."""
        del engine
        return ox.Store.read_only(self.path)


@dataclass(frozen=True, slots=True)
class Differing:
    """What an update did is seen from the files: to be made a :class:`Moved` before anybody is told."""

    path: str


Change = Updated | Moved | Reopened


def difference(engine: ox.Store, other: ox.Store) -> Moved:
    """Return what turns ``engine`` into ``other``; about 3 s for a million quads."""
    mine, theirs = _lines(engine), _lines(other)
    old, new = _graphs(engine), _graphs(other)
    return Moved(b"\n".join(mine - theirs), b"\n".join(theirs - mine), tuple(old - new), tuple(new - old))


def _lines(engine: ox.Store) -> set[bytes]:
    dumped = engine.dump(format=ox.RdfFormat.N_QUADS)
    assert dumped is not None
    return set(dumped.split(b"\n")) - {b""}


def _graphs(engine: ox.Store) -> set[str]:
    return {graph.value for graph in engine.named_graphs() if isinstance(graph, ox.NamedNode)}
