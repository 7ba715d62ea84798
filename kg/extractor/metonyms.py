"""Metonyms: decides whether a capital or seat of government is a place or the government that sits there.

"Called upon Moscow", "Moscow said" and "talks between Moscow and Beijing" refer to governments, "held in
Beijing" to the city.
"""

from __future__ import annotations

from kg.extractor.entities import Entity, EntityTable, root_of
from kg.extractor.lexicon import cues, event_nouns
from kg.extractor.name_groups import place_for_seat
from kg.extractor.names import Name
from kg.extractor.syntax import Syntax

_PLACE_PREPOSITIONS = frozenset(
    "in at near outside inside around across through into from to of over".split()
)
_VERBS_OF_PLACES = frozenset("be host see lie become grow remain experience wake celebrate boast".split())
"""Verbs whose subject is the place itself: "Beijing hosted"."""
_RELATION_NOUNS = frozenset(
    """
    relation relationship tie talk partnership tension rivalry alliance dispute standoff rift
    cooperation agreement deal negotiation war conflict dialogue treaty pact
    """.split()
)
"""Nouns of relations between governments: "talks between Moscow and Beijing"."""


def add_seats(table: EntityTable, names: list[Name]) -> None:
    """Add the mentions of capitals and seats of government, each as a place or as its country."""
    for name in names:
        if name.kind not in ("seat", "metonym") or name.owner is None:
            continue
        root = root_of(table.syntax, name.first, name.last)
        if is_actor(table.syntax, root, building=name.kind == "metonym"):
            country = (
                table.find("country", name.owner)
                or table.find("organisation", name.owner)
                or _add_owner(table, name)
            )
            table.add_mention(country, name.first, name.last, "metonym")
        else:
            table.add_mention(place_for_seat(table, name), name.first, name.last, "name")


def _add_owner(table: EntityTable, name: Name) -> Entity:
    assert name.owner is not None
    return table.add("country", name.owner, name.first, rule="metonym", confidence=0.8)


def is_actor(syntax: Syntax, token: int, building: bool = False) -> bool:
    """Return True if the place name at ``token`` refers to the government there.

    Args:
        syntax: the syntax of the article.
        token: the head token of the name.
        building: the name is of a building (the Kremlin), which refers to the government unless it is clearly
            a place.
    """
    token = syntax.first_conjunct(token)
    dep, head = syntax.dep[token], syntax.head[token]
    if dep == "pobj":
        return _behind_preposition(syntax, head, building)
    if dep in ("nsubj", "nsubjpass"):
        return building or (syntax.is_verb(head) and syntax.lemma[head] not in _VERBS_OF_PLACES)
    if dep in ("dobj", "dative"):
        return building or _takes_actor_object(syntax.lemma[head])
    if dep == "poss":
        return building or _is_act_noun(syntax.lemma[head])
    return building


def _behind_preposition(syntax: Syntax, preposition: int, building: bool) -> bool:
    word, governor = syntax.lower[preposition], syntax.head[preposition]
    if word in ("by", "against"):
        return True
    if word in ("between", "with"):
        return syntax.lemma[governor] in _RELATION_NOUNS or syntax.is_verb(governor) or word == "with"
    if word in ("on", "upon", "to", "from", "of") and _is_addressed(syntax, governor, word):
        return True
    return building and word not in _PLACE_PREPOSITIONS


def _is_addressed(syntax: Syntax, governor: int, word: str) -> bool:
    """Return True if the governor is a cue that takes an addressee after the preposition ``word``."""
    lemma = syntax.lemma[governor]
    if syntax.is_verb(governor):
        entry = cues().get((lemma, "verb")) or cues().get((f"{lemma} {word}", "verb"))
        return entry is not None and (word != "from")
    return (lemma, "noun") in cues()


def _takes_actor_object(lemma: str) -> bool:
    """Return True if the object of a cue verb is mostly an actor."""
    entry = cues().get((lemma, "verb"))
    return entry is not None and entry.act in (
        "request",
        "demand",
        "oppose",
        "accuse",
        "support",
        "warn",
        "ask",
        "say",
    )


def _is_act_noun(lemma: str) -> bool:
    """Return True if a possessor of the noun acts: "Beijing's *warning*"."""
    return (lemma, "noun") in cues() or lemma in event_nouns()
