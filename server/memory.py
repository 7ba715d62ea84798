"""How much memory a process has."""

from __future__ import annotations

import os
from pathlib import Path

_STATUS = Path("/proc/self/statm")


def resident() -> int:
    """Return the bytes of memory that this process has, shared ones included; 0 where that is not told."""
    try:
        return int(_STATUS.read_text("ascii").split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except OSError:
        return 0
