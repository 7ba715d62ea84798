"""Participants and places of an event, from the words around its trigger."""

from __future__ import annotations

from dataclasses import dataclass, field

from kg.extractor.attribution import agent, subject
from kg.extractor.entities import Entity, EntityTable, is_actor_noun, unique
from kg.extractor.lexicon import light_verbs
from kg.extractor.syntax import Syntax
from kg.extractor.triggers import Trigger, verb_entry

MUTUAL = frozenset({"Meeting", "Cooperation", "Agreement", "Exercise", "Deal", "Competition"})
"""Types of events in which all sides act alike."""

_SETTINGS = frozenset({"ArmedConflict", "Disaster", "Election", "Protest", "Rebellion", "Death"})
"""Types of which a country's adjective tells the place, not the agent: "the Ukrainian conflict"."""

_SITES = frozenset(
    "house bank village town city hospital school church mosque temple prison station camp port airport plant"
    " factory hotel shop store office university college court base barracks embassy farm".split()
)
"""Nouns of organisations that also name buildings. As objects they are buildings."""

_PLACE_PREPOSITIONS = frozenset("in at near outside off across around inside throughout".split())


@dataclass(slots=True)
class Arguments:
    """The arguments of an event: head tokens of the noun phrases around a trigger, by their part."""

    agents: list[int] = field(default_factory=list)
    targets: list[int] = field(default_factory=list)
    participants: list[int] = field(default_factory=list)
    places: list[int] = field(default_factory=list)


def arguments_of(table: EntityTable, trigger: Trigger) -> Arguments:
    """Return the arguments of the event at ``trigger``."""
    arguments = Arguments()
    if table.syntax.is_verb(trigger.token):
        _around_verb(table, trigger, arguments)
    else:
        _around_noun(table, trigger, arguments)
        if trigger.light_verb is not None:
            _around_light_verb(table, trigger, arguments)
    if trigger.type in MUTUAL:
        arguments.participants = [*arguments.agents, *arguments.targets, *arguments.participants]
        arguments.agents, arguments.targets = [], []
    return arguments


def _around_noun(table: EntityTable, trigger: Trigger, arguments: Arguments) -> None:
    """Add the phrases that depend on a noun trigger."""
    syntax = table.syntax
    for child in syntax.children[trigger.token]:
        dep = syntax.dep[child]
        if dep == "poss":
            undergoes = trigger.type in ("Death", "Personnel", "Trial")
            (arguments.targets if undergoes else arguments.agents).append(child)
        elif dep in ("amod", "compound", "nmod") and child in table.indexes_at:
            _modifier(table, trigger, child, arguments)
        elif dep in ("prep", "agent"):
            _preposition(table, trigger, child, arguments)
        elif dep in ("acl", "relcl"):
            _participle(table, trigger, child, arguments)


def _modifier(table: EntityTable, trigger: Trigger, child: int, arguments: Arguments) -> None:
    """Add a name before the noun: "the *Russian* invasion", "*Beijing* talks", "the *Ukrainian* conflict"."""
    entity = table.entities_at(child)[0]
    if entity.is_place or (entity.kind == "country" and trigger.type in _SETTINGS):
        arguments.places.append(child)
    else:
        arguments.agents.append(child)
        arguments.agents += [
            c for c in table.syntax.children_of(child, "amod", "conj", "nmod") if c in table.indexes_at
        ]


def _preposition(table: EntityTable, trigger: Trigger, preposition: int, arguments: Arguments) -> None:
    """Add the object of a preposition, by the preposition and the type of the event."""
    syntax = table.syntax
    objects = syntax.children_of(preposition, "pobj")
    word = syntax.lower[preposition]
    if not objects:
        return
    if word in _PLACE_PREPOSITIONS:
        _place(table, objects[0], arguments)
    elif word in ("between", "with", "among"):
        arguments.participants += objects
    elif word in ("against", "on"):
        arguments.targets += objects
    elif word == "by" or (word == "from" and trigger.type in ("Aid", "Condemnation")):
        arguments.agents += objects
    elif word == "of":
        _of_phrase(table, trigger, objects[0], arguments)


def _of_phrase(table: EntityTable, trigger: Trigger, head: int, arguments: Arguments) -> None:
    """Add the object of an of-phrase: those who meet, or the target."""
    if trigger.type in MUTUAL or trigger.type in ("Retreat", "Protest"):
        arguments.participants.append(head)
    else:
        arguments.targets.append(head)
        if trigger.type == "Invasion":
            _place(table, head, arguments)


