"""The records that rooms pass to each other: frozen dataclasses of plain values.

A source makes an :class:`Article`, the extractor an :class:`Extraction` of it (with actors, places, roles,
statements, proposals and events), linking a :class:`Link` for each entity. Records import neither spaCy nor
an RDF library, read no files, and can be pickled.

Offsets count code points of ``Article.text`` from 0; the end of a span is exclusive. Records refer to each
other by a *reference* (``ref``): ``actor/china`` and ``place/beijing`` are the same in every article,
``#event-163`` belongs to one article.

Each module holds one kind of record. A new field is set in ``kg.extractor.to_records``, written in the module
of the same name in ``kg.rdf``, and described in ``ontology/kg.ttl``.
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
