"""Event mentions for evaluation: triggers of events, cues of statements, and all other verbs.

The graph holds the events that have a type or actors. Public corpora annotate nearly every verb, so an
evaluation compares these mentions instead.
"""

from __future__ import annotations

from collections.abc import Container, Iterator
from dataclasses import replace
from itertools import pairwise

from kg.extractor.analysis import ArticleAnalysis
from kg.extractor.attribution import Attribution
from kg.extractor.participants import Arguments, arguments_of
from kg.extractor.status import status_of
from kg.extractor.syntax import Syntax
from kg.extractor.triggers import Trigger, name_tokens, noun_entry, verb_entry
from kg.records import EventMention, Part, Span

_STATIVE = frozenset("be have do include base own contain consist belong date update entitle locate".split())
_NAME_PREPOSITIONS = frozenset("to from for with in at".split())
_AMOUNT_LABELS = frozenset({"PERCENT", "MONEY", "QUANTITY", "CARDINAL"})
_LOOSE_CLAUSES = frozenset({"relcl", "parataxis", "advcl"})


def find_event_mentions(analysis: ArticleAnalysis) -> list[EventMention]:
    """Return all event mentions of the article in text order."""
    syntax = analysis.syntax
    found: dict[int, EventMention] = {}
    for event in analysis.events:
        for trigger in event.triggers:
            found.setdefault(
                trigger.token, _event_mention(analysis, trigger, arguments_of(analysis.table, trigger))
            )
    for attribution in analysis.attributions:
        found.setdefault(attribution.head, _mention_of_cue(analysis, attribution))
    for token in _other_verbs(analysis, set(found)):
        entry, _ = verb_entry(syntax, token)
        trigger = Trigger(token, entry.type if entry is not None else "Other", "verb", 0.5)
        found[token] = _event_mention(analysis, trigger, arguments_of(analysis.table, trigger))
    return [_without_event_phrases(syntax, found[token], found) for token in sorted(found)]


def _without_event_phrases(syntax: Syntax, mention: EventMention, mentioned: Container[int]) -> EventMention:
    """Return the mention without the phrases that are events themselves: "announced *the sale*"."""
    kept = tuple(
        (part, span)
        for part, span in mention.phrases
        if not _reports_event(syntax, _head_within(syntax, span), mentioned)
    )
    return replace(mention, phrases=kept)


def _reports_event(syntax: Syntax, head: int, mentioned: Container[int]) -> bool:
    """Return True if the noun ``head`` is a trigger."""
    return syntax.pos[head] == "NOUN" and (head in mentioned or noun_entry(syntax, head) is not None)


def _head_within(syntax: Syntax, span: Span) -> int:
    """Return the token of the span whose head is outside of it."""
    inside = range(syntax.token_at(span[0]), syntax.token_at(span[1] - 1) + 1)
    return next((t for t in inside if syntax.head[t] not in inside or syntax.head[t] == t), inside[0])


def _other_verbs(analysis: ArticleAnalysis, taken: set[int]) -> Iterator[int]:
    """Yield the verbs that are neither triggers nor cues nor stative."""
    syntax, in_names = analysis.syntax, name_tokens(analysis.table)
    for token in range(len(syntax.words)):
        if token in taken or token in in_names or not syntax.tag[token].startswith("VB"):
            continue
        if syntax.dep[token] in ("aux", "auxpass", "amod", "compound", "prep") or syntax.pos[token] == "AUX":
            continue
        if syntax.lemma[token] not in _STATIVE:
            yield token


def _mention_of_cue(analysis: ArticleAnalysis, attribution: Attribution) -> EventMention:
    """Return the event mention of the cue of an attribution."""
    trigger = Trigger(attribution.head, "Other", attribution.rule, attribution.confidence)
    objects = attribution.targets if attribution.frame == "np" else []
    return _event_mention(
        analysis,
        trigger,
        Arguments(agents=list(attribution.sources), targets=[*attribution.addressees, *objects]),
    )


