"""The records of an article: the last step of the extractor."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from kg.extractor.analysis import ArticleAnalysis
from kg.extractor.dateline import DATELINE
from kg.extractor.entities import Entity, entity_ref, phrase_bounds
from kg.extractor.event_mentions import find_event_mentions
from kg.extractor.events import EventDraft
from kg.extractor.roles import FoundRole
from kg.extractor.statements import StatementDraft
from kg.extractor.undertakings import find_undertakings
from kg.records import Actor, Event, Extraction, Mention, Place, Proposal, Role, Statement

LABEL_LENGTH = 90
"""Greatest length of an event's label, in characters."""


def to_extraction(analysis: ArticleAnalysis, drafts: list[StatementDraft]) -> Extraction:
    """Return the extraction. Every reference in its records resolves to one of its records."""
    statements = _consistent(
        [r for draft in drafts if draft.speakers and (r := draft.record(drafts)) is not None]
    )
    events = [_event(analysis, event) for event in analysis.events]
    roles = list(_roles(analysis))
    return Extraction(
        article=analysis.article,
        sentences=tuple(_sentences(analysis)),
        actors=tuple(_actors(analysis)),
        places=tuple(_places(analysis)),
        roles=tuple(roles),
        statements=tuple(statements),
        events=tuple(events),
    )


def with_evaluation_layers(
    extraction: Extraction, analysis: ArticleAnalysis, drafts: list[StatementDraft]
) -> Extraction:
    """Return the extraction with the layers that only an evaluation compares.

    They are described at :class:`kg.records.Extraction`. This step is the last, because it adds speakers and
    actors that are not in the graph.
    """
    taken = {token for draft in drafts if draft.force is not None for token in draft.attribution.cue}
    undertakings = [
        StatementDraft(analysis, attribution) for attribution in find_undertakings(analysis.table, taken)
    ]
    unattributed = [
        record for draft in drafts if not draft.speakers and (record := draft.record(drafts)) is not None
    ]
    return replace(
        extraction,
        unattributed=tuple(unattributed),
        undertakings=tuple(r for draft in undertakings if isinstance(r := draft.record(drafts), Proposal)),
        event_mentions=tuple(find_event_mentions(analysis)),
    )


def _consistent(statements: list[Statement]) -> list[Statement]:
    """Return the statements without references to missing statements, and without empty statements."""
    statements = _best_per_ref(statements)
    known = {statement.ref for statement in statements}

    def kept(refs: Iterable[str]) -> tuple[str, ...]:
        return tuple(r for r in refs if r in known or not r.startswith(("#statement-", "#proposal-")))

    cleaned = [replace(s, supports=kept(s.supports), opposes=kept(s.opposes)) for s in statements]
    kept_statements = [s for s in cleaned if s.content is not None or s.supports or s.opposes]
    return kept_statements if len(kept_statements) == len(statements) else _consistent(kept_statements)


def _best_per_ref(statements: list[Statement]) -> list[Statement]:
    """Return the statement of highest confidence for each reference.

    There are two where a verb and its noun were both taken for cues.
    """
    best: dict[str, Statement] = {}
    for statement in statements:
        known = best.get(statement.ref)
        if known is None or statement.confidence > known.confidence:
            best[statement.ref] = statement
    return list(best.values())


def _sentences(analysis: ArticleAnalysis) -> Iterable[tuple[int, int]]:
    """Yield the spans of the sentences, without space at the ends."""
    syntax = analysis.syntax
    for first, end in syntax.sentences:
        while first < end and syntax.pos[first] == "SPACE":
            first += 1
        while end > first and syntax.pos[end - 1] == "SPACE":
            end -= 1
        if first < end:
            yield syntax.span(first, end - 1)


def _actors(analysis: ArticleAnalysis) -> Iterable[Actor]:
    """Yield the records of the actors; entities with the same reference are one actor."""
    merged: dict[str, list[Entity]] = {}
    for entity in analysis.table.entities:
        if _is_actor(entity):
            merged.setdefault(entity_ref(entity), []).append(entity)
    for ref, entities in merged.items():
        entity = entities[0]
        owner = analysis.table.entities[entity.part_of] if entity.part_of is not None else None
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
    """Return True if the entity is written as an actor."""
    if not entity.mentions:
        return False
    if entity.is_place:
        return entity.acts and entity.used
    return (
        entity.used
        or (entity.named and entity.kind != "group")
        or (entity.kind == "person" and bool(entity.names))
    )


