"""The lexicon: word tables in ``*.tsv`` beside this file, each with a reader.

A table is read once, typed and checked. An entry may have several words ("call upon"). British and American
spellings are both in the tables. Lemmas are those of an English lemmatiser, in lower case except for names.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from kg.extractor.lexicon.rows import (
    Act,
    Addressee,
    BodyKind,
    BodyNoun,
    Country,
    Cue,
    CueNote,
    CuePos,
    Direction,
    EventNoun,
    EventRelation,
    EventVerb,
    FormLemma,
    Frame,
    Gender,
    GivenName,
    Leader,
    LightSubject,
    LightVerb,
    NounStrength,
    Number,
    Region,
    RelationFrame,
    RelationWord,
    RoleKind,
    RoleNoun,
    StatusKind,
    StatusWord,
    SupportVerb,
    Target,
    VerbAgent,
    VerbStrength,
)
from kg.extractor.lexicon.tables import choice, optional, pair, read_table, several, word
from kg.records import EventStatus, EventType

__all__ = [
    "Act",
    "BodyNoun",
    "Country",
    "Cue",
    "EventNoun",
    "EventVerb",
    "FormLemma",
    "Frame",
    "Gender",
    "GivenName",
    "Leader",
    "LightVerb",
    "Region",
    "RelationWord",
    "RoleNoun",
    "StatusWord",
    "SupportVerb",
    "bodies",
    "countries",
    "cues",
    "event_nouns",
    "event_verbs",
    "form_lemmas",
    "given_names",
    "leaders",
    "light_verbs",
    "regions",
    "relations",
    "roles",
    "status_words",
    "support_verbs",
]


@lru_cache
def cues() -> Mapping[tuple[str, str], Cue]:
    """Return the words that report statements and proposals, by lemma and part of speech.

    The part of speech is "verb", "noun" or "adj".
    """
    frame, act = choice(Frame), choice(Act)
    columns = (
        word,
        choice(CuePos),
        act,
        several(frame),
        choice(Addressee),
        several(pair(frame, act)),
        several(choice(CueNote)),
    )
    return read_table("cues.tsv", Cue, columns, lambda cue: (cue.lemma, cue.pos))


@lru_cache
def support_verbs() -> Mapping[str, SupportVerb]:
    """Return the verbs that make a statement together with a cue noun, by lemma."""
    columns = (word, choice(Direction), several(word))
    return read_table("support_verbs.tsv", SupportVerb, columns, lambda row: row.verb)


@lru_cache
def event_nouns() -> Mapping[str, EventNoun]:
    """Return the nouns and compounds that name events, by lemma."""
    columns = (word, choice(EventType), choice(NounStrength))
    return read_table("event_nouns.tsv", EventNoun, columns, lambda row: row.lemma)


@lru_cache
def event_verbs() -> Mapping[str, EventVerb]:
    """Return the verbs that report events, by lemma; a phrasal verb has its particle or preposition."""
    columns = (word, choice(EventType), choice(VerbAgent), choice(Target), choice(VerbStrength))
    return read_table("event_verbs.tsv", EventVerb, columns, lambda row: row.lemma)


@lru_cache
def light_verbs() -> Mapping[str, LightVerb]:
    """Return the light verbs of event nouns, by lemma."""
    columns = (word, optional, choice(LightSubject))
    return read_table("light_verbs.tsv", LightVerb, columns, lambda row: row.lemma)


@lru_cache
def roles() -> Mapping[str, RoleNoun]:
    """Return the offices, ranks, titles and professions, in lower case."""
    columns = (word, choice(RoleKind), choice(Gender))
    return read_table("roles.tsv", RoleNoun, columns, lambda row: row.noun)


@lru_cache
def bodies() -> Mapping[str, BodyNoun]:
    """Return the head nouns of organisations, groups of people and documents, in lower case, as written."""
    columns = (word, choice(BodyKind), choice(Number), choice(Gender))
    return read_table("bodies.tsv", BodyNoun, columns, lambda row: row.noun)


@lru_cache
def countries() -> tuple[Country, ...]:
    """Return the countries with the words for them, in the order of their names."""
    names = several(word, ";")
    columns = (word, names, names, names, optional, names, optional)
    return tuple(read_table("countries.tsv", Country, columns, lambda row: row.name).values())


@lru_cache
def regions() -> tuple[Region, ...]:
    """Return the parts of the world that are not countries, in the order of their names."""
    names = several(word, ";")
    return tuple(
        read_table("regions.tsv", Region, (word, names, names, names), lambda row: row.name).values()
    )


@lru_cache
def given_names() -> Mapping[str, GivenName]:
    """Return the given names, as written in English."""
    return read_table("given_names.tsv", GivenName, (word, choice(Gender)), lambda row: row.name)


@lru_cache
def leaders() -> Mapping[str, Leader]:
    """Return the well-known heads of state and government, by name as written."""
    return read_table("leaders.tsv", Leader, (word, word, word), lambda row: row.name)


@lru_cache
def relations() -> Mapping[str, RelationWord]:
    """Return the words that relate two events, in lower case."""
    columns = (word, choice(EventRelation), several(choice(RelationFrame)))
    return read_table("relations.tsv", RelationWord, columns, lambda row: row.words)


@lru_cache
def status_words() -> Mapping[tuple[str, str], StatusWord]:
    """Return the words that set the status of an event, by words and kind."""
    columns = (word, choice(StatusKind), choice(EventStatus), optional)
    return read_table("status.tsv", StatusWord, columns, lambda row: (row.words, row.kind))


@lru_cache
def form_lemmas() -> Mapping[str, FormLemma]:
    """Return the inflected forms, in lower case, whose lemma the small model gets wrong."""
    return read_table("forms.tsv", FormLemma, (word, word), lambda row: row.form)
