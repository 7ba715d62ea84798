"""A process that speaks HTTP: what it knows of the store, and how it has queries answered and writes made."""

from __future__ import annotations

import asyncio
import dataclasses
import gc
import logging
import os
import signal
import socket
import time
from functools import partial
from typing import Any, NoReturn, cast

import pyoxigraph as ox

from kg.errors import StoreError
from kg.rdf.vocab import RDF, SCHEMA
from server import channel
from server.answering import Job, Source
from server.cache import Cache, Kept
from server.changes import Reopened
from server.inline import NotSmallError, Watch
from server.lanes import Asking, Lanes
from server.metrics import Metrics
from server.mirror import spawn
from server.processes import WORKER, resident
from server.refusal import Refusal
from server.responding import Receive
from server.settings import Settings
from server.shapes import DOUBTFUL, Shape, Shapes
from server.timeouts import LAST_WORK

log = logging.getLogger("communique.server")


class Backend:
    """The store, for those who answer requests."""

    def __init__(
        self, settings: Settings, source: Source, state: int, requests: socket.socket, metrics: Metrics
    ) -> None:
        self.settings = settings
        self.metrics = metrics
        self.base = source.base
        self.cache = Cache(settings.cache)
        self.state = state
        self.instance = b""
        self.shapes = Shapes()
        self._source = source
        self._inline = True
        # What waits for a disk blocks this process as well as what computes.
        self._clock = time.thread_time if source.in_memory else time.monotonic
        self._watch = Watch(settings.timeout)
        self._lanes = Lanes(partial(spawn, requests, WORKER), settings, metrics)
        self._sizes: tuple[int, tuple[int, int]] | None = None  # and the state that they are of
        self._link: Link

    def attach(self, link: Link) -> None:
        """Take the connection to the writer."""
        self._link = link

    def small(self, job: Job, shape: Shape, transport: asyncio.Transport | None) -> Kept | None:
        """Return the answer if the query is a small one; None if others shall answer.

        Args:
            job: the query.
            shape: of the query.
            transport: to the client.

        Raises:
            KgError: as ``answering.answer``.
        """
        if not self._inline or not shape.is_small or shape.calls:
            return None
        tiny = shape.is_tiny
        clock = time.monotonic if tiny else self._clock  # which costs more to read
        began = clock()
        try:
            found = self._watch.answer(self._source, job, transport)
        except NotSmallError:
            return None  # who answers it takes note of what it costs
        seconds = clock() - began
        shape.learn(min(seconds, DOUBTFUL) if tiny else seconds)
        self.metrics.add("inline_total")
        return Kept(found.media_type, bytes(found.body))

    def ask(self, job: Job, shape: Shape | None = None, receive: Receive | None = None) -> Asking:
        """Have a query answered by a process for queries; arguments and errors as :class:`Asking`."""
        return self._lanes.ask(job, shape or self.shapes.of(job.asked.query), receive)

    async def write(self, request: Any) -> Any:
        """Have something written, by the process that may; return what it says.

        When this returns, every process of the server answers from the store with the change.

        Raises:
            KgError: nothing was written.
        """
        said = await self._link.request(request)
        self.metrics.add("updates_total")
        return said

    async def follow(self, frame: bytes, state: int, change: Any) -> None:
        """Take over a change of the store."""
        self._inline = False  # a half-made change is seen by nobody
        engine = await asyncio.to_thread(change.apply, self._source.engine)
        self._source = dataclasses.replace(self._source, engine=engine)
        # The files of a state go when they are two states old.
        self._lanes.change(state, frame, lasting=not isinstance(change, Reopened))
        self.cache.clear()
        self.state, self._inline = state, True

    def check(self) -> None:
        """See that the store answers.

        Raises:
            StoreError: it does not.
        """
        try:
            self._source.engine.query("ASK {}")
        except (RuntimeError, OSError) as error:
            raise StoreError(f"the store does not answer: {error}") from error

    async def sizes(self) -> tuple[int, int]:
        """Return how many triples and articles there are; counted once for each state of the store."""
        state, engine = self.state, self._source.engine
        if self._sizes is None or self._sizes[0] != state:
            self._sizes = (state, await asyncio.to_thread(_sizes, engine))
        return self._sizes[1]

    def report(self) -> None:
        """Set the gauges of this process."""
        self.metrics.set("queries_running", self._lanes.running)
        self.metrics.set("cache_bytes", self.cache.size)

    def close(self, reason: Refusal | None = None) -> None:
        """End the processes for queries, for the reason given."""
        self._lanes.close(reason)


def _sizes(engine: ox.Store) -> tuple[int, int]:
    articles = engine.quads_for_pattern(None, RDF.type, SCHEMA.NewsArticle)
    return len(engine), sum(1 for quad in articles if quad.subject == quad.graph_name)


