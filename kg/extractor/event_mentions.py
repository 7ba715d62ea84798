"""Every word that tells of a happening: triggers of events, cues of statements, and the other verbs.

A graph holds the events that have a type or actors; public corpora annotate nearly every verb. This is the
wider view.
"""

from __future__ import annotations

from collections.abc import Container, Iterator
from dataclasses import replace
from itertools import pairwise

from kg.extractor.analysis import ArticleAnalysis
from kg.extractor.attribution import Attribution
from kg.extractor.participants import Roles, roles_of
from kg.extractor.status import status_of
from kg.extractor.syntax import Syntax
from kg.extractor.triggers import Trigger, name_tokens, noun_entry, verb_entry
from kg.records import EventMention, Part, Span

_STATES = frozenset("be have do include base own contain consist belong date update entitle locate".split())
_TIES = frozenset("to from for with in at".split())
_MEASURES = frozenset({"PERCENT", "MONEY", "QUANTITY", "CARDINAL"})
_CUT = frozenset({"relcl", "parataxis", "advcl"})


def find_event_mentions(analysis: ArticleAnalysis) -> list[EventMention]:
    """Return all event mentions of the article in text order."""
    syntax = analysis.syntax
    found: dict[int, EventMention] = {}
    for event in analysis.events:
        for trigger in event.triggers:
            found.setdefault(
                trigger.token, _event_mention(analysis, trigger, roles_of(analysis.table, trigger))
            )
    for attribution in analysis.attributions:
        found.setdefault(attribution.head, _of_cue(analysis, attribution))
    for token in _other_verbs(analysis, set(found)):
        entry, _ = verb_entry(syntax, token)
        trigger = Trigger(token, entry.type if entry is not None else "Other", "verb", 0.5)
        found[token] = _event_mention(analysis, trigger, roles_of(analysis.table, trigger))
    return [_without_happenings(syntax, found[token], found) for token in sorted(found)]


def _without_happenings(syntax: Syntax, mention: EventMention, told: Container[int]) -> EventMention:
    """Leave out of the participants what happens itself, "announced *the sale*": that is another telling."""
    kept = tuple(
        (part, span)
        for part, span in mention.phrases
        if not _is_told(syntax, _head_within(syntax, span), told)
    )
    return replace(mention, phrases=kept)


def _is_told(syntax: Syntax, head: int, told: Container[int]) -> bool:
    return syntax.pos[head] == "NOUN" and (head in told or noun_entry(syntax, head) is not None)


def _head_within(syntax: Syntax, span: Span) -> int:
    """Return the token of the span that hangs on one outside of it."""
    inside = range(syntax.token_at(span[0]), syntax.token_at(span[1] - 1) + 1)
    return next((t for t in inside if syntax.head[t] not in inside or syntax.head[t] == t), inside[0])


def _other_verbs(analysis: ArticleAnalysis, taken: set[int]) -> Iterator[int]:
    syntax, in_names = analysis.syntax, name_tokens(analysis.table)
    for token in range(len(syntax.words)):
        if token in taken or token in in_names or not syntax.tag[token].startswith("VB"):
            continue
        if syntax.dep[token] in ("aux", "auxpass", "amod", "compound", "prep") or syntax.pos[token] == "AUX":
            continue
        if syntax.lemma[token] not in _STATES:
            yield token


def _of_cue(analysis: ArticleAnalysis, attribution: Attribution) -> EventMention:
    trigger = Trigger(attribution.head, "Other", attribution.rule, attribution.confidence)
    objects = attribution.targets if attribution.frame == "np" else []
    return _event_mention(
        analysis,
        trigger,
        Roles(agents=list(attribution.sources), targets=[*attribution.addressees, *objects]),
    )


