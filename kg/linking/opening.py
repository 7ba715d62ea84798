"""A linker from settings: plain values that travel to other processes, where each opens its own."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Self

from kg.config import Config
from kg.linking.decide import Thresholds
from kg.linking.embedded import Embedded
from kg.linking.knowledge import KnowledgeBase
from kg.linking.linker import Linker
from kg.linking.live import Live, LiveSettings, Reconciliation
from kg.linking.overrides import FILE_NAME, Overrides
from kg.linking.packs import Pack


@dataclass(frozen=True, slots=True)
class LinkSettings:
    """What a linker is made of."""

    packs: tuple[Path, ...]
    thresholds: Thresholds
    overrides: Path  # file of what people decided; there may be none
    live: LiveSettings | None = None  # the live service, if it is to be asked
    reconcile: LiveSettings | None = None  # the reconciliation service, if one is to be asked
    decided: int = 0  # when it was written last, so that a linker of before is not taken for one of now

    @classmethod
    def of(cls, config: Config, store: Path | None = None) -> Self:
        """Return the settings of a run; the decisions are those beside the store that is worked on.

        Those on a store that is served elsewhere lie in the folder where the program runs.

        Raises:
            UsageError: a live service is to be asked, and nobody is named who can be reached about it.
        """
        chosen = Thresholds(config.link_accept, config.link_margin, config.link_ask, config.link_sure)
        packs = tuple(path.resolve() for path in config.packs)
        folder = store or (config.store if isinstance(config.store, Path) else Path())
        overrides = folder.resolve() / FILE_NAME
        live = LiveSettings.of(config) if config.link == "live" else None
        reconcile = LiveSettings.of_reconciliation(config) if config.reconcile_url else None
        decided = overrides.stat().st_mtime_ns if overrides.exists() else 0
        return cls(packs, chosen, overrides, live, reconcile, decided)


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
    """Open the knowledge bases: the embedded one, then the packs in their order, then services elsewhere."""
    local: list[KnowledgeBase] = [Embedded(), *(Pack.open(path) for path in settings.packs)]
    live = [Live.open(settings.live)] if settings.live else []
    return [*local, *live, *([Reconciliation.open(settings.reconcile)] if settings.reconcile else [])]
