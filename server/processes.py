"""The processes of one server, as the operating system knows them: their names, their memory, their end."""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import psutil

MAIN, MIRROR, WRITER, FRONT, WORKER = "main", "mirror", "writer", "front", "worker"
"""Kinds of processes."""

_NAMED = "kg "
_STATUS = Path("/proc/self/statm")
_PARENT_DEATH, _SET_NAME = 1, 15  # PR_SET_PDEATHSIG and PR_SET_NAME of Linux


@dataclass(frozen=True, slots=True)
class Group:
    """The processes of one kind."""

    count: int
    memory: int  # bytes; what several share is divided among them


def resident() -> int:
    """Return the bytes of memory that this process has, shared ones included; 0 where that is not told."""
    return _pages(1)


def addressed() -> int:
    """Return the bytes of address space that this process has; 0 where that is not told."""
    return _pages(0)


def become(kind: str) -> None:
    """Have ``ps`` and ``top`` tell this process from the others of the server, where they can."""
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(_SET_NAME, f"{_NAMED}{kind}".encode("ascii"))


def end_with(parent: int) -> None:
    """End this process when the one that made it ends, also if it was killed."""
    with contextlib.suppress(OSError, AttributeError):  # elsewhere, the end of a connection does it
        ctypes.CDLL(None).prctl(_PARENT_DEATH, signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(1)


def groups(main: int) -> dict[str, Group]:
    """Return the processes of a server, by their kinds.

    Args:
        main: number of the process that has made the others.
    """
    counts: Counter[str] = Counter()
    memory: Counter[str] = Counter()
    for process in [psutil.Process(main), *psutil.Process(main).children(recursive=True)]:
        with contextlib.suppress(psutil.Error):  # it has just ended
            size = process.memory_full_info()
            kind = MAIN if process.pid == main else process.name().removeprefix(_NAMED)
            counts[kind] += 1
            memory[kind] += getattr(size, "pss", size.uss)
    return {kind: Group(counts[kind], memory[kind]) for kind in sorted(counts)}


def _pages(field: int) -> int:
    try:
        return int(_STATUS.read_text("ascii").split()[field]) * os.sysconf("SC_PAGE_SIZE")
    except OSError:
        return 0
