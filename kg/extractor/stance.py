"""Whose side a statement takes: what it supports or opposes, and which earlier statement or proposal that
is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.extractor.attribution import Attribution
from kg.extractor.entities import Entity, entity_ref
from kg.extractor.lexicon import Cue, cues
from kg.extractor.proposals import FORCES
from kg.extractor.syntax import Syntax

if TYPE_CHECKING:
    from kg.extractor.statements import StatementDraft

_FOR = frozenset({"support", "agree"})
_AGAINST = frozenset({"oppose", "accuse", "deny"})
_PUT_TO_OTHERS = ("propose", "request", "demand", "offer")
MIN_SHARED = 0.2
"""Least part of content words that two statements share for one to echo the other (Jaccard)."""

Stance = tuple[tuple[str, ...], tuple[str, ...], bool]


def stance_of(draft: StatementDraft, others: list[StatementDraft]) -> Stance:
    """Return what the statement supports, what it opposes (references), and whether naming that is all its
    content."""
    act = (
        draft.attribution.entry.act_in(draft.attribution.frame)
        if draft.attribution.frame
        else draft.attribution.entry.act
    )
    if draft.attribution.entry.act in _FOR:
        act = draft.attribution.entry.act
    if act not in _FOR | _AGAINST or (draft.force is not None and act not in _AGAINST):
        return (), (), False
    found, narrated = _taken_up(draft, others)
    negated = draft.attribution.negated
    if (act in _FOR) != negated:
        return found, (), narrated
    return (), found, narrated


def _taken_up(draft: StatementDraft, others: list[StatementDraft]) -> tuple[tuple[str, ...], bool]:
    """Return references to what stands at the targets of the stance."""
    refs: list[str] = []
    narrated = False
    for target in draft.attribution.targets:
        for member in draft.analysis.syntax.conjuncts(target):
            words = _words_of_somebody(draft, member, others)
            if words:
                refs += [other.ref for other in words]
                narrated = True
            else:
                refs += _thing_at(draft, member)
    if draft.attribution.rule == "reversed":
        refs += _events_in(draft)
    if not refs or draft.attribution.lemma == "echo":
        refs += [other.ref for other in _echoed(draft, others)]
    return tuple(dict.fromkeys(refs)), narrated


def _thing_at(draft: StatementDraft, token: int) -> list[str]:
    analysis = draft.analysis
    event = analysis.event_at.get(token)
    if event is not None:
        return [event.ref(analysis.syntax)]
    actors = [
        e for e in analysis.table.standing_at(token) if (not e.is_place or e.acts) and e not in draft.speakers
    ]
    for actor in actors:
        actor.used = True
    return [entity_ref(actor) for actor in actors]


def _events_in(draft: StatementDraft) -> list[str]:
    analysis = draft.analysis
    heads = [
        t for t in draft.attribution.content if analysis.syntax.dep[t] == "pobj" and t in analysis.event_at
    ]
    return [analysis.event_at[t].ref(analysis.syntax) for t in heads[:1]]


def _words_of_somebody(
    draft: StatementDraft, token: int, others: list[StatementDraft]
) -> list[StatementDraft]:
    """Resolve "Li's suggestions", "the proposal" to the earlier statements that they name."""
    syntax = draft.analysis.syntax
    entry = cues().get((syntax.lemma[token], "noun"))
    if entry is None:
        return []
    owner = syntax.child(token, "poss")
    owners = draft.analysis.table.standing_at(owner) if owner is not None else ()
    earlier = [o for o in others if o.start < draft.start and o.content]
    if owners:
        theirs = _of_kind(entry, [o for o in earlier if _share(o.speakers, list(owners))])
        return theirs if syntax.tag[token] == "NNS" else theirs[-1:]
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
    return _of_kind(entry, [o for o in earlier if not _share(o.speakers, draft.speakers)])[-1:]


def _of_kind(entry: Cue, earlier: list[StatementDraft]) -> list[StatementDraft]:
    """Keep what the noun can name: a *suggestion* what was put to others rather than one's own plan, a
    *claim* no proposal."""
    acts = {entry.act, *(act for _, act in entry.frame_acts)}
    put_forward = [o for o in earlier if o.force in _PUT_TO_OTHERS]
    if acts & set(_PUT_TO_OTHERS) and put_forward:
        return put_forward
    if entry.act in FORCES:
        same_force = [o for o in earlier if o.force == entry.act]
        return same_force or [o for o in earlier if o.force not in (None, "wish")]
    return [o for o in earlier if o.force is None]


def _share(some: list[Entity], others: list[Entity]) -> bool:
    return bool(set(_indexes(some)) & set(_indexes(others)))


def _indexes(entities: list[Entity]) -> list[int]:
    return [entity.index for entity in entities]


def _echoed(draft: StatementDraft, others: list[StatementDraft]) -> list[StatementDraft]:
    """Return the nearest earlier statement by another speaker that says much the same."""
    mine = _content_words(draft.analysis.syntax, draft.attribution)
    best: list[StatementDraft] = []
    for other in others:
        if other.start >= draft.start or _share(other.speakers, draft.speakers):
            continue
        theirs = _content_words(other.analysis.syntax, other.attribution)
        if mine and theirs and len(mine & theirs) / len(mine | theirs) >= MIN_SHARED:
            best = [other]
    return best


def _content_words(syntax: Syntax, attribution: Attribution) -> set[str]:
    return {syntax.lemma[t] for t in attribution.content if syntax.pos[t] in ("NOUN", "VERB", "ADJ", "PROPN")}
