"""What a run of the build did, how it says how far it is, and how it ends early."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from kg.build.batch_extraction import Failed


@dataclass(slots=True)
class Report:
    """Counts of articles of a run.

    Attributes:
        built: articles that were not in the store before.
        unchanged: articles that the store held already, from the same content and the same run.
        replaced: articles that the store held from other content or from another run.
        failed: articles that could not be read, extracted or linked, each with the reason.
        triples: triples of the articles built and replaced.
        extracted: articles extracted so far, written or waiting to be written.
        seconds: duration of the run.
    """

    built: int = 0
    unchanged: int = 0
    replaced: int = 0
    failed: list[Failed] = field(default_factory=list)
    triples: int = 0
    extracted: int = 0
    seconds: float = 0.0


Progress = Callable[[Report, int, int], None]
"""Called during a run with the report so far, the position, and the end of the positions.

Positions count bytes of the sources, or items where the size of an item is not known.
"""


class BuildInterrupted(KeyboardInterrupt):
    """Ctrl-C stopped the run. Finished articles are in the store; ``report`` counts them."""

    def __init__(self, report: Report) -> None:
        self.report = report
        super().__init__("the run was stopped")
