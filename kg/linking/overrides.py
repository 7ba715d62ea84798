"""What a person decided about links: it counts more than any knowledge base, and outlasts them.

The decisions are a table (TSV) that can be read and written by hand, beside the store or in a file that the
configuration names. It knows names, not items of a pack or nodes of a graph, so that packs and graphs can be
built again. A decision for one article counts more there than one for all.
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
"""Its name in the folder of a store."""

Decision = Literal["accept", "reject", "never"]
"""accept: the name means that item. reject: not that item. never: no item, whatever is found."""

_HEADER = """\
# What was decided about links. decision: accept (the name means the item), reject (not that item), never (no
# item at all). type and article may be empty: for any. Lines may be changed, added and deleted.
"""


@dataclass(frozen=True, slots=True)
class Override:
    """A decision about a name."""

    name: str
    type: ItemType = ""  # what bears the name; "" for whatever does
    article: str = ""  # IRI of the article it holds for; "" for all
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
    """The decisions that hold. A later one about the same name, type and article takes the place of a former;
    rejections of several items stand side by side."""

    def __init__(self, decided: Iterable[Override] = ()) -> None:
        self._decided: dict[str, list[Override]] = {}
        for one in decided:
            self.add(one)

    @classmethod
    def load(cls, path: Path) -> Overrides:
        """Return the decisions of a file; none if there is no such file.

        Raises:
            UsageError: a line is no decision; the message says which.
            StopError: the file cannot be read.
        """
        try:
            lines = path.read_text("utf-8").splitlines() if path.exists() else []
        except (OSError, UnicodeDecodeError) as error:
            raise StopError(f"{path}: cannot be read: {error}") from error
        return cls(_read(path, lines))

    def save(self, path: Path) -> None:
        """Write all decisions; the file is replaced when they are written.

        Raises:
            StopError: it cannot be written.
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
        """Take a decision in; what it contradicts goes."""
        former = self._decided.setdefault(key(new.name), [])
        former[:] = [one for one in former if not _contradict(one, new)]
        former.append(new)

    def __iter__(self) -> Iterator[Override]:
        return (one for decided in self._decided.values() for one in decided)

    def accepted(self, name: str, wanted: ItemType = "", article: str = "") -> str | None:
        """Return the item that the name was said to mean, or None."""
        told = [one for one in self._about(name, wanted, article) if one.decision != "reject"]
        return told[0].qid or None if told else None

    def rejected(self, name: str, wanted: ItemType = "", article: str = "") -> frozenset[str]:
        """Return the items that the name was said not to mean."""
        about = self._about(name, wanted, article)
        return frozenset(one.qid for one in about if one.decision == "reject")

    def never(self, name: str, wanted: ItemType = "", article: str = "") -> bool:
        """Tell whether the name was said to mean no item."""
        told = [one for one in self._about(name, wanted, article) if one.decision != "reject"]
        return bool(told) and told[0].decision == "never"

    def _about(self, name: str, wanted: ItemType, article: str) -> list[Override]:
        """Return what was decided about a name there, the most particular first."""
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
