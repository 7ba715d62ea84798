"""Copying a store, while it is read or served. What comes of it is a store like the first."""

from __future__ import annotations

from pathlib import Path

from kg.errors import StoreError, UsageError
from kg.store.format import MARKER
from kg.store.local import Store


def back_up(store: Store, folder: Path) -> None:
    """Copy a store into a new folder, as it is at one moment.

    On the same disk this takes next to no room, as unchanged files are shared (hard links). The file that
    makes the folder a store comes last: a copy that was broken off is not taken for one.

    Args:
        store: open, for reading or for writing.
        folder: where the copy is to lie; it must not be there yet.

    Raises:
        UsageError: the folder is there.
        StoreError: the copy cannot be made.
    """
    if folder.exists():
        raise UsageError(f"{folder}: is there already; name a new folder")
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        store.engine.backup(str(folder))
        (folder / "LOCK").touch()  # which readers claim, and the engine does not copy
        (folder / MARKER).write_bytes((store.path / MARKER).read_bytes())
    except (OSError, RuntimeError) as error:
        raise StoreError(f"{folder}: the backup was not made: {error}") from error
