"""What an entity of the graph is in a knowledge base, or that it is not known."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

LinkStatus = Literal["accepted", "candidate", "nil"]


@dataclass(frozen=True, slots=True)
class Candidate:
    """An item that an entity might be."""

    qid: str  # "Q148"
    label: str
    description: str
    probability: float  # that the entity is this item; with those of the others and of NIL it sums to 1
    features: tuple[tuple[str, float], ...]  # name and value, each from 0 to 1
    source: str  # the knowledge base it came from


@dataclass(frozen=True, slots=True)
class Link:
    """The decision about one actor or place.

    ``accepted`` has the item first among ``candidates``; ``candidate`` is left for a person to decide;
    ``nil`` means that no candidate is likely enough.
    """

    ref: str  # of the actor or place, as in the extraction
    label: str
    status: LinkStatus
    method: str  # "user", "embedded", "model", "live" …: what decided
    knowledge: tuple[tuple[str, str], ...]  # name and date ("2026-04-21", or "") of the knowledge bases asked
    candidates: tuple[Candidate, ...] = ()  # most likely first
    nil: float = 1.0  # probability that the entity is none of them
    degraded: bool = False  # whether the live service should have been asked and could not be

    @property
    def qid(self) -> str | None:
        """The item, if one is accepted."""
        return self.candidates[0].qid if self.status == "accepted" else None

    @property
    def probability(self) -> float:
        """Of the first candidate; 0 if there is none."""
        return self.candidates[0].probability if self.candidates else 0.0
