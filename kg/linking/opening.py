"""Make a linker from settings. The settings can be pickled, so that each process opens its own linker."""

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
    """The settings of a linker, as plain values."""

    packs: tuple[Path, ...]
    thresholds: Thresholds
    overrides: Path  # file with decisions of a person; it need not exist
    live: LiveSettings | None = None  # the live service; None to do without
    reconcile: LiveSettings | None = None  # the reconciliation service; None to do without
    decided: int = 0  # modification time of ``overrides``, in ns, so that a changed file gives another linker

    @classmethod
    def of(cls, config: Config, store: Path | None = None) -> Self:
        """Return the settings of a run.

        The file of decisions is in the folder of the store, or in the working folder if the store is on a
        server.

        Raises:
            UsageError: a live service is configured, but no contact.
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
    """Return the linker with these settings, which is made once in each process; see :func:`open_linker`."""
    return open_linker(settings)


def open_linker(settings: LinkSettings) -> Linker:
    """Return a new linker with these settings and the present decisions.

    Raises:
        SourceNotFound: a pack does not exist.
        UsageError: a file is not a pack, or the file of decisions is not valid.
    """
    return Linker(
        knowledge_bases(settings), settings.thresholds, overrides=Overrides.load(settings.overrides)
    )


def knowledge_bases(settings: LinkSettings) -> list[KnowledgeBase]:
    """Open the knowledge bases: the embedded one, the packs in their order, then the services."""
    local: list[KnowledgeBase] = [Embedded(), *(Pack.open(path) for path in settings.packs)]
    live = [Live.open(settings.live)] if settings.live else []
    return [*local, *live, *([Reconciliation.open(settings.reconcile)] if settings.reconcile else [])]
