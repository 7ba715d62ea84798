"""Stance: what a statement supports or opposes, and which earlier statement or proposal that is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.extractor.attribution import Attribution
from kg.extractor.entities import Entity, entity_ref
from kg.extractor.lexicon import Cue, cues
from kg.extractor.proposals import FORCES
from kg.extractor.syntax import Syntax

if TYPE_CHECKING:
    from kg.extractor.statements import StatementDraft

_SUPPORTING_ACTS = frozenset({"support", "agree"})
_OPPOSING_ACTS = frozenset({"oppose", "accuse", "deny"})
_FORCES_PUT_TO_OTHERS = ("propose", "request", "demand", "offer")
MIN_SHARED = 0.2
"""Least share of content words (Jaccard) by which one statement repeats another."""

Stance = tuple[tuple[str, ...], tuple[str, ...], bool]
"""References that are supported, references that are opposed, and True if there is no other content."""


def stance_of(draft: StatementDraft, others: list[StatementDraft]) -> Stance:
    """Return the stance of a statement; both tuples are empty if it has none.

    Args:
        draft: the statement.
        others: the statements of the article, in text order.
    """
    act = (
        draft.attribution.entry.act_in(draft.attribution.frame)
        if draft.attribution.frame
        else draft.attribution.entry.act
    )
    if draft.attribution.entry.act in _SUPPORTING_ACTS:
        act = draft.attribution.entry.act
    if act not in _SUPPORTING_ACTS | _OPPOSING_ACTS or (
        draft.force is not None and act not in _OPPOSING_ACTS
    ):
        return (), (), False
    found, narrated = _targets(draft, others)
    negated = draft.attribution.negated
    if (act in _SUPPORTING_ACTS) != negated:
        return found, (), narrated
    return (), found, narrated


def _targets(draft: StatementDraft, others: list[StatementDraft]) -> tuple[tuple[str, ...], bool]:
    """Return the references of the targets, and True if a target is an earlier statement."""
    refs: list[str] = []
    narrated = False
    for target in draft.attribution.targets:
        for member in draft.analysis.syntax.conjuncts(target):
            words = _earlier_statements(draft, member, others)
            if words:
                refs += [other.ref for other in words]
                narrated = True
            else:
                refs += _event_or_actors_at(draft, member)
    if draft.attribution.rule == "reversed":
        refs += _events_in(draft)
    if not refs or draft.attribution.lemma == "echo":
        refs += [other.ref for other in _echoed(draft, others)]
    return tuple(dict.fromkeys(refs)), narrated


def _event_or_actors_at(draft: StatementDraft, token: int) -> list[str]:
    """Return the references of the event or of the actors at ``token``."""
    analysis = draft.analysis
    event = analysis.event_at.get(token)
    if event is not None:
        return [event.ref(analysis.syntax)]
    actors = [
        e for e in analysis.table.entities_at(token) if (not e.is_place or e.acts) and e not in draft.speakers
    ]
    for actor in actors:
        actor.used = True
    return [entity_ref(actor) for actor in actors]


def _events_in(draft: StatementDraft) -> list[str]:
    """Return the reference of the first event in the content that is the object of a preposition."""
    analysis = draft.analysis
    heads = [
        t for t in draft.attribution.content if analysis.syntax.dep[t] == "pobj" and t in analysis.event_at
    ]
    return [analysis.event_at[t].ref(analysis.syntax) for t in heads[:1]]


def _earlier_statements(
    draft: StatementDraft, token: int, others: list[StatementDraft]
) -> list[StatementDraft]:
    """Return the earlier statements that a noun refers to: "Li's suggestions", "the proposal"."""
    syntax = draft.analysis.syntax
    entry = cues().get((syntax.lemma[token], "noun"))
    if entry is None:
        return []
    owner = syntax.child(token, "poss")
    owners = draft.analysis.table.entities_at(owner) if owner is not None else ()
    earlier = [o for o in others if o.start < draft.start and o.content]
    if owners:
        of_owner = _named_by_noun(entry, [o for o in earlier if _overlap(o.speakers, list(owners))])
        return of_owner if syntax.tag[token] == "NNS" else of_owner[-1:]
    determiner = syntax.child(token, "det")
    definite = determiner is not None and syntax.lower[determiner] in (
        "the",
        "this",
        "that",
        "these",
        "those",
    )
    if not definite or syntax.child(token, "prep", "acl", "relcl") is not None:
        return []
    return _named_by_noun(entry, [o for o in earlier if not _overlap(o.speakers, draft.speakers)])[-1:]


def _named_by_noun(entry: Cue, earlier: list[StatementDraft]) -> list[StatementDraft]:
    """Return those of ``earlier`` that the cue noun can refer to.

    A *suggestion* is what was put to others, in preference to the speaker's own plan; a *claim* is not a
    proposal.
    """
    acts = {entry.act, *(act for _, act in entry.frame_acts)}
    put_forward = [o for o in earlier if o.force in _FORCES_PUT_TO_OTHERS]
    if acts & set(_FORCES_PUT_TO_OTHERS) and put_forward:
        return put_forward
    if entry.act in FORCES:
        same_force = [o for o in earlier if o.force == entry.act]
        return same_force or [o for o in earlier if o.force not in (None, "wish")]
    return [o for o in earlier if o.force is None]


def _overlap(some: list[Entity], others: list[Entity]) -> bool:
    return bool(set(_indexes(some)) & set(_indexes(others)))


def _indexes(entities: list[Entity]) -> list[int]:
    return [entity.index for entity in entities]


def _echoed(draft: StatementDraft, others: list[StatementDraft]) -> list[StatementDraft]:
    """Return the nearest earlier statement of another speaker with much the same content."""
    own_words = _content_words(draft.analysis.syntax, draft.attribution)
    best: list[StatementDraft] = []
    for other in others:
        if other.start >= draft.start or _overlap(other.speakers, draft.speakers):
            continue
        other_words = _content_words(other.analysis.syntax, other.attribution)
        if (
            own_words
            and other_words
            and len(own_words & other_words) / len(own_words | other_words) >= MIN_SHARED
        ):
            best = [other]
    return best


def _content_words(syntax: Syntax, attribution: Attribution) -> set[str]:
    return {syntax.lemma[t] for t in attribution.content if syntax.pos[t] in ("NOUN", "VERB", "ADJ", "PROPN")}
