"""Open a pack and look up its items."""

from __future__ import annotations

import json
import sqlite3
import urllib.parse
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, Self

from kg.errors import SourceNotFound, UsageError
from kg.linking.knowledge import Hit, Item, ItemType
from kg.linking.matching import borne, containing, rank, spelled
from kg.linking.names import acronym, key, skeleton, without_possessive
from kg.linking.packs.schema import APPLICATION, COLUMNS, VERSION, to_item
from kg.linking.packs.write import write_pack

_BY_NAME = f"SELECT {COLUMNS} FROM name JOIN item ON number = item WHERE key = ? {{}} ORDER BY item LIMIT ?"
_BY_VARIANT = (
    f"SELECT {COLUMNS} FROM variant JOIN item ON number = item WHERE key = ? {{}} ORDER BY item LIMIT ?"
)
_BY_WORDS = (
    f"SELECT {COLUMNS} FROM word JOIN item ON number = word.rowid WHERE word MATCH ? {{}} "
    "ORDER BY word.rowid LIMIT ?"
)
_BY_BEGINNING = (
    f"SELECT {COLUMNS} FROM item WHERE number IN (SELECT item FROM name WHERE key >= ? AND key < ?) "
    "ORDER BY number LIMIT ?"
)
_VARIANTS_READ = 200  # most items with the same skeleton that are compared with the name


class Pack:
    """A knowledge base in one SQLite file. The file is never changed, only replaced."""

    def __init__(self, path: Path, connection: sqlite3.Connection, manifest: dict[str, Any]) -> None:
        self.path = path
        self.manifest = manifest
        self._connection = connection

    @classmethod
    def open(cls, path: Path) -> Self:
        """Open a pack for reading. Any number of processes may open it.

        Raises:
            SourceNotFound: the file does not exist.
            UsageError: the file is not a pack, or has another version.
        """
        if not path.is_file():
            raise SourceNotFound(f"{path}: there is no such pack; kg wikidata build makes one")
        # immutable: no process writes to a pack, so SQLite takes no lock and makes no -shm file.
        address = f"file:{urllib.parse.quote(str(path.resolve()))}?mode=ro&immutable=1"
        try:
            connection = sqlite3.connect(address, uri=True, cached_statements=32)
            manifest = _manifest(connection, path)
            connection.execute(f"PRAGMA mmap_size = {path.stat().st_size}")
        except sqlite3.DatabaseError as error:
            raise UsageError(f"{path}: is not a pack ({error}); kg wikidata build makes one") from error
        return cls(path, connection, manifest)

    @staticmethod
    def build(
        path: Path, items: Iterable[Item], *, name: str = "", date: str = "", **facts: Any
    ) -> dict[str, Any]:
        """Write a pack of ``items``. An existing file is replaced when all is written.

        Args:
            path: the file to write.
            items: the items in any order. Of several items with the same id the first is kept.
            name: name of the pack; the default is the name of the file without its suffix.
            date: ISO date of the data; "" if it is not known.
            facts: other entries of the manifest, such as the source of the items.

        Returns:
            The manifest, with the numbers of items, names and repeated ids.
        """
        return write_pack(path, items, {"name": name or path.stem, "date": date, **facts})

    @property
    def name(self) -> str:
        """The name of the pack."""
        return str(self.manifest["name"])

    @property
    def date(self) -> str:
        """The ISO date of its data; "" if it is not known."""
        return str(self.manifest["date"])

    def find(self, name: str, wanted: ItemType = "", limit: int = 30) -> Sequence[Hit]:
        """Return the items with the name ``name``, best match first, then most popular.

        The most popular ``limit`` items are read and then sorted. If no item has the name, it is looked up
        without a possessive ending, then in other spellings. An acronym that no item has is compared with the
        initials of organisations.
        """
        hits = self._named(name, wanted, limit)
        if not hits and (plain := without_possessive(name)) != name:
            hits = self._named(plain, wanted, limit)
        if not any(hit.match in ("label", "alias") for hit in hits):
            hits += self._abbreviated(name, wanted, limit - len(hits))
        return hits or self._spelled(name, wanted, limit)

    def containing(self, name: str, wanted: ItemType = "", limit: int = 30) -> Sequence[Hit]:
        """Return the most popular items with a name that contains all words of ``name`` and more words."""
        words = set(key(name).split())
        query = " ".join(f'"{word}"' for word in sorted(words))
        return containing(name, self._read(_BY_WORDS, query, wanted, limit), self.name)

    def beginning(self, name: str, limit: int = 30) -> Sequence[Item]:
        """Return the items with a name that begins with a text, the most popular first; "" matches all."""
        start = key(name)
        rows = self._connection.execute(_BY_BEGINNING, (start, start + "\U0010ffff", limit))
        return [to_item(row) for row in rows]

    def items(self, qids: Sequence[str]) -> Sequence[Item]:
        """Return the items with these ids, in that order. Unknown ids are left out."""
        query = f"SELECT {COLUMNS} FROM item WHERE qid = ?"
        rows = (self._connection.execute(query, (qid,)).fetchone() for qid in qids)
        return [to_item(row) for row in rows if row]

    def close(self) -> None:
        """Close the file."""
        self._connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _named(self, name: str, wanted: ItemType, limit: int) -> list[Hit]:
        folded = key(name)
        hits = [borne(name, folded, item, self.name) for item in self._read(_BY_NAME, folded, wanted, limit)]
        return sorted(hits, key=rank)

    def _spelled(self, name: str, wanted: ItemType, limit: int) -> list[Hit]:
        bones = skeleton(name)
        items = self._read(_BY_VARIANT, bones, wanted, _VARIANTS_READ) if bones else []
        return spelled(name, items, self.name)[:limit]

    def _abbreviated(self, name: str, wanted: ItemType, limit: int) -> list[Hit]:
        letters = acronym(name) if " " not in name else ""
        if not letters:
            return []
        hits = []
        for item in self._read(_BY_VARIANT, letters.upper(), wanted, limit):
            full = (one for one in (item.label, *item.aliases) if acronym(one) == letters)
            hits.append(Hit(item, next(full, item.label), "partial", self.name))
        return hits

    def _read(self, query: str, name: str, wanted: ItemType, limit: int) -> list[Item]:
        if not name:
            return []
        condition, values = ("AND type IN (?, '')", (wanted,)) if wanted else ("", ())
        rows = self._connection.execute(query.format(condition), (name, *values, limit))
        return [to_item(row) for row in rows]


def _manifest(connection: sqlite3.Connection, path: Path) -> dict[str, Any]:
    (application,) = connection.execute("PRAGMA application_id").fetchone()
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    if application != APPLICATION:
        raise UsageError(f"{path}: is not a pack; kg wikidata build makes one")
    if version != VERSION:
        raise UsageError(
            f"{path}: is a pack of version {version}, this program reads version {VERSION}; build it again"
        )
    rows = connection.execute("SELECT key, value FROM manifest")
    return {name: json.loads(value) for name, value in rows}
