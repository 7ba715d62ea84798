"""Attaches quotations to cues.

A quotation belongs to the nearest cue verb outside of the marks, in the sentence where it starts or ends.
Quotations that follow in the same paragraph, and paragraphs that hold only quotation, have the same speaker.
"""

from __future__ import annotations

from dataclasses import dataclass

from kg.extractor.attribution import (
    Attribution,
    agent,
    is_negated,
    speaker,
    stranded_subject,
    subject,
    verb_group,
)
from kg.extractor.cues import FoundCue
from kg.extractor.quotations import QuotedSpan
from kg.extractor.syntax import Syntax
from kg.text.paragraphs import paragraphs

MIN_TOKENS = 3
"""A shorter quotation without a cue verb beside it is a title, a nickname or a scare quote."""

REACH_TOKENS = 45
"""Greatest number of tokens from a cue to the quotation that follows it."""
_SENTENCE_ENDS = frozenset({".", "!", "?"})


@dataclass(slots=True)
class PlacedQuotation:
    """A quotation with its tokens; ``first`` to ``last`` are between the marks."""

    quote: QuotedSpan
    first: int
    last: int
    paragraph: int  # index
    owner: Attribution | None = None

    @property
    def is_long(self) -> bool:
        """Return True if it is long enough to be speech without a cue beside it."""
        return self.last - self.first + 1 >= MIN_TOKENS


