"""What operators are told of the graph and of the processes at the moment they ask."""

from __future__ import annotations

import asyncio

from server import processes
from server.front import Backend
from server.metrics import gauge


async def gauges(backend: Backend) -> list[str]:
    """Return the gauges in the text format of Prometheus.

    Args:
        backend: the store, as this process knows it.
    """
    triples, articles = await backend.sizes()
    groups = await asyncio.to_thread(processes.groups, backend.metrics.main)
    counts = {f'{{kind="{kind}"}}': group.count for kind, group in groups.items()}
    memory = {f'{{kind="{kind}"}}': group.memory for kind, group in groups.items()}
    return [
        *gauge("triples", "Triples in the store.", {"": triples}),
        *gauge("articles", "Articles in the store.", {"": articles}),
        *gauge("state", "Changes of the store since the server was started.", {"": backend.state}),
        *gauge("processes", "Processes of the server.", counts),
        *gauge("memory_bytes", "Memory that they take, what they share counted once.", memory),
    ]
