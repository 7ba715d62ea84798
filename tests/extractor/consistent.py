"""Invariants of every extraction."""

from __future__ import annotations

from collections.abc import Iterator

from kg.records import Actor, Event, Extraction, Mention, Place, Proposal, Role, Span, Statement


def assert_consistent(extraction: Extraction) -> None:
    """Check that every reference resolves, every span is in the text, and confidences are probabilities."""
    _assert_unique_refs(extraction)
    _assert_refs_resolve(extraction)
    _assert_spans_inside(extraction)
    for statement in extraction.statements:
        _assert_statement(extraction.article.text, statement)
    nodes: tuple[Actor | Place | Role | Event, ...] = (
        *extraction.actors, *extraction.places, *extraction.roles, *extraction.events
    )  # fmt: skip
    for node in nodes:
        assert 0 <= node.confidence <= 1, node
        assert node.rule, node
    for event in extraction.events:
        assert event.triggers, event
        parts = (*event.agents, *event.targets, *event.participants)
        assert len(set(parts)) == len(parts), f"somebody takes part twice: {event}"


def _assert_unique_refs(extraction: Extraction) -> None:
    for nodes in (
        extraction.actors, extraction.places, extraction.roles, extraction.statements, extraction.events
    ):  # fmt: skip
        refs = [node.ref for node in nodes]
        assert len(set(refs)) == len(refs), f"a reference stands for two: {sorted(refs)}"


def _assert_refs_resolve(extraction: Extraction) -> None:
    actors = {actor.ref for actor in extraction.actors}
    places = {place.ref for place in extraction.places} | actors
    events = {event.ref for event in extraction.events}
    said = {statement.ref for statement in extraction.statements}
    for actor in extraction.actors:
        assert actor.part_of is None or actor.part_of in actors - {actor.ref}, actor
    for role in extraction.roles:
        assert role.member in actors, role
        assert role.organisation is None or role.organisation in actors, role
    for statement in extraction.statements:
        assert statement.speakers, f"nobody says {statement}"
        assert actors >= {*statement.speakers, *statement.addressees, *statement.conveyed_by}, statement
        assert actors | events | said >= {*statement.supports, *statement.opposes}, statement
        assert statement.ref not in (*statement.supports, *statement.opposes), statement
        assert actors | events >= set(statement.about), statement
        assert events >= set(statement.during), statement
        assert not isinstance(statement, Proposal) or events >= set(statement.proposes), statement
    for event in extraction.events:
        assert actors >= {*event.agents, *event.targets, *event.participants}, event
        assert event.place is None or event.place in places, event
        others = {*event.after, *event.during, *event.part_of, *event.caused_by}
        assert events - {event.ref} >= others, event
        assert events | said >= set(event.about), event


def _assert_spans_inside(extraction: Extraction) -> None:
    length = len(extraction.article.text)
    for start, end in _spans(extraction):
        assert 0 <= start < end <= length, f"{start} to {end} in a text of {length} characters"


def _spans(extraction: Extraction) -> Iterator[Span]:
    yield from extraction.sentences
    mentioned: list[Mention] = []
    nodes: tuple[Actor | Place | Role, ...] = (*extraction.actors, *extraction.places, *extraction.roles)
    for node in nodes:
        assert node.mentions, node
        mentioned += node.mentions
    for event in extraction.events:
        mentioned += event.triggers
    yield from (mention.span for mention in mentioned)
    for statement in extraction.statements:
        yield from (*statement.cue_spans, *statement.source_spans, *statement.content_spans)
    timed: tuple[Statement | Event, ...] = (*extraction.statements, *extraction.events)
    for time in (one.time for one in timed if one.time is not None):
        assert extraction.article.text[time.start : time.end] == time.text
        yield time.start, time.end


def _assert_statement(text: str, statement: Statement) -> None:
    assert 0 <= statement.confidence <= 1, statement
    assert statement.cue_spans, statement
    assert (statement.content is None) == (statement.content_spans == ()), statement
    assert statement.content or statement.supports or statement.opposes, f"empty: {statement}"
    spans = statement.content_spans
    assert list(spans) == sorted(spans), statement
    if statement.content is not None:
        whole = _bare(" ".join(text[start:end] for start, end in spans))
        assert _bare(statement.content) in whole, f"{statement.content!r} is not what stands at {spans}"


def _bare(words: str) -> str:
    """Return words without quotation marks and space, by which content and text may differ."""
    return "".join(c for c in words if not c.isspace() and c not in "\"'“”«»„‘’`")
