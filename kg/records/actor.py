"""Actors, places, and the roles that an article gives to persons."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from kg.records.mention import Mention

ActorKind = Literal["person", "organisation", "country", "group"]
PlaceKind = Literal["city", "country", "place"]


@dataclass(frozen=True, slots=True)
class Actor:
    """An entity that speaks, acts or undergoes something: a person, organisation, country or group."""

    ref: str  # "actor/li-shangfu"; "#actor-1553" for an actor without a full name
    label: str
    kind: ActorKind
    mentions: tuple[Mention, ...]
    rule: str
    confidence: float
    alt_labels: tuple[str, ...] = ()  # other names in this article, without pronouns and nominals
    part_of: str | None = None  # ref of the actor that this organisation belongs to


@dataclass(frozen=True, slots=True)
class Place:
    """A place. A country that is also an actor has the same ref in both records."""

    ref: str  # "place/beijing"
    label: str
    kind: PlaceKind
    mentions: tuple[Mention, ...]
    rule: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Role:
    """An office or function that a person holds according to the article."""

    ref: str  # "#role-323"
    name: str  # "Defence Minister"
    member: str  # ref of the person
    mentions: tuple[Mention, ...]
    rule: str
    confidence: float
    organisation: str | None = None  # ref of the actor that the role belongs to
