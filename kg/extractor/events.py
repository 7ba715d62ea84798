"""Events in the making: one for each trigger, then joined where several triggers tell the same event."""

from __future__ import annotations

from dataclasses import dataclass, field

from kg.extractor.entities import Entity, EntityTable
from kg.extractor.participants import MUTUAL, actors_at, place_at, roles_of
from kg.extractor.status import status_of
from kg.extractor.syntax import Syntax
from kg.extractor.triggers import Trigger
from kg.records import EventStatus, EventType, Time

_VIOLENT = frozenset("Attack ArmedConflict Rebellion Disaster Protest Death Coercion Invasion".split())
_VAGUE: dict[str, frozenset[str]] = {
    "incident": _VIOLENT,
    "event": frozenset({"Meeting", "Competition", "Election", *_VIOLENT}),
    "episode": _VIOLENT,
    "violence": _VIOLENT,
    "tragedy": frozenset({"Death", "Disaster", "Attack"}),
    "crisis": _VIOLENT,
    "move": frozenset({"Decision", "Personnel", "Sanction", "Deal", "Retreat"}),
    "process": frozenset({"Meeting", "Trial", "Election"}),
}
_SAME_FACT: dict[EventStatus, str] = {
    "occurred": "fact",
    "ongoing": "fact",
    "planned": "future",
    "proposed": "proposed",
}
_ONE_AT_A_TIME = frozenset(
    """
    Meeting Rebellion ArmedConflict Attack Trial Agreement Election Invasion Competition Visit Cooperation
    Exercise
    """.split()
)
"""Types of which an article's definite description means the one it told of, by whatever noun ("the talks",
"this dialogue")."""

LOOK_BACK = 40
"""Sentences within which a definite description may take up an event."""


@dataclass(slots=True, eq=False)
class EventDraft:
    """An event in the making."""

    triggers: list[Trigger]
    type: EventType
    status: EventStatus
    agents: list[Entity] = field(default_factory=list)
    targets: list[Entity] = field(default_factory=list)
    participants: list[Entity] = field(default_factory=list)
    place: Entity | None = None
    time: Time | None = None
    about: list[str] = field(default_factory=list)
    after: list[EventDraft] = field(default_factory=list)
    during: list[EventDraft] = field(default_factory=list)
    part_of: list[EventDraft] = field(default_factory=list)
    caused_by: list[EventDraft] = field(default_factory=list)

    @property
    def first(self) -> Trigger:
        several = len(self.triggers) > 1
        return min(self.triggers, key=lambda trigger: trigger.token) if several else self.triggers[0]

    @property
    def everyone(self) -> list[Entity]:
        return unique([*self.agents, *self.targets, *self.participants])

    def ref(self, syntax: Syntax) -> str:
        return f"#event-{syntax.start[min(self._tokens())]}"

    def _tokens(self) -> list[int]:
        return [t for trigger in self.triggers for t in (trigger.token, *trigger.extra)]


def unique(entities: list[Entity]) -> list[Entity]:
    """Return the entities in order, each once."""
    seen: dict[int, Entity] = {}
    for entity in entities:
        seen.setdefault(entity.index, entity)
    return list(seen.values())


def draft(table: EntityTable, trigger: Trigger, status: EventStatus | None = None) -> EventDraft:
    """Return the event that one trigger tells, with what stands around it."""
    roles = roles_of(table, trigger)
    return EventDraft(
        triggers=[trigger],
        type=trigger.type,
        status=status or status_of(table.syntax, trigger),
        agents=actors_at(table, roles.agents, describe=True),
        targets=actors_at(table, roles.targets, describe=True),
        participants=actors_at(table, roles.participants),
        place=place_at(table, roles.places),
    )


def join(table: EntityTable, drafts: list[EventDraft]) -> list[EventDraft]:
    """Return the events of an article with those joined that are the same, in text order."""
    kept: list[EventDraft] = []
    for event in sorted(drafts, key=lambda d: d.first.token):
        same = _antecedent(table, event, kept)
        if same is None:
            kept.append(event)
        else:
            _absorb(same, event)
    return kept


def _antecedent(table: EntityTable, event: EventDraft, before: list[EventDraft]) -> EventDraft | None:
    syntax, token = table.syntax, event.first.token
    near = [
        e
        for e in reversed(before)
        if syntax.sentence_of[token] - syntax.sentence_of[e.first.token] <= LOOK_BACK
    ]
    fits = [earlier for earlier in near if _may_be_same(table, earlier, event)]
    same_word = [e for e in fits if any(syntax.lemma[t.token] == syntax.lemma[token] for t in e.triggers)]
    return next(iter(same_word or fits), None)


