"""The one place that writes: to the disk first, and then it says what has changed, for the copies in
memory."""

from __future__ import annotations

import shutil
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from kg.errors import QueryError, StoreError
from kg.rdf.prefixes import prefixes
from kg.store.backup import back_up
from kg.store.local import Store
from server.changes import Change, Differing, Moved, Reopened, Updated
from server.lexer import is_settled, only_inserts
from server.refusal import Refusal
from server.rewriting import with_one_prologue


@dataclass(frozen=True, slots=True)
class Update:
    """To make an update."""

    text: str


@dataclass(frozen=True, slots=True)
class Put:
    """To write the triples of one graph."""

    graph: str | None  # its IRI; None is the default graph
    quads: bytes  # N-Quads, all in that graph
    triples: bytes  # the same as N-Triples
    replace: bool  # whether what is in the graph goes
    blank: bool  # whether there are blank nodes


@dataclass(frozen=True, slots=True)
class Drop:
    """To remove a graph."""

    graph: str | None


@dataclass(frozen=True, slots=True)
class Backup:
    """To copy the store into a new folder."""

    folder: str


Request = Update | Put | Drop | Backup

_LONG = 1.0
"""Seconds: what took longer is not done again in every process, but its outcome is told them."""


class Writer:
    """Writes to the store.

    Args:
        store: open for writing, or for reading if nothing but backups is asked for.
        copied: whether others hold copies in memory, else they read from snapshots of the files.
    """

    def __init__(self, store: Store, copied: bool) -> None:
        self._store, self._engine = store, store.engine
        self._copied = copied

    def write(self, request: Request) -> tuple[Change | Differing | None, object]:
        """Do what is asked.

        Returns:
            What has changed, None if nothing; and what to tell who asked. Snapshots in it are the caller's,
            to be removed when nobody reads from them.

        Raises:
            KgError: nothing was written.
        """
        if isinstance(request, Backup):
            back_up(self._store, Path(request.folder))
            return None, request.folder
        if not self._store.writable:
            raise Refusal(403, "the store is served for reading only; start the server with a token to write")
        try:
            if isinstance(request, Update):
                change, said = self._update(request.text), None
            elif isinstance(request, Put):
                change, said = self._put(request)
            else:
                change, said = self._drop(request), None
        except SyntaxError as error:
            raise QueryError(f"the update does not parse: {error}") from error
        except (RuntimeError, ValueError) as error:  # as CREATE of a graph that is there
            raise Refusal(409, f"the update cannot be made: {error}") from error
        except OSError as error:
            raise StoreError(f"nothing was written: {error}") from error
        return (change if self._copied else Reopened(self.snapshot())), said

    def snapshot(self) -> str:
        """Return the path of the files as they are now, for those who read from disk or copy from it."""
        folder = Path(tempfile.mkdtemp(prefix=f".{self._store.path.name}-", dir=self._store.path.parent))
        self._engine.backup(str(folder / "now"))
        return str(folder / "now")

    def remove_left_over(self) -> None:
        """Remove the snapshots of a server that was killed."""
        store = self._store.path
        for folder in store.parent.glob(f".{store.name}-????????"):
            if folder.is_dir() and {path.name for path in folder.iterdir()} <= {"now", "now.tmp"}:
                shutil.rmtree(folder, ignore_errors=True)

    def close(self) -> None:
        """Let go of the store."""
        del self._engine
        self._store.close()

    def _update(self, text: str) -> Change | Differing:
        if self._copied and not is_settled(text) and only_inserts(text):
            return self._insert(text)
        began, base = time.monotonic(), self._store.base
        text, known = _make(self._engine, text, base)
        if self._copied and (time.monotonic() - began > _LONG or not is_settled(text)):
            return Differing(self.snapshot())
        return Updated(text, base, known)

    def _insert(self, text: str) -> Moved:
        """What the update inserts does not depend on what is there: an empty store tells what it is."""
        apart = ox.Store()
        _make(apart, text, self._store.base)
        quads = apart.dump(format=ox.RdfFormat.N_QUADS) or b""
        self._engine.extend(ox.parse(quads, format=ox.RdfFormat.N_QUADS, lenient=True))
        return Moved(b"", quads)

    def _put(self, request: Put) -> tuple[Change, bool]:
        graph = _graph(request.graph)
        new = isinstance(graph, ox.NamedNode) and not self._engine.contains_named_graph(graph)
        made = (request.graph,) if request.graph else ()
        old = self._lines(graph) if request.replace else set()
        if old <= set(request.quads.split(b"\n")):
            self._engine.extend(ox.parse(request.quads, format=ox.RdfFormat.N_QUADS, lenient=True))
            if isinstance(graph, ox.NamedNode):
                self._engine.add_graph(graph)
            return Moved(b"", request.quads, (), made), new
        self._engine.update(_replacing(request))
        # Blank nodes have got other labels on the way in: what is there now is what counts.
        now = self._lines(graph) if request.blank else set(request.quads.split(b"\n"))
        return Moved(b"\n".join(old - now), b"\n".join(now - old), (), made), new

    def _lines(self, graph: ox.NamedNode | ox.DefaultGraph) -> set[bytes]:
        quads = self._engine.quads_for_pattern(None, None, None, graph)
        text = ox.serialize(quads, format=ox.RdfFormat.N_QUADS)
        return set((text or b"").split(b"\n"))

    def _drop(self, request: Drop) -> Change:
        graph = _graph(request.graph)
        if isinstance(graph, ox.NamedNode) and not self._engine.contains_named_graph(graph):
            raise Refusal(404, f"there is no graph {graph.value}")
        text = f"DROP GRAPH {graph}" if isinstance(graph, ox.NamedNode) else "DROP DEFAULT"
        self._engine.update(text)
        return Updated(text, self._store.base)


def _make(engine: ox.Store, text: str, base: str) -> tuple[str, dict[str, str]]:
    """Make an update; return it as it was made, and the prefixes that it needed.

    Raises:
        SyntaxError: as it was sent.
    """
    try:
        engine.update(text, base_iri=base)
        return text, {}
    except SyntaxError as error:
        known, rewritten = prefixes(base), with_one_prologue(text)
        if rewritten is None:
            engine.update(text, base_iri=base, prefixes=known)
            return text, known
        try:
            engine.update(rewritten, base_iri=base, prefixes=known)
        except SyntaxError:
            raise error from None  # which speaks of the text that was sent
        return rewritten, known


def _graph(name: str | None) -> ox.NamedNode | ox.DefaultGraph:
    return ox.DefaultGraph() if name is None else ox.NamedNode(name)


def _replacing(request: Put) -> str:
    """One transaction: the graph is never seen without its former or its new triples."""
    triples = request.triples.decode("utf-8")
    if request.graph is None:
        return f"DROP DEFAULT ; INSERT DATA {{ {triples} }}"
    graph = ox.NamedNode(request.graph)
    return (
        f"DROP SILENT GRAPH {graph} ; CREATE GRAPH {graph} ; INSERT DATA {{ GRAPH {graph} {{ {triples} }} }}"
    )
