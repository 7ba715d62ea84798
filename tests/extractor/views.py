"""Extractions in the words of the article, as a test states them."""

from __future__ import annotations

from collections.abc import Iterable

from kg.records import Actor, Event, Extraction, Place, Proposal, Role, Span, Statement


def names(extraction: Extraction, refs: Iterable[str]) -> set[str]:
    """Return the labels of actors, places and events."""
    nodes: tuple[Actor | Place | Event, ...] = (*extraction.places, *extraction.actors, *extraction.events)
    labels = {node.ref: node.label for node in nodes}
    return {labels[ref] for ref in refs}


def words(extraction: Extraction, spans: Iterable[Span]) -> str:
    """Return the words at these spans."""
    return " ".join(extraction.article.text[start:end] for start, end in spans)


def speakers(extraction: Extraction, statement: Statement) -> set[str]:
    """Return the labels of the speakers of a statement."""
    return names(extraction, statement.speakers)


def statement(extraction: Extraction, cue: str) -> Statement:
    """Return the one statement with a cue of this lemma, or whose cue has this word."""
    found = [s for s in extraction.statements if _has_cue(extraction, s, cue)]
    assert len(found) == 1, f"{len(found)} statements for {cue!r} in {summary(extraction)}"
    return found[0]


def _has_cue(extraction: Extraction, attribution: Statement, cue: str) -> bool:
    return cue == attribution.cue or cue in words(extraction, attribution.cue_spans).split()


def proposal(extraction: Extraction, cue: str) -> Proposal:
    """Return the one proposal with this cue."""
    found = statement(extraction, cue)
    assert isinstance(found, Proposal), f"no proposal, but {found}"
    return found


def has_statement(extraction: Extraction, cue: str) -> bool:
    """Return True if there is a statement with this lemma or word as cue."""
    return any(_has_cue(extraction, s, cue) for s in extraction.statements)


def event(extraction: Extraction, trigger: str) -> Event:
    """Return the one event that has this word among its triggers."""
    found = [e for e in extraction.events if trigger in triggers(extraction, e)]
    assert len(found) == 1, f"{len(found)} events for {trigger!r} in {summary(extraction)}"
    return found[0]


def has_event(extraction: Extraction, trigger: str) -> bool:
    """Return True if there is an event with this word among its triggers."""
    return any(trigger in triggers(extraction, e) for e in extraction.events)


def triggers(extraction: Extraction, found_event: Event) -> list[str]:
    """Return the words of the triggers of an event."""
    return [extraction.article.text[m.start : m.end] for m in found_event.triggers]


def parties(extraction: Extraction, found_event: Event) -> set[str]:
    """Return the labels of all agents, targets and participants."""
    return names(extraction, (*found_event.agents, *found_event.targets, *found_event.participants))


def place(extraction: Extraction, found_event: Event) -> str | None:
    """Return the label of the place of an event, or None."""
    return next(iter(names(extraction, [found_event.place])), None) if found_event.place else None


def role(extraction: Extraction, member: str) -> Role:
    """Return the one role of the person of this name."""
    found = [r for r in extraction.roles if names(extraction, [r.member]) == {member}]
    assert len(found) == 1, f"{len(found)} roles of {member} in {summary(extraction)}"
    return found[0]


def labels(extraction: Extraction, kind: str | None = None) -> set[str]:
    """Return the labels of the named actors, of one kind or all."""
    return {a.label for a in extraction.actors if kind in (None, a.kind)}


def mentions(extraction: Extraction, label: str) -> list[str]:
    """Return the words that refer to the actor or place with this label, in text order."""
    nodes: tuple[Actor | Place, ...] = (*extraction.actors, *extraction.places)
    node = next(node for node in nodes if node.label == label)
    return [extraction.article.text[m.start : m.end] for m in node.mentions]


def summary(extraction: Extraction) -> str:
    """Return what was extracted, for messages of failed tests."""
    said = [
        f"{names(extraction, s.speakers)} {s.cue}: {s.content!r}"
        + (f" [{s.force}]" if isinstance(s, Proposal) else "")
        for s in extraction.statements
    ]
    found_event = [f"{e.type} {e.status} {e.label!r}" for e in extraction.events]
    table = [f"{a.kind} {a.label!r}" for a in extraction.actors]
    return "\n  ".join(["", *said, *found_event, *table])
