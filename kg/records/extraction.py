"""All that was read out of one article."""

from __future__ import annotations

from dataclasses import dataclass

from kg.records.actor import Actor, Place, Role
from kg.records.article import Article
from kg.records.event import Event, EventMention
from kg.records.mention import Span
from kg.records.statement import Proposal, Statement


@dataclass(frozen=True, slots=True)
class Extraction:
    """The extractor's result for one article.

    ``statements`` holds the proposals too. ``unattributed`` holds what is reported as said without a word on
    by whom ("is expected to", "was accused of"), ``undertakings`` what somebody is to do without being
    reported to have said so ("the council will build"). Neither has a place in a graph of who said what, but
    in an evaluation of the extractor.
    """

    article: Article
    sentences: tuple[Span, ...]
    actors: tuple[Actor, ...] = ()
    places: tuple[Place, ...] = ()
    roles: tuple[Role, ...] = ()
    statements: tuple[Statement, ...] = ()
    unattributed: tuple[Statement, ...] = ()
    undertakings: tuple[Proposal, ...] = ()
    event_mentions: tuple[
        EventMention, ...
    ] = ()  # in text order; all events and statements, and what is neither
    events: tuple[Event, ...] = ()
