"""Who took part in an event and where: read from the words around its trigger."""

from __future__ import annotations

from dataclasses import dataclass, field

from kg.extractor.attribution import agent, subject
from kg.extractor.entities import Entity, EntityTable, is_actor_noun
from kg.extractor.lexicon import light_verbs
from kg.extractor.syntax import Syntax
from kg.extractor.triggers import Trigger, verb_entry

MUTUAL = frozenset({"Meeting", "Cooperation", "Agreement", "Exercise", "Deal", "Competition"})
"""Types in which all sides take part alike."""

_SETTINGS = frozenset({"ArmedConflict", "Disaster", "Election", "Protest", "Rebellion", "Death"})
"""Types that a country's adjective places rather than blames ("the Ukrainian conflict")."""

_SITES = frozenset(
    "house bank village town city hospital school church mosque temple prison station camp port airport plant"
    " factory hotel shop store office university college court base barracks embassy farm".split()
)
"""Nouns of bodies that are as well buildings and places, which is what they are where something is done to
them."""

_PLACE_PREPOSITIONS = frozenset("in at near outside off across around inside throughout".split())


@dataclass(slots=True)
class Roles:
    """Head tokens of the noun phrases around a trigger, by what they do in the event."""

    agents: list[int] = field(default_factory=list)
    targets: list[int] = field(default_factory=list)
    participants: list[int] = field(default_factory=list)
    places: list[int] = field(default_factory=list)

    def extend(self, other: Roles) -> None:
        self.agents += other.agents
        self.targets += other.targets
        self.participants += other.participants
        self.places += other.places


def roles_of(table: EntityTable, trigger: Trigger) -> Roles:
    """Return the noun phrases that fill the roles of the event at ``trigger``."""
    found = Roles()
    if table.syntax.is_verb(trigger.token):
        _around_verb(table, trigger, found)
    else:
        _around_noun(table, trigger, found)
        if trigger.light_verb is not None:
            _around_carrier(table, trigger, found)
    if trigger.type in MUTUAL:
        found.participants = [*found.agents, *found.targets, *found.participants]
        found.agents, found.targets = [], []
    return found


def _around_noun(table: EntityTable, trigger: Trigger, found: Roles) -> None:
    syntax = table.syntax
    for child in syntax.children[trigger.token]:
        dep = syntax.dep[child]
        if dep == "poss":
            (found.targets if trigger.type in ("Death", "Personnel", "Trial") else found.agents).append(child)
        elif dep in ("amod", "compound", "nmod") and child in table.at:
            _modifier(table, trigger, child, found)
        elif dep in ("prep", "agent"):
            _preposition(table, trigger, child, found)
        elif dep in ("acl", "relcl"):
            _participle(table, trigger, child, found)


def _modifier(table: EntityTable, trigger: Trigger, child: int, found: Roles) -> None:
    """Read a name before the noun: "the *Russian* invasion", "*Beijing* talks", "the *Ukrainian*
    conflict"."""
    entity = table.standing_at(child)[0]
    if entity.is_place or (entity.kind == "country" and trigger.type in _SETTINGS):
        found.places.append(child)
    else:
        found.agents.append(child)
        found.agents += [c for c in table.syntax.children_of(child, "amod", "conj", "nmod") if c in table.at]


def _preposition(table: EntityTable, trigger: Trigger, preposition: int, found: Roles) -> None:
    syntax = table.syntax
    objects = syntax.children_of(preposition, "pobj")
    word = syntax.lower[preposition]
    if not objects:
        return
    if word in _PLACE_PREPOSITIONS:
        _place(table, objects[0], found)
    elif word in ("between", "with", "among"):
        found.participants += objects
    elif word in ("against", "on"):
        found.targets += objects
    elif word == "by" or (word == "from" and trigger.type in ("Aid", "Condemnation")):
        found.agents += objects
    elif word == "of":
        _of_phrase(table, trigger, objects[0], found)


def _of_phrase(table: EntityTable, trigger: Trigger, head: int, found: Roles) -> None:
    """Read an of-phrase: those who meet, or whom the event befalls."""
    if trigger.type in MUTUAL or trigger.type in ("Retreat", "Protest"):
        found.participants.append(head)
    else:
        found.targets.append(head)
        if trigger.type == "Invasion":
            _place(table, head, found)


