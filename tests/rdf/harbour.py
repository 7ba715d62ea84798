"""A fictional article with an extraction written by hand, which has every kind of record."""

from __future__ import annotations

import datetime as dt

from kg.config import DEFAULT_BASE
from kg.rdf.iri import article_iri, run_iri
from kg.records import (
    Actor,
    Article,
    Candidate,
    Event,
    Extraction,
    Link,
    Mention,
    MentionPart,
    Place,
    Proposal,
    Role,
    Span,
    Statement,
    Time,
)

BASE = DEFAULT_BASE
RUN = run_iri("0.1.0", "test-model", BASE)

HEADLINE = "Norland’s minister urges Sudria to reopen harbour"
SENTENCES = (
    "Norland’s minister urges Sudria to reopen harbour",
    "Ida Brekke, the Norlandic trade minister, on Tuesday urged Sudria to reopen the harbour during talks in "
    "Ostby, her ministry said.",
    "“We reject the blockade,” Brekke told reporters after the attack on Port Lim.",
    "Sudria’s President Tomas Oru praised her call.",
    "The port workers declined to comment.",
    "A strike caused by the blockade, part of the dispute, may follow next month.",
)
TEXT = SENTENCES[0] + "\n\n" + " ".join(SENTENCES[1:])

ARTICLE = Article(
    text=TEXT,
    origin="harbour.txt",
    title=HEADLINE,
    url="https://news.example/harbour?id=1&lang=en",
    published=dt.datetime(2024, 5, 15, 9, 30, tzinfo=dt.UTC),
    authors=("Ann Reporter", "Bo Writer"),
    publisher="The Example Post",
    identifier="post-17",
)
ARTICLE_IRI = article_iri(ARTICLE, BASE)


def span(words: str, occurrence: int = 1) -> Span:
    """Return the span of the words in the text."""
    start = -1
    for _ in range(occurrence):
        start = TEXT.index(words, start + 1)
    return start, start + len(words)


def mention(words: str, part: MentionPart, occurrence: int = 1) -> Mention:
    start, end = span(words, occurrence)
    return Mention(start, end, part)


def time(words: str, value: str | None, earliest: dt.date | None, latest: dt.date | None) -> Time:
    start, end = span(words)
    return Time(start, end, words, value, earliest, latest)


HER = span("her call")[0]
ACTORS = (
    Actor(
        "actor/ida-brekke",
        "Ida Brekke",
        "person",
        (mention("Ida Brekke", "name"), mention("Brekke", "name", 2), Mention(HER, HER + 3, "pronoun")),
        rule="name",
        confidence=0.95,
        alt_labels=("Brekke",),
    ),
    Actor("actor/tomas-oru", "Tomas Oru", "person", (mention("Tomas Oru", "name"),), "name", 0.9),
    Actor(
        "actor/norland",
        "Norland",
        "country",
        (mention("Norland", "name"), mention("Norlandic", "demonym")),
        rule="gazetteer",
        confidence=1.0,
    ),
    Actor(
        "actor/sudria",
        "Sudria",
        "country",
        (mention("Sudria", "name"), mention("Sudria", "name", 2), mention("Sudria", "name", 3)),
        rule="gazetteer",
        confidence=1.0,
    ),
    Actor(
        "actor/norlandic-trade-ministry",
        "Norlandic trade ministry",
        "organisation",
        (mention("her ministry", "nominal"),),
        rule="nominal-body",
        confidence=0.6,
        part_of="actor/norland",
    ),
    Actor(
        f"#actor-{span('The port workers')[0]}",
        "port workers",
        "group",
        (mention("The port workers", "nominal"),),
        rule="group-noun",
        confidence=0.55,
    ),
)

PLACES = (
    Place("place/ostby", "Ostby", "city", (mention("Ostby", "name"),), "place-name", 0.8),
    Place("place/port-lim", "Port Lim", "place", (mention("Port Lim", "name"),), "place-name", 0.7),
    Place("actor/sudria", "Sudria", "country", (mention("Sudria", "name"),), "gazetteer", 1.0),
)

MINISTER = f"#role-{span('the Norlandic trade minister')[0]}"
ROLES = (
    Role(
        MINISTER,
        "trade minister",
        "actor/ida-brekke",
        (mention("the Norlandic trade minister", "role"),),
        rule="apposition",
        confidence=0.9,
        organisation="actor/norland",
    ),
    Role(
        f"#role-{span('President')[0]}",
        "President",
        "actor/tomas-oru",
        (mention("President", "role"),),
        rule="title",
        confidence=0.85,
        organisation="actor/sudria",
    ),
)