def _event_mention(analysis: ArticleAnalysis, trigger: Trigger, roles: Roles) -> EventMention:
    syntax = analysis.syntax
    phrases: dict[Span, Part] = {}
    times = _named_as(syntax, "DATE", "TIME")
    relative = syntax.child(trigger.token, "nsubj", "nsubjpass") if syntax.is_verb(trigger.token) else None
    if relative is not None and syntax.tag[relative] in ("WDT", "WP"):
        roles = Roles([relative], [h for h in roles.targets if h > relative], roles.participants)
    parts: tuple[tuple[Part, list[int]], ...] = (
        ("agent", roles.agents),
        ("target", roles.targets),
        (
            "participant",
            [
                *roles.participants,
                *roles.places,
                *_named_beside(analysis, trigger.token),
                *_measures(syntax, trigger.token),
                *(syntax.children_of(trigger.token, "dobj") if syntax.is_verb(trigger.token) else ()),
            ],
        ),
    )
    for part, heads in parts:
        for head in _apart(syntax, heads):
            reflexive = syntax.lower[head].endswith(("self", "selves"))
            if head not in times and not reflexive and _stands_with(syntax, head, trigger.token):
                phrases.setdefault(phrase(syntax, head), part)
    status = status_of(syntax, trigger)
    own = trigger.mention(syntax)
    told = tuple((part, span) for span, part in sorted(phrases.items()))
    return EventMention(own, trigger.type, status, told, trigger.rule, trigger.confidence)


def _stands_with(syntax: Syntax, head: int, token: int) -> bool:
    """Tell whether a participant is told beside its happening rather than understood from further off.

    "Oslo plans to *build* a bridge" tells beside "build" what is built; who builds it stands with "plans".
    """
    head = syntax.first_conjunct(head)
    above = syntax.head[head]
    if above == token or (syntax.head[above] == token and syntax.pos[above] in ("ADP", "PART")):
        return True
    if syntax.is_verb(token):
        return syntax.dep[token] in ("conj", "acl", "relcl")
    return syntax.dep[token] not in ("dobj", "nsubjpass")


def _named_as(syntax: Syntax, *labels: str) -> set[int]:
    return {t for first, end, label in syntax.entities if label in labels for t in range(first, end)}


def _apart(syntax: Syntax, heads: list[int]) -> list[int]:
    """Return the heads with what is coordinated with each: "Oslo and Rome" are two."""
    apart = {
        one for head in heads for one in syntax.conjuncts(head) if syntax.pos[one] == "PROPN" or one == head
    }
    return sorted(apart)


def _named_beside(analysis: ArticleAnalysis, token: int) -> list[int]:
    """Return whom prepositions tie to a happening: names, "sold *to Cerberus*", and where it comes from or
    goes to, "delivered *to six airlines*"."""
    syntax = analysis.syntax
    times = {
        t for first, end, label in syntax.entities if label in ("DATE", "TIME") for t in range(first, end)
    }
    found = []
    for preposition in syntax.children_of(token, "prep", "dative"):
        word = syntax.lower[preposition]
        for below in syntax.children_of(preposition, "pobj"):
            named = syntax.pos[below] == "PROPN" or below in analysis.table.at
            ends = word in ("to", "from") and syntax.is_verb(token) and syntax.pos[below] == "NOUN"
            if below not in times and ((named and word in _TIES) or ends):
                found.append(below)
    return found


def _measures(syntax: Syntax, token: int) -> list[int]:
    """Return by how much something rises, falls or is sold, and where it ends: "fell *3 per cent* to
    *8,017*"."""
    if not syntax.is_verb(token):
        return []
    measured = _named_as(syntax, *_MEASURES)
    behind = [
        below
        for preposition in syntax.children_of(token, "prep")
        if syntax.lower[preposition] in ("at", "by", "to", "from", "for", "above", "below")
        for below in syntax.children_of(preposition, "pobj")
    ]
    return [t for t in (*syntax.children_of(token, "npadvmod"), *behind) if t in measured]


def phrase(syntax: Syntax, head: int) -> Span:
    """Return the span of the noun phrase of ``head``, without clauses that only add to it."""
    cut = [
        child
        for child in syntax.children[head]
        if syntax.dep[child] in _CUT or (syntax.dep[child] == "conj" and syntax.pos[child] == "PROPN")
    ]
    tokens = syntax.subtree(head, without=cut)
    while len(tokens) > 1 and (
        syntax.pos[tokens[-1]] in ("PUNCT", "SPACE") or syntax.dep[tokens[-1]] == "cc"
    ):
        tokens.pop()
    first = tokens[0]
    last = next((t for t, after in pairwise(tokens) if after > t + 1), tokens[-1])
    return syntax.span(first, max(last, head))
