"""The result of the extractor for one article."""

from __future__ import annotations

from dataclasses import dataclass

from kg.records.actor import Actor, Place, Role
from kg.records.article import Article
from kg.records.event import Event, EventMention
from kg.records.mention import Span
from kg.records.statement import Proposal, Statement


@dataclass(frozen=True, slots=True)
class Extraction:
    """All records that the extractor makes of one article.

    ``unattributed``, ``undertakings`` and ``event_mentions`` are used by the evaluation and are not written
    to the graph.
    """

    article: Article
    sentences: tuple[Span, ...]
    actors: tuple[Actor, ...] = ()
    places: tuple[Place, ...] = ()
    roles: tuple[Role, ...] = ()
    statements: tuple[Statement, ...] = ()  # with the proposals
    unattributed: tuple[Statement, ...] = ()  # without a speaker: "is expected to", "was accused of"
    undertakings: tuple[Proposal, ...] = ()  # without an act of speech: "the council will build"
    event_mentions: tuple[EventMention, ...] = ()  # in text order; statements are among them
    events: tuple[Event, ...] = ()
