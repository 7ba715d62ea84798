"""Events, and the event mentions that they are joined from."""

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
    """An event. The offset of its first trigger gives the reference.

    ``agents``, ``targets`` and ``participants`` hold refs of actors; ``participants`` holds those that are
    neither agent nor target. The relations from ``about`` to ``caused_by`` hold refs of other events of the
    article.
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
    """A trigger with its type, status and phrases, before mentions of the same event are joined.

    There are more event mentions than events. A mention becomes part of an event if its trigger names an
    event by itself or if actors take part in it. The evaluation compares event mentions.
    """

    trigger: Mention
    type: EventType
    status: EventStatus
    phrases: tuple[tuple[Part, Span], ...]  # its noun phrases, except those that report events themselves
    rule: str = ""
    confidence: float = 1.0
