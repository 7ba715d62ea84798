"""Statement and proposal records from the attributions of an article."""

from __future__ import annotations

from kg.extractor.attribution import Attribution, relative_pronoun, trimmed
from kg.extractor.attributions import content_spans, content_tokens
from kg.extractor.cast import Entity, core, entity_ref
from kg.extractor.events import EventDraft
from kg.extractor.lexicon import bodies
from kg.extractor.proposals import asked_in, force_of
from kg.extractor.reading import Reading
from kg.extractor.stance import stance_of
from kg.extractor.syntax import Syntax
from kg.records import Force, Modality, Polarity, Proposal, Quotation, Span, Statement

_NEED = frozenset({"need", "necessity", "importance", "must", "should", "urgency", "obligation"})
_MAYBE = frozenset("may might could can possible possibly perhaps likely probably".split())
_WOULD = frozenset({"would", "if"})
_MARKS = "\"“”«»„‘’'`"
_OCCASIONS = frozenset({"during", "at", "in", "on"})


class Draft:
    """One statement in the making: its attribution and the nodes that it has become."""

    def __init__(self, reading: Reading, made: Attribution) -> None:
        self.reading, self.made = reading, made
        self.force: Force | None = force_of(reading.syntax, made)
        self.occasion, self.lifted = _occasion(reading, made)
        self.tokens = [t for t in content_tokens(reading.syntax, made) if t not in self.lifted]
        self.spans = content_spans(reading.syntax, made, self.lifted)
        self.speakers = reading.speakers(made.sources)
        if self.force in ("request", "demand", "propose") and not made.addressees:
            made.addressees = asked_in(reading.syntax, made)
        self.addressees = [e for e in reading.addressed(made.addressees) if e not in self.speakers]
        self.proposed: list[EventDraft] = []

    @property
    def start(self) -> int:
        """Offset of the cue: of its verb, unless the verb tells what befell the one spoken of ("faced
        *criticism*")."""
        made = self.made
        return self.reading.syntax.start[
            made.head if made.rule == "reversed" or made.carrier is None else made.carrier
        ]

    @property
    def cue(self) -> str:
        """Lemma of the cue; of the verb where that lends itself to a noun ("*expressed* his desire")."""
        made = self.made
        return (
            made.lemma
            if made.rule == "reversed" or made.carrier is None
            else self.reading.syntax.lemma[made.carrier]
        )

    @property
    def ref(self) -> str:
        return f"#{'proposal' if self.force else 'statement'}-{self.start}"

    @property
    def content(self) -> str | None:
        if self.made.frame == "np" and not self.spans:
            return None
        text = self.reading.syntax.text
        return " ".join(_unquoted(text, span) for span in self.spans).rstrip(", ") or None

    def record(self, others: list[Draft]) -> Statement | None:
        """Return the finished record, or None if it has neither content nor stance."""
        reading, made = self.reading, self.made
        supports, opposes, narrated = stance_of(self, others)
        content = None if narrated else self.content
        if content is None and not supports and not opposes:
            return None
        common = {
            "ref": self.ref,
            "cue": self.cue,
            "cue_spans": reading.syntax.spans(made.cue),
            "source_spans": source_spans(reading.syntax, made),
            "speakers": _refs(self.speakers),
            "content": content,
            "content_spans": self.spans if content is not None else (),
            "quotation": _quotation(self, content),
            "polarity": _polarity(made),
            "modality": _modality(self),
            "rule": made.rule,
            "confidence": made.confidence,
            "addressees": _refs(self.addressees),
            "conveyed_by": _refs(self._conveyors()),
            "supports": supports,
            "opposes": opposes,
            "about": self._about(),
            "during": (self.occasion.ref(reading.syntax),) if self.occasion is not None else (),
            "time": reading.time_of(made.head if made.carrier is None else made.carrier),
        }
        if self.force is None:
            return Statement(**common)  # type: ignore[arg-type]
        return Proposal(
            **common,  # type: ignore[arg-type]
            force=self.force,
            proposes=tuple(dict.fromkeys(event.ref(reading.syntax) for event in self.proposed)),
            addressee_spans=_addressee_spans(reading.syntax, made),
        )

    def _conveyors(self) -> list[Entity]:
        heads = conveyor_heads(self.reading.syntax, self.made)
        return [e for e in self.reading.speakers(heads) if e not in self.speakers]

    def _about(self) -> tuple[str, ...]:
        """Return the events and named actors that the content speaks of."""
        reading = self.reading
        inside = [t for t in self.made.content if t not in self.lifted]
        events = [reading.event_at[t] for t in inside if t in reading.event_at]
        return tuple(dict.fromkeys(e.ref(reading.syntax) for e in events if e not in self.proposed))


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


