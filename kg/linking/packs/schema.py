"""The tables of a pack, and the conversion between items and rows.

Items are numbered in the order of their popularity, most popular first, so that the primary key of ``name``
gives the items of a name in that order without sorting.
"""

from __future__ import annotations

import dataclasses
import json
from typing import Any

from kg.linking.knowledge import Item, Office

APPLICATION = 0x6B675031  # "kgP1", in the header of the file
VERSION = 2

TABLES = """
CREATE TABLE item(
  number INTEGER PRIMARY KEY, qid TEXT NOT NULL, label TEXT NOT NULL, aliases TEXT NOT NULL,
  description TEXT NOT NULL, type TEXT NOT NULL, popularity REAL NOT NULL, more TEXT NOT NULL
);
CREATE TABLE name(key TEXT NOT NULL, item INTEGER NOT NULL, PRIMARY KEY(key, item)) WITHOUT ROWID;
CREATE TABLE variant(key TEXT NOT NULL, item INTEGER NOT NULL, PRIMARY KEY(key, item)) WITHOUT ROWID;
CREATE VIRTUAL TABLE word USING fts5(words, content='', detail=none, tokenize='ascii');
CREATE TABLE manifest(key TEXT PRIMARY KEY, value TEXT NOT NULL);
"""
COLUMNS = "qid, label, aliases, description, type, popularity, more"
ALIAS_BREAK = "\n"

Row = tuple[str, str, str, str, str, float, str]

_IN_COLUMNS = {"qid", "label", "aliases", "description", "type", "popularity"}
_MORE = [field for field in dataclasses.fields(Item) if field.name not in _IN_COLUMNS]


def to_row(item: Item) -> Row:
    """Return the values of ``COLUMNS`` for an item. Rare fields are in one column, as JSON."""
    more: dict[str, Any] = {}
    for field in _MORE:
        value = getattr(item, field.name)
        if value:
            more[field.name] = (
                [dataclasses.astuple(office) for office in value] if _is_office(field) else value
            )
    packed = json.dumps(more, ensure_ascii=False, separators=(",", ":")) if more else ""
    aliases = ALIAS_BREAK.join(item.aliases)
    return item.qid, item.label, aliases, item.description, item.type, item.popularity, packed


def to_item(row: Any) -> Item:
    """Return the item of a row of ``COLUMNS``."""
    qid, label, aliases, description, kind, popularity, packed = row
    more = _unpack(packed) if packed else {}
    names = tuple(aliases.split(ALIAS_BREAK)) if aliases else ()
    return Item(qid, label, names, description, kind, popularity=popularity, **more)


def _unpack(packed: str) -> dict[str, Any]:
    more: dict[str, Any] = json.loads(packed)
    for name, value in more.items():
        if name == "offices":
            more[name] = tuple(Office(*office) for office in value)
        elif isinstance(value, list):
            more[name] = tuple(value)
    return more


def _is_office(field: dataclasses.Field[Any]) -> bool:
    return field.name == "offices"
