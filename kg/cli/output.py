"""The destination of results: standard output, or a file that is replaced only on success."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import IO


@contextlib.contextmanager
def destination(output: Path | None) -> Iterator[IO[bytes]]:
    """Give the stream for results; None and ``-`` mean standard output."""
    if output is None or str(output) == "-":
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
    else:
        from kg.export.output import replacing

        with replacing(output) as file:
            yield file


def on_terminal(output: Path | None) -> bool:
    """Return True if the results go to a terminal."""
    return (output is None or str(output) == "-") and sys.stdout.isatty()
