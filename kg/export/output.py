"""Write an output file that replaces the old one in one step, after all is written."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO

from kg.errors import UsageError


def write_file(path: Path, pieces: Iterable[str]) -> None:
    """Write text to a file in UTF-8. An existing file is kept until all is written.

    Raises:
        UsageError: the file cannot be written.
    """
    with replacing(path) as file:
        for piece in pieces:
            file.write(piece.encode("utf-8"))


@contextlib.contextmanager
def replacing(path: Path) -> Iterator[IO[bytes]]:
    """Give a temporary file to write. It replaces ``path`` at the end, unless an exception is raised.

    Devices and pipes are written directly.

    Raises:
        UsageError: the file cannot be written.
    """
    part = path
    if path.is_file() or not path.exists():
        part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with part.open("wb") as file:
            yield file
        if part != path:
            part.replace(path)
    except OSError as error:
        raise UsageError(f"{path}: cannot be written: {error.strerror or error}") from error
    finally:
        if part != path:
            part.unlink(missing_ok=True)
