"""What the user names, expanded: files, folders, patterns, addresses, standard input. Opens nothing."""

from __future__ import annotations

import difflib
import glob
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from kg.errors import SourceNotFound

SUFFIXES = (".txt", ".md", ".html", ".htm", ".json", ".jsonl", ".ndjson")
"""The known endings of file names; each may be followed by ``.gz``."""

STDIN = "-"
_ADDRESSES = ("http://", "https://")


@dataclass(frozen=True, slots=True)
class Item:
    """One thing to read. A file has a ``path``, a web page a ``url``, standard input neither."""

    spec: str  # what the user named
    path: Path | None = None
    url: str | None = None
    size: int | None = None  # bytes, where that is known without reading

    @property
    def origin(self) -> str:
        """How messages call it."""
        return self.url or (str(self.path) if self.path else "standard input")


def find_items(specs: Sequence[str]) -> list[Item]:
    """Return what ``specs`` name, in that order, each thing once.

    A spec is a file, a folder (searched through all its folders, in the order of names, for the known
    suffixes; hidden ones are passed over), a pattern with ``*``, ``**``, ``?`` or ``[]``, an http or https
    address, or ``-``.

    Raises:
        SourceNotFound: a spec names nothing; the message names the spec and, where there is one, a near miss.
    """
    unique: dict[str, Item] = {}
    for spec in specs:
        for item in _expand(spec):
            unique.setdefault(_identity(item), item)
    return list(unique.values())


def known_suffix(path: Path) -> str | None:
    """Return the known suffix of a file name in lower case, ``.gz`` included; None if it has none."""
    name = path.name.lower()
    packed = ".gz" if name.endswith(".gz") else ""
    suffix = Path(name.removesuffix(".gz")).suffix
    return suffix + packed if suffix in SUFFIXES else None


def _identity(item: Item) -> str:
    return item.url or (os.path.realpath(item.path) if item.path else STDIN)


def _expand(spec: str) -> Iterator[Item]:
    if spec == STDIN:
        yield Item(spec)
    elif spec.lower().startswith(_ADDRESSES):
        yield Item(spec, url=spec)
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


def _file(spec: str, path: Path) -> Item:
    return Item(spec, path, size=path.stat().st_size if path.is_file() else None)


def _in_folder(spec: str) -> list[Item]:
    items = [_file(spec, path) for path in _walk(Path(spec))]
    if not items:
        raise SourceNotFound(
            f"{spec}: no file in this folder can be read; known suffixes are {', '.join(SUFFIXES)}, "
            "each also with .gz"
        )
    return items


def _walk(folder: Path) -> Iterator[Path]:
    """Yield the files to read, and the folders that cannot be listed: reading those gives the error."""
    try:
        entries = sorted(folder.iterdir(), key=lambda entry: entry.name)
    except OSError:
        yield folder
        return
    for entry in entries:
        if entry.name.startswith("."):
            continue
        if entry.is_dir():
            if not entry.is_symlink():  # it may lead back up
                yield from _walk(entry)
        elif known_suffix(entry):
            yield entry


def _matching(spec: str) -> Iterator[Item]:
    paths = [Path(name) for name in sorted(glob.glob(spec, recursive=True))]  # noqa: PTH207 - Path.glob knows no absolute
    files = [path for path in paths if not path.is_dir()]
    # "news/**" matches the folders too; what is in them it matches itself. "news/*" names folders to go
    # through.
    folders = [] if "**" in spec else [path for path in paths if path.is_dir()]
    found = [_file(spec, path) for path in files]
    found += [_file(spec, path) for folder in folders for path in _walk(folder)]
    if not found:
        raise SourceNotFound(f"{spec}: no file matches this pattern")
    yield from sorted(found, key=lambda item: item.origin)


def _near_miss(path: Path) -> str:
    """Return "; did you mean ...?", the folder that is missing, or nothing."""
    folder = path.parent
    if not folder.is_dir():
        return f" (there is no folder {folder})"
    try:
        names = [entry.name for entry in folder.iterdir()]
    except OSError as error:
        return f" ({folder} cannot be listed: {error.strerror})"
    close = difflib.get_close_matches(path.name, names, n=1)
    return f"; did you mean {folder / close[0]}?" if close else ""
