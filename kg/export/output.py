"""Where an export goes: a file that is replaced in one step, or a stream."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO

from kg.errors import UsageError


def write_file(path: Path, pieces: Iterable[str]) -> None:
    """Write text to a file in UTF-8; until all of it is there, the file stays as it was.

    Raises:
        UsageError: the file cannot be written.
    """
    with replacing(path) as file:
        for piece in pieces:
            file.write(piece.encode("utf-8"))


@contextlib.contextmanager
def replacing(path: Path) -> Iterator[IO[bytes]]:
    """Give a file to write that takes the place of ``path`` when all went well.

    Raises:
        UsageError: the file cannot be written.
    """
    draft = path
    if path.is_file() or not path.exists():  # a device or a pipe is written as it is
        draft = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with draft.open("wb") as file:
            yield file
        if draft != path:
            draft.replace(path)
    except OSError as error:
        raise UsageError(f"{path}: cannot be written: {error.strerror or error}") from error
    finally:
        if draft != path:
            draft.unlink(missing_ok=True)
