"""Every word that tells of a happening: triggers of events, cues of statements, and the other verbs.

A graph holds the events that have a type or actors; public corpora annotate nearly every verb. This is the
wider view.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from kg.extractor.attribution import Attribution
from kg.extractor.participants import Roles, roles_of
from kg.extractor.reading import Reading
from kg.extractor.status import status_of
from kg.extractor.syntax import Syntax
from kg.extractor.triggers import Trigger, name_tokens, verb_entry
from kg.records import Part, Span, Telling

_STATES = frozenset("be have do include base own contain consist belong date update entitle locate".split())
_CUT = frozenset({"relcl", "parataxis", "advcl"})


def find_tellings(reading: Reading) -> list[Telling]:
    """Return all tellings of the article in text order."""
    syntax = reading.syntax
    found: dict[int, Telling] = {}
    for event in reading.events:
        for trigger in event.triggers:
            found.setdefault(trigger.token, _telling(reading, trigger, roles_of(reading.cast, trigger)))
    for made in reading.attributions:
        found.setdefault(made.head, _of_cue(reading, made))
    for token in _other_verbs(reading, set(found)):
        entry, _ = verb_entry(syntax, token)
        trigger = Trigger(token, entry.type if entry is not None else "Other", "verb", 0.5)
        found[token] = _telling(reading, trigger, roles_of(reading.cast, trigger))
    return [found[token] for token in sorted(found)]


def _other_verbs(reading: Reading, taken: set[int]) -> Iterator[int]:
    syntax, in_names = reading.syntax, name_tokens(reading.cast)
    for token in range(len(syntax.words)):
        if token in taken or token in in_names or not syntax.tag[token].startswith("VB"):
            continue
        if syntax.dep[token] in ("aux", "auxpass", "amod", "compound", "prep") or syntax.pos[token] == "AUX":
            continue
        if syntax.lemma[token] not in _STATES:
            yield token


def _of_cue(reading: Reading, made: Attribution) -> Telling:
    trigger = Trigger(made.head, "Other", made.rule, made.confidence)
    objects = made.targets if made.frame == "np" else []
    return _telling(reading, trigger, Roles(agents=list(made.sources), targets=[*made.addressees, *objects]))


def _telling(reading: Reading, trigger: Trigger, roles: Roles) -> Telling:
    syntax = reading.syntax
    phrases: dict[Span, Part] = {}
    relative = syntax.child(trigger.token, "nsubj", "nsubjpass") if syntax.is_verb(trigger.token) else None
    if relative is not None and syntax.tag[relative] in ("WDT", "WP"):
        roles = Roles([relative], [h for h in roles.targets if h > relative], roles.participants)
    parts: tuple[tuple[Part, list[int]], ...] = (
        ("agent", roles.agents),
        ("target", roles.targets),
        ("participant", [*roles.participants, *roles.places, *_named_beside(reading, trigger.token)]),
    )
    for part, heads in parts:
        for head in heads:
            phrases.setdefault(phrase(syntax, head), part)
    status = status_of(syntax, trigger)
    own = trigger.mention(syntax)
    return Telling(own, trigger.type, status, tuple((part, span) for span, part in sorted(phrases.items())))


def _named_beside(reading: Reading, token: int) -> list[int]:
    """Return the names behind prepositions that tie somebody to a happening: "sold *to Cerberus*"."""
    syntax = reading.syntax
    return [
        below
        for preposition in syntax.children_of(token, "prep", "dative")
        if syntax.lower[preposition] in ("to", "from", "for", "with", "in", "at")
        for below in syntax.children_of(preposition, "pobj")
        if syntax.pos[below] == "PROPN" or below in reading.cast.at
    ]


def phrase(syntax: Syntax, head: int) -> Span:
    """Return the span of the noun phrase of ``head``, without clauses that only add to it."""
    cut = [child for child in syntax.children[head] if syntax.dep[child] in _CUT]
    tokens = syntax.subtree(head, without=cut)
    while len(tokens) > 1 and syntax.pos[tokens[-1]] in ("PUNCT", "SPACE"):
        tokens.pop()
    first = tokens[0]
    last = next((t for t, after in pairwise(tokens) if after > t + 1), tokens[-1])
    return syntax.span(first, max(last, head))
