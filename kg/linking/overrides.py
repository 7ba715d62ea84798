"""Decisions of a person about links, which override the linker.

They are a TSV table in the folder of the store, which can be edited by hand. They apply to names, not to
items of a pack or nodes of a graph, so that they stay valid when packs and graphs are built again. A decision
for one article takes precedence over one for all articles.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import astuple, dataclass, fields
from pathlib import Path
from typing import Any, Literal, cast, get_args

from kg.errors import StopError, UsageError
from kg.linking.knowledge import ItemType
from kg.linking.names import key

FILE_NAME = "link-decisions.tsv"
"""The name of the table in the folder of a store."""

Decision = Literal["accept", "reject", "never"]
"""accept: the name refers to the item. reject: it does not refer to the item. never: it refers to no item."""

_HEADER = """\
# What was decided about links. decision: accept (the name means the item), reject (not that item), never (no
# item at all). type and article may be empty: for any. Lines may be changed, added and deleted.
"""


@dataclass(frozen=True, slots=True)
class Override:
    """A decision about a name."""

    name: str
    type: ItemType = ""  # type of the entity with the name; "" for any
    article: str = ""  # IRI of the article that it applies to; "" for all
    decision: Decision = "accept"
    qid: str = ""  # "" with "never"
    day: str = ""  # ISO date of the decision
    note: str = ""

    def __post_init__(self) -> None:
        if not self.name.strip() or any(c in cell for cell in astuple(self) for c in "\t\n\r"):
            raise UsageError(f"a decision needs a name, and no cell may hold a tab or a line break: {self}")
        if self.type not in get_args(ItemType):
            raise UsageError(f"{self.name}: type {self.type!r} is not known; known are {get_args(ItemType)}")
        if self.decision not in get_args(Decision):
            raise UsageError(f"{self.name}: {self.decision!r} is not one of {', '.join(get_args(Decision))}")
        if (self.decision == "never") == bool(self.qid):
            raise UsageError(f"{self.name}: accept and reject need an id of an item, never takes none")


class Overrides:
    """The decisions in force.

    A decision replaces an earlier one about the same name, type and article. Rejections of several items are
    all kept.
    """

    def __init__(self, decided: Iterable[Override] = ()) -> None:
        self._decided: dict[str, list[Override]] = {}
        for one in decided:
            self.add(one)

    @classmethod
    def load(cls, path: Path) -> Overrides:
        """Return the decisions of a file; none if the file does not exist.

        Raises:
            UsageError: a line is not a decision; the message names the line.
            StopError: the file cannot be read.
        """
        try:
            lines = path.read_text("utf-8").splitlines() if path.exists() else []
        except (OSError, UnicodeDecodeError) as error:
            raise StopError(f"{path}: cannot be read: {error}") from error
        return cls(_read(path, lines))

    def save(self, path: Path) -> None:
        """Write all decisions to a file, which is replaced when all are written.

        Raises:
            StopError: the file cannot be written.
        """
        unfinished = path.with_name(path.name + ".part")
        columns = "\t".join(field.name for field in fields(Override))
        rows = ("\t".join(astuple(one)) for one in sorted(self, key=astuple))
        try:
            unfinished.write_text(_HEADER + "".join(f"{row}\n" for row in (columns, *rows)), "utf-8")
            unfinished.replace(path)
        except OSError as error:
            raise StopError(f"{path}: cannot be written: {error}") from error

    def add(self, new: Override) -> None:
        """Add a decision, and remove those that it contradicts."""
        former = self._decided.setdefault(key(new.name), [])
        former[:] = [one for one in former if not _contradict(one, new)]
        former.append(new)

    def __iter__(self) -> Iterator[Override]:
        return (one for decided in self._decided.values() for one in decided)

    def accepted(self, name: str, wanted: ItemType = "", article: str = "") -> str | None:
        """Return the id of the accepted item of a name, or None."""
        told = [one for one in self._about(name, wanted, article) if one.decision != "reject"]
        return told[0].qid or None if told else None

    def rejected(self, name: str, wanted: ItemType = "", article: str = "") -> frozenset[str]:
        """Return the ids of the rejected items of a name."""
        about = self._about(name, wanted, article)
        return frozenset(one.qid for one in about if one.decision == "reject")

    def never(self, name: str, wanted: ItemType = "", article: str = "") -> bool:
        """Return True if the name is decided to refer to no item."""
        told = [one for one in self._about(name, wanted, article) if one.decision != "reject"]
        return bool(told) and told[0].decision == "never"

    def _about(self, name: str, wanted: ItemType, article: str) -> list[Override]:
        """Return the decisions about a name in an article, the most specific first."""
        about = [
            one
            for one in self._decided.get(key(name), ())
            if one.article in ("", article) and (not wanted or one.type in ("", wanted))
        ]
        return sorted(about, key=lambda one: (not one.article, not one.type))


def _contradict(former: Override, new: Override) -> bool:
    if (former.type, former.article) != (new.type, new.article):
        return False
    if "reject" in (former.decision, new.decision):
        return former.qid == new.qid
    return True


def _read(path: Path, lines: list[str]) -> Iterator[Override]:
    columns: list[str] = []
    known = {field.name for field in fields(Override)}
    for number, line in enumerate(lines, 1):
        if not line.strip() or line.startswith("#"):
            continue
        cells = line.split("\t")
        if not columns:
            columns = cells
            if unknown := set(columns) - known:
                raise UsageError(
                    f"{path}:{number}: unknown column {sorted(unknown)[0]!r}; known: {sorted(known)}"
                )
            continue
        if len(cells) > len(columns):
            raise UsageError(f"{path}:{number}: has {len(cells)} cells, the first row {len(columns)}")
        try:
            yield Override(**cast("dict[str, Any]", dict(zip(columns, cells, strict=False))))
        except (UsageError, TypeError) as error:
            raise UsageError(f"{path}:{number}: {error}") from error
