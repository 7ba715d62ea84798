"""Reads a table of the lexicon: tab separated, UTF-8, a header line, ``#`` comments, "-" for an empty cell.

The tables are edited by hand, so every error names file and line.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Mapping
from dataclasses import fields
from importlib.resources import files
from types import MappingProxyType
from typing import Any, TypeVar, get_args

from kg.errors import StopError

Convert = Callable[[str], Any]
Row = TypeVar("Row")
Key = TypeVar("Key", bound=Hashable)


def word(value: str) -> str:
    """Return the value of a cell that must not be empty."""
    if value == "-":
        raise ValueError('must not be "-"')
    return value


def optional(value: str) -> str:
    """Return the value of a cell that may be empty."""
    return "" if value == "-" else value


def choice(literal: Any) -> Convert:
    """Return a function that accepts the values of a ``Literal`` type."""
    known = get_args(literal)

    def convert(value: str) -> str:
        if value not in known:
            raise ValueError(f"{value!r} is not one of {', '.join(known)}")
        return value

    return convert


def several(convert: Convert, separator: str = ",") -> Convert:
    """Return a function that splits a cell into a list, which may be empty, and converts each item."""

    def convert_all(value: str) -> tuple[Any, ...]:
        items = tuple(convert(item) for item in value.split(separator)) if value != "-" else ()
        if len(set(items)) < len(items):
            raise ValueError(f"{value!r} has an item twice")
        return items

    return convert_all


def pair(first: Convert, second: Convert) -> Convert:
    """Return a function that converts an item of the form ``first:second``."""

    def convert(value: str) -> tuple[Any, Any]:
        left, colon, right = value.partition(":")
        if not colon:
            raise ValueError(f"{value!r} must have a colon")
        return first(left), second(right)

    return convert


def read_table(
    name: str, row: type[Row], converts: tuple[Convert, ...], key: Callable[[Row], Key]
) -> Mapping[Key, Row]:
    """Return the rows of a table by key, in the order of the file.

    Args:
        name: the name of the file, without folder.
        row: the dataclass of the rows; its field names are the header.
        converts: one function for each column, in order.
        key: returns what identifies a row.

    Raises:
        StopError: a line is wrong; the message says which and why.
    """
    columns = [field.name for field in fields(row)]  # type: ignore[arg-type]  # every row class is a dataclass
    found: dict[Key, Row] = {}
    for line, cells in _lines(name, columns):
        parsed = row(*_convert(f"{name}:{line}", columns, converts, cells))
        if key(parsed) in found:
            raise StopError(f"{name}:{line}: {key(parsed)!r} is in the table already; remove one of the two")
        found[key(parsed)] = parsed
    return MappingProxyType(found)


def _lines(name: str, columns: list[str]) -> Iterator[tuple[int, list[str]]]:
    text = files(__package__).joinpath(name).read_text("utf-8")
    for number, line in enumerate(text.splitlines(), start=1):
        cells = line.split("\t")
        if number == 1:
            if cells != columns:
                raise StopError(f"{name}:1: the header must be {' '.join(columns)}, separated by tabs")
        elif line and not line.startswith("#"):
            if len(cells) != len(columns):
                raise StopError(f"{name}:{number}: {len(cells)} cells, not {len(columns)}: {line!r}")
            yield number, cells


def _convert(
    where: str, columns: list[str], converts: tuple[Convert, ...], cells: list[str]
) -> Iterator[Any]:
    for column, convert, cell in zip(columns, converts, cells, strict=True):
        try:
            yield convert(_stripped(cell))
        except ValueError as error:
            raise StopError(f"{where}: {column}: {error}") from None


def _stripped(cell: str) -> str:
    if not cell or cell != cell.strip():
        raise ValueError(f'{cell!r} is empty or has space at an end; write "-" for nothing')
    return cell
