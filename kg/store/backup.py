"""Copies of a store. A store can be copied while it is read or served, and the copy is a complete store."""

from __future__ import annotations

from pathlib import Path

from kg.errors import StoreError, UsageError
from kg.store.format import MARKER
from kg.store.local import Store


def back_up(store: Store, folder: Path) -> None:
    """Copy a consistent state of a store into a new folder.

    On the same disk the copy takes little space, because unchanged files are hard links. The marker file is
    written last, so that an interrupted copy is not a valid store.

    Args:
        store: open, for reading or for writing.
        folder: the folder of the copy; it must not exist.

    Raises:
        UsageError: the folder exists.
        StoreError: the copy failed.
    """
    if folder.exists():
        raise UsageError(f"{folder}: this folder exists already; name a new one")
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        store.engine.backup(str(folder))
        (folder / "LOCK").touch()  # readers lock it, and the engine does not copy it
        (folder / MARKER).write_bytes((store.path / MARKER).read_bytes())
    except (OSError, RuntimeError) as error:
        raise StoreError(f"{folder}: the backup was not made: {error}") from error
