"""The marker file of a store: its format version and its base IRI."""

from __future__ import annotations

import json
from pathlib import Path

from kg.config import DEFAULT_BASE
from kg.errors import StoreError, StoreMissing, StoreVersionError, UsageError

FORMAT_VERSION = 1
"""Raised when the program can no longer read, or add to, stores of the previous version."""

MARKER = "COMMUNIQUE"
"""Name of the marker file. It holds JSON without the suffix ``.json``, which ``kg build`` would read."""


def base_of(path: Path, base: str | None, create: bool) -> str:
    """Return the base IRI that the store in a folder was made with.

    Args:
        path: the folder.
        base: the base IRI it must have; None takes any.
        create: make the folder and its marker if there is no store.

    Raises:
        StoreMissing: there is no store, and ``create`` is not set.
        StoreVersionError: the store has another format version.
        StoreError: the folder holds something else, or the file is damaged.
        UsageError: the store was made with another base IRI.
        OSError: the folder cannot be read or written.
    """
    known = _read_marker(path)
    if known is None:
        _refuse_other_folder(path)
        if not create:
            raise StoreMissing(f"{path}: there is no store; make one with: kg build SOURCE... --store {path}")
        known = _write_marker(path, base or DEFAULT_BASE)
    if base is not None and base != known:
        raise UsageError(
            f"{path}: the store was made with the base IRI {known}, not {base}; "
            "leave the base out, or name another store"
        )
    return known


def _read_marker(path: Path) -> str | None:
    try:
        marker = json.loads((path / MARKER).read_text("utf-8"))
        version, base = marker["format"], str(marker["base"])
    except (FileNotFoundError, NotADirectoryError):
        return None
    except (ValueError, KeyError, TypeError) as error:
        raise StoreError(
            f"{path / MARKER}: damaged; restore it from a backup, or build the articles into another folder"
        ) from error
    if version != FORMAT_VERSION:
        raise StoreVersionError(
            f"{path}: the store has format version {version}, this program reads {FORMAT_VERSION}; "
            "build the articles again into another folder, or use the version of the program that made it"
        )
    return base


def _write_marker(path: Path, base: str) -> str:
    path.mkdir(parents=True, exist_ok=True)
    draft = path / (MARKER + ".new")
    draft.write_text(json.dumps({"format": FORMAT_VERSION, "base": base}) + "\n", "utf-8")
    draft.replace(path / MARKER)
    return base


def _refuse_other_folder(path: Path) -> None:
    if path.exists() and not path.is_dir():
        raise StoreError(f"{path}: this is a file, not the folder of a store; nothing was changed")
    others = sorted(entry.name for entry in path.iterdir()) if path.is_dir() else []
    if set(others) - {MARKER + ".new"}:
        raise StoreError(
            f"{path}: not a store of Communiqué, and not empty (the folder holds {', '.join(others[:3])}"
            f"{', …' if len(others) > 3 else ''}); nothing was changed; name another folder"
        )