def _places(analysis: ArticleAnalysis) -> Iterable[Place]:
    for entity in analysis.table.entities:
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
    """Return the reference of an entity as a place; a country has that of its actor."""
    return f"place/{entity.slug}" if entity.is_place else entity_ref(entity)


def _roles(analysis: ArticleAnalysis) -> Iterable[Role]:
    """Return the records of the roles; mentions of the same role of a person are one record."""
    seen: dict[tuple[int, tuple[str, int | None]], Role] = {}
    for found in analysis.roles:
        if found.person is None:
            continue
        found.person.used = True
        if found.organisation is not None:
            found.organisation.used = True
            if found.organisation.is_place:
                found.organisation.acts = True
        key = (found.person.index, found.key)
        start = analysis.syntax.start[found.first]
        if key not in seen and f"#role-{start}" in {role.ref for role in seen.values()}:
            start = analysis.syntax.start[_first_mention(analysis, found)]
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


def _first_mention(analysis: ArticleAnalysis, found: FoundRole) -> int:
    """Return the token of the person's mention nearest to a role that several share: "Deputies X and Y"."""
    person = found.person.index if found.person is not None else -1
    tokens = [token for token, standing in analysis.table.indexes_at.items() if person in standing]
    return min(tokens, key=lambda token: abs(token - found.head))


def _event(analysis: ArticleAnalysis, event: EventDraft) -> Event:
    syntax = analysis.syntax
    for entity in event.everyone:
        entity.used = True
    agents, targets = _refs(event.agents), _refs(e for e in event.targets if e not in event.agents)
    mentions: list[Mention] = []
    for trigger in event.triggers:
        mentions += [trigger.mention(syntax, token) for token in (trigger.token, *trigger.extra)]
    return Event(
        ref=event.ref(syntax),
        label=label_of(analysis, event),
        type=event.type,
        status=event.status,
        triggers=tuple(sorted(set(mentions))),
        rule=event.first.rule,
        confidence=max(trigger.confidence for trigger in event.triggers),
        agents=agents,
        targets=targets,
        participants=tuple(r for r in _refs(event.participants) if r not in agents and r not in targets),
        place=place_ref(event.place) if event.place is not None else None,
        after=_event_refs(analysis, event.after),
        during=_event_refs(analysis, event.during),
        part_of=_event_refs(analysis, event.part_of),
        caused_by=_event_refs(analysis, event.caused_by),
        time=event.time,
    )


def _refs(entities: Iterable[Entity]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(entity_ref(entity) for entity in entities))


def _event_refs(analysis: ArticleAnalysis, events: list[EventDraft]) -> tuple[str, ...]:
    return tuple(event.ref(analysis.syntax) for event in events)


def label_of(analysis: ArticleAnalysis, event: EventDraft) -> str:
    """Return a short description of the event in the words of the article."""
    syntax, trigger = analysis.syntax, event.first
    if syntax.is_verb(trigger.token):
        objects = syntax.children_of(trigger.token, "dobj", "nsubjpass")
        first, last = trigger.token, trigger.token
        if objects and objects[0] > trigger.token:
            last = phrase_bounds(syntax, objects[0])[1]
        elif objects:
            first = phrase_bounds(syntax, objects[0])[0]
        subject = syntax.child(trigger.token, "nsubj")
        if subject is not None and event.status != "proposed" and syntax.pos[subject] != "PRON":
            first, last = (
                min(first, phrase_bounds(syntax, subject)[0]),
                max(last, phrase_bounds(syntax, subject)[1]),
            )
    else:
        first, last = phrase_bounds(syntax, trigger.token)
        if syntax.dep[first] == "det" and first < trigger.token:
            first += 1
    text = DATELINE.sub("", " ".join(syntax.phrase(first, last).split()), count=1)
    if len(text) > LABEL_LENGTH:
        text = text[:LABEL_LENGTH].rsplit(" ", 1)[0] + " …"
    return text