TALKS = f"#event-{span('talks')[0]}"
ATTACK = f"#event-{span('attack')[0]}"
BLOCKADE = f"#event-{span('blockade')[0]}"
REOPENING = f"#event-{span('reopen', 2)[0]}"
STRIKE = f"#event-{span('strike')[0]}"
DISPUTE = f"#event-{span('dispute')[0]}"
EVENTS = (
    Event(
        REOPENING,
        "Sudria reopening the harbour",
        "Concession",
        "proposed",
        (mention("reopen", "trigger"), mention("reopen", "trigger", 2)),
        rule="action",
        confidence=0.8,
        agents=("actor/sudria",),
    ),
    Event(
        TALKS,
        "talks of Ida Brekke and Tomas Oru in Ostby",
        "Meeting",
        "occurred",
        (mention("talks", "trigger"),),
        rule="event-noun",
        confidence=0.9,
        participants=("actor/ida-brekke", "actor/tomas-oru"),
        place="place/ostby",
        about=(REOPENING, "actor/sudria"),
        after=(ATTACK,),
        time=time("on Tuesday", "2024-05-14", dt.date(2024, 5, 14), dt.date(2024, 5, 14)),
    ),
    Event(
        ATTACK,
        "attack on Port Lim",
        "Attack",
        "occurred",
        (mention("attack", "trigger"),),
        rule="event-noun",
        confidence=0.85,
        targets=("actor/norland",),
        place="place/port-lim",
        during=(DISPUTE,),
    ),
    Event(
        BLOCKADE,
        "blockade by Sudria",
        "Sanction",
        "ongoing",
        (mention("blockade", "trigger"), mention("blockade", "trigger", 2)),
        rule="event-noun",
        confidence=0.7,
        agents=("actor/sudria",),
        targets=("actor/norland",),
        place="actor/sudria",
        part_of=(DISPUTE,),
    ),
    Event(DISPUTE, "dispute", "Other", "ongoing", (mention("dispute", "trigger"),), "event-noun", 0.5),
    Event(
        STRIKE,
        "strike",
        "Protest",
        "hypothetical",
        (mention("strike", "trigger"),),
        rule="event-noun",
        confidence=0.45,
        caused_by=(BLOCKADE,),
        time=time("next month", "2024-06", dt.date(2024, 6, 1), dt.date(2024, 6, 30)),
    ),
)

URGED = f"#proposal-{span('urged')[0]}"
REJECTED = f"#statement-{span('told')[0]}"
PRAISED = f"#statement-{span('praised')[0]}"
DECLINED = f"#statement-{span('declined')[0]}"
STATEMENTS = (
    Proposal(
        ref=URGED,
        cue="urge",
        cue_spans=(span("urged"),),
        source_spans=(span("Ida Brekke"),),
        speakers=("actor/ida-brekke",),
        content="to reopen the harbour",
        content_spans=(span("to reopen the harbour"),),
        quotation="indirect",
        polarity="positive",
        modality="hypothetical",
        rule="verb-object-clause",
        confidence=0.92,
        addressees=("actor/sudria",),
        conveyed_by=("actor/norlandic-trade-ministry",),
        during=(TALKS,),
        about=("place/port-lim",),
        time=time("on Tuesday", "2024-05-14", dt.date(2024, 5, 14), dt.date(2024, 5, 14)),
        force="request",
        proposes=(REOPENING,),
    ),
    Statement(
        ref=REJECTED,
        cue="tell",
        cue_spans=(span("told"),),
        source_spans=(span("Brekke", 2),),
        speakers=("actor/ida-brekke",),
        content="We reject the blockade,",
        content_spans=(span("We reject the blockade,"),),
        quotation="direct",
        polarity="positive",
        modality="actual",
        rule="quote",
        confidence=0.97,
        opposes=(BLOCKADE, "actor/sudria"),
    ),
    Statement(
        ref=PRAISED,
        cue="praise",
        cue_spans=(span("praised"),),
        source_spans=(span("Tomas Oru"),),
        speakers=("actor/tomas-oru",),
        content=None,
        content_spans=(),
        quotation="narrated",
        polarity="positive",
        modality="actual",
        rule="verb-object",
        confidence=0.75,
        supports=(URGED,),
    ),
    Statement(
        ref=DECLINED,
        cue="decline to comment",
        cue_spans=(span("declined to comment"),),
        source_spans=(span("The port workers"),),
        speakers=(ACTORS[-1].ref,),
        content=None,
        content_spans=(),
        quotation="narrated",
        polarity="negative",
        modality="actual",
        rule="negated-cue",
        confidence=0.4,
    ),
)

EXTRACTION = Extraction(
    article=ARTICLE,
    sentences=tuple(span(sentence) for sentence in SENTENCES),
    actors=ACTORS,
    places=PLACES,
    roles=ROLES,
    statements=STATEMENTS,
    events=EVENTS,
)

_ASKED = (("embedded", "2026-01-02"), ("ports", ""))
_SUDRIA = Candidate("Q1001", "Sudria", "country in the south", 0.96, (("label", 1.0), ("role", 0.0)), "ports")
_ORU = Candidate("Q1002", "Tomas Oru", "president", 0.34, (("label", 1.0), ("context", 0.25)), "ports")
LINKS = (
    Link("actor/sudria", "Sudria", "accepted", "model", _ASKED, (_SUDRIA, _ORU), 0.03),
    Link("actor/tomas-oru", "Tomas Oru", "candidate", "model", _ASKED, (_ORU,), 0.66, degraded=True),
    Link("actor/ida-brekke", "Ida Brekke", "nil", "user", _ASKED, (), 1.0),
    Link("place/ostby", "Ostby", "nil", "model", _ASKED),
)
