"""Cache the answers of a live service in an SQLite file, each with an expiry time.

Many processes read the cache at the same time. A process takes a turn before it sends a request; one process
has the turn at a time. The turn is a write transaction, so SQLite releases it when a process is killed.
"""

from __future__ import annotations

import json
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from kg.errors import StopError

DAY = 86_400.0
HOLDS = 30 * DAY
"""Lifetime of an answer with a result."""
NOTHING_HOLDS = 7 * DAY
"""Lifetime of an answer without a result; the item may be created at any time."""

UNKNOWN: Any = object()
"""The value for a key that is not in the cache or has expired."""

_TABLES = """
CREATE TABLE IF NOT EXISTS answer(key TEXT PRIMARY KEY, until REAL NOT NULL, said TEXT NOT NULL)
  WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS state(key TEXT PRIMARY KEY, value REAL NOT NULL) WITHOUT ROWID;
"""
_LOCK_WAIT = 3600.0  # seconds to wait for the turn; the process that has it may be waiting for a service
_VERSION = 1


class Cache:
    """The answers of services in a file, or in memory for one process if the path is None."""

    def __init__(self, path: Path | None, clock: Callable[[], float] = time.time) -> None:
        """Open the cache, which is created if missing.

        Raises:
            StopError: the file cannot be created, written or read, or is not a cache.
        """
        self._clock = clock
        self._path = path
        try:
            if path is not None:
                path.parent.mkdir(parents=True, exist_ok=True)
            self._database = sqlite3.connect(path or ":memory:", timeout=_LOCK_WAIT, isolation_level=None)
            self._prepare()
        except (OSError, sqlite3.Error) as error:
            raise StopError(
                f"{path}: cannot keep answers of the live service there: {error}; "
                "choose another file with KG_LIVE_CACHE, or delete this one"
            ) from error

    def get(self, key: str) -> Any:
        """Return the value of ``key``, or UNKNOWN if it is missing or has expired."""
        row = self._database.execute("SELECT until, said FROM answer WHERE key = ?", (key,)).fetchone()
        return json.loads(row[1]) if row and row[0] > self._clock() else UNKNOWN

    def put(self, key: str, said: Any, found: bool = True) -> None:
        """Store an answer; ``found`` decides which of the two lifetimes it has."""
        until = self._clock() + (HOLDS if found else NOTHING_HOLDS)
        self._database.execute(
            "INSERT OR REPLACE INTO answer VALUES (?, ?, ?)",
            (key, until, json.dumps(said, ensure_ascii=False)),
        )

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Hold the turn to send requests. What is stored meanwhile is kept if an exception is raised."""
        self._database.execute("BEGIN IMMEDIATE")
        try:
            yield
        finally:
            self._database.execute("COMMIT")

    def state(self, key: str) -> float:
        """Return a number that all processes share; 0 if it was never set."""
        row = self._database.execute("SELECT value FROM state WHERE key = ?", (key,)).fetchone()
        return float(row[0]) if row else 0.0

    def set_state(self, key: str, value: float) -> None:
        """Set a number that all processes share."""
        self._database.execute("INSERT OR REPLACE INTO state VALUES (?, ?)", (key, value))

    def close(self) -> None:
        """Close the file."""
        self._database.close()

    def _prepare(self) -> None:
        (version,) = self._database.execute("PRAGMA user_version").fetchone()
        if version not in (0, _VERSION):
            raise sqlite3.DatabaseError(f"it is of version {version}, this program keeps version {_VERSION}")
        if version == 0:
            self._database.execute("PRAGMA journal_mode = WAL")
            self._database.executescript(_TABLES)
            self._database.execute(f"PRAGMA user_version = {_VERSION}")
