"""mimalloc in place of the system's allocator: small queries in memory take about half the time with it.

An allocator can only be exchanged before a process begins, so the program starts itself anew.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path


def preload() -> None:
    """Start this program anew with mimalloc, unless it has it, or any other library is preloaded."""
    library = _library()
    if library is None or "LD_PRELOAD" in os.environ or not sys.orig_argv:
        return
    environment = os.environ | {"LD_PRELOAD": str(library)}
    os.execve(sys.executable, [sys.executable, *sys.orig_argv[1:]], environment)


def _library() -> Path | None:
    """The library that the package cmeel-mimalloc ships; None where it is not installed or of no use."""
    if not sys.platform.startswith("linux"):
        return None
    candidates = (Path(folder) / "cmeel.prefix/lib/libmimalloc.so" for folder in sys.path)
    return next((path.resolve() for path in candidates if path.exists()), None)
