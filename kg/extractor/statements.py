"""Statement and proposal records from the attributions of an article."""

from __future__ import annotations

from kg.extractor.analysis import ArticleAnalysis
from kg.extractor.attribution import Attribution, relative_pronoun, trimmed
from kg.extractor.attribution_finder import content_spans, content_tokens
from kg.extractor.entities import Entity, core, entity_ref
from kg.extractor.events import EventDraft
from kg.extractor.lexicon import bodies
from kg.extractor.proposals import asked_in, force_of
from kg.extractor.stance import stance_of
from kg.extractor.syntax import Syntax
from kg.records import Force, Modality, Polarity, Proposal, Quotation, Span, Statement

_NEED = frozenset({"need", "necessity", "importance", "must", "should", "urgency", "obligation"})
_MAYBE = frozenset("may might could can possible possibly perhaps likely probably".split())
_WOULD = frozenset({"would", "if"})
_MARKS = "\"“”«»„‘’'`"
_OCCASIONS = frozenset({"during", "at", "in", "on"})


class StatementDraft:
    """One statement in the making: its attribution and the nodes that it has become."""

    def __init__(self, analysis: ArticleAnalysis, attribution: Attribution) -> None:
        self.analysis, self.attribution = analysis, attribution
        self.force: Force | None = force_of(analysis.syntax, attribution)
        self.occasion, self.lifted = _occasion(analysis, attribution)
        self.tokens = [t for t in content_tokens(analysis.syntax, attribution) if t not in self.lifted]
        self.spans = content_spans(analysis.syntax, attribution, self.lifted)
        self.speakers = analysis.speakers(attribution.sources)
        if self.force in ("request", "demand", "propose") and not attribution.addressees:
            attribution.addressees = asked_in(analysis.syntax, attribution)
        self.addressees = [e for e in analysis.addressed(attribution.addressees) if e not in self.speakers]
        self.proposed: list[EventDraft] = []

    @property
    def start(self) -> int:
        """Offset of the cue: of its verb, unless the verb tells what befell the one spoken of ("faced
        *criticism*")."""
        attribution = self.attribution
        return self.analysis.syntax.start[
            attribution.head
            if attribution.rule == "reversed" or attribution.light_verb is None
            else attribution.light_verb
        ]

    @property
    def cue(self) -> str:
        """Lemma of the cue; of the verb where that lends itself to a noun ("*expressed* his desire")."""
        attribution = self.attribution
        return (
            attribution.lemma
            if attribution.rule == "reversed" or attribution.light_verb is None
            else self.analysis.syntax.lemma[attribution.light_verb]
        )

    @property
    def ref(self) -> str:
        return f"#{'proposal' if self.force else 'statement'}-{self.start}"

    @property
    def content(self) -> str | None:
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
        common = {
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
            return Statement(**common)  # type: ignore[arg-type]
        return Proposal(
            **common,  # type: ignore[arg-type]
            force=self.force,
            proposes=tuple(dict.fromkeys(event.ref(analysis.syntax) for event in self.proposed)),
            addressee_spans=_addressee_spans(analysis.syntax, attribution),
        )

    def _conveyors(self) -> list[Entity]:
        heads = conveyor_heads(self.analysis.syntax, self.attribution)
        return [e for e in self.analysis.speakers(heads) if e not in self.speakers]

    def _about(self) -> tuple[str, ...]:
        """Return the events and named actors that the content speaks of."""
        analysis = self.analysis
        inside = [t for t in self.attribution.content if t not in self.lifted]
        events = [analysis.event_at[t] for t in inside if t in analysis.event_at]
        return tuple(dict.fromkeys(e.ref(analysis.syntax) for e in events if e not in self.proposed))


def _refs(entities: list[Entity]) -> tuple[str, ...]:
    for entity in entities:
        entity.used = True
    return tuple(dict.fromkeys(entity_ref(entity) for entity in entities))


def _unquoted(text: str, span: Span) -> str:
    """Return the words of a span, without marks that enclose all of it, and without its closing comma."""
    words = text[span[0] : span[1]].strip()
    if words[:1] in _MARKS and words[-1:] in _MARKS and not set(words[1:-1].strip("'`")) & set('"“”«»'):
        words = words.strip(_MARKS).strip()
    if words[:1] in ("“", "«", "„") and not set(words[1:]) & set("”»"):
        words = words[1:].lstrip()
    return words


def _quotation(draft: StatementDraft, content: str | None) -> Quotation:
    attribution = draft.attribution
    if content is None:
        return "narrated"
    inside = sum(end - start for start, end in attribution.quotes)
    if attribution.quotes:
        whole = sum(end - start for start, end in draft.spans)
        return "direct" if inside >= 0.8 * whole else "mixed"
    if any(mark in content for mark in '“”"«»'):
        return "mixed"
    narrated = attribution.rule == "reversed" or (
        attribution.entry.act in ("support", "oppose") and attribution.frame not in ("that", "inf")
    )
    return "narrated" if narrated and attribution.entry.lemma != "echo" else "indirect"


def _polarity(attribution: Attribution) -> Polarity:
    negative = attribution.negated != (attribution.entry.act == "deny")
    return "negative" if negative else "positive"


def _modality(draft: StatementDraft) -> Modality:
    if draft.force is not None:
        return "hypothetical"
    syntax, tokens = draft.analysis.syntax, draft.tokens[:12]
    root_words = {
        syntax.lower[t]
        for t in tokens
        if syntax.dep[t] in ("aux", "advmod", "mark", "dobj", "ROOT", "ccomp", "acomp")
    }
    root_words |= {syntax.lemma[t] for t in tokens[:3]}
    if root_words & _NEED:
        return "necessary"
    if root_words & _MAYBE:
        return "possible"
    return "hypothetical" if root_words & _WOULD else "actual"


def _occasion(analysis: ArticleAnalysis, attribution: Attribution) -> tuple[EventDraft | None, set[int]]:
    """Return the event in whose course it was said, and the tokens of its phrase, which are no content.

    "Expressed his desire to cooperate during a meeting": parsers hang the phrase on the infinitive, readers
    on the expressing.
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
    if analysis.syntax.lower[preposition] not in _OCCASIONS:
        return None
    below = analysis.syntax.child(preposition, "pobj")
    return analysis.event_at.get(below) if below is not None else None


def _is_occasion(analysis: ArticleAnalysis, attribution: Attribution, holder: int, preposition: int) -> bool:
    if preposition not in attribution.content:
        return holder == attribution.head or holder in attribution.cue
    during = analysis.syntax.lower[preposition] == "during"
    return attribution.frame not in ("that", "quote", "wh") and during and preposition > attribution.head


def source_spans(syntax: Syntax, attribution: Attribution) -> tuple[Span, ...]:
    """Return the spans of the noun phrases that name the source, with appositions, without the content."""
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
        syntax.span(*core(syntax, head))
        for token in attribution.addressees
        for head in syntax.conjuncts(token)
    )


def conveyor_heads(syntax: Syntax, attribution: Attribution) -> list[int]:
    """Return who relayed the statement: "as conveyed by the ministry's statement", "X said, according to
    Y"."""
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
    heads += _in_document(syntax, attribution)
    return heads


def _in_document(syntax: Syntax, attribution: Attribution) -> list[int]:
    """Return the outlet of "said in an interview with X", "told X"? only what carried the words: "in a
    statement by X"."""
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
