"""A linker from settings: plain values that travel to other processes, where each opens its own."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Self

from kg.config import Config
from kg.errors import UsageError
from kg.linking.decide import Thresholds
from kg.linking.embedded import Embedded
from kg.linking.knowledge import KnowledgeBase
from kg.linking.linker import Linker
from kg.linking.overrides import FILE_NAME, Overrides
from kg.linking.packs import Pack


@dataclass(frozen=True, slots=True)
class LinkSettings:
    """What a linker is made of."""

    packs: tuple[Path, ...]
    thresholds: Thresholds
    overrides: Path  # file of what people decided; there may be none
    decided: int = 0  # when it was written last, so that a linker of before is not taken for one of now

    @classmethod
    def of(cls, config: Config, store: Path | None = None) -> Self:
        """Return the settings of a run; the decisions are those beside the store that is worked on.

        Raises:
            UsageError: a live service is to be asked, which this version cannot do.
        """
        if config.link == "live":
            raise UsageError("link: this version links offline only; leave out live, or name packs (--pack)")
        chosen = Thresholds(config.link_accept, config.link_margin, config.link_ask, config.link_sure)
        packs = tuple(path.resolve() for path in config.packs)
        overrides = (store or config.store).resolve() / FILE_NAME
        return cls(packs, chosen, overrides, overrides.stat().st_mtime_ns if overrides.exists() else 0)


@lru_cache(maxsize=2)
def shared_linker(settings: LinkSettings) -> Linker:
    """Return the linker of these settings, made once in each process; see :func:`open_linker`."""
    return open_linker(settings)


def open_linker(settings: LinkSettings) -> Linker:
    """Return a linker of these settings, with the decisions that there are now.

    Raises:
        SourceNotFound, UsageError: a pack is not there, or is no pack.
        UsageError: the file of decisions is not of its form.
    """
    return Linker(
        knowledge_bases(settings), settings.thresholds, overrides=Overrides.load(settings.overrides)
    )


def knowledge_bases(settings: LinkSettings) -> list[KnowledgeBase]:
    """Open the knowledge bases: the embedded one, then the packs in their order."""
    return [Embedded(), *(Pack.open(path) for path in settings.packs)]
