"""Drafts of events: one for each trigger, then merged where several triggers report the same event."""

from __future__ import annotations

from dataclasses import dataclass, field

from kg.extractor.entities import Entity, EntityTable, unique
from kg.extractor.participants import actors_at, arguments_of, place_at
from kg.extractor.status import status_of
from kg.extractor.syntax import Syntax
from kg.extractor.triggers import Trigger
from kg.records import EventStatus, EventType, Time

_VIOLENT = frozenset("Attack ArmedConflict Rebellion Disaster Protest Death Coercion Invasion".split())
_VAGUE_NOUNS: dict[str, frozenset[str]] = {
    "incident": _VIOLENT,
    "event": frozenset({"Meeting", "Competition", "Election", *_VIOLENT}),
    "episode": _VIOLENT,
    "violence": _VIOLENT,
    "tragedy": frozenset({"Death", "Disaster", "Attack"}),
    "crisis": _VIOLENT,
    "move": frozenset({"Decision", "Personnel", "Sanction", "Deal", "Retreat"}),
    "process": frozenset({"Meeting", "Trial", "Election"}),
}
"""Vague nouns, with the types of the events that they may refer to."""
_REALITY: dict[EventStatus, str] = {
    "occurred": "fact",
    "ongoing": "fact",
    "planned": "future",
    "proposed": "proposed",
}
"""Statuses that agree when two triggers report the same event."""
_UNIQUE_TYPES = frozenset(
    """
    Meeting Rebellion ArmedConflict Attack Trial Agreement Election Invasion Competition Visit Cooperation
    Exercise
    """.split()
)
"""Types of which an article's definite description refers to the one it has mentioned, by any noun.

Examples are "the talks" and "this dialogue".
"""

MAX_SENTENCES_BACK = 40
"""Number of sentences before its own in which a definite description may have its antecedent."""


@dataclass(slots=True, eq=False)
class EventDraft:
    """An event as the rules build it."""

    triggers: list[Trigger]
    type: EventType
    status: EventStatus
    agents: list[Entity] = field(default_factory=list)
    targets: list[Entity] = field(default_factory=list)
    participants: list[Entity] = field(default_factory=list)
    place: Entity | None = None
    time: Time | None = None
    after: list[EventDraft] = field(default_factory=list)
    during: list[EventDraft] = field(default_factory=list)
    part_of: list[EventDraft] = field(default_factory=list)
    caused_by: list[EventDraft] = field(default_factory=list)

    @property
    def first(self) -> Trigger:
        """Return the first trigger in text order."""
        several = len(self.triggers) > 1
        return min(self.triggers, key=lambda trigger: trigger.token) if several else self.triggers[0]

    @property
    def everyone(self) -> list[Entity]:
        """Return all actors who take part."""
        return unique([*self.agents, *self.targets, *self.participants])

    def ref(self, syntax: Syntax) -> str:
        """Return the reference of the event: the offset of its first trigger token."""
        return f"#event-{syntax.start[min(self._tokens())]}"

    def _tokens(self) -> list[int]:
        return [t for trigger in self.triggers for t in (trigger.token, *trigger.extra)]


def draft_event(table: EntityTable, trigger: Trigger, status: EventStatus | None = None) -> EventDraft:
    """Return the event of one trigger, with the participants and the place around it.

    Args:
        table: the entities of the article.
        trigger: the trigger.
        status: the status; by default it is read from the words around the trigger.
    """
    arguments = arguments_of(table, trigger)
    return EventDraft(
        triggers=[trigger],
        type=trigger.type,
        status=status or status_of(table.syntax, trigger),
        agents=actors_at(table, arguments.agents, describe=True),
        targets=actors_at(table, arguments.targets, describe=True),
        participants=actors_at(table, arguments.participants),
        place=place_at(table, arguments.places),
    )


def merge_events(table: EntityTable, drafts: list[EventDraft]) -> list[EventDraft]:
    """Return the events in text order, with those merged that are the same."""
    kept: list[EventDraft] = []
    for event in sorted(drafts, key=lambda d: d.first.token):
        same = _antecedent(table, event, kept)
        if same is None:
            kept.append(event)
        else:
            _merge_into(same, event)
    return kept


def _antecedent(table: EntityTable, event: EventDraft, before: list[EventDraft]) -> EventDraft | None:
    """Return the event of ``before`` that ``event`` reports again, or None."""
    syntax, token = table.syntax, event.first.token
    near = [
        e
        for e in reversed(before)
        if syntax.sentence_of[token] - syntax.sentence_of[e.first.token] <= MAX_SENTENCES_BACK
    ]
    fits = [earlier for earlier in near if _may_corefer(table, earlier, event)]
    same_lemma = [e for e in fits if any(syntax.lemma[t.token] == syntax.lemma[token] for t in e.triggers)]
    return next(iter(same_lemma or fits), None)


