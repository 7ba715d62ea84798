"""Statements, and proposals as a kind of statement."""

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
    """An attribution with a speaker. Actors, statements and events are given by reference."""

    ref: str  # "#statement-353", "#proposal-538"; the number is the start of the cue
    cue: str  # lemma: "say", "call upon"
    cue_spans: tuple[Span, ...]
    source_spans: tuple[Span, ...]  # the words that name the speaker; empty if taken from an earlier sentence
    speakers: tuple[str, ...]
    content: str | None  # the words of the article, without enclosing quotation marks
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
    """A statement that puts an action forward; ``force`` says how."""

    force: Force
    proposes: tuple[str, ...] = ()  # refs of the events put forward
    addressee_spans: tuple[Span, ...] = ()  # the words that name the addressees