def _event_mention(analysis: ArticleAnalysis, trigger: Trigger, arguments: Arguments) -> EventMention:
    """Return the mention of a trigger, with the phrases of its arguments."""
    syntax = analysis.syntax
    phrases: dict[Span, Part] = {}
    times = _tokens_labelled(syntax, "DATE", "TIME")
    relative = syntax.child(trigger.token, "nsubj", "nsubjpass") if syntax.is_verb(trigger.token) else None
    if relative is not None and syntax.tag[relative] in ("WDT", "WP"):
        arguments = Arguments(
            [relative], [h for h in arguments.targets if h > relative], arguments.participants
        )
    parts: tuple[tuple[Part, list[int]], ...] = (
        ("agent", arguments.agents),
        ("target", arguments.targets),
        (
            "participant",
            [
                *arguments.participants,
                *arguments.places,
                *_prepositional_participants(analysis, trigger.token),
                *_amounts(syntax, trigger.token),
                *(syntax.children_of(trigger.token, "dobj") if syntax.is_verb(trigger.token) else ()),
            ],
        ),
    )
    for part, heads in parts:
        for head in _with_conjuncts(syntax, heads):
            reflexive = syntax.lower[head].endswith(("self", "selves"))
            if head not in times and not reflexive and _is_local(syntax, head, trigger.token):
                phrases.setdefault(phrase(syntax, head), part)
    status = status_of(syntax, trigger)
    trigger_mention = trigger.mention(syntax)
    mentioned = tuple((part, span) for span, part in sorted(phrases.items()))
    return EventMention(trigger_mention, trigger.type, status, mentioned, trigger.rule, trigger.confidence)


def _is_local(syntax: Syntax, head: int, token: int) -> bool:
    """Return True if a participant is mentioned beside its event instead of being understood.

    In "Oslo plans to *build* a bridge" the bridge is beside "build"; who builds it is beside "plans".
    """
    head = syntax.first_conjunct(head)
    above = syntax.head[head]
    if above == token or (syntax.head[above] == token and syntax.pos[above] in ("ADP", "PART")):
        return True
    if syntax.is_verb(token):
        return syntax.dep[token] in ("conj", "acl", "relcl")
    return syntax.dep[token] not in ("dobj", "nsubjpass")


def _tokens_labelled(syntax: Syntax, *labels: str) -> set[int]:
    """Return the tokens of the named entities with these labels."""
    return {t for first, end, label in syntax.entities if label in labels for t in range(first, end)}


def _with_conjuncts(syntax: Syntax, heads: list[int]) -> list[int]:
    """Return the heads with the names that are coordinated with each: "Oslo and Rome" are two."""
    heads_and_conjuncts = {
        conjunct
        for head in heads
        for conjunct in syntax.conjuncts(head)
        if syntax.pos[conjunct] == "PROPN" or conjunct == head
    }
    return sorted(heads_and_conjuncts)


def _prepositional_participants(analysis: ArticleAnalysis, token: int) -> list[int]:
    """Return the heads of the participants that prepositions attach to an event.

    These are names, "sold *to Cerberus*", and end points, "delivered *to six airlines*".
    """
    syntax = analysis.syntax
    times = {
        t for first, end, label in syntax.entities if label in ("DATE", "TIME") for t in range(first, end)
    }
    found = []
    for preposition in syntax.children_of(token, "prep", "dative"):
        word = syntax.lower[preposition]
        for below in syntax.children_of(preposition, "pobj"):
            named = syntax.pos[below] == "PROPN" or below in analysis.table.indexes_at
            is_end_point = word in ("to", "from") and syntax.is_verb(token) and syntax.pos[below] == "NOUN"
            if below not in times and ((named and word in _NAME_PREPOSITIONS) or is_end_point):
                found.append(below)
    return found


def _amounts(syntax: Syntax, token: int) -> list[int]:
    """Return the tokens of amounts of a change and of its end point: "fell *3 per cent* to *8,017*"."""
    if not syntax.is_verb(token):
        return []
    amounts = _tokens_labelled(syntax, *_AMOUNT_LABELS)
    behind = [
        below
        for preposition in syntax.children_of(token, "prep")
        if syntax.lower[preposition] in ("at", "by", "to", "from", "for", "above", "below")
        for below in syntax.children_of(preposition, "pobj")
    ]
    return [t for t in (*syntax.children_of(token, "npadvmod"), *behind) if t in amounts]


def phrase(syntax: Syntax, head: int) -> Span:
    """Return the span of the noun phrase of ``head``, without clauses that only add to it."""
    cut = [
        child
        for child in syntax.children[head]
        if syntax.dep[child] in _LOOSE_CLAUSES
        or (syntax.dep[child] == "conj" and syntax.pos[child] == "PROPN")
    ]
    tokens = syntax.subtree(head, without=cut)
    while len(tokens) > 1 and (
        syntax.pos[tokens[-1]] in ("PUNCT", "SPACE") or syntax.dep[tokens[-1]] == "cc"
    ):
        tokens.pop()
    first = tokens[0]
    last = next((t for t, after in pairwise(tokens) if after > t + 1), tokens[-1])
    return syntax.span(first, max(last, head))