def _quotation(draft: Draft, content: str | None) -> Quotation:
    made = draft.made
    if content is None:
        return "narrated"
    inside = sum(end - start for start, end in made.quotes)
    if made.quotes:
        whole = sum(end - start for start, end in draft.spans)
        return "direct" if inside >= 0.8 * whole else "mixed"
    if any(mark in content for mark in '“”"«»'):
        return "mixed"
    narrated = made.rule == "reversed" or (
        made.entry.act in ("support", "oppose") and made.frame not in ("that", "inf")
    )
    return "narrated" if narrated and made.entry.lemma != "echo" else "indirect"


def _polarity(made: Attribution) -> Polarity:
    negative = made.negated != (made.entry.act == "deny")
    return "negative" if negative else "positive"


def _modality(draft: Draft) -> Modality:
    if draft.force is not None:
        return "hypothetical"
    syntax, tokens = draft.reading.syntax, draft.tokens[:12]
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


def _occasion(reading: Reading, made: Attribution) -> tuple[EventDraft | None, set[int]]:
    """Return the event in whose course it was said, and the tokens of its phrase, which are no content.

    "Expressed his desire to cooperate during a meeting": parsers hang the phrase on the infinitive, readers
    on the expressing.
    """
    syntax = reading.syntax
    inside = set(made.content)
    for token in sorted({made.head, *made.cue, *inside}):
        for preposition in syntax.children_of(token, "prep"):
            event = _event_behind(reading, preposition)
            if event is None or not _is_occasion(reading, made, token, preposition):
                continue
            return event, set(syntax.subtree(preposition)) if preposition in inside else set()
    return None, set()


def _event_behind(reading: Reading, preposition: int) -> EventDraft | None:
    if reading.syntax.lower[preposition] not in _OCCASIONS:
        return None
    below = reading.syntax.child(preposition, "pobj")
    return reading.event_at.get(below) if below is not None else None


def _is_occasion(reading: Reading, made: Attribution, holder: int, preposition: int) -> bool:
    if preposition not in made.content:
        return holder == made.head or holder in made.cue
    during = reading.syntax.lower[preposition] == "during"
    return made.frame not in ("that", "quote", "wh") and during and preposition > made.head


def source_spans(syntax: Syntax, made: Attribution) -> tuple[Span, ...]:
    """Return the spans of the noun phrases that name the source, with appositions, without the content."""
    barred = set(made.content) | set(made.cue)
    tokens: list[int] = []
    for head in made.sources:
        cut = [c for c in syntax.children[head] if syntax.dep[c] in ("relcl", "parataxis") or c in barred]
        tokens += [t for t in syntax.subtree(head, without=cut) if t not in barred]
        pronoun = relative_pronoun(syntax, head, made.head)
        tokens += [pronoun] if pronoun is not None else []
    return syntax.spans(trimmed(syntax, sorted(set(tokens))))


def _addressee_spans(syntax: Syntax, made: Attribution) -> tuple[Span, ...]:
    return tuple(
        syntax.span(*core(syntax, head)) for token in made.addressees for head in syntax.conjuncts(token)
    )


def conveyor_heads(syntax: Syntax, made: Attribution) -> list[int]:
    """Return who relayed the statement: "as conveyed by the ministry's statement", "X said, according to
    Y"."""
    heads: list[int] = []
    for clause in syntax.children_of(made.head, "advcl", "prep"):
        if syntax.dep[clause] == "advcl" and syntax.tag[clause] == "VBN":
            by = syntax.child(clause, "agent")
            below = syntax.child(by, "pobj") if by is not None else None
            if below is not None and syntax.child(clause, "mark") is not None:
                heads.append(below)
        elif syntax.lower[clause] == "according":
            to = syntax.child(clause, "prep")
            below = syntax.child(to, "pobj") if to is not None else None
            heads += [below] if below is not None else []
    heads += _in_document(syntax, made)
    return heads


def _in_document(syntax: Syntax, made: Attribution) -> list[int]:
    """Return the outlet of "said in an interview with X", "told X"? only what carried the words: "in a
    statement by X"."""
    found = []
    for preposition in syntax.children_of(made.head, "prep"):
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