def _may_be_same(table: EntityTable, earlier: EventDraft, event: EventDraft) -> bool:
    syntax, token = table.syntax, event.first.token
    if syntax.is_verb(token) and event.status != "proposed":
        return _same_verb_or_noun(table, earlier, event)
    lemma = syntax.lemma[token]
    vague = _VAGUE.get(lemma)
    definite = is_definite(syntax, token)
    if vague is not None and definite:
        return earlier.type in vague and _comparable(earlier, event)
    if earlier.type != event.type or not _comparable(earlier, event) or _disjoint(earlier, event):
        return False
    same_word = any(syntax.lemma[t.token] == lemma for t in earlier.triggers)
    if not same_word and event.type not in _ONE_AT_A_TIME:
        return False
    if event.type == "Cooperation" or event.type == "Exercise":
        return (
            _same_field(syntax, earlier, event)
            and (same_word or definite)
            and _overlap(earlier, event, same_word)
        )
    return definite or (same_word and _overlap(earlier, event, same_word))


def _same_verb_or_noun(table: EntityTable, earlier: EventDraft, event: EventDraft) -> bool:
    """A verb takes up an event only with the same lemma or type, the same people, and in fact both."""
    syntax = table.syntax
    if earlier.type != event.type or event.type == "Other" or not _comparable(earlier, event):
        return False
    shared = {e.index for e in earlier.everyone} & {e.index for e in event.everyone}
    same = syntax.lemma[earlier.first.token] == syntax.lemma[event.first.token]
    return same and bool(shared) and shared == {e.index for e in event.everyone}


def _comparable(earlier: EventDraft, event: EventDraft) -> bool:
    return _SAME_FACT.get(earlier.status, earlier.status) == _SAME_FACT.get(event.status, event.status)


def _disjoint(earlier: EventDraft, event: EventDraft) -> bool:
    mine, theirs = {e.index for e in event.everyone}, {e.index for e in earlier.everyone}
    if earlier.place is not None and event.place is not None and earlier.place is not event.place:
        return True
    return bool(mine and theirs) and not mine & theirs and event.type not in ("Meeting", "Rebellion")


def _overlap(earlier: EventDraft, event: EventDraft, same_word: bool) -> bool:
    mine, theirs = {e.index for e in event.everyone}, {e.index for e in earlier.everyone}
    return bool(mine & theirs) or (same_word and not (mine and theirs))


def _same_field(syntax: Syntax, earlier: EventDraft, event: EventDraft) -> bool:
    """Tell whether two cooperations are in the same field: "military partnership" is not "economic
    cooperation"."""
    mine, theirs = _field_of(syntax, event), _field_of(syntax, earlier)
    return bool(mine & theirs) or not (mine and theirs)


def _field_of(syntax: Syntax, event: EventDraft) -> set[str]:
    return {
        syntax.lower[child]
        for trigger in event.triggers
        for noun in (trigger.token, *trigger.extra)
        for child in syntax.children_of(noun, "amod", "compound", "nmod")
        if syntax.tag[child] in ("JJ", "NN")
    }


def is_definite(syntax: Syntax, token: int) -> bool:
    """Tell whether a noun phrase takes up something known: "the mutiny", "this dialogue", "their talks"."""
    determiner = syntax.child(token, "det", "poss")
    return determiner is not None and syntax.lower[determiner] in (
        "the", "this", "that", "these", "those", "its", "their", "his", "her",
    )  # fmt: skip


def _absorb(kept: EventDraft, event: EventDraft) -> None:
    kept.triggers += event.triggers
    kept.agents = unique([*kept.agents, *event.agents])
    kept.targets = unique([*kept.targets, *event.targets])
    kept.participants = unique([*kept.participants, *event.participants])
    kept.place = kept.place or event.place
    kept.time = kept.time or event.time


def event_at(events: list[EventDraft]) -> dict[int, EventDraft]:
    """Return the event that each trigger token tells."""
    return {
        t: event for event in events for trigger in event.triggers for t in (trigger.token, *trigger.extra)
    }


def represented(entity: Entity, offices: dict[int, Entity]) -> Entity:
    """Return the country or body that a person acts for in dealings between states, or the entity itself."""
    body = offices.get(entity.index)
    return body if body is not None else entity


__all__ = ["MUTUAL", "EventDraft", "draft", "event_at", "is_definite", "join", "represented", "unique"]
