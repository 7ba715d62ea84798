"""Capitals and seats of government: the place, or the government that sits there?

"Called upon Moscow", "Moscow said" and "talks between Moscow and Beijing" mean governments; "held in
Beijing" the city.
"""

from __future__ import annotations

from kg.extractor.entities import Entity, EntityTable, place_for_seat, root_of
from kg.extractor.lexicon import cues, event_nouns
from kg.extractor.names import Name
from kg.extractor.syntax import Syntax

_PLACE_PREPOSITIONS = frozenset(
    "in at near outside inside around across through into from to of over".split()
)
_STAYS_A_PLACE = frozenset("be host see lie become grow remain experience wake celebrate boast".split())
_RELATION_NOUNS = frozenset(
    """
    relation relationship tie talk partnership tension rivalry alliance dispute standoff rift
    cooperation agreement deal negotiation war conflict dialogue treaty pact
    """.split()
)


def add_seats(table: EntityTable, names: list[Name]) -> None:
    """Decide for each capital or seat of government whether it is the place or the country, and note it."""
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
            table.mention(country, name.first, name.last, "metonym")
        else:
            table.mention(place_for_seat(table, name), name.first, name.last, "name")


def _add_owner(table: EntityTable, name: Name) -> Entity:
    assert name.owner is not None
    return table.add("country", name.owner, name.first, rule="metonym", confidence=0.8)


def is_actor(syntax: Syntax, token: int, building: bool = False) -> bool:
    """Tell whether the place name at ``token`` is used for those who govern there.

    Args:
        building: the name is of a building (the Kremlin), which acts unless it clearly holds something.
    """
    token = syntax.first_conjunct(token)
    dep, head = syntax.dep[token], syntax.head[token]
    if dep == "pobj":
        return _behind_preposition(syntax, head, building)
    if dep in ("nsubj", "nsubjpass"):
        return building or (syntax.is_verb(head) and syntax.lemma[head] not in _STAYS_A_PLACE)
    if dep in ("dobj", "dative"):
        return building or _takes_a_person(syntax.lemma[head])
    if dep == "poss":
        return building or _is_act(syntax.lemma[head])
    return building


def _behind_preposition(syntax: Syntax, preposition: int, building: bool) -> bool:
    word, governor = syntax.lower[preposition], syntax.head[preposition]
    if word in ("by", "against"):
        return True
    if word in ("between", "with"):
        return syntax.lemma[governor] in _RELATION_NOUNS or syntax.is_verb(governor) or word == "with"
    if word in ("on", "upon", "to", "from", "of") and _addressed(syntax, governor, word):
        return True
    return building and word not in _PLACE_PREPOSITIONS


def _addressed(syntax: Syntax, governor: int, word: str) -> bool:
    lemma = syntax.lemma[governor]
    if syntax.is_verb(governor):
        entry = cues().get((lemma, "verb")) or cues().get((f"{lemma} {word}", "verb"))
        return entry is not None and (word != "from")
    return (lemma, "noun") in cues()


def _takes_a_person(lemma: str) -> bool:
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


def _is_act(lemma: str) -> bool:
    return (lemma, "noun") in cues() or lemma in event_nouns()
