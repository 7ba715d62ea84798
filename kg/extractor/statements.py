"""Drafts of statements and proposals, and their records."""

from __future__ import annotations

from kg.extractor.analysis import ArticleAnalysis
from kg.extractor.attribution import Attribution, relative_pronoun, trimmed
from kg.extractor.attribution_finder import content_spans, content_tokens
from kg.extractor.entities import Entity, entity_ref, phrase_bounds
from kg.extractor.events import EventDraft
from kg.extractor.lexicon import bodies
from kg.extractor.proposals import addressees_in_content, force_of
from kg.extractor.stance import stance_of
from kg.extractor.syntax import Syntax
from kg.records import Force, Modality, Polarity, Proposal, Quotation, Span, Statement

_NEED_WORDS = frozenset({"need", "necessity", "importance", "must", "should", "urgency", "obligation"})
_POSSIBILITY_WORDS = frozenset("may might could can possible possibly perhaps likely probably".split())
_CONDITIONAL_WORDS = frozenset({"would", "if"})
_MARKS = "\"“”«»„‘’'`"
_OCCASION_PREPOSITIONS = frozenset({"during", "at", "in", "on"})


class StatementDraft:
    """A statement as the rules build it: an attribution with the entities and events that it refers to."""

    def __init__(self, analysis: ArticleAnalysis, attribution: Attribution) -> None:
        self.analysis, self.attribution = analysis, attribution
        self.force: Force | None = force_of(analysis.syntax, attribution)
        self.occasion, self.occasion_tokens = _occasion(analysis, attribution)
        self.tokens = [
            t for t in content_tokens(analysis.syntax, attribution) if t not in self.occasion_tokens
        ]
        self.spans = content_spans(analysis.syntax, attribution, self.occasion_tokens)
        self.speakers = analysis.speakers(attribution.sources)
        if self.force in ("request", "demand", "propose") and not attribution.addressees:
            attribution.addressees = addressees_in_content(analysis.syntax, attribution)
        self.addressees = [e for e in analysis.addressees(attribution.addressees) if e not in self.speakers]
        self.proposed: list[EventDraft] = []

    @property
    def start(self) -> int:
        """Return the offset of the cue.

        With a light verb it is the verb's, unless the noun is the cue because the verb reports the
        addressee's view: "faced *criticism*".
        """
        attribution = self.attribution
        return self.analysis.syntax.start[
            attribution.head
            if attribution.rule == "reversed" or attribution.light_verb is None
            else attribution.light_verb
        ]

    @property
    def cue(self) -> str:
        """Return the lemma of the cue; of the light verb if the noun has one ("*expressed* his desire")."""
        attribution = self.attribution
        return (
            attribution.lemma
            if attribution.rule == "reversed" or attribution.light_verb is None
            else self.analysis.syntax.lemma[attribution.light_verb]
        )

    @property
    def ref(self) -> str:
        """Return the reference of the statement."""
        return f"#{'proposal' if self.force else 'statement'}-{self.start}"

    @property
    def content(self) -> str | None:
        """Return the words of the content without enclosing quotation marks, or None."""
        if self.attribution.frame == "np" and not self.spans:
            return None
        text = self.analysis.syntax.text
        return " ".join(_unquoted(text, span) for span in self.spans).rstrip(", ") or None

    def record(self, others: list[StatementDraft]) -> Statement | None:
        """Return the finished record, or None if it has neither content nor stance."""
        analysis, attribution = self.analysis, self.attribution
        supports, opposes, narrated = stance_of(self, others)
        content = None if narrated else self.content
        if content is None and not supports and not opposes:
            return None
        fields = {
            "ref": self.ref,
            "cue": self.cue,
            "cue_spans": analysis.syntax.spans(attribution.cue),
            "source_spans": source_spans(analysis.syntax, attribution),
            "speakers": _refs(self.speakers),
            "content": content,
            "content_spans": self.spans if content is not None else (),
            "quotation": _quotation(self, content),
            "polarity": _polarity(attribution),
            "modality": _modality(self),
            "rule": attribution.rule,
            "confidence": attribution.confidence,
            "addressees": _refs(self.addressees),
            "conveyed_by": _refs(self._conveyors()),
            "supports": supports,
            "opposes": opposes,
            "about": self._about(),
            "during": (self.occasion.ref(analysis.syntax),) if self.occasion is not None else (),
            "time": analysis.time_of(
                attribution.head if attribution.light_verb is None else attribution.light_verb
            ),
        }
        if self.force is None:
            return Statement(**fields)  # type: ignore[arg-type]
        return Proposal(
            **fields,  # type: ignore[arg-type]
            force=self.force,
            proposes=tuple(dict.fromkeys(event.ref(analysis.syntax) for event in self.proposed)),
            addressee_spans=_addressee_spans(analysis.syntax, attribution),
        )

    def _conveyors(self) -> list[Entity]:
        heads = conveyor_heads(self.analysis.syntax, self.attribution)
        return [e for e in self.analysis.speakers(heads) if e not in self.speakers]

    def _about(self) -> tuple[str, ...]:
        """Return the references of the events in the content."""
        analysis = self.analysis
        inside = [t for t in self.attribution.content if t not in self.occasion_tokens]
        events = [analysis.event_at[t] for t in inside if t in analysis.event_at]
        return tuple(dict.fromkeys(e.ref(analysis.syntax) for e in events if e not in self.proposed))


