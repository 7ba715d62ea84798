"""A small article and its extraction, with at least one record of each kind."""

from __future__ import annotations

import datetime as dt

from kg.build.pipeline import fingerprint
from kg.config import DEFAULT_BASE
from kg.rdf import quads
from kg.rdf.iri import article_iri
from kg.records import (
    Actor,
    Article,
    Event,
    EventMention,
    Extraction,
    Mention,
    MentionPart,
    Place,
    Proposal,
    Role,
    Span,
    Statement,
    Time,
)
from kg.store.local import ArticleGraph

TEXT = (
    "Bridge to stay closed\n\n"
    "Mayor Ada Quist told Norland on Monday that the bridge would stay closed. "
    "She urged the Harbour Board to hold talks in Sandby.\n\n"
    "The talks had failed to start."
)
RUN = DEFAULT_BASE + "run/sample-1"


def at(words: str, after: str = "") -> Span:
    start = TEXT.index(words, TEXT.index(after) if after else 0)
    return start, start + len(words)


def mention(words: str, part: MentionPart, after: str = "") -> Mention:
    return Mention(*at(words, after), part)


ARTICLE = Article(
    TEXT, "sample.txt", title="Bridge to stay closed", published=dt.date(2024, 5, 14), publisher="Sandby Post"
)
QUIST = Actor(
    "actor/ada-quist",
    "Ada Quist",
    "person",
    (mention("Ada Quist", "name"), mention("She", "pronoun")),
    "name",
    0.95,
)
NORLAND = Actor("actor/norland", "Norland", "country", (mention("Norland", "name"),), "name", 0.9)
BOARD = Actor(
    "actor/harbour-board", "Harbour Board", "organisation", (mention("Harbour Board", "name"),), "name", 0.9
)
SANDBY = Place("place/sandby", "Sandby", "city", (mention("Sandby", "name"),), "name", 0.8)
MAYOR = Role(
    f"#role-{at('Mayor')[0]}", "Mayor", QUIST.ref, (mention("Mayor Ada Quist", "role"),), "title", 0.9
)
TOLD = Statement(
    ref=f"#statement-{at('told')[0]}",
    cue="tell",
    cue_spans=(at("told"),),
    source_spans=(at("Mayor Ada Quist"),),
    speakers=(QUIST.ref,),
    content="the bridge would stay closed",
    content_spans=(at("the bridge would stay closed"),),
    quotation="indirect",
    polarity="positive",
    modality="actual",
    rule="verb-clause",
    confidence=0.9,
    addressees=(NORLAND.ref,),
    time=Time(*at("Monday"), "Monday", "2024-05-13", dt.date(2024, 5, 13), dt.date(2024, 5, 13)),
)
TALKS = Event(
    f"#event-{at('talks')[0]}",
    "talks in Sandby",
    "Meeting",
    "proposed",
    (mention("talks", "trigger"),),
    "noun",
    0.8,
    participants=(BOARD.ref,),
    place=SANDBY.ref,
)
FAILED = Event(
    f"#event-{at('start')[0]}",
    "start",
    "Other",
    "not-occurred",
    (mention("start", "trigger"),),
    "verb",
    0.6,
)
URGED = Proposal(
    ref=f"#proposal-{at('urged')[0]}",
    cue="urge",
    cue_spans=(at("urged"),),
    source_spans=(at("She"),),
    speakers=(QUIST.ref,),
    content="hold talks in Sandby",
    content_spans=(at("hold talks in Sandby"),),
    quotation="indirect",
    polarity="positive",
    modality="necessary",
    rule="object-infinitive",
    confidence=0.85,
    addressees=(BOARD.ref,),
    force="request",
    proposes=(TALKS.ref,),
    addressee_spans=(at("the Harbour Board"),),
)
EXTRACTION = Extraction(
    ARTICLE,
    (
        at("Bridge to stay closed"),
        at("Mayor Ada Quist told Norland on Monday that the bridge would stay closed."),
        at("She urged the Harbour Board to hold talks in Sandby."),
        at("The talks had failed to start."),
    ),
    actors=(QUIST, NORLAND, BOARD),
    places=(SANDBY,),
    roles=(MAYOR,),
    statements=(TOLD, URGED),
    events=(TALKS, FAILED),
    event_mentions=(
        EventMention(mention("told", "trigger"), "Other", "occurred", (("agent", at("Mayor Ada Quist")),)),
        EventMention(
            mention("talks", "trigger"), "Meeting", "proposed", (("participant", at("Harbour Board")),)
        ),
        EventMention(mention("start", "trigger"), "Other", "not-occurred", ()),
    ),
)
IRI = article_iri(ARTICLE, DEFAULT_BASE)


def sample_graph() -> ArticleGraph:
    """The article, ready to be written to a store."""
    return ArticleGraph.pack(
        IRI, fingerprint(ARTICLE), RUN, quads(EXTRACTION, DEFAULT_BASE, RUN), DEFAULT_BASE
    )
