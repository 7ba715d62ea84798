"""The extraction of a spaCy Doc as items with spans: what ``doc._.actors`` and its siblings return.

An item has its record (:mod:`kg.records`) in ``record``. In place of offsets it has spans of the Doc, and in
place of references the items that they refer to. Spans are tuples, because a content may be interrupted: "The
talks, *he said*, will go on". A tuple is empty where there are no words.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeVar

from spacy.tokens import Doc, Span

from kg.records import Actor, Event, Extraction, Mention, Proposal, Role, Statement

Item = TypeVar("Item")
Spans = tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class DocActor:
    """A person, organisation, country or group."""

    record: Actor
    spans: Spans  # its mentions: names, descriptions and pronouns

    @property
    def label(self) -> str:
        """Return the name, or the description of an actor without a name."""
        return self.record.label


@dataclass(frozen=True, slots=True)
class DocRole:
    """An office that a person holds."""

    record: Role
    spans: Spans  # its mentions: "Norwegian Finance Minister"
    person: DocActor
    organisation: DocActor | None


@dataclass(frozen=True, slots=True)
class DocEvent:
    """An event."""

    record: Event
    spans: Spans  # its triggers
    agents: tuple[DocActor, ...]
    targets: tuple[DocActor, ...]
    participants: tuple[DocActor, ...]  # who are neither agents nor targets


@dataclass(frozen=True, slots=True)
class DocStatement:
    """A statement."""

    record: Statement
    cue: Spans
    source: Spans
    content: Spans
    speakers: tuple[DocActor, ...]
    addressees: tuple[DocActor, ...]

    @property
    def spans(self) -> Spans:
        """Return the spans of source, cue and content in text order."""
        return tuple(
            sorted((*self.source, *self.cue, *self.content), key=lambda span: (span.start, span.end))
        )


@dataclass(frozen=True, slots=True)
class DocProposal(DocStatement):
    """A statement that puts an action forward."""

    record: Proposal
    events: tuple[DocEvent, ...]  # that are put forward


def actors(doc: Doc) -> tuple[DocActor, ...]:
    """Return the actors of a Doc."""
    return tuple(_actors_by_ref(doc, _extraction(doc)).values())


def roles(doc: Doc) -> tuple[DocRole, ...]:
    """Return the roles of a Doc."""
    extraction = _extraction(doc)
    by_ref = _actors_by_ref(doc, extraction)
    return tuple(
        DocRole(
            role,
            _mention_spans(doc, role.mentions),
            by_ref[role.member],
            by_ref[role.organisation] if role.organisation is not None else None,
        )
        for role in extraction.roles
    )


def events(doc: Doc) -> tuple[DocEvent, ...]:
    """Return the events of a Doc, in text order."""
    extraction = _extraction(doc)
    return tuple(_events_by_ref(doc, extraction, _actors_by_ref(doc, extraction)).values())


def statements(doc: Doc) -> tuple[DocStatement, ...]:
    """Return the statements of a Doc, with the proposals among them, in text order."""
    extraction = _extraction(doc)
    by_ref = _actors_by_ref(doc, extraction)
    event_by_ref = _events_by_ref(doc, extraction, by_ref)
    return tuple(_statement(doc, record, by_ref, event_by_ref) for record in extraction.statements)


def proposals(doc: Doc) -> tuple[DocProposal, ...]:
    """Return the proposals of a Doc, in text order."""
    return tuple(statement for statement in statements(doc) if isinstance(statement, DocProposal))


def _extraction(doc: Doc) -> Extraction:
    found = doc._.extraction
    if not isinstance(found, Extraction):
        raise AttributeError('the Doc has no extraction: add "communique" to the pipeline that made it')
    return found


def _actors_by_ref(doc: Doc, extraction: Extraction) -> dict[str, DocActor]:
    return {actor.ref: DocActor(actor, _mention_spans(doc, actor.mentions)) for actor in extraction.actors}


def _events_by_ref(
    doc: Doc, extraction: Extraction, actor_by_ref: dict[str, DocActor]
) -> dict[str, DocEvent]:
    return {
        event.ref: DocEvent(
            event,
            _mention_spans(doc, event.triggers),
            _resolved(event.agents, actor_by_ref),
            _resolved(event.targets, actor_by_ref),
            _resolved(event.participants, actor_by_ref),
        )
        for event in extraction.events
    }


def _statement(
    doc: Doc, record: Statement, actor_by_ref: dict[str, DocActor], event_by_ref: dict[str, DocEvent]
) -> DocStatement:
    cue, source, content = (
        _spans(doc, spans, label)
        for spans, label in (
            (record.cue_spans, "cue"),
            (record.source_spans, "source"),
            (record.content_spans, "content"),
        )
    )
    speakers, addressees = (
        _resolved(record.speakers, actor_by_ref),
        _resolved(record.addressees, actor_by_ref),
    )
    if not isinstance(record, Proposal):
        return DocStatement(record, cue, source, content, speakers, addressees)
    proposed = _resolved(record.proposes, event_by_ref)
    return DocProposal(record, cue, source, content, speakers, addressees, proposed)


def _resolved(refs: Iterable[str], by_ref: dict[str, Item]) -> tuple[Item, ...]:
    return tuple(by_ref[ref] for ref in refs)


def _mention_spans(doc: Doc, mentions: Iterable[Mention]) -> Spans:
    return tuple(
        span for mention in mentions for span in _spans(doc, [(mention.start, mention.end)], mention.part)
    )


def _spans(doc: Doc, offsets: Iterable[tuple[int, int]], label: str) -> Spans:
    """Return the spans at these character offsets, each with the label."""
    found = (doc.char_span(start, end, label, alignment_mode="expand") for start, end in offsets)
    return tuple(span for span in found if span is not None)