def _refs(entities: list[Entity]) -> tuple[str, ...]:
    """Return the references of the entities, and mark these as used."""
    for entity in entities:
        entity.used = True
    return tuple(dict.fromkeys(entity_ref(entity) for entity in entities))


def _unquoted(text: str, span: Span) -> str:
    """Return the words of a span without the marks that enclose all of them."""
    words = text[span[0] : span[1]].strip()
    if words[:1] in _MARKS and words[-1:] in _MARKS and not set(words[1:-1].strip("'`")) & set('"“”«»'):
        words = words.strip(_MARKS).strip()
    if words[:1] in ("“", "«", "„") and not set(words[1:]) & set("”»"):
        words = words[1:].lstrip()
    return words


def _quotation(draft: StatementDraft, content: str | None) -> Quotation:
    """Return how the content is given: direct, indirect, mixed or narrated."""
    attribution = draft.attribution
    if content is None:
        return "narrated"
    inside = sum(end - start for start, end in attribution.quoted_spans)
    if attribution.quoted_spans:
        whole = sum(end - start for start, end in draft.spans)
        return "direct" if inside >= 0.8 * whole else "mixed"
    if any(mark in content for mark in '“”"«»'):
        return "mixed"
    narrated = attribution.rule == "reversed" or (
        attribution.entry.act in ("support", "oppose") and attribution.frame not in ("that", "inf")
    )
    return "narrated" if narrated and attribution.entry.lemma != "echo" else "indirect"


def _polarity(attribution: Attribution) -> Polarity:
    """Return "negative" if the cue is negated or denies, "positive" if neither or both."""
    negative = attribution.negated != (attribution.entry.act == "deny")
    return "negative" if negative else "positive"


def _modality(draft: StatementDraft) -> Modality:
    """Return the modality of the content, by its modal verbs and adverbs."""
    if draft.force is not None:
        return "hypothetical"
    syntax, tokens = draft.analysis.syntax, draft.tokens[:12]
    root_words = {
        syntax.lower[t]
        for t in tokens
        if syntax.dep[t] in ("aux", "advmod", "mark", "dobj", "ROOT", "ccomp", "acomp")
    }
    root_words |= {syntax.lemma[t] for t in tokens[:3]}
    if root_words & _NEED_WORDS:
        return "necessary"
    if root_words & _POSSIBILITY_WORDS:
        return "possible"
    return "hypothetical" if root_words & _CONDITIONAL_WORDS else "actual"


