"""Locks of stores: one writer or many readers, across processes and within one process.

Oxigraph takes an exclusive POSIX lock on the file ``LOCK`` when it opens a store for writing. It takes none
for reading, although its documentation leaves reading beside a writer undefined. Readers here therefore take
a shared lock on the same file. POSIX locks belong to the process: a second lock in the same process replaces
the first without an error, and closing any handle of the file drops it. This module therefore keeps a table
of the stores that this process has open, with one file handle for all readers of a store.
"""

from __future__ import annotations

import sys
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

if (
    sys.platform != "win32"
):  # Windows has no such lock: a reader there cannot detect a writer in another process
    import fcntl


class BusyError(Exception):
    """Another user of the store excludes this one; the argument names that user."""


@dataclass(slots=True)
class _Use:
    readers: int = 0
    writer: bool = False
    file: BinaryIO | None = None  # holds the shared lock for all readers of this process


_uses: dict[Path, _Use] = {}
_guard = threading.Lock()


def acquire(folder: Path, write: bool) -> None:
    """Claim the store in ``folder`` for reading or writing. The caller must call :func:`release` later.

    For a writer this checks only the present process; Oxigraph's own lock excludes other processes.

    Raises:
        BusyError: another writer has the store open, or a writer is asked for while this process reads.
        OSError: the lock file cannot be opened.
    """
    folder = folder.resolve()
    with _guard:
        use = _uses.get(folder, _Use())
        if use.writer or (write and use.readers):
            raise BusyError("this process")
        if not write and use.file is None:
            use.file = _share(folder / "LOCK")
        use.writer = write
        use.readers += not write
        _uses[folder] = use


def release(folder: Path, write: bool) -> None:
    """End the claim that :func:`acquire` made with the same arguments."""
    folder = folder.resolve()
    with _guard:
        use = _uses[folder]
        use.readers -= not write
        if write or not use.readers:
            if use.file is not None:
                use.file.close()
            del _uses[folder]


def _share(lock: Path) -> BinaryIO | None:
    if sys.platform == "win32":
        return None
    file = lock.open("rb")
    try:
        fcntl.lockf(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except OSError as error:
        file.close()
        raise BusyError("another process") from error
    return file
