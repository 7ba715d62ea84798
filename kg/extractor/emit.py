"""The finished records of an article, from all that was read: the last step of the extractor."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from kg.extractor.cast import Entity, core, entity_ref
from kg.extractor.commitments import find_commitments
from kg.extractor.dateline import DATELINE
from kg.extractor.events import EventDraft
from kg.extractor.reading import Reading
from kg.extractor.roles import FoundRole
from kg.extractor.statements import Draft
from kg.extractor.tellings import find_tellings
from kg.records import Actor, Event, Extraction, Mention, Place, Proposal, Role, Statement

LABEL_LENGTH = 90
"""Longest label of an event, in characters."""


def emit(reading: Reading, drafts: list[Draft]) -> Extraction:
    """Return the extraction: what is referred to is in it, and nothing refers to what is not."""
    statements = _consistent([r for one in drafts if one.speakers and (r := one.record(drafts)) is not None])
    events = [_event(reading, event) for event in reading.events]
    roles = list(_roles(reading))
    return Extraction(
        article=reading.article,
        sentences=tuple(_sentences(reading)),
        actors=tuple(_actors(reading)),
        places=tuple(_places(reading)),
        roles=tuple(roles),
        statements=tuple(statements),
        events=tuple(events),
    )


def widen(extraction: Extraction, reading: Reading, drafts: list[Draft]) -> Extraction:
    """Return the extraction with what evaluation compares beside it: see :class:`kg.records.Extraction`.

    Comes last: it describes speakers and actors that have no place in the graph.
    """
    taken = {token for one in drafts if one.force is not None for token in one.made.cue}
    undertaken = [Draft(reading, made) for made in find_commitments(reading.cast, taken)]
    nobodys = [record for one in drafts if not one.speakers and (record := one.record(drafts)) is not None]
    return replace(
        extraction,
        unattributed=tuple(nobodys),
        undertakings=tuple(r for one in undertaken if isinstance(r := one.record(drafts), Proposal)),
        tellings=tuple(find_tellings(reading)),
    )


def _consistent(statements: list[Statement]) -> list[Statement]:
    """Drop references to statements that did not become records, and what is then left without a content."""
    statements = _one_each(statements)
    known = {statement.ref for statement in statements}

    def kept(refs: Iterable[str]) -> tuple[str, ...]:
        return tuple(r for r in refs if r in known or not r.startswith(("#statement-", "#proposal-")))

    cleaned = [replace(s, supports=kept(s.supports), opposes=kept(s.opposes)) for s in statements]
    whole = [s for s in cleaned if s.content is not None or s.supports or s.opposes]
    return whole if len(whole) == len(statements) else _consistent(whole)


def _one_each(statements: list[Statement]) -> list[Statement]:
    """Keep one act for each cue: the surer one, where a verb and its noun were both taken for cues."""
    best: dict[str, Statement] = {}
    for statement in statements:
        known = best.get(statement.ref)
        if known is None or statement.confidence > known.confidence:
            best[statement.ref] = statement
    return list(best.values())


def _sentences(reading: Reading) -> Iterable[tuple[int, int]]:
    syntax = reading.syntax
    for first, end in syntax.sentences:
        while first < end and syntax.pos[first] == "SPACE":
            first += 1
        while end > first and syntax.pos[end - 1] == "SPACE":
            end -= 1
        if first < end:
            yield syntax.span(first, end - 1)


def _actors(reading: Reading) -> Iterable[Actor]:
    merged: dict[str, list[Entity]] = {}
    for entity in reading.cast.entities:
        if _is_actor(entity):
            merged.setdefault(entity_ref(entity), []).append(entity)
    for ref, entities in merged.items():
        entity = entities[0]
        owner = reading.cast.entities[entity.part_of] if entity.part_of is not None else None
        yield Actor(
            ref=ref,
            label=entity.label,
            kind="group" if entity.is_place else entity.kind,  # type: ignore[arg-type]
            mentions=tuple(sorted({m for e in entities for m in e.mentions})),
            rule=entity.rule,
            confidence=entity.confidence,
            alt_labels=tuple(sorted({n for e in entities for n in e.names if n != entity.label}))
            if entity.named
            else (),
            part_of=entity_ref(owner) if owner is not None and _is_actor(owner) else None,
        )


def _is_actor(entity: Entity) -> bool:
    if not entity.mentions:
        return False
    if entity.is_place:
        return entity.acts and entity.used
    return (
        entity.used
        or (entity.named and entity.kind != "group")
        or (entity.kind == "person" and bool(entity.names))
    )


def _places(reading: Reading) -> Iterable[Place]:
    for entity in reading.cast.entities:
        if entity.is_place and entity.mentions:
            yield Place(
                ref=place_ref(entity),
                label=entity.label,
                kind="city" if entity.kind == "city" else "place",
                mentions=tuple(sorted(set(entity.mentions))),
                rule=entity.rule,
                confidence=entity.confidence,
            )


def place_ref(entity: Entity) -> str:
    """Return the reference of an entity as a place; a country is its actor."""
    return f"place/{entity.slug}" if entity.is_place else entity_ref(entity)


def _roles(reading: Reading) -> Iterable[Role]:
    seen: dict[tuple[int, tuple[str, int | None]], Role] = {}
    for found in reading.roles:
        if found.person is None:
            continue
        found.person.used = True
        if found.organisation is not None:
            found.organisation.used = True
            if found.organisation.is_place:
                found.organisation.acts = True
        key = (found.person.index, found.key)
        start = reading.syntax.start[found.first]
        if key not in seen and f"#role-{start}" in {role.ref for role in seen.values()}:
            start = reading.syntax.start[_first_mention(reading, found)]
        if key in seen:
            first = seen[key]
            mentions = tuple(sorted({*first.mentions, *found.mentions}))
            seen[key] = Role(
                first.ref,
                first.name,
                first.member,
                mentions,
                first.rule,
                first.confidence,
                first.organisation,
            )
            continue
        seen[key] = Role(
            ref=f"#role-{start}",
            name=found.name,
            member=entity_ref(found.person),
            mentions=tuple(found.mentions),
            rule=found.rule,
            confidence=found.confidence,
            organisation=entity_ref(found.organisation) if found.organisation is not None else None,
        )
    return seen.values()


def _first_mention(reading: Reading, found: FoundRole) -> int:
    """Return the token where the person is named next to a role that several share ("Deputies X and Y")."""
    person = found.person.index if found.person is not None else -1
    tokens = [token for token, standing in reading.cast.at.items() if person in standing]
    return min(tokens, key=lambda token: abs(token - found.head))


def _event(reading: Reading, event: EventDraft) -> Event:
    syntax = reading.syntax
    for entity in event.everyone:
        entity.used = True
    agents, targets = _refs(event.agents), _refs(e for e in event.targets if e not in event.agents)
    mentions: list[Mention] = []
    for trigger in event.triggers:
        mentions += [trigger.mention(syntax, token) for token in (trigger.token, *trigger.extra)]
    return Event(
        ref=event.ref(syntax),
        label=label_of(reading, event),
        type=event.type,
        status=event.status,
        triggers=tuple(sorted(set(mentions))),
        rule=event.first.rule,
        confidence=max(trigger.confidence for trigger in event.triggers),
        agents=agents,
        targets=targets,
        participants=tuple(r for r in _refs(event.participants) if r not in agents and r not in targets),
        place=place_ref(event.place) if event.place is not None else None,
        after=_event_refs(reading, event.after),
        during=_event_refs(reading, event.during),
        part_of=_event_refs(reading, event.part_of),
        caused_by=_event_refs(reading, event.caused_by),
        time=event.time,
    )


def _refs(entities: Iterable[Entity]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(entity_ref(entity) for entity in entities))


def _event_refs(reading: Reading, events: list[EventDraft]) -> tuple[str, ...]:
    return tuple(event.ref(reading.syntax) for event in events)


def label_of(reading: Reading, event: EventDraft) -> str:
    """Return a short description of the event in the article's words."""
    syntax, trigger = reading.syntax, event.first
    if syntax.is_verb(trigger.token):
        objects = syntax.children_of(trigger.token, "dobj", "nsubjpass")
        first, last = trigger.token, trigger.token
        if objects and objects[0] > trigger.token:
            last = core(syntax, objects[0])[1]
        elif objects:
            first = core(syntax, objects[0])[0]
        subject = syntax.child(trigger.token, "nsubj")
        if subject is not None and event.status != "proposed" and syntax.pos[subject] != "PRON":
            first, last = min(first, core(syntax, subject)[0]), max(last, core(syntax, subject)[1])
    else:
        first, last = core(syntax, trigger.token)
        if syntax.dep[first] == "det" and first < trigger.token:
            first += 1
    text = DATELINE.sub("", " ".join(syntax.phrase(first, last).split()), count=1)
    if len(text) > LABEL_LENGTH:
        text = text[:LABEL_LENGTH].rsplit(" ", 1)[0] + " …"
    return text
