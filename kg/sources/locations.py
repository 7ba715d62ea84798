"""Expand the names that a user gives (files, folders, patterns, addresses, ``-``) to locations to read.

Nothing is opened here.
"""

from __future__ import annotations

import difflib
import glob
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from kg.errors import SourceNotFound

SUFFIXES = (".txt", ".md", ".html", ".htm", ".json", ".jsonl", ".ndjson")
"""The suffixes of file names that are read; each may be followed by ``.gz``."""

STDIN = "-"
_ADDRESSES = ("http://", "https://")


@dataclass(frozen=True, slots=True)
class Location:
    """One source to read. A file has a ``path``, a web page has a ``url``, standard input has neither."""

    spec: str  # the name that the user gave
    path: Path | None = None
    url: str | None = None
    size: int | None = None  # bytes; None if unknown before reading

    @property
    def origin(self) -> str:
        """The name of the location in messages."""
        return self.url or (str(self.path) if self.path else "standard input")


def find_locations(specs: Sequence[str]) -> list[Location]:
    """Return the locations that ``specs`` name, in that order and without duplicates.

    A spec is a file, a folder, a pattern with ``*``, ``**``, ``?`` or ``[]``, an http or https address, or
    ``-``. A folder gives all files below it that have a known suffix, in the order of their names; hidden
    files and folders are skipped.

    Raises:
        SourceNotFound: a spec names nothing. The message names the spec and a file with a similar name.
    """
    unique: dict[str, Location] = {}
    for spec in specs:
        for location in _expand(spec):
            unique.setdefault(_identity(location), location)
    return list(unique.values())


def known_suffix(path: Path) -> str | None:
    """Return the suffix of a file name in lower case, with ``.gz`` if present; None if it is not known."""
    name = path.name.lower()
    packed = ".gz" if name.endswith(".gz") else ""
    suffix = Path(name.removesuffix(".gz")).suffix
    return suffix + packed if suffix in SUFFIXES else None


def _identity(location: Location) -> str:
    """Return a key that is the same for two locations that name the same file or address."""
    return location.url or (os.path.realpath(location.path) if location.path else STDIN)


def _expand(spec: str) -> Iterator[Location]:
    if spec == STDIN:
        yield Location(spec)
    elif spec.lower().startswith(_ADDRESSES):
        yield Location(spec, url=spec)
    elif not spec:
        raise SourceNotFound("an empty name was given as a source; name a file, a folder, an address or -")
    elif Path(spec).is_dir():
        yield from _in_folder(spec)
    elif Path(spec).exists():
        yield _file(spec, Path(spec))
    elif "://" in spec:
        raise SourceNotFound(f"{spec}: only http and https addresses are read")
    elif glob.has_magic(spec):
        yield from _matching(spec)
    else:
        raise SourceNotFound(f"{spec}: no such file or folder{_near_miss(Path(spec))}")


def _file(spec: str, path: Path) -> Location:
    return Location(spec, path, size=path.stat().st_size if path.is_file() else None)


def _in_folder(spec: str) -> list[Location]:
    locations = [_file(spec, path) for path in _walk(Path(spec))]
    if not locations:
        raise SourceNotFound(
            f"{spec}: no file in this folder can be read; known suffixes are {', '.join(SUFFIXES)}, "
            "each also with .gz"
        )
    return locations


def _walk(folder: Path) -> Iterator[Path]:
    """Yield the files with a known suffix, and the folders that cannot be listed.

    Opening such a folder later gives the error that is reported.
    """
    try:
        entries = sorted(folder.iterdir(), key=lambda entry: entry.name)
    except OSError:
        yield folder
        return
    for entry in entries:
        if entry.name.startswith("."):
            continue
        if entry.is_dir():
            if not entry.is_symlink():  # a link may lead to a folder above
                yield from _walk(entry)
        elif known_suffix(entry):
            yield entry


def _matching(spec: str) -> Iterator[Location]:
    paths = [Path(name) for name in sorted(glob.glob(spec, recursive=True))]  # noqa: PTH207 - Path.glob knows no absolute
    files = [path for path in paths if not path.is_dir()]
    # "news/**" matches folders and also the files in them. "news/*" matches folders, which are searched here.
    folders = [] if "**" in spec else [path for path in paths if path.is_dir()]
    locations = [_file(spec, path) for path in files]
    locations += [_file(spec, path) for folder in folders for path in _walk(folder)]
    if not locations:
        raise SourceNotFound(f"{spec}: no file matches this pattern")
    yield from sorted(locations, key=lambda location: location.origin)


def _near_miss(path: Path) -> str:
    """Return the end of the message for a missing file: a similar name, the missing folder, or ""."""
    folder = path.parent
    if not folder.is_dir():
        return f" (there is no folder {folder})"
    try:
        names = [entry.name for entry in folder.iterdir()]
    except OSError as error:
        return f" ({folder} cannot be listed: {error.strerror})"
    close = difflib.get_close_matches(path.name, names, n=1)
    return f"; did you mean {folder / close[0]}?" if close else ""
