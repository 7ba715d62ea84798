"""The rows of the lexicon's tables: one frozen dataclass for each, with the columns as fields, in order.

The ``Literal`` types list the values that a cell may have; :mod:`~kg.extractor.lexicon.tables` rejects any
other.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from kg.records import EventStatus, EventType

Act = Literal[
    "say",
    "stress",
    "claim",
    "deny",
    "support",
    "oppose",
    "ask",
    "warn",
    "feel",
    "know",
    "reply",
    "write",
    "agree",
    "promise",
    "offer",
    "propose",
    "request",
    "demand",
    "plan",
    "wish",
    "accuse",
    "quote",
    "show",
]
Frame = Literal[
    "that",
    "quote",
    "wh",
    "inf",
    "ing",
    "np",
    "for-inf",
    "as-to",
    "in-favour",
    "about",
    "against",
    "as",
    "at",
    "before",
    "behind",
    "between",
    "by",
    "for",
    "from",
    "in",
    "into",
    "of",
    "on",
    "over",
    "to",
    "towards",
    "upon",
    "with",
    "obj-inf",
    "obj-that",
    "obj-pred",
    "obj-about",
    "obj-against",
    "obj-as",
    "obj-at",
    "obj-for",
    "obj-from",
    "obj-in",
    "obj-into",
    "obj-of",
    "obj-on",
    "obj-over",
    "obj-to",
    "obj-towards",
    "obj-with",
]
CuePos = Literal["verb", "noun", "adj"]
CueNote = Literal["weak", "thing-ok", "refusal", "threat"]
Addressee = Literal["none", "obj", "at", "from", "of", "on", "to", "upon", "with", "for"]
Direction = Literal["forward", "reversed"]
NounStrength = Literal["strong", "weak", "rare"]
VerbStrength = Literal["strong", "weak"]
VerbAgent = Literal["subj", "none"]
Target = Literal[
    "none",
    "subj",
    "obj",
    "with",
    "against",
    "on",
    "of",
    "to",
    "at",
    "from",
    "for",
    "into",
    "in",
    "over",
    "upon",
]
LightSubject = Literal["agent", "participant", "none"]
RoleKind = Literal["office", "rank", "title", "profession", "spokes"]
Gender = Literal["m", "f", "-"]
BodyKind = Literal["organisation", "people", "document"]
Number = Literal["singular", "plural"]
EventRelation = Literal["after", "before", "during", "partOf", "causedBy", "causes"]
RelationFrame = Literal["prep", "mark", "adv", "verb", "passive", "noun"]
StatusKind = Literal[
    "adverb", "verb", "adjective", "noun", "modal", "determiner", "preposition", "conjunction"
]


@dataclass(frozen=True, slots=True)
class Cue:
    """A word, or several, that report a statement or a proposal."""

    lemma: str
    pos: CuePos
    act: Act
    frames: tuple[Frame, ...]
    addressee: Addressee
    frame_acts: tuple[tuple[Frame, Act], ...]
    note: tuple[CueNote, ...]

    def act_in(self, frame: Frame) -> Act:
        """Return the act with this complement: ``suggest`` says with a clause and proposes with a gerund."""
        return dict(self.frame_acts).get(frame, self.act)


@dataclass(frozen=True, slots=True)
class SupportVerb:
    """A verb that makes a statement together with a cue noun: *express support*, *face criticism*."""

    verb: str
    direction: Direction
    nouns: tuple[str, ...]  # cue nouns it goes with; empty for any


@dataclass(frozen=True, slots=True)
class EventNoun:
    """A noun, or compound, that names an event."""

    lemma: str
    type: EventType
    strength: NounStrength


@dataclass(frozen=True, slots=True)
class EventVerb:
    """A verb, with its particle if it is phrasal, that reports an event."""

    lemma: str
    type: EventType
    agent: VerbAgent
    target: Target
    strength: VerbStrength


@dataclass(frozen=True, slots=True)
class LightVerb:
    """A verb that only carries an event noun: *hold talks*, *take part in a march*."""

    lemma: str
    preposition: str  # "" where the noun is the object
    subject: LightSubject


@dataclass(frozen=True, slots=True)
class RoleNoun:
    """A noun for a person: an office, a rank, a form of address, a profession."""

    noun: str  # lower case
    kind: RoleKind
    gender: Gender


@dataclass(frozen=True, slots=True)
class BodyNoun:
    """The head noun of a description of an organisation, of people, or of a document that speaks for them."""

    noun: str
    kind: BodyKind
    number: Number
    gender: Gender


@dataclass(frozen=True, slots=True)
class Country:
    """A country, or what news treats as one, and the words for it."""

    name: str
    aliases: tuple[str, ...]
    adjectives: tuple[str, ...]
    demonyms: tuple[str, ...]  # nouns for its people, singular and plural
    capital: str  # "" if it has none
    metonyms: tuple[str, ...]  # seats of its government, without the capital
    note: str  # "ambiguous": a name of other things too; "part" of a state; "former"; "organisation"; or ""


@dataclass(frozen=True, slots=True)
class Region:
    """A part of the world that is not a country."""

    name: str
    aliases: tuple[str, ...]
    adjectives: tuple[str, ...]
    demonyms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class GivenName:
    """A given name and the gender it mostly has; used for pronouns only, never to tell people apart."""

    name: str
    gender: Gender


@dataclass(frozen=True, slots=True)
class Leader:
    """A head of state or government whose country news does not mention: *President Xi Jinping*."""

    name: str
    title: str  # the title that implies the country: "President"
    country: str  # a name of the table of countries


@dataclass(frozen=True, slots=True)
class RelationWord:
    """Words between two events. *X words Y* means ``X relation Y``."""

    words: str
    relation: EventRelation
    frames: tuple[RelationFrame, ...]


@dataclass(frozen=True, slots=True)
class StatusWord:
    """Words that set the status of the event they govern or modify."""

    words: str
    kind: StatusKind
    status: EventStatus
    note: str


@dataclass(frozen=True, slots=True)
class FormLemma:
    """An inflected form and its lemma, where the small model's lemmatiser errs: *hoping*, *hope*."""

    form: str
    lemma: str
