"""Opening a store wherever it is."""

from __future__ import annotations

from pathlib import Path

from kg.config import Address, Config
from kg.store.local import Store
from kg.store.remote.protocol import Protocol
from kg.store.remote.store import RemoteStore


def open_store(
    place: Path | Address,
    config: Config,
    base: str | None = None,
    *,
    write: bool = False,
    create: bool = False,
) -> Store:
    """Open the store in a folder, or the one that is served at an address.

    Args:
        place: a folder, or the address of a server: ``http://127.0.0.1:8000``.
        config: for a server, its token, the addresses of its endpoints, and how long to wait.
        base: the base IRI it must have; None takes the one it was made with.
        write: open for writing.
        create: make the store if there is none (this opens for writing).

    Raises:
        StoreError: it cannot be opened; see :meth:`kg.store.local.Store.open`.
        UsageError: the store was made with another base IRI.
    """
    if isinstance(place, Path):
        return Store.open(place, base, write=write, create=create)
    protocol = Protocol(place, config.token, config.query_url, config.update_url, config.store_timeout)
    return RemoteStore.connect(protocol, base, write=write or create)
