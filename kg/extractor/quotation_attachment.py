"""Direct speech: which quotation belongs to which cue.

A quotation is tied to the nearest cue verb outside the marks, in the sentence where it opens or ends.
Quotations that follow in the
same paragraph, and paragraphs that hold nothing but quotation, go on with the same speaker.
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
from kg.extractor.quotations import Quote
from kg.extractor.syntax import Syntax
from kg.text.paragraphs import paragraphs

MIN_TOKENS = 3
"""A shorter stretch between marks is a title, a nickname or a scare quote unless a cue verb stands beside
it."""

REACH_TOKENS = 45
_SENTENCE_ENDS = frozenset({".", "!", "?"})


@dataclass(slots=True)
class Placed:
    """A quotation with its tokens: ``first`` to ``last`` lie between the marks."""

    quote: Quote
    first: int
    last: int
    paragraph: int
    owner: Attribution | None = None


class QuotationAttachment:
    """Ties the quotations of one article to cues."""

    def __init__(self, syntax: Syntax, quotes: list[Quote]) -> None:
        self.syntax = syntax
        self.paragraphs = paragraphs(syntax.text)
        self.placed = [self._place(quote) for quote in quotes]
        self.inside = {t for placed in self.placed for t in range(placed.first, placed.last + 1)}

    def _place(self, quote: Quote) -> Placed:
        first = self.syntax.token_at(quote.inner[0])
        last = self.syntax.token_at(max(quote.inner[0], quote.inner[1] - 1))
        paragraph = next((i for i, (s, e) in enumerate(self.paragraphs) if s <= quote.start < e), 0)
        return Placed(quote, first, last, paragraph)

    def attribute(self, cues: list[FoundCue]) -> list[Attribution]:
        """Return an attribution for each cue that has quotations, with its quotations in order."""
        speaking = [
            cue
            for cue in cues
            if "quote" in cue.entry.frames and cue.entry.pos == "verb" and cue.head not in self.inside
        ]
        by_head: dict[int, Attribution] = {}
        for placed in self.placed:
            cue = self._cue_of(placed, speaking)
            if cue is not None:
                owner = by_head.get(cue.head) or self._attribution(cue)
                by_head[cue.head] = owner
                self._give(placed, owner)
        self._carry_on(by_head)
        return list(by_head.values())

    def _give(self, placed: Placed, owner: Attribution) -> None:
        placed.owner = owner
        owner.quotes.append(placed.quote.span)

    def _attribution(self, cue: FoundCue) -> Attribution:
        syntax = self.syntax
        by = agent(syntax, cue.head)
        _, passive = subject(syntax, cue.head)
        source = by if by is not None or passive else speaker(syntax, cue.head)
        if (source is None and not passive) or source in self.inside:
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
        told = syntax.child(cue.head, "dobj", "dative")
        if told is not None and told not in self.inside and cue.entry.addressee == "obj":
            attribution.addressees = [told]
        attribution.confidence = 0.9
        return attribution

    def _inverted_subject(self, verb: int) -> int | None:
        """Return the noun phrase right behind the verb, "said X", which the parser may have hung
        elsewhere."""
        syntax = self.syntax
        times = {
            t for first, end, label in syntax.entities if label in ("DATE", "TIME") for t in range(first, end)
        }
        for token in range(verb + 1, min(verb + 8, len(syntax.words))):
            if syntax.words[token] in ",.;:" or syntax.pos[token] == "ADP" or token in self.inside:
                return None
            if (
                syntax.pos[token] in ("NOUN", "PROPN", "PRON")
                and syntax.dep[token] not in ("compound", "poss", "amod", "nmod", "npadvmod")
                and token not in times
            ):
                return token
        return None

    def _is_speech(self, placed: Placed) -> bool:
        """Tell speech from a few words in marks: it is set off by a comma or colon, or is a clause, or ends
        like one."""
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

    def _cue_of(self, placed: Placed, speaking: list[FoundCue]) -> FoundCue | None:
        if not self._is_speech(placed):
            return None
        best, best_distance = None, REACH_TOKENS + 1.0
        for cue in speaking:
            distance = self._distance(placed, cue)
            if distance is not None and distance < best_distance:
                best, best_distance = cue, distance
        return best

    def _distance(self, placed: Placed, cue: FoundCue) -> float | None:
        """Return how far the cue stands from the quotation, or None where something divides them."""
        head = cue.head
        if head > placed.last:
            between = range(placed.last + 1, head)
            if head - placed.last > 20 or not self._runs_on(between, behind=True):
                return None
            return len(between) * 0.8
        if placed.first - head > REACH_TOKENS or head > placed.first:
            return None
        between = range(head + 1, placed.first)
        if not self._runs_on(between, behind=False):
            return None
        opener = self.syntax.words[max(0, placed.first - 2)]
        return len(between) - (3 if opener in (",", ":") else 0) + (0 if opener in (",", ":") else 2)

    def _runs_on(self, between: range, behind: bool) -> bool:
        """Tell whether no sentence ends, no paragraph breaks and no other quotation lies between."""
        syntax = self.syntax
        for token in between:
            if token in self.inside:
                return not behind and self._only_quotation(between)
            word = syntax.words[token]
            if syntax.pos[token] == "SPACE" and "\n" in word:
                return False
            if word in _SENTENCE_ENDS and not (behind and token == between.start):
                return False
        return True

    def _only_quotation(self, between: range) -> bool:
        """A second quotation of one sentence ("said it was 'a' and 'b'") may have the first between itself
        and the cue."""
        return len(between) < REACH_TOKENS and not any(
            self.syntax.words[t] in _SENTENCE_ENDS for t in between if t not in self.inside
        )

    def _carry_on(self, by_head: dict[int, Attribution]) -> None:
        """Give quotations without a cue of their own to the speaker before them."""
        previous: Placed | None = None
        for placed in self.placed:
            if (
                placed.owner is None
                and previous is not None
                and previous.owner is not None
                and self._follows(previous, placed)
                and placed.last - placed.first + 1 >= MIN_TOKENS
            ):
                self._give(placed, previous.owner)
            if placed.owner is not None:
                previous = placed
            elif placed.last - placed.first + 1 >= MIN_TOKENS:
                previous = None
        for attribution in by_head.values():
            attribution.quotes.sort()

    def _follows(self, before: Placed, placed: Placed) -> bool:
        if placed.quote.continues:
            return True
        start = self.paragraphs[placed.paragraph][0]
        if before.paragraph == placed.paragraph:
            return self._opens_sentence(placed)
        alone = not self.syntax.text[start : placed.quote.start].strip() and self._rest_is_quotation(placed)
        return alone and placed.paragraph == before.paragraph + 1

    def _opens_sentence(self, placed: Placed) -> bool:
        before = self.syntax.text[: placed.quote.start].rstrip()
        return before.endswith((".", "?", "!", ",", "”", '"', "''"))

    def _rest_is_quotation(self, placed: Placed) -> bool:
        end = self.paragraphs[placed.paragraph][1]
        ends_sentence = self.syntax.text[placed.quote.inner[1] - 1] in _SENTENCE_ENDS
        return ends_sentence and not self.syntax.text[placed.quote.end : end].strip(" \n.")