class Link(asyncio.Protocol):
    """The connection of a front to the main process."""

    def __init__(self, backend: Backend, stop: asyncio.Event) -> None:
        self._backend, self._stop = backend, stop
        self.grace: float | None = None  # seconds to go on for those who have connected; None: not leaving
        self._frames = channel.Frames()
        self._asked: dict[int, asyncio.Future[Any]] = {}
        self._changes: asyncio.Queue[bytes] = asyncio.Queue()
        self._transport: asyncio.Transport

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Part of asyncio's interface."""
        self._transport = cast("asyncio.Transport", transport)  # uvloop's are not, by their class

    def data_received(self, data: bytes) -> None:
        """Part of asyncio's interface."""
        for kind, content in self._frames.feed(data):
            if kind == channel.CHANGE:
                self._changes.put_nowait(content)
            elif kind == channel.RENEW:
                self.grace = channel.unpacked(content)
                self._stop.set()
                if not self.grace:
                    reason = Refusal(503, "the server is stopping")
                    asyncio.get_running_loop().call_later(LAST_WORK, self._backend.close, reason)
            else:
                number, said = channel.unpacked(content)
                future = self._asked.pop(number)
                if not future.done():
                    future.set_result(said) if kind == channel.DONE else future.set_exception(said)

    def connection_lost(self, error: Exception | None) -> None:
        """Part of asyncio's interface."""
        del error
        for future in self._asked.values():
            if not future.done():
                future.set_exception(
                    Refusal(503, "the server is stopping; whether it was written is not known")
                )
        self._stop.set()

    async def request(self, value: Any) -> Any:
        """Send a request to the main process and return its answer."""
        if self._transport.is_closing():
            raise Refusal(503, "the server is stopping; nothing was written")
        number = max(self._asked, default=0) + 1
        future = asyncio.get_running_loop().create_future()
        self._asked[number] = future
        self._transport.write(channel.packed(channel.WRITE, (number, value)))
        return await future

    async def follow(self) -> None:
        """Take over changes as they come, and say so.

        If that fails, the process ends at once, for another to take its place: the main process waits for it
        before it writes anything else, and what it would answer from now on is out of date.
        """
        try:
            while True:
                content = await self._changes.get()
                state, change = channel.unpacked(content)
                await self._backend.follow(channel.frame(channel.CHANGE, content), state, change)
                self._transport.write(channel.packed(channel.DONE, resident()))
        except Exception:
            log.exception("a change could not be taken over")
            os._exit(3)


def serve(
    connection: socket.socket,
    source: Source,
    state: int,
    settings: Settings,
    listening: socket.socket,
    requests: socket.socket,
    metrics: Metrics,
) -> NoReturn:
    """Answer requests until the main process says to stop, or is gone.

    Args:
        connection: to the main process.
        source: the store, as the mirror has it.
        state: of the store; changes up to it are in ``source``.
        settings: of the server.
        listening: where clients connect; all fronts listen there.
        requests: where to ask the mirror for processes.
        metrics: the counters.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    connection.sendall(channel.packed(channel.HELLO, (os.getpid(), state)))
    _, content = channel.receive(connection)
    number, instance = channel.unpacked(content)
    metrics.own(number)
    _run(_main(connection, Backend(settings, source, state, requests, metrics), instance, listening))
    os._exit(0)


def prepare() -> None:
    """Import what a front needs, so that those forked from this process have it."""
    import uvloop  # noqa: F401

    import server.app
    import server.http  # noqa: F401


def _run(main: Any) -> None:
    import uvloop

    uvloop.run(main)


async def _main(connection: socket.socket, backend: Backend, instance: str, listening: socket.socket) -> None:
    import uvicorn

    from server.app import create_app
    from server.http import Protocol

    stop = asyncio.Event()
    backend.instance = instance.encode("ascii")
    loop = asyncio.get_running_loop()
    _, link = await loop.create_unix_connection(lambda: Link(backend, stop), sock=connection)
    backend.attach(link)
    following = asyncio.ensure_future(link.follow())
    reporting = asyncio.ensure_future(_report(backend))
    config = uvicorn.Config(
        create_app(backend),
        http=Protocol,
        ws="none",
        lifespan="off",
        log_config=None,
        access_log=False,
        server_header=False,
    )
    gc.freeze()  # what is there now stays, and need not be looked through again
    server = uvicorn.Server(config)
    serving = asyncio.ensure_future(server.serve(sockets=[listening]))
    await asyncio.wait([serving, asyncio.ensure_future(stop.wait())], return_when=asyncio.FIRST_COMPLETED)
    reporting.cancel()  # who takes the place of this one, takes its gauges
    if link.grace is not None:
        for listener in server.servers:
            listener.close()
        await asyncio.sleep(link.grace)
    server.should_exit = True
    await serving
    following.cancel()
    backend.close()


async def _report(backend: Backend) -> None:
    while True:
        backend.report()
        await asyncio.sleep(1.0)
