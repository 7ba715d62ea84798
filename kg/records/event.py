"""What happened, goes on, is to happen, or is said not to have happened."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from kg.records.mention import Mention, Span
from kg.records.time import Time

EventStatus = Literal[
    "occurred", "ongoing", "recurring", "planned", "proposed", "hypothetical", "not-occurred"
]

EventType = Literal[
    "Agreement",
    "Aid",
    "ArmedConflict",
    "Attack",
    "Coercion",
    "Competition",
    "Concession",
    "Condemnation",
    "Cooperation",
    "Deal",
    "Death",
    "Decision",
    "Disaster",
    "Election",
    "Exercise",
    "Invasion",
    "Meeting",
    "Mobilisation",
    "Other",
    "Personnel",
    "Protest",
    "Rebellion",
    "Refusal",
    "Retreat",
    "Sanction",
    "Trial",
    "Visit",
]


@dataclass(frozen=True, slots=True)
class Event:
    """An event; its first trigger gives the reference.

    ``agents`` and ``targets`` are refs of actors and also participants; ``participants`` holds only those
    whose part is
    neither.
    Relations hold refs of other events of the article.
    """

    ref: str  # "#event-163"
    label: str
    type: EventType
    status: EventStatus
    triggers: tuple[Mention, ...]
    rule: str
    confidence: float
    agents: tuple[str, ...] = ()
    targets: tuple[str, ...] = ()
    participants: tuple[str, ...] = ()
    place: str | None = None  # ref of a place or country
    about: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    during: tuple[str, ...] = ()
    part_of: tuple[str, ...] = ()
    caused_by: tuple[str, ...] = ()
    time: Time | None = None


Part = Literal["agent", "target", "participant"]


@dataclass(frozen=True, slots=True)
class EventMention:
    """One place where the article tells that something happens, with the noun phrases around it.

    There are more of these than events: a telling becomes part of an event where its word names a happening
    by itself, or where actors take part in it. Evaluation compares event_mentions.
    """

    trigger: Mention
    type: EventType
    status: EventStatus
    phrases: tuple[tuple[Part, Span], ...]  # that stand with it, whoever they name; none that happens itself
    rule: str = ""
    confidence: float = 1.0
