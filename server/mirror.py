"""The process that holds the copy of the store and makes the others by forking: they share its memory.

It has one thread, so that a fork of it is whole, and imports what they need before. It hears changes from the
main process over a stream, and from everyone who has the other end of ``requests`` which process to make: one
datagram, the kind, with one end of a socket pair for the new process to speak through.
"""

from __future__ import annotations

import contextlib
import gc
import os
import select
import signal
import socket
import tempfile
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

import pyoxigraph as ox

from server import channel
from server.answering import Source
from server.changes import difference
from server.processes import become, resident

Role = Callable[[socket.socket, Source, int], NoReturn]


class Mirror:
    """The state of the process, and its loop.

    Args:
        main: the connection to the main process, which first says what to hold.
        requests: where processes are asked for.
        union: whether the default graph of a query is the union of all.
        roles: what processes do, by the kind that is asked for.
    """

    def __init__(
        self, main: socket.socket, requests: socket.socket, union: bool, roles: dict[str, Role]
    ) -> None:
        self._main = main
        self._requests = requests
        self._union = union
        self._roles = roles
        self._state = 0
        self._engine: ox.Store | None = None  # the copy; None: each process reads from disk by itself
        self._path = ""
        self._base = ""

    def run(self) -> NoReturn:
        """Fork and follow until the main process is gone."""
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        try:
            self._fill()
            gc.collect()
            gc.freeze()
            self._done()
            while True:
                ready, _, _ = select.select([self._main, self._requests], [], [], 1.0)
                self._reap()
                if self._main in ready:
                    self._follow()
                elif self._requests in ready:
                    self._fork()
        except (EOFError, BrokenPipeError, ConnectionResetError):
            os._exit(0)
        except BaseException:
            traceback.print_exc()
            os._exit(1)

    def _fill(self) -> None:
        _, content = channel.receive(self._main)
        self._path, self._base, copied = channel.unpacked(content)
        self._engine = in_memory(self._path) if copied else None

    def _follow(self) -> None:
        kind, content = channel.receive(self._main)
        state, said = channel.unpacked(content)
        if kind == channel.CHANGE:
            self._state = state
            if self._engine is None:
                self._path = said.path
            else:
                said.apply(self._engine)
            self._done()
        elif kind == channel.RENEW:
            if self._engine is not None:
                self._engine = copy_of(self._engine)
            self._done()
        else:  # what an update did is seen from the path of a snapshot
            assert self._engine is not None
            change = difference(self._engine, ox.Store.read_only(said))
            self._main.sendall(channel.packed(channel.CHANGE, change))

    def _done(self) -> None:
        self._main.sendall(channel.packed(channel.DONE, resident()))

    def _fork(self) -> None:
        kind, descriptors, _, _ = socket.recv_fds(self._requests, 16, 1)
        with socket.socket(fileno=descriptors[0]) as connection:
            if os.fork() == 0:
                self._become(kind.decode("ascii"), connection)

    def _become(self, kind: str, connection: socket.socket) -> NoReturn:
        try:
            become(kind)
            self._main.close()
            self._requests.close()
            engine = self._engine if self._engine is not None else ox.Store.read_only(self._path)
            source = Source(engine, self._base, self._union, self._engine is not None)
            self._roles[kind](connection, source, self._state)
        except BaseException:
            traceback.print_exc()
        finally:
            os._exit(1)

    def _reap(self) -> None:
        with contextlib.suppress(ChildProcessError):
            while os.waitpid(-1, os.WNOHANG)[0]:
                pass


def spawn(requests: socket.socket, kind: str) -> socket.socket:
    """Ask for a process of that kind; it will say HELLO.

    Args:
        requests: the end that asks.
        kind: a key of the mirror's roles.
    """
    ours, theirs = socket.socketpair()
    with theirs:
        socket.send_fds(requests, [kind.encode("ascii")], [theirs.fileno()])
    return ours


def in_memory(path: str) -> ox.Store:
    """Return a copy of the store on disk."""
    return copy_of(ox.Store.read_only(path))


def copy_of(store: ox.Store) -> ox.Store:
    """Return a copy in memory: 4 s and 420 bytes for each of a million triples.

    It has the terms of the triples that there are; a store that has been written to keeps those of others.
    Blank nodes keep their labels, by which changes speak of them.
    """
    copy = ox.Store()
    with tempfile.TemporaryDirectory() as folder:
        dumped, plain, labelled = (Path(folder) / name for name in ("all.nq", "plain.nq", "labelled.nq"))
        with dumped.open("wb") as file:
            store.dump(file, format=ox.RdfFormat.N_QUADS)
        _part(dumped, plain, labelled)
        copy.bulk_load(path=str(plain), format=ox.RdfFormat.N_QUADS, lenient=True)
        copy.extend(ox.parse(path=str(labelled), format=ox.RdfFormat.N_QUADS, lenient=True))
    for graph in store.named_graphs():
        copy.add_graph(graph)  # also those that hold nothing
    return copy


def _part(dumped: Path, plain: Path, labelled: Path) -> None:
    """Put the lines that may have blank nodes apart: only what is slower leaves them their labels."""
    with dumped.open("rb") as lines, plain.open("wb") as without, labelled.open("wb") as having:
        for line in lines:
            (having if b"_:" in line else without).write(line)