def _participle(table: EntityTable, trigger: Trigger, clause: int, found: Roles) -> None:
    """Read a participle on the noun: "a rebellion *led by* X *against* Y", "a meeting *held in* Z"."""
    syntax = table.syntax
    by = agent(syntax, clause)
    if by is not None:
        found.agents.append(by)
    for preposition in syntax.children_of(clause, "prep"):
        if syntax.lower[preposition] in _PLACE_PREPOSITIONS or syntax.lower[preposition] in (
            "against",
            "with",
            "between",
        ):
            _preposition(table, trigger, preposition, found)


def _around_carrier(table: EntityTable, trigger: Trigger, found: Roles) -> None:
    """Read the subject and the phrases of the light verb: "*China* held talks *with Russia* in *Beijing*"."""
    syntax, verb = table.syntax, trigger.light_verb
    if verb is None:
        return
    entry = light_verbs().get(syntax.lemma[verb])
    own, passive = subject(syntax, verb)
    by = agent(syntax, verb)
    if by is not None:
        found.agents.append(by)
    elif own is not None and not passive and (entry is None or entry.subject != "none"):
        (found.participants if entry is not None and entry.subject == "participant" else found.agents).append(
            own
        )
    for preposition in syntax.children_of(verb, "prep"):
        if trigger.token not in syntax.children[preposition]:
            _preposition(table, trigger, preposition, found)


def _around_verb(table: EntityTable, trigger: Trigger, found: Roles) -> None:
    syntax, verb = table.syntax, trigger.token
    entry, _ = verb_entry(syntax, verb)
    own, passive = subject(syntax, verb)
    by = agent(syntax, verb)
    if by is not None:
        found.agents.append(by)
    if own is not None:
        suffers = passive or by is not None or (entry is not None and entry.target == "subj")
        (found.targets if suffers else found.agents).append(own)
    found.targets += [] if passive else syntax.children_of(verb, "dobj")
    for preposition in syntax.children_of(verb, "prep"):
        objects = syntax.children_of(preposition, "pobj")
        if entry is not None and syntax.lower[preposition] == entry.target:
            found.targets += objects
        elif syntax.lower[preposition] in _PLACE_PREPOSITIONS and objects:
            _place(table, objects[0], found)
        elif syntax.lower[preposition] in ("with", "against", "between"):
            found.participants += objects


def _place(table: EntityTable, token: int, found: Roles) -> None:
    if any(entity.is_place or entity.kind == "country" for entity in table.standing_at(token)):
        found.places.append(token)


def actors_at(table: EntityTable, tokens: list[int], describe: bool = False) -> list[Entity]:
    """Return the actors that these noun phrases stand for, coordinated ones included, places left out.

    Args:
        describe: add actors that are described without a name ("police", "three officials") to the cast.
    """
    found: list[Entity] = []
    for token in tokens:
        for member in table.syntax.conjuncts(token):
            known = [
                e
                for word in (member, *table.syntax.children_of(member, "appos"))
                for e in _acting(table, word)
            ]
            if not known and describe and not table.at.get(member) and _can_act(table.syntax, member):
                known = [table.describe(member)]
            found += known
    return _unique(found)


def _can_act(syntax: Syntax, token: int) -> bool:
    """Tell whether a noun is of people or bodies, and not of the buildings and places that they have."""
    building = syntax.lemma[token] in _SITES and syntax.dep[token] in ("dobj", "pobj", "nsubjpass", "conj")
    return is_actor_noun(syntax, token) and not building


def _acting(table: EntityTable, token: int) -> list[Entity]:
    return [entity for entity in table.standing_at(token) if not entity.is_place or entity.acts]


def _unique(entities: list[Entity]) -> list[Entity]:
    seen: dict[int, Entity] = {}
    for entity in entities:
        seen.setdefault(entity.index, entity)
    return list(seen.values())


def place_at(table: EntityTable, tokens: list[int]) -> Entity | None:
    """Return the first place or country that these noun phrases stand for."""
    for token in tokens:
        for entity in table.standing_at(token):
            if entity.is_place or entity.kind == "country":
                return entity
    return None
