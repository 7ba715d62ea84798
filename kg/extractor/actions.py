"""The events that proposals put forward, and who would take part in them."""

from __future__ import annotations

from kg.extractor.attribution import Attribution
from kg.extractor.cast import Entity
from kg.extractor.events import EventDraft, draft, unique
from kg.extractor.participants import MUTUAL
from kg.extractor.proposals import action_triggers, force_of
from kg.extractor.reading import Reading
from kg.extractor.triggers import Trigger

_ASKING = frozenset({"request", "demand"})


def proposed_events(reading: Reading) -> list[tuple[Attribution, list[EventDraft]]]:
    """Return for each proposal the events that it puts forward."""
    found = []
    for made in reading.attributions:
        force = force_of(reading.syntax, made)
        if force is not None:
            triggers = action_triggers(reading.cast, made)
            found.append((made, [_proposed(reading, made, force, trigger) for trigger in triggers]))
    return found


def _proposed(reading: Reading, made: Attribution, force: str, trigger: Trigger) -> EventDraft:
    event = draft(reading.cast, trigger, "proposed")
    if trigger.extra:
        _add_roles_of_object(reading, event, trigger)
    speakers = reading.speakers(made.sources)
    addressees = reading.addressed(made.addressees)
    if event.type in MUTUAL:
        _fill_mutual(reading, event, speakers, addressees if force in _ASKING else [])
    elif not event.agents:
        event.agents = addressees if force in _ASKING and addressees else speakers
    return event


def _add_roles_of_object(reading: Reading, event: EventDraft, trigger: Trigger) -> None:
    """Add the participants of the noun that a verb acts on: "enhance *collaboration with Russia*"."""
    for token in trigger.extra:
        if reading.syntax.pos[token] in ("NOUN", "PROPN"):
            inner = draft(
                reading.cast, Trigger(token, trigger.type, trigger.rule, trigger.confidence), "proposed"
            )
            event.agents = unique([*event.agents, *inner.agents])
            event.targets = unique([*event.targets, *inner.targets])
            event.participants = unique([*event.participants, *inner.participants])


def _fill_mutual(reading: Reading, event: EventDraft, speakers: list[Entity], asked: list[Entity]) -> None:
    """Complete the parties of a joint undertaking: states for their officials, and the other party that the
    text is about."""
    named = [e for e in event.everyone if e not in speakers]
    parties = unique([*asked, *[reading.country_of(e) for e in (*named, *([] if asked else speakers))]])
    if len(parties) < 2:
        pair = reading.pair_before(event.first.token)
        if parties and parties[0] in pair:
            parties = unique([*parties, *pair])
    event.agents, event.targets, event.participants = [], [], parties
