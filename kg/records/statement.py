"""What someone is reported to have said, and, as a kind of it, to have proposed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from kg.records.mention import Mention, Span
from kg.records.time import Time

Quotation = Literal["direct", "indirect", "mixed", "narrated"]
Polarity = Literal["positive", "negative"]
Modality = Literal["actual", "necessary", "possible", "hypothetical"]
Force = Literal["propose", "request", "demand", "offer", "promise", "plan", "wish"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """One act of saying, as reported. Actors, statements and events are given by reference."""

    ref: str  # "#statement-353", "#proposal-538": start of the cue
    cue: str  # lemma: "say", "call upon"
    cue_spans: tuple[Span, ...]
    source_spans: tuple[Span, ...]  # the words that name the speaker here; empty if the speaker carries over
    speakers: tuple[str, ...]
    content: str | None  # the article's own words, without enclosing quotation marks
    content_spans: tuple[Span, ...]
    quotation: Quotation
    polarity: Polarity
    modality: Modality
    rule: str
    confidence: float
    addressees: tuple[str, ...] = ()
    conveyed_by: tuple[str, ...] = ()
    supports: tuple[str, ...] = ()
    opposes: tuple[str, ...] = ()
    about: tuple[str, ...] = ()
    during: tuple[str, ...] = ()
    time: Time | None = None

    @property
    def evidence(self) -> tuple[Mention, ...]:
        """The cue and the content, as mentions."""
        return tuple(
            [Mention(start, end, "cue") for start, end in self.cue_spans]
            + [Mention(start, end, "content") for start, end in self.content_spans]
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal(Statement):
    """A statement that puts forward, asks for, offers, promises, plans or wishes an action."""

    force: Force
    proposes: tuple[str, ...] = ()  # refs of the events put forward
    addressee_spans: tuple[Span, ...] = ()  # the words that name the addressees
