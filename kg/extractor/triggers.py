"""The words that tell an event: nouns such as *summit*, verbs such as *invade*, and what carries them
("held a meeting")."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache

from kg.extractor.attribution import agent
from kg.extractor.entities import EntityTable
from kg.extractor.lexicon import EventNoun, EventVerb, event_nouns, event_verbs, light_verbs
from kg.extractor.syntax import Syntax
from kg.records import EventType, Mention

_PARTICIPANT_PREPOSITIONS = frozenset("of by between against with on among from to for into".split())
_PLACE_PREPOSITIONS = frozenset("in at near outside off across around during over since after before".split())
_RELIEF = frozenset(
    "aid doctor nurse medic paramedic hospital supply food medicine vaccine relief tent blanket rescuer"
    " firefighter money water shelter ambulance".split()
)
"""What is sent to help."""

_CARRIERS = frozenset(
    "lead hold stage organise organize conduct host head wage launch chair broker mediate".split()
)
_PARTICIPLES = frozenset({"acl", "relcl"})


@dataclass(slots=True)
class Trigger:
    """A word that tells an event, in the making of that event."""

    token: int
    type: EventType
    rule: str
    confidence: float
    light_verb: int | None = None  # the light verb
    extra: list[int] = field(default_factory=list)  # further words of the trigger

    def mention(self, syntax: Syntax, token: int | None = None) -> Mention:
        start, end = syntax.span(*(2 * (self.token if token is None else token,)))
        return Mention(start, end, "trigger")


def find_triggers(table: EntityTable, cue_tokens: set[int]) -> list[Trigger]:
    """Return the triggers of an article in text order. ``cue_tokens`` are taken by statements and tell no
    event."""
    syntax = table.syntax
    in_names = name_tokens(table)
    found: list[Trigger] = []
    taken_verbs: set[int] = set()
    for token, pos in enumerate(syntax.pos):
        if pos in ("NOUN", "PROPN") and token not in in_names:
            trigger = _noun(table, token, cue_tokens)
            if trigger is not None:
                found.append(trigger)
                taken_verbs.update([trigger.light_verb] if trigger.light_verb is not None else [])
    for token in range(len(syntax.words)):
        if syntax.is_verb(token) and token not in taken_verbs and token not in cue_tokens:
            trigger = _verb(table, token)
            if trigger is not None:
                found.append(trigger)
    return sorted(found, key=lambda trigger: trigger.token)


def name_tokens(table: EntityTable) -> set[int]:
    """Return the tokens inside names, where a noun tells no event ("*Peace Conference* Foundation")."""
    inside: set[int] = set()
    for first, end, label in table.syntax.entities:
        if label in ("PERSON", "ORG", "GPE", "LOC", "FAC", "NORP", "PRODUCT", "WORK_OF_ART"):
            inside.update(range(first, end))
    return inside


@lru_cache(maxsize=1)
def _last_words() -> frozenset[str]:
    return frozenset(phrase.rpartition(" ")[2] for phrase in event_nouns())


def noun_entry(syntax: Syntax, token: int) -> tuple[EventNoun, int] | None:
    """Return the longest entry of the lexicon that ends at the noun ``token``, and its first token."""
    if syntax.lower[token] not in _last_words() and syntax.lemma[token] not in _last_words():
        return None
    for first in range(max(0, token - 2), token + 1):
        as_written = " ".join(syntax.lower[first : token + 1])
        by_lemma = " ".join([*syntax.lower[first:token], syntax.lemma[token]])
        entry = event_nouns().get(as_written) or event_nouns().get(by_lemma)
        if entry is not None:
            return entry, first
    return None


def _noun(table: EntityTable, token: int, cue_tokens: set[int]) -> Trigger | None:
    syntax = table.syntax
    known = noun_entry(syntax, token)
    if (
        known is None
        or token in cue_tokens
        or syntax.dep[token] == "compound"
        or _is_of_things(syntax, token)
    ):
        return None
    entry, first = known
    if entry.strength != "strong" and (entry.type == "Other" or _is_only_needed(syntax, token)):
        return None
    light_verb = light_verb_of(syntax, token)
    if entry.strength == "strong":
        return Trigger(token, entry.type, "event noun", 0.85, light_verb)
    if light_verb is not None and entry.type != "Other":
        return Trigger(token, entry.type, "light verb", 0.85, light_verb)
    if entry.strength == "weak" and _is_particular(table, token, first):
        return Trigger(token, entry.type, "event noun with argument", 0.7, light_verb)
    return None


def _is_of_things(syntax: Syntax, token: int) -> bool:
    """Tell "a *row* of houses" from a row about something."""
    return syntax.lemma[token] == "row" and any(
        syntax.lower[preposition] == "of" for preposition in syntax.children_of(token, "prep")
    )


def _is_only_needed(syntax: Syntax, token: int) -> bool:
    """Tell whether the noun is what someone stresses the need for: nothing that happened, and no proposal
    yet."""
    first = syntax.first_conjunct(token)
    head = syntax.head[syntax.head[first]]
    return syntax.dep[first] == "pobj" and syntax.lemma[head] in (
        "need",
        "importance",
        "necessity",
        "lack",
        "absence",
    )


def light_verb_of(syntax: Syntax, noun: int) -> int | None:
    """Return the verb that merely carries the noun: "held a *meeting*", "took part in a *march*", or None."""
    noun = syntax.first_conjunct(noun)
    head = syntax.head[noun]
    if syntax.dep[noun] in ("dobj", "nsubjpass"):
        particle = syntax.child(head, "prt")
        words = (
            f"{syntax.lemma[head]} {syntax.lower[particle]}" if particle is not None else syntax.lemma[head]
        )
        return head if words in light_verbs() and not light_verbs()[words].preposition else None
    if syntax.dep[noun] == "pobj":
        for verb in (syntax.head[head], syntax.head[syntax.head[head]]):
            for words in _carrying_phrases(syntax, verb, head):
                entry = light_verbs().get(words)
                if entry is not None and entry.preposition == syntax.lower[head]:
                    return verb
    return None


def _carrying_phrases(syntax: Syntax, verb: int, preposition: int) -> tuple[str, ...]:
    between = " ".join(syntax.lower[verb + 1 : preposition + 1])
    lemma = syntax.lemma[verb]
    return (
        f"{lemma} {between}",
        f"{lemma} {syntax.lower[preposition]}",
        f"{lemma} {' '.join(syntax.lower[verb + 1 : preposition])}",
        lemma,
    )


def _is_particular(table: EntityTable, token: int, first: int) -> bool:
    """Tell whether the noun phrase speaks of one happening: it has a participant, a place, a time or a
    participle."""
    syntax = table.syntax
    if syntax.child(token, "poss") is not None:
        return True
    for child in syntax.children[token]:
        word = syntax.lower[child]
        if syntax.dep[child] == "prep" and word in _PARTICIPANT_PREPOSITIONS | _PLACE_PREPOSITIONS:
            return True
        if syntax.dep[child] in _PARTICIPLES:
            return True
        if child in table.at and child < first:
            return True
    determiner = syntax.child(token, "det")
    return (
        determiner is not None
        and syntax.lower[determiner] in ("this", "that", "these", "those", "the")
        and _is_anaphoric(syntax, token)
    )


def _is_anaphoric(syntax: Syntax, token: int) -> bool:
    return syntax.dep[token] in ("nsubj", "nsubjpass", "pobj", "dobj") and syntax.tag[token] in ("NN", "NNS")


def _verb(table: EntityTable, token: int) -> Trigger | None:
    syntax = table.syntax
    if syntax.dep[token] in ("aux", "auxpass", "amod", "compound"):
        return None
    entry, particle = verb_entry(syntax, token)
    if entry is None or _only_carries(syntax, token):
        return None
    if entry.strength == "weak" and not _has_participant(table, token):
        return None
    extra = [particle] if particle is not None else []
    kind = _kind_of_verb(syntax, token, entry.type)
    if kind is None:
        return None
    return Trigger(token, kind, "event verb", 0.8 if entry.strength == "strong" else 0.65, extra=extra)


def _kind_of_verb(syntax: Syntax, verb: int, kind: EventType) -> EventType | None:
    """Return the type of the event by who does it and to whom; None if it is none ("defend itself")."""
    objects = [o for first in syntax.children_of(verb, "dobj") for o in syntax.conjuncts(first)]
    if kind == "ArmedConflict" and any(syntax.lower[o].endswith(("self", "selves")) for o in objects):
        return None
    if kind == "Visit" and objects and syntax.lemma[verb] == "head":
        return None  # an office
    if kind == "Mobilisation" and any(syntax.lemma[o] in _RELIEF for o in objects):
        return "Aid"
    if kind != "Attack":
        return kind
    if _by_nature(syntax, verb):
        return "Disaster"
    passive = syntax.child(verb, "nsubjpass") is not None
    if syntax.lemma[verb] == "kill" and passive and agent(syntax, verb) is None:
        return "Death"
    behind = {syntax.lower[preposition] for preposition in syntax.children_of(verb, "prep")}
    stops_work = syntax.lemma[verb] == "strike" and not (
        objects or passive or behind & {"at", "against", "on"}
    )
    return "Protest" if stops_work else kind


def _by_nature(syntax: Syntax, verb: int) -> bool:
    """Tell whether a disaster does it: "an earthquake *struck*", "the blaze *killed* two"."""
    subject = syntax.child(verb, "nsubj")
    known = noun_entry(syntax, subject) if subject is not None else None
    return known is not None and known[0].type == "Disaster"


def _only_carries(syntax: Syntax, token: int) -> bool:
    """Tell whether a participle on an event noun only says who did it or where ("a meeting *held* in", "a
    rebellion *led* by")."""
    return (
        syntax.dep[token] in ("acl", "relcl")
        and syntax.lemma[token] in _CARRIERS
        and noun_entry(syntax, syntax.head[token]) is not None
    )


def verb_entry(syntax: Syntax, token: int) -> tuple[EventVerb | None, int | None]:
    """Return the lexicon's entry for a verb, phrasal entries first, and the token of the particle."""
    for child in syntax.children_of(token, "prt", "prep", "advmod"):
        entry = event_verbs().get(f"{syntax.lemma[token]} {syntax.lower[child]}")
        if entry is not None and child > token:
            return entry, child if syntax.dep[child] != "prep" else None
    return event_verbs().get(syntax.lemma[token]), None


def _has_participant(table: EntityTable, token: int) -> bool:
    syntax = table.syntax
    for child in syntax.children[token]:
        if syntax.dep[child] in ("nsubj", "nsubjpass", "dobj") and (
            child in table.at or syntax.pos[child] == "PROPN"
        ):
            return True
        if syntax.dep[child] in ("agent", "prep") and any(
            below in table.at for below in syntax.children[child]
        ):
            return True
    return False