def _may_corefer(table: EntityTable, earlier: EventDraft, event: EventDraft) -> bool:
    """Return True if ``event`` may report the event ``earlier`` again."""
    syntax, token = table.syntax, event.first.token
    if syntax.is_verb(token) and event.status != "proposed":
        return _may_corefer_as_verb(table, earlier, event)
    if not _same_reality(earlier, event):
        return False
    definite = is_definite(syntax, token)
    vague = _VAGUE_NOUNS.get(syntax.lemma[token])
    if vague is not None and definite:
        return earlier.type in vague
    if earlier.type != event.type or _conflicting(earlier, event):
        return False
    return _may_corefer_as_noun(syntax, earlier, event, definite)


def _may_corefer_as_noun(syntax: Syntax, earlier: EventDraft, event: EventDraft, definite: bool) -> bool:
    """Return True if a noun may report an earlier event of the same type again.

    Cooperations and exercises must also have the same participants and the same field.
    """
    lemma = syntax.lemma[event.first.token]
    same_lemma = any(syntax.lemma[trigger.token] == lemma for trigger in earlier.triggers)
    if not same_lemma and event.type not in _UNIQUE_TYPES:
        return False
    share_participants = _share_participants(earlier, event, same_lemma)
    if event.type in ("Cooperation", "Exercise"):
        return (same_lemma or definite) and share_participants and _in_same_field(syntax, earlier, event)
    return definite or (same_lemma and share_participants)


def _may_corefer_as_verb(table: EntityTable, earlier: EventDraft, event: EventDraft) -> bool:
    """Return True if a verb may report the event ``earlier`` again.

    It must have the same type and lemma, and no participant that ``earlier`` lacks.
    """
    syntax = table.syntax
    if earlier.type != event.type or event.type == "Other" or not _same_reality(earlier, event):
        return False
    shared = {e.index for e in earlier.everyone} & {e.index for e in event.everyone}
    same = syntax.lemma[earlier.first.token] == syntax.lemma[event.first.token]
    return same and bool(shared) and shared == {e.index for e in event.everyone}


def _same_reality(earlier: EventDraft, event: EventDraft) -> bool:
    """Return True if both are facts, both future, or both proposed."""
    return _REALITY.get(earlier.status, earlier.status) == _REALITY.get(event.status, event.status)


def _conflicting(earlier: EventDraft, event: EventDraft) -> bool:
    """Return True if the two events have different places or no participant in common."""
    indexes, earlier_indexes = {e.index for e in event.everyone}, {e.index for e in earlier.everyone}
    if earlier.place is not None and event.place is not None and earlier.place is not event.place:
        return True
    return (
        bool(indexes and earlier_indexes)
        and not indexes & earlier_indexes
        and event.type not in ("Meeting", "Rebellion")
    )


def _share_participants(earlier: EventDraft, event: EventDraft, same_lemma: bool) -> bool:
    """Return True if the two events share a participant, or if one has none and the lemma is the same."""
    indexes, earlier_indexes = {e.index for e in event.everyone}, {e.index for e in earlier.everyone}
    return bool(indexes & earlier_indexes) or (same_lemma and not (indexes and earlier_indexes))


def _in_same_field(syntax: Syntax, earlier: EventDraft, event: EventDraft) -> bool:
    """Return True if two cooperations may be in the same field.

    "Military partnership" and "economic cooperation" are not.
    """
    indexes, earlier_indexes = _field_of(syntax, event), _field_of(syntax, earlier)
    return bool(indexes & earlier_indexes) or not (indexes and earlier_indexes)


def _field_of(syntax: Syntax, event: EventDraft) -> set[str]:
    """Return the words that modify the triggers of an event."""
    return {
        syntax.lower[child]
        for trigger in event.triggers
        for noun in (trigger.token, *trigger.extra)
        for child in syntax.children_of(noun, "amod", "compound", "nmod")
        if syntax.tag[child] in ("JJ", "NN")
    }


def is_definite(syntax: Syntax, token: int) -> bool:
    """Return True if a noun phrase refers to something known: "the mutiny", "their talks"."""
    determiner = syntax.child(token, "det", "poss")
    return determiner is not None and syntax.lower[determiner] in (
        "the", "this", "that", "these", "those", "its", "their", "his", "her",
    )  # fmt: skip


def _merge_into(kept: EventDraft, event: EventDraft) -> None:
    """Add the triggers and participants of ``event`` to ``kept``."""
    kept.triggers += event.triggers
    kept.agents = unique([*kept.agents, *event.agents])
    kept.targets = unique([*kept.targets, *event.targets])
    kept.participants = unique([*kept.participants, *event.participants])
    kept.place = kept.place or event.place
    kept.time = kept.time or event.time


def events_by_token(events: list[EventDraft]) -> dict[int, EventDraft]:
    """Return the event that each trigger token reports."""
    return {
        t: event for event in events for trigger in event.triggers for t in (trigger.token, *trigger.extra)
    }
