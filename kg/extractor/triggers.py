"""Triggers: the nouns (*summit*) and verbs (*invade*) that report events, and light verbs."""

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
"""Nouns of aid: who is sent to help."""

_ORGANISING_VERBS = frozenset(
    "lead hold stage organise organize conduct host head wage launch chair broker mediate".split()
)
"""Verbs of which a participle on an event noun only adds a participant or place: "a meeting *held* in"."""
_PARTICIPLES = frozenset({"acl", "relcl"})


@dataclass(slots=True)
class Trigger:
    """A trigger of an event, by its tokens."""

    token: int
    type: EventType
    rule: str
    confidence: float
    light_verb: int | None = None  # of a noun
    extra: list[int] = field(default_factory=list)  # further words of the trigger

    def mention(self, syntax: Syntax, token: int | None = None) -> Mention:
        """Return the mention of the trigger, or of another of its tokens."""
        start, end = syntax.span(*(2 * (self.token if token is None else token,)))
        return Mention(start, end, "trigger")


def find_triggers(table: EntityTable, cue_tokens: set[int]) -> list[Trigger]:
    """Return the triggers of an article in text order, apart from those among ``cue_tokens``."""
    syntax = table.syntax
    in_names = name_tokens(table)
    found: list[Trigger] = []
    light_verbs_used: set[int] = set()
    for token, pos in enumerate(syntax.pos):
        if pos in ("NOUN", "PROPN") and token not in in_names:
            trigger = _noun_trigger(table, token, cue_tokens)
            if trigger is not None:
                found.append(trigger)
                light_verbs_used.update([trigger.light_verb] if trigger.light_verb is not None else [])
    for token in range(len(syntax.words)):
        if syntax.is_verb(token) and token not in light_verbs_used and token not in cue_tokens:
            trigger = _verb_trigger(table, token)
            if trigger is not None:
                found.append(trigger)
    return sorted(found, key=lambda trigger: trigger.token)


def name_tokens(table: EntityTable) -> set[int]:
    """Return the tokens inside names, which report no event: "*Peace Conference* Foundation"."""
    inside: set[int] = set()
    for first, end, label in table.syntax.entities:
        if label in ("PERSON", "ORG", "GPE", "LOC", "FAC", "NORP", "PRODUCT", "WORK_OF_ART"):
            inside.update(range(first, end))
    return inside


@lru_cache(maxsize=1)
def _last_words() -> frozenset[str]:
    return frozenset(phrase.rpartition(" ")[2] for phrase in event_nouns())


def noun_entry(syntax: Syntax, token: int) -> tuple[EventNoun, int] | None:
    """Return the longest entry of the lexicon that ends at the noun, and its first token, or None."""
    if syntax.lower[token] not in _last_words() and syntax.lemma[token] not in _last_words():
        return None
    for first in range(max(0, token - 2), token + 1):
        as_written = " ".join(syntax.lower[first : token + 1])
        by_lemma = " ".join([*syntax.lower[first:token], syntax.lemma[token]])
        entry = event_nouns().get(as_written) or event_nouns().get(by_lemma)
        if entry is not None:
            return entry, first
    return None


def _noun_trigger(table: EntityTable, token: int, cue_tokens: set[int]) -> Trigger | None:
    """Return the trigger at a noun, or None."""
    syntax = table.syntax
    known = noun_entry(syntax, token)
    if (
        known is None
        or token in cue_tokens
        or syntax.dep[token] == "compound"
        or _is_row_of_things(syntax, token)
    ):
        return None
    entry, first = known
    if entry.strength != "strong" and (entry.type == "Other" or _is_object_of_need(syntax, token)):
        return None
    light_verb = light_verb_of(syntax, token)
    if entry.strength == "strong":
        return Trigger(token, entry.type, "event noun", 0.85, light_verb)
    if light_verb is not None and entry.type != "Other":
        return Trigger(token, entry.type, "light verb", 0.85, light_verb)
    if entry.strength == "weak" and _is_specific(table, token, first):
        return Trigger(token, entry.type, "event noun with argument", 0.7, light_verb)
    return None


def _is_row_of_things(syntax: Syntax, token: int) -> bool:
    """Return True for "a *row* of houses", False for a row about something."""
    return syntax.lemma[token] == "row" and any(
        syntax.lower[preposition] == "of" for preposition in syntax.children_of(token, "prep")
    )


def _is_object_of_need(syntax: Syntax, token: int) -> bool:
    """Return True if the noun is what somebody stresses the need for; it did not happen."""
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
    """Return the light verb of the noun, or None: "held a *meeting*", "took part in a *march*"."""
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
            for words in _light_verb_phrases(syntax, verb, head):
                entry = light_verbs().get(words)
                if entry is not None and entry.preposition == syntax.lower[head]:
                    return verb
    return None


def _light_verb_phrases(syntax: Syntax, verb: int, preposition: int) -> tuple[str, ...]:
    """Return the keys under which the table of light verbs may have the verb with its preposition."""
    between = " ".join(syntax.lower[verb + 1 : preposition + 1])
    lemma = syntax.lemma[verb]
    return (
        f"{lemma} {between}",
        f"{lemma} {syntax.lower[preposition]}",
        f"{lemma} {' '.join(syntax.lower[verb + 1 : preposition])}",
        lemma,
    )


