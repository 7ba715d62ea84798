"""Who may open a store: many readers or one writer, across processes and within one.

Oxigraph takes a POSIX lock on the file ``LOCK`` of a store that is open for writing, and none when it is open
for reading, although reading beside a writer is undefined. So readers take the shared form of that same lock.
Such locks belong to the process: a second one in the same process silently replaces the first, and closing
any handle of the file drops it. Hence the table of what this process has open, with one handle for all its
readers.
"""

from __future__ import annotations

import sys
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

if sys.platform != "win32":  # Windows has no such lock: there, a reader cannot see a writer elsewhere
    import fcntl


class BusyError(Exception):
    """The store is open in a way that excludes this one; the argument says by whom."""


@dataclass(slots=True)
class _Use:
    readers: int = 0
    writer: bool = False
    file: BinaryIO | None = None  # holds the shared lock for all readers of this process


_uses: dict[Path, _Use] = {}
_guard = threading.Lock()


def acquire(folder: Path, write: bool) -> None:
    """Claim the store in ``folder`` for reading or writing; to be followed by :func:`release`.

    A writer is kept from other processes by Oxigraph's own lock, which it takes on opening.

    Raises:
        BusyError: a writer has it, or this is to be a writer and this process reads.
        OSError: the lock file cannot be opened.
    """
    folder = folder.resolve()
    with _guard:
        use = _uses.get(folder, _Use())
        if use.writer or (write and use.readers):
            raise BusyError("this very program")
        if not write and use.file is None:
            use.file = _share(folder / "LOCK")
        use.writer = write
        use.readers += not write
        _uses[folder] = use


def release(folder: Path, write: bool) -> None:
    """Give back what :func:`acquire` gave."""
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
