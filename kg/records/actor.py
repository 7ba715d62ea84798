"""Who and where: actors, places, and the roles the article gives to people."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from kg.records.mention import Mention

ActorKind = Literal["person", "organisation", "country", "group"]
PlaceKind = Literal["city", "country", "place"]


@dataclass(frozen=True, slots=True)
class Actor:
    """Anyone that says, proposes or does something: a person, organisation, country or named or unnamed
    group."""

    ref: str  # "actor/li-shangfu", or "#actor-1553" for one without a full name
    label: str
    kind: ActorKind
    mentions: tuple[Mention, ...]
    rule: str
    confidence: float
    alt_labels: tuple[str, ...] = ()  # other names in this article; never pronouns or nominals
    part_of: str | None = None  # ref of the actor this organisation belongs to


@dataclass(frozen=True, slots=True)
class Place:
    """A place that is not (only) an actor. A country that is both keeps its actor's ref."""

    ref: str  # "place/beijing"
    label: str
    kind: PlaceKind
    mentions: tuple[Mention, ...]
    rule: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Role:
    """An office or function that the article gives to a person, as of that article."""

    ref: str  # "#role-323"
    name: str  # "Defence Minister"
    member: str  # ref of the person
    mentions: tuple[Mention, ...]
    rule: str
    confidence: float
    organisation: str | None = None  # ref of the actor in which the role is held