def _occasion(analysis: ArticleAnalysis, attribution: Attribution) -> tuple[EventDraft | None, set[int]]:
    """Return the event during which the statement was made, or None, and the tokens of its phrase.

    In "expressed his desire to cooperate during a meeting" parsers attach the phrase to the infinitive, but
    it is not part of the content.
    """
    syntax = analysis.syntax
    inside = set(attribution.content)
    for token in sorted({attribution.head, *attribution.cue, *inside}):
        for preposition in syntax.children_of(token, "prep"):
            event = _event_behind(analysis, preposition)
            if event is None or not _is_occasion(analysis, attribution, token, preposition):
                continue
            return event, set(syntax.subtree(preposition)) if preposition in inside else set()
    return None, set()


def _event_behind(analysis: ArticleAnalysis, preposition: int) -> EventDraft | None:
    """Return the event that is the object of a preposition of occasion, or None."""
    if analysis.syntax.lower[preposition] not in _OCCASION_PREPOSITIONS:
        return None
    below = analysis.syntax.child(preposition, "pobj")
    return analysis.event_at.get(below) if below is not None else None


def _is_occasion(analysis: ArticleAnalysis, attribution: Attribution, holder: int, preposition: int) -> bool:
    """Return True if the phrase of ``preposition`` gives the occasion and not a part of the content."""
    if preposition not in attribution.content:
        return holder == attribution.head or holder in attribution.cue
    during = analysis.syntax.lower[preposition] == "during"
    return attribution.frame not in ("that", "quote", "wh") and during and preposition > attribution.head


def source_spans(syntax: Syntax, attribution: Attribution) -> tuple[Span, ...]:
    """Return the spans of the phrases that name the source, with appositions and without the content."""
    barred = set(attribution.content) | set(attribution.cue)
    tokens: list[int] = []
    for head in attribution.sources:
        cut = [c for c in syntax.children[head] if syntax.dep[c] in ("relcl", "parataxis") or c in barred]
        tokens += [t for t in syntax.subtree(head, without=cut) if t not in barred]
        pronoun = relative_pronoun(syntax, head, attribution.head)
        tokens += [pronoun] if pronoun is not None else []
    return syntax.spans(trimmed(syntax, sorted(set(tokens))))


def _addressee_spans(syntax: Syntax, attribution: Attribution) -> tuple[Span, ...]:
    return tuple(
        syntax.span(*phrase_bounds(syntax, head))
        for token in attribution.addressees
        for head in syntax.conjuncts(token)
    )


def conveyor_heads(syntax: Syntax, attribution: Attribution) -> list[int]:
    """Return the heads of those who relayed the statement.

    Examples are "as conveyed by the ministry's statement" and "X said, according to Y".
    """
    heads: list[int] = []
    for clause in syntax.children_of(attribution.head, "advcl", "prep"):
        if syntax.dep[clause] == "advcl" and syntax.tag[clause] == "VBN":
            by = syntax.child(clause, "agent")
            below = syntax.child(by, "pobj") if by is not None else None
            if below is not None and syntax.child(clause, "mark") is not None:
                heads.append(below)
        elif syntax.lower[clause] == "according":
            to = syntax.child(clause, "prep")
            below = syntax.child(to, "pobj") if to is not None else None
            heads += [below] if below is not None else []
    heads += _through_whom(syntax, attribution)
    return heads


def _through_whom(syntax: Syntax, attribution: Attribution) -> list[int]:
    """Return the heads of the documents and spokespersons behind "through": "said through a lawyer"."""
    found = []
    for preposition in syntax.children_of(attribution.head, "prep"):
        below = syntax.child(preposition, "pobj")
        if syntax.lower[preposition] == "through" and below is not None:
            body = bodies().get(syntax.lemma[below])
            if body is not None or syntax.lemma[below] in (
                "spokesman",
                "spokeswoman",
                "lawyer",
                "spokesperson",
            ):
                found.append(below)
    return found
