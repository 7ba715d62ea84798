"""What the stages hand to each other: frozen dataclasses of plain values.

Nothing here knows spaCy, RDF or a file. Offsets are code points of ``Article.text``, from 0, the end
exclusive.
Nodes of one article refer to each other by *reference*: ``actor/china`` and ``place/beijing`` are the same
in every
article, ``#event-163`` belongs to this article alone.
"""

from kg.records.actor import Actor, ActorKind, Place, PlaceKind, Role
from kg.records.article import Article
from kg.records.event import Event, EventMention, EventStatus, EventType, Part
from kg.records.extraction import Extraction
from kg.records.link import Candidate, Link, LinkStatus
from kg.records.mention import Mention, MentionPart, Span
from kg.records.statement import Force, Modality, Polarity, Proposal, Quotation, Statement
from kg.records.time import Time

__all__ = [
    "Actor",
    "ActorKind",
    "Article",
    "Candidate",
    "Event",
    "EventMention",
    "EventStatus",
    "EventType",
    "Extraction",
    "Force",
    "Link",
    "LinkStatus",
    "Mention",
    "MentionPart",
    "Modality",
    "Part",
    "Place",
    "PlaceKind",
    "Polarity",
    "Proposal",
    "Quotation",
    "Role",
    "Span",
    "Statement",
    "Time",
]
