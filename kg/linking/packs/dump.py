"""Read items from the JSON dump of Wikidata, with several processes and in a run that can be resumed.

The dump has one item on each line, without blanks; see
https://www.wikidata.org/wiki/Wikidata:Database_download. A pack keeps a small part of it, so a line is parsed
only if its bytes may match the filter. The results are written to part files beside the pack, one for every
``LINES`` lines; existing parts are not read again. After the last part, ids of countries and offices are
replaced by their labels, and the items are yielded.
"""

from __future__ import annotations

import bz2
import contextlib
import gzip
import itertools
import json
import sys
import zlib
from collections.abc import Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO, Any, cast

from kg.errors import SourceNotFound, StopError, UsageError
from kg.linking.knowledge import Item, ItemType
from kg.linking.packs.classes import Classes, item_type
from kg.linking.packs.entity import Entity

LINES = 2_000  # lines of the dump in one part
_SITELINK = b'"badges":['  # each sitelink has one, nothing else does
_SUBCLASS = b'"P279":['
_TYPES_ONLY = b'"type":"property"'


@dataclass(frozen=True, slots=True)
class Filter:
    """The conditions for items of the dump that are kept. An empty condition matches all items."""

    types: tuple[ItemType, ...] = ()
    countries: tuple[str, ...] = ()  # ids of P27 or P17
    sitelinks: int = 1  # least number of sitelinks


def read_dump(path: Path, parts: Path, chosen: Filter, workers: int = 1) -> Iterator[Item]:
    """Yield the items of a dump that match the filter.

    Args:
        path: ``.json``, ``.json.gz`` or ``.json.bz2``; ``-`` for uncompressed lines on standard input.
        parts: folder of the part files; it is created, and can be deleted after the pack is built.
        chosen: the filter.
        workers: processes that parse lines; one process decompresses the dump.

    Raises:
        SourceNotFound: the dump does not exist.
        StopError: the dump cannot be read to its end; the next run resumes from there.
        UsageError: ``parts`` holds parts of another dump or filter, or a line is not an item.
    """
    if str(path) != "-" and not path.is_file():
        raise SourceNotFound(f"{path}: there is no such file")
    _claim(parts, path, chosen)
    _read_parts(path, parts, chosen, workers)
    yield from _items(parts, chosen)


def _claim(parts: Path, path: Path, chosen: Filter) -> None:
    """Raise UsageError if the parts in a folder come from another dump or filter."""
    size = path.stat().st_size if path.is_file() else 0
    told = json.dumps({"dump": path.name, "bytes": size, "lines": LINES, **asdict(chosen)}, indent=1)
    parts.mkdir(parents=True, exist_ok=True)
    note = parts / "dump.json"
    if note.exists() and note.read_text("utf-8") != told:
        raise UsageError(f"{parts}: holds what was read from another dump or with another filter; delete it")
    note.write_text(told, "utf-8")


def _read_parts(path: Path, parts: Path, chosen: Filter, workers: int) -> None:
    """Write the missing parts. The number of parts in progress is bounded by the number of workers."""
    with _open(path) as lines, ProcessPoolExecutor(workers) as pool:
        pending: set[Future[None]] = set()
        for number, chunk in enumerate(_chunks(path, lines)):
            part = parts / f"{number:07}.jsonl"
            if not part.exists():
                pending.add(pool.submit(write_part, chunk, part, chosen))
            if len(pending) >= 2 * workers:
                done, pending = wait(pending, return_when=FIRST_COMPLETED)
                _check(done)
        _check(wait(pending).done)


def _check(done: Iterable[Future[None]]) -> None:
    for future in done:
        future.result()


def _chunks(path: Path, lines: Iterable[bytes]) -> Iterator[list[bytes]]:
    remaining = iter(lines)
    try:
        while chunk := list(itertools.islice(remaining, LINES)):
            yield chunk
    except (OSError, EOFError, zlib.error) as error:
        raise StopError(
            f"{path}: cannot be read to its end: {error}; the same command goes on from where it is"
        ) from error


@contextlib.contextmanager
def _open(path: Path) -> Iterator[IO[bytes]]:
    if str(path) == "-":
        yield sys.stdin.buffer
        return
    with _unpacked(path) as lines:
        yield lines


def _unpacked(path: Path) -> IO[bytes]:
    if path.suffix == ".bz2":
        return cast("IO[bytes]", bz2.open(path, "rb"))
    return cast("IO[bytes]", gzip.open(path, "rb")) if path.suffix == ".gz" else path.open("rb")


def write_part(chunk: list[bytes], part: Path, chosen: Filter) -> None:
    """Write one part from lines of the dump. It runs in a process of its own.

    Raises:
        UsageError: a line is not an item.
    """
    unfinished = part.with_suffix(".part")
    with unfinished.open("w", encoding="utf-8") as out:
        for line in chunk:
            if _promising(line, chosen) and (kept := _kept(line, chosen)):
                out.write(json.dumps(kept, ensure_ascii=False, separators=(",", ":")) + "\n")
    unfinished.replace(part)


def _promising(line: bytes, chosen: Filter) -> bool:
    """Return False if the bytes of a line show that it holds neither a matching item nor a class."""
    if len(line) < 10 or _TYPES_ONLY in line[:200]:  # "[", "]"; properties
        return False
    return _SUBCLASS in line or _fits(line, chosen)


def _fits(line: bytes, chosen: Filter) -> bool:
    countries = (f'"id":"{qid}"'.encode() for qid in chosen.countries)
    within = not chosen.countries or any(country in line for country in countries)
    return within and line.count(_SITELINK) >= chosen.sitelinks


def _kept(line: bytes, chosen: Filter) -> dict[str, Any] | None:
    try:
        entity = Entity.from_json(json.loads(line.rstrip(b",\r\n")))
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise UsageError(f"a line of the dump is no item ({error!r}): {line[:80]!r}") from error
    if entity is None:
        return None
    inside = not chosen.countries or not set(chosen.countries).isdisjoint(entity.countries)
    whole = inside and entity.sitelinks >= chosen.sitelinks
    return entity.as_dict() if whole else {"qid": entity.qid, "label": entity.label, "above": entity.above}


def _items(parts: Path, chosen: Filter) -> Iterator[Item]:
    """Yield the items of all parts, which are read three times: for references, their labels, and items."""
    above: dict[str, list[str]] = {}
    referred: set[str] = set()
    for record in _records(parts):
        if record["above"]:
            above[record["qid"]] = record["above"]
        if "classes" in record:
            referred.update(Entity(**record).referred())
    labels = {one["qid"]: one["label"] for one in _records(parts) if one["qid"] in referred}
    classes = Classes(above)
    for record in _records(parts):
        if "classes" in record:
            entity = Entity(**record)
            kind = classes.kind(entity.classes)
            if kind != "none" and (not chosen.types or kind in chosen.types):
                yield entity.item(item_type(kind), lambda qid: labels.get(qid, ""))


def _records(parts: Path) -> Iterator[dict[str, Any]]:
    for part in sorted(parts.glob("*.jsonl")):
        with part.open(encoding="utf-8") as lines:
            yield from map(json.loads, lines)
