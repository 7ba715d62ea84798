"""Read items from tables of the user: TSV with a header row, or JSONL with the keys of ``Item``."""

from __future__ import annotations

import dataclasses
import gzip
import json
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, get_args

from kg.errors import SourceNotFound, StopError, UsageError
from kg.linking.knowledge import Item, ItemType, Office

_TYPES: dict[str, ItemType] = {name: name for name in get_args(ItemType)} | {
    "org": "organisation",
    "organization": "organisation",
    "location": "place",
    "none": "",
}
_FIELDS = {field.name: field for field in dataclasses.fields(Item)}
_LISTS = {name for name, field in _FIELDS.items() if field.default == ()}
_LIST_BREAK = "|"


def read_table(path: Path) -> Iterator[Item]:
    """Yield the items of a file: ``.jsonl`` is JSONL, any other suffix is TSV; either may be gzipped.

    In TSV, the first row names the columns. ``qid`` and ``label`` are required, members of lists are
    separated by ``|``, a column ``sitelinks`` is the popularity, and columns that are not fields of ``Item``
    are ignored. JSONL has the same names as keys, lists as arrays, and offices as arrays of label, start and
    end.

    Raises:
        SourceNotFound: the file does not exist.
        UsageError: a line is not valid; the message names the line.
        StopError: the file cannot be read to its end.
    """
    name = path.name.removesuffix(".gz")
    with_numbers = enumerate(_lines(path), 1)
    read = _jsonl if name.endswith((".jsonl", ".ndjson")) else _tsv
    yield from read(path, with_numbers)


def type_of(name: str) -> ItemType:
    """Return the type with a name that tables may use; raises KeyError for an unknown name."""
    return _TYPES[name.lower()]


def _lines(path: Path) -> Iterator[str]:
    if not path.is_file():
        raise SourceNotFound(f"{path}: there is no such file")
    try:
        with (
            gzip.open(path, "rt", encoding="utf-8")
            if path.suffix == ".gz"
            else path.open(encoding="utf-8") as lines
        ):
            yield from lines
    except (OSError, EOFError, zlib.error, UnicodeDecodeError) as error:
        raise StopError(f"{path}: cannot be read to its end: {error}") from error


def _tsv(path: Path, lines: Iterable[tuple[int, str]]) -> Iterator[Item]:
    columns: list[str] | None = None
    for number, line in lines:
        if line.startswith("#") or not line.strip():
            continue
        values = line.rstrip("\r\n").split("\t")
        if columns is None:
            columns = _header(path, values)
            continue
        if len(values) > len(columns):
            raise UsageError(f"{path}:{number}: has {len(values)} columns, the first row {len(columns)}")
        yield _item(f"{path}:{number}", dict(zip(columns, values, strict=False)))


def _header(path: Path, columns: list[str]) -> list[str]:
    for needed in ("qid", "label"):
        if needed not in columns:
            raise UsageError(f"{path}: the first row must name the columns, and {needed!r} is not among them")
    return columns


def _jsonl(path: Path, lines: Iterable[tuple[int, str]]) -> Iterator[Item]:
    for number, line in lines:
        if not line.strip():
            continue
        try:
            values = json.loads(line)
        except ValueError as error:
            raise UsageError(f"{path}:{number}: not valid JSON: {error}") from error
        if not isinstance(values, dict):
            raise UsageError(f"{path}:{number}: must be an object with the keys qid, label …")
        yield _item(f"{path}:{number}", values)


def _item(where: str, values: dict[str, Any]) -> Item:
    if not values.get("qid") or not values.get("label"):
        raise UsageError(f"{where}: qid and label must not be empty")
    if values.get("sitelinks"):
        values["popularity"] = values["sitelinks"]
    read = {name: _value(where, name, value) for name, value in values.items() if name in _FIELDS and value}
    return Item(**read)


def _value(where: str, name: str, value: Any) -> Any:
    try:
        if name == "offices":
            return tuple(Office(*office) for office in value)
        if name in _LISTS:
            parts = value.split(_LIST_BREAK) if isinstance(value, str) else value
            return tuple(str(part) for part in parts if part)
        if name == "type":
            return type_of(value)
        return float(value) if name == "popularity" else str(value)
    except (KeyError, TypeError, ValueError):
        raise UsageError(f"{where}: {name}: {value!r} cannot be understood") from None
