"""The link of an entity to an item of Wikidata, or to NIL."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

LinkStatus = Literal["accepted", "candidate", "nil"]


@dataclass(frozen=True, slots=True)
class Candidate:
    """An item that a name may refer to."""

    qid: str  # "Q148"
    label: str
    description: str
    probability: float  # that the entity is this item; the probabilities of all candidates and NIL sum to 1
    features: tuple[tuple[str, float], ...]  # names and values; a value is from 0 to 1
    source: str  # name of the knowledge base


@dataclass(frozen=True, slots=True)
class Link:
    """The decision on one actor or place.

    If ``status`` is ``accepted``, the item is the first of ``candidates``. ``candidate`` leaves the decision
    to a person. ``nil`` means that no candidate is likely enough.
    """

    ref: str  # of the actor or place, as in the extraction
    label: str
    status: LinkStatus
    method: str  # what decided: "user", "embedded", "model", "live" …
    knowledge: tuple[
        tuple[str, str], ...
    ]  # names and dates ("2026-04-21" or "") of the knowledge bases asked
    candidates: tuple[Candidate, ...] = ()  # most likely first
    nil: float = 1.0  # probability that the entity is none of the candidates
    degraded: bool = False  # True if the live service should have been asked and did not answer

    @property
    def qid(self) -> str | None:
        """The id of the accepted item; None if none is accepted."""
        return self.candidates[0].qid if self.status == "accepted" else None

    @property
    def probability(self) -> float:
        """The probability of the first candidate; 0 without candidates."""
        return self.candidates[0].probability if self.candidates else 0.0
