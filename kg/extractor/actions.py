"""The events that proposals put forward, with the actors who would take part in them."""

from __future__ import annotations

from kg.extractor.analysis import ArticleAnalysis
from kg.extractor.attribution import Attribution
from kg.extractor.entities import Entity, unique
from kg.extractor.events import EventDraft, draft_event
from kg.extractor.participants import MUTUAL
from kg.extractor.proposals import action_triggers, force_of
from kg.extractor.triggers import Trigger

_ASKING = frozenset({"request", "demand"})


def proposed_events(analysis: ArticleAnalysis) -> list[tuple[Attribution, list[EventDraft]]]:
    """Return each proposal of the article with the events that it puts forward."""
    found = []
    for attribution in analysis.attributions:
        force = force_of(analysis.syntax, attribution)
        if force is not None:
            triggers = action_triggers(analysis.table, attribution)
            found.append(
                (attribution, [_proposed(analysis, attribution, force, trigger) for trigger in triggers])
            )
    return found


def _proposed(
    analysis: ArticleAnalysis, attribution: Attribution, force: str, trigger: Trigger
) -> EventDraft:
    """Return the event that a proposal puts forward at ``trigger``.

    The addressees of a request or demand are its agents, the speakers those of any other proposal, unless the
    words around the trigger name an agent.
    """
    event = draft_event(analysis.table, trigger, "proposed")
    if trigger.extra:
        _add_participants_of_object(analysis, event, trigger)
    speakers = analysis.speakers(attribution.sources)
    addressees = analysis.addressees(attribution.addressees)
    if event.type in MUTUAL:
        _fill_mutual(analysis, event, speakers, addressees if force in _ASKING else [])
    elif not event.agents:
        event.agents = addressees if force in _ASKING and addressees else speakers
    return event


def _add_participants_of_object(analysis: ArticleAnalysis, event: EventDraft, trigger: Trigger) -> None:
    """Add the participants of the noun that a verb acts on: "enhance *collaboration with Russia*"."""
    for token in trigger.extra:
        if analysis.syntax.pos[token] in ("NOUN", "PROPN"):
            inner = draft_event(
                analysis.table, Trigger(token, trigger.type, trigger.rule, trigger.confidence), "proposed"
            )
            event.agents = unique([*event.agents, *inner.agents])
            event.targets = unique([*event.targets, *inner.targets])
            event.participants = unique([*event.participants, *inner.participants])


def _fill_mutual(
    analysis: ArticleAnalysis, event: EventDraft, speakers: list[Entity], asked: list[Entity]
) -> None:
    """Set the participants of an event in which all sides act alike.

    Officials are replaced by the countries they act for. Where only one side is known, the two sides that the
    text named together last are added.
    """
    named = [e for e in event.everyone if e not in speakers]
    parties = unique([*asked, *[analysis.country_of(e) for e in (*named, *([] if asked else speakers))]])
    if len(parties) < 2:
        pair = analysis.pair_before(event.first.token)
        if parties and parties[0] in pair:
            parties = unique([*parties, *pair])
    event.agents, event.targets, event.participants = [], [], parties