class QuotationAttachment:
    """Attaches the quotations of one article to cues.

    ``quoted_tokens`` holds the tokens inside quotation marks.
    """

    def __init__(self, syntax: Syntax, quotes: list[QuotedSpan]) -> None:
        self.syntax = syntax
        self.paragraphs = paragraphs(syntax.text)
        self.placed = [self._place(quote) for quote in quotes]
        self.quoted_tokens = {t for placed in self.placed for t in range(placed.first, placed.last + 1)}

    def _place(self, quote: QuotedSpan) -> PlacedQuotation:
        first = self.syntax.token_at(quote.inner[0])
        last = self.syntax.token_at(max(quote.inner[0], quote.inner[1] - 1))
        paragraph = next((i for i, (s, e) in enumerate(self.paragraphs) if s <= quote.start < e), 0)
        return PlacedQuotation(quote, first, last, paragraph)

    def attribute(self, cues: list[FoundCue]) -> list[Attribution]:
        """Return an attribution for each cue that has quotations, with its quotations in text order."""
        speech_cues = [
            cue
            for cue in cues
            if "quote" in cue.entry.frames and cue.entry.pos == "verb" and cue.head not in self.quoted_tokens
        ]
        by_head: dict[int, Attribution] = {}
        for placed in self.placed:
            cue = self._cue_of(placed, speech_cues)
            if cue is not None:
                owner = by_head.get(cue.head) or self._attribution(cue)
                by_head[cue.head] = owner
                self._assign(placed, owner)
        self._continue_speakers(by_head)
        return list(by_head.values())

    def _assign(self, placed: PlacedQuotation, owner: Attribution) -> None:
        placed.owner = owner
        owner.quoted_spans.append(placed.quote.span)

    def _attribution(self, cue: FoundCue) -> Attribution:
        syntax = self.syntax
        by = agent(syntax, cue.head)
        _, passive = subject(syntax, cue.head)
        source = by if by is not None or passive else speaker(syntax, cue.head)
        if (source is None and not passive) or source in self.quoted_tokens:
            named = stranded_subject(syntax, cue.head)
            source = named if named is not None else self._inverted_subject(cue.head)
        attribution = Attribution(
            cue.entry,
            cue.head,
            sorted({*verb_group(syntax, cue.head), *cue.words}),
            "quote",
            "direct quotation",
        )
        attribution.sources = [source] if source is not None else []
        attribution.negated = is_negated(syntax, cue.head)
        addressee = syntax.child(cue.head, "dobj", "dative")
        if addressee is not None and addressee not in self.quoted_tokens and cue.entry.addressee == "obj":
            attribution.addressees = [addressee]
        attribution.confidence = 0.9
        return attribution

    def _inverted_subject(self, verb: int) -> int | None:
        """Return the head of the noun phrase directly after the verb, "said X", or None.

        The parser may have attached it elsewhere.
        """
        syntax = self.syntax
        times = {
            t for first, end, label in syntax.entities if label in ("DATE", "TIME") for t in range(first, end)
        }
        for token in range(verb + 1, min(verb + 8, len(syntax.words))):
            if syntax.words[token] in ",.;:" or syntax.pos[token] == "ADP" or token in self.quoted_tokens:
                return None
            if (
                syntax.pos[token] in ("NOUN", "PROPN", "PRON")
                and syntax.dep[token] not in ("compound", "poss", "amod", "nmod", "npadvmod")
                and token not in times
            ):
                return token
        return None

    def _is_speech(self, placed: PlacedQuotation) -> bool:
        """Return True if the quotation is speech and not a few quoted words.

        Speech follows a comma or colon, ends like a sentence, or is a clause.
        """
        text, (start, end) = self.syntax.text, placed.quote.inner
        if text[: placed.quote.start].rstrip()[-1:] in (",", ":", "\u2014", "-", "") or text[
            start:end
        ].rstrip()[-1:] in (",", "?", "!", "."):
            return (
                text[start:end].rstrip()[-1:] != "."
                or placed.last - placed.first >= MIN_TOKENS
                or text[start : start + 1].isupper()
            )
        verb = any(
            self.syntax.tag[t] in ("VBD", "VBZ", "VBP", "MD") for t in range(placed.first, placed.last + 1)
        )
        return verb and placed.last - placed.first + 1 >= MIN_TOKENS

    def _cue_of(self, placed: PlacedQuotation, speech_cues: list[FoundCue]) -> FoundCue | None:
        """Return the cue nearest to a quotation, or None."""
        if not self._is_speech(placed):
            return None
        best, best_distance = None, REACH_TOKENS + 1.0
        for cue in speech_cues:
            distance = self._distance(placed, cue)
            if distance is not None and distance < best_distance:
                best, best_distance = cue, distance
        return best

    def _distance(self, placed: PlacedQuotation, cue: FoundCue) -> float | None:
        """Return the distance of the cue from the quotation, or None if something separates them."""
        head = cue.head
        if head > placed.last:
            between = range(placed.last + 1, head)
            if head - placed.last > 20 or not self._is_uninterrupted(between, behind=True):
                return None
            return len(between) * 0.8
        if placed.first - head > REACH_TOKENS or head > placed.first:
            return None
        between = range(head + 1, placed.first)
        if not self._is_uninterrupted(between, behind=False):
            return None
        opener = self.syntax.words[max(0, placed.first - 2)]
        return len(between) - (3 if opener in (",", ":") else 0) + (0 if opener in (",", ":") else 2)

    def _is_uninterrupted(self, between: range, behind: bool) -> bool:
        """Return True if no sentence end, no paragraph break and no other quotation is among the tokens."""
        syntax = self.syntax
        for token in between:
            if token in self.quoted_tokens:
                return not behind and self._holds_only_quotation(between)
            word = syntax.words[token]
            if syntax.pos[token] == "SPACE" and "\n" in word:
                return False
            if word in _SENTENCE_ENDS and not (behind and token == between.start):
                return False
        return True

    def _holds_only_quotation(self, between: range) -> bool:
        """Return True if no sentence ends between a cue and its second quotation, outside of the first.

        An example is "said it was 'a' and 'b'".
        """
        return len(between) < REACH_TOKENS and not any(
            self.syntax.words[t] in _SENTENCE_ENDS for t in between if t not in self.quoted_tokens
        )

    def _continue_speakers(self, by_head: dict[int, Attribution]) -> None:
        """Give quotations without a cue the attribution of the quotation before them."""
        previous: PlacedQuotation | None = None
        for placed in self.placed:
            if placed.owner is None and previous is not None and self._continues_speech(previous, placed):
                self._assign_to_owner_of(previous, placed)
            if placed.owner is not None:
                previous = placed
            elif placed.is_long:
                previous = None
        for attribution in by_head.values():
            attribution.quoted_spans.sort()

    def _assign_to_owner_of(self, previous: PlacedQuotation, placed: PlacedQuotation) -> None:
        if previous.owner is not None and placed.is_long:
            self._assign(placed, previous.owner)

    def _continues_speech(self, before: PlacedQuotation, placed: PlacedQuotation) -> bool:
        """Return True if ``placed`` has the speaker of the quotation before it."""
        if placed.quote.continues:
            return True
        start = self.paragraphs[placed.paragraph][0]
        if before.paragraph == placed.paragraph:
            return self._opens_sentence(placed)
        alone = not self.syntax.text[start : placed.quote.start].strip() and self._rest_is_quotation(placed)
        return alone and placed.paragraph == before.paragraph + 1

    def _opens_sentence(self, placed: PlacedQuotation) -> bool:
        """Return True if the text before the quotation ends like a sentence or with a comma."""
        before = self.syntax.text[: placed.quote.start].rstrip()
        return before.endswith((".", "?", "!", ",", "”", '"', "''"))

    def _rest_is_quotation(self, placed: PlacedQuotation) -> bool:
        """Return True if nothing follows the quotation in its paragraph."""
        end = self.paragraphs[placed.paragraph][1]
        ends_sentence = self.syntax.text[placed.quote.inner[1] - 1] in _SENTENCE_ENDS
        return ends_sentence and not self.syntax.text[placed.quote.end : end].strip(" \n.")