def _participle(table: EntityTable, trigger: Trigger, clause: int, arguments: Arguments) -> None:
    """Add the phrases of a participle on the noun: "a rebellion *led by* X *against* Y"."""
    syntax = table.syntax
    by = agent(syntax, clause)
    if by is not None:
        arguments.agents.append(by)
    for preposition in syntax.children_of(clause, "prep"):
        if syntax.lower[preposition] in _PLACE_PREPOSITIONS or syntax.lower[preposition] in (
            "against",
            "with",
            "between",
        ):
            _preposition(table, trigger, preposition, arguments)


def _around_light_verb(table: EntityTable, trigger: Trigger, arguments: Arguments) -> None:
    """Add the subject and the phrases of the light verb: "*China* held talks *with Russia* in *Beijing*"."""
    syntax, verb = table.syntax, trigger.light_verb
    if verb is None:
        return
    entry = light_verbs().get(syntax.lemma[verb])
    subject_token, passive = subject(syntax, verb)
    by = agent(syntax, verb)
    if by is not None:
        arguments.agents.append(by)
    elif subject_token is not None and not passive and (entry is None or entry.subject != "none"):
        takes_part = entry is not None and entry.subject == "participant"
        (arguments.participants if takes_part else arguments.agents).append(subject_token)
    for preposition in syntax.children_of(verb, "prep"):
        if trigger.token not in syntax.children[preposition]:
            _preposition(table, trigger, preposition, arguments)


def _around_verb(table: EntityTable, trigger: Trigger, arguments: Arguments) -> None:
    """Add the phrases that depend on a verb trigger."""
    syntax, verb = table.syntax, trigger.token
    entry, _ = verb_entry(syntax, verb)
    subject_token, passive = subject(syntax, verb)
    by = agent(syntax, verb)
    if by is not None:
        arguments.agents.append(by)
    if subject_token is not None:
        is_affected = passive or by is not None or (entry is not None and entry.target == "subj")
        (arguments.targets if is_affected else arguments.agents).append(subject_token)
    arguments.targets += [] if passive else syntax.children_of(verb, "dobj")
    for preposition in syntax.children_of(verb, "prep"):
        objects = syntax.children_of(preposition, "pobj")
        if entry is not None and syntax.lower[preposition] == entry.target:
            arguments.targets += objects
        elif syntax.lower[preposition] in _PLACE_PREPOSITIONS and objects:
            _place(table, objects[0], arguments)
        elif syntax.lower[preposition] in ("with", "against", "between"):
            arguments.participants += objects


def _place(table: EntityTable, token: int, arguments: Arguments) -> None:
    """Add ``token`` to the places if it refers to a place or country."""
    if any(entity.is_place or entity.kind == "country" for entity in table.entities_at(token)):
        arguments.places.append(token)


def actors_at(table: EntityTable, tokens: list[int], describe: bool = False) -> list[Entity]:
    """Return the actors that these noun phrases refer to, with coordinated ones and without places.

    Args:
        table: the entities of the article.
        tokens: the head tokens of the noun phrases.
        describe: add actors that are described without a name ("police", "three officials") to the entities.
    """
    found: list[Entity] = []
    for token in tokens:
        for member in table.syntax.conjuncts(token):
            known = [
                e
                for word in (member, *table.syntax.children_of(member, "appos"))
                for e in _actors_of_token(table, word)
            ]
            if not known and describe and not table.indexes_at.get(member) and _can_act(table.syntax, member):
                known = [table.add_described(member)]
            found += known
    return unique(found)


def _can_act(syntax: Syntax, token: int) -> bool:
    """Return True if a noun is of people or organisations, and not of a building they own."""
    building = syntax.lemma[token] in _SITES and syntax.dep[token] in ("dobj", "pobj", "nsubjpass", "conj")
    return is_actor_noun(syntax, token) and not building


def _actors_of_token(table: EntityTable, token: int) -> list[Entity]:
    return [entity for entity in table.entities_at(token) if not entity.is_place or entity.acts]


def place_at(table: EntityTable, tokens: list[int]) -> Entity | None:
    """Return the first place or country that these noun phrases refer to, or None."""
    for token in tokens:
        for entity in table.entities_at(token):
            if entity.is_place or entity.kind == "country":
                return entity
    return None