def _is_specific(table: EntityTable, token: int, first: int) -> bool:
    """Return True if the noun phrase is about one event: it has a participant, place, time or participle."""
    syntax = table.syntax
    if syntax.child(token, "poss") is not None:
        return True
    for child in syntax.children[token]:
        word = syntax.lower[child]
        if syntax.dep[child] == "prep" and word in _PARTICIPANT_PREPOSITIONS | _PLACE_PREPOSITIONS:
            return True
        if syntax.dep[child] in _PARTICIPLES:
            return True
        if child in table.indexes_at and child < first:
            return True
    determiner = syntax.child(token, "det")
    return (
        determiner is not None
        and syntax.lower[determiner] in ("this", "that", "these", "those", "the")
        and _is_anaphoric(syntax, token)
    )


def _is_anaphoric(syntax: Syntax, token: int) -> bool:
    """Return True if the noun is a subject or object."""
    return syntax.dep[token] in ("nsubj", "nsubjpass", "pobj", "dobj") and syntax.tag[token] in ("NN", "NNS")


def _verb_trigger(table: EntityTable, token: int) -> Trigger | None:
    """Return the trigger at a verb, or None."""
    syntax = table.syntax
    if syntax.dep[token] in ("aux", "auxpass", "amod", "compound"):
        return None
    entry, particle = verb_entry(syntax, token)
    if entry is None or _only_modifies_event(syntax, token):
        return None
    if entry.strength == "weak" and not _has_participant(table, token):
        return None
    extra = [particle] if particle is not None else []
    kind = _type_of_verb(syntax, token, entry.type)
    if kind is None:
        return None
    return Trigger(token, kind, "event verb", 0.8 if entry.strength == "strong" else 0.65, extra=extra)


def _type_of_verb(syntax: Syntax, verb: int, event_type: EventType) -> EventType | None:
    """Return the type of the event by its agent and target, or None for no event ("defend itself").

    Args:
        syntax: the syntax of the article.
        verb: the trigger.
        event_type: the type in the lexicon.
    """
    objects = [o for first in syntax.children_of(verb, "dobj") for o in syntax.conjuncts(first)]
    if event_type == "Attack":
        return _type_of_attack(syntax, verb, objects)
    if event_type == "ArmedConflict" and any(syntax.lower[o].endswith(("self", "selves")) for o in objects):
        return None
    if event_type == "Visit" and objects and syntax.lemma[verb] == "head":
        return None  # "head the delegation" reports a role
    if event_type == "Mobilisation" and any(syntax.lemma[o] in _RELIEF for o in objects):
        return "Aid"
    return event_type


def _type_of_attack(syntax: Syntax, verb: int, objects: list[int]) -> EventType:
    """Return "Attack", or the type of the disaster, death or strike that the verb reports instead."""
    if _is_by_disaster(syntax, verb):
        return "Disaster"
    passive = syntax.child(verb, "nsubjpass") is not None
    if syntax.lemma[verb] == "kill" and passive and agent(syntax, verb) is None:
        return "Death"
    is_strike = syntax.lemma[verb] == "strike" and not objects and not passive
    return "Protest" if is_strike and not _has_aim(syntax, verb) else "Attack"


def _has_aim(syntax: Syntax, verb: int) -> bool:
    """Return True if a preposition gives the target: "struck *at* the port"."""
    prepositions = syntax.children_of(verb, "prep")
    return any(syntax.lower[preposition] in ("at", "against", "on") for preposition in prepositions)


def _is_by_disaster(syntax: Syntax, verb: int) -> bool:
    """Return True if the subject is a disaster: "an earthquake *struck*", "the blaze *killed* two"."""
    subject = syntax.child(verb, "nsubj")
    known = noun_entry(syntax, subject) if subject is not None else None
    return known is not None and known[0].type == "Disaster"


def _only_modifies_event(syntax: Syntax, token: int) -> bool:
    """Return True if a participle only adds a participant or place to an event noun.

    Examples are "a meeting *held* in" and "a rebellion *led* by".
    """
    return (
        syntax.dep[token] in ("acl", "relcl")
        and syntax.lemma[token] in _ORGANISING_VERBS
        and noun_entry(syntax, syntax.head[token]) is not None
    )


def verb_entry(syntax: Syntax, token: int) -> tuple[EventVerb | None, int | None]:
    """Return the lexicon's entry for a verb, or None, and the token of its particle, or None.

    Phrasal entries are preferred.
    """
    for child in syntax.children_of(token, "prt", "prep", "advmod"):
        entry = event_verbs().get(f"{syntax.lemma[token]} {syntax.lower[child]}")
        if entry is not None and child > token:
            return entry, child if syntax.dep[child] != "prep" else None
    return event_verbs().get(syntax.lemma[token]), None


def _has_participant(table: EntityTable, token: int) -> bool:
    """Return True if a subject or object of the verb is a name or refers to an entity."""
    syntax = table.syntax
    for child in syntax.children[token]:
        if syntax.dep[child] in ("nsubj", "nsubjpass", "dobj") and (
            child in table.indexes_at or syntax.pos[child] == "PROPN"
        ):
            return True
        if syntax.dep[child] in ("agent", "prep") and any(
            below in table.indexes_at for below in syntax.children[child]
        ):
            return True
    return False
