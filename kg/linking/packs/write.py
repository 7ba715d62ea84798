"""Write a pack from items in any order. The file appears only when it is complete."""

from __future__ import annotations

import contextlib
import itertools
import json
import sqlite3
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from kg.errors import StopError
from kg.linking.knowledge import Item
from kg.linking.names import acronym, key, skeleton
from kg.linking.packs.schema import ALIAS_BREAK, APPLICATION, COLUMNS, TABLES, VERSION, to_row

_BATCH = 5_000  # items inserted by one statement
_ITEMS = """
INSERT INTO item(qid, label, aliases, description, type, popularity, more)
SELECT qid, label, aliases, description, type, popularity, more
FROM gathered ORDER BY popularity DESC, CAST(substr(qid, 2) AS INTEGER), qid
"""


def write_pack(path: Path, items: Iterable[Item], facts: dict[str, Any]) -> dict[str, Any]:
    """Write ``items`` to ``path``, and return the manifest with ``facts`` and counts.

    Raises:
        StopError: the file cannot be written.
    """
    unfinished = path.with_name(path.name + ".part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        unfinished.unlink(missing_ok=True)
        with contextlib.closing(sqlite3.connect(unfinished)) as connection:
            manifest = facts | _fill(connection, items)
            _write_manifest(connection, manifest)
        unfinished.replace(path)
    except (OSError, sqlite3.OperationalError) as error:
        raise StopError(f"{path}: the pack cannot be written: {error}") from error
    finally:
        with contextlib.suppress(OSError):
            unfinished.unlink()
    return manifest


def _fill(connection: sqlite3.Connection, items: Iterable[Item]) -> dict[str, int]:
    # The file of a build that fails is deleted, so nothing need be flushed to disk before the end.
    connection.executescript(
        "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -200000;"
    )
    connection.executescript(TABLES)
    repeated = _gather(connection, items)
    connection.execute(_ITEMS)
    connection.execute("DROP TABLE gathered")
    connection.execute("CREATE UNIQUE INDEX item_qid ON item(qid)")
    _write_names(connection)
    _write_words(connection)
    connection.commit()
    connection.execute("ANALYZE")
    return {
        "items": _count(connection, "item"),
        "names": _count(connection, "name"),
        "repeated": repeated,
    }


def _gather(connection: sqlite3.Connection, items: Iterable[Item]) -> int:
    """Store the items in a temporary table, each id once; return the number of repeated ids."""
    others = COLUMNS.removeprefix("qid, ")
    connection.execute(f"CREATE TEMP TABLE gathered(qid TEXT PRIMARY KEY, {others})")
    given = kept = 0
    insert = f"INSERT OR IGNORE INTO gathered({COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?)"
    for batch in _batches(items):
        given += len(batch)
        kept += connection.executemany(insert, map(to_row, batch)).rowcount
    return given - kept


def _write_names(connection: sqlite3.Connection) -> None:
    connection.execute("CREATE TEMP TABLE spelled(key TEXT, item INTEGER, variant INTEGER)")
    rows = connection.execute("SELECT number, label, aliases, type FROM item")
    while named := rows.fetchmany(_BATCH):
        keys = itertools.chain.from_iterable(_keys(*row) for row in named)
        connection.executemany("INSERT INTO spelled VALUES (?, ?, ?)", keys)
    for table, variant in (("name", 0), ("variant", 1)):
        chosen = f"SELECT DISTINCT key, item FROM spelled WHERE variant = {variant} ORDER BY 1, 2"
        connection.execute(f"INSERT INTO {table} {chosen}")
    connection.execute("DROP TABLE spelled")


def _write_words(connection: sqlite3.Connection) -> None:
    """Index the words of names of several words, in the order of the items, so that matches are sorted."""
    names = connection.execute("SELECT key, item FROM name WHERE instr(key, ' ') ORDER BY item")
    indexed = (
        (number, " ".join(sorted({word for folded, _ in rows for word in folded.split()})))
        for number, rows in itertools.groupby(names, key=lambda row: row[1])
    )
    connection.executemany("INSERT INTO word(rowid, words) VALUES (?, ?)", indexed)


def _keys(number: int, label: str, aliases: str, kind: str) -> Iterator[tuple[str, int, int]]:
    names = {label, *aliases.split(ALIAS_BREAK)} - {""}
    for one in sorted(names):
        if folded := key(one):
            yield folded, number, 0
        if bones := skeleton(folded):  # equal to the skeleton of the name, and faster to compute
            yield bones, number, 1
        if kind == "organisation" and (letters := acronym(one)):
            yield letters.upper(), number, 1  # skeletons are in lower case, so the two are distinct


def _batches(items: Iterable[Item]) -> Iterator[list[Item]]:
    remaining = iter(items)
    while batch := list(itertools.islice(remaining, _BATCH)):
        yield batch


def _count(connection: sqlite3.Connection, table: str) -> int:
    (count,) = connection.execute(f"SELECT count(*) FROM {table}").fetchone()
    return int(count)


def _write_manifest(connection: sqlite3.Connection, manifest: dict[str, Any]) -> None:
    rows = ((name, json.dumps(value, ensure_ascii=False)) for name, value in manifest.items())
    connection.executemany("INSERT INTO manifest VALUES (?, ?)", rows)
    connection.execute(f"PRAGMA application_id = {APPLICATION}")
    connection.execute(f"PRAGMA user_version = {VERSION}")
    connection.commit()
