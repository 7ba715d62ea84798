"""Offices and functions that the article gives to people: titles before a name, appositions behind it, "X
is the head of Y"."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache

from kg.extractor.entities import Entity, EntityTable, core, is_actor_noun
from kg.extractor.lexicon import leaders, roles
from kg.extractor.syntax import Syntax
from kg.records import Mention

_KINDS = frozenset({"office", "rank", "spokes", "profession"})
_LEADS = {"head": "head", "lead": "leader", "chair": "chair", "run": "head", "direct": "director"}
"""Verbs of holding an office, and what it is called."""

_NAME_PARTS = frozenset({"compound", "amod", "nmod", "advmod", "punct"})
LONGEST_ROLE = 4


@dataclass(slots=True)
class FoundRole:
    """A role in the making. Tokens ``first`` to ``last`` are the whole description."""

    person: Entity | None
    name: str
    head: int
    first: int
    last: int
    organisation: Entity | None
    rule: str
    confidence: float
    mentions: list[Mention] = field(default_factory=list)

    @property
    def key(self) -> tuple[str, int | None]:
        return self.name.lower(), self.organisation.index if self.organisation else None


@lru_cache(maxsize=1)
def _words_of_roles() -> frozenset[str]:
    return frozenset(word for phrase in roles() for word in phrase.split())


def role_phrase(syntax: Syntax, head: int) -> tuple[int, int] | None:
    """Return first and last token of the longest known role whose head noun is ``head`` ("chief of *staff*"
    counts from chief)."""
    known = roles()
    if syntax.lower[head] not in _words_of_roles() and syntax.lemma[head] not in _words_of_roles():
        return None
    for last in range(min(head + 2, len(syntax.words) - 1), head - 1, -1):
        for first in range(max(0, head - LONGEST_ROLE), head + 1):
            phrase = " ".join(syntax.lower[first : last + 1])
            lemma = " ".join([*syntax.lower[first:last], syntax.lemma[last]])
            entry = known.get(phrase) or known.get(lemma)
            if entry is not None and entry.kind in _KINDS:
                return first, last
    return None


def find_roles(table: EntityTable) -> list[FoundRole]:
    """Return the roles that the text gives to persons by name, and those described without a name."""
    syntax = table.syntax
    found: list[FoundRole] = []
    heads_done: set[int] = set()
    for token in range(len(syntax.words)):
        if syntax.pos[token] not in ("NOUN", "PROPN"):
            continue
        for person in table.standing_at(token):
            if person.kind == "person":
                for role in _of_person(table, token, person):
                    found.append(role)
                    heads_done.update(range(role.first, role.last + 1))
    for token in range(len(syntax.words)):
        if token not in heads_done and syntax.pos[token] in ("NOUN", "PROPN") and token not in table.at:
            described = _described(table, token)
            if described is not None:
                found.append(described)
                heads_done.update(range(described.first, described.last + 1))
    return found


def _of_person(table: EntityTable, token: int, person: Entity) -> list[FoundRole]:
    syntax = table.syntax
    found = [_before_name(table, token, person)]
    found += [_role_at(table, child, person, "apposition") for child in syntax.children_of(token, "appos")]
    if syntax.dep[token] == "appos" and syntax.pos[syntax.head[token]] in ("NOUN", "PROPN"):
        described = syntax.head[token]
        if role_phrase(syntax, described) is None:
            described = _office_around(syntax, described)
        found.append(_role_at(table, described, person, "apposition"))
    if syntax.dep[token] == "nsubj" and syntax.lemma[syntax.head[token]] in ("be", "become"):
        attribute = syntax.child(syntax.head[token], "attr")
        if attribute is not None and syntax.child(syntax.head[token], "neg") is None:
            found.append(_role_at(table, attribute, person, "copula"))
    found += [_headed(table, clause, person) for clause in syntax.children_of(token, "relcl")]
    return [role for role in found if role is not None]


def _headed(table: EntityTable, verb: int, person: Entity) -> FoundRole | None:
    """Read the office in "Ann Lee, who *heads the union*"."""
    syntax = table.syntax
    led, own = syntax.child(verb, "dobj"), syntax.child(verb, "nsubj")
    name = _LEADS.get(syntax.lemma[verb])
    if name is None or led is None or own is None or syntax.lower[own] != "who" or syntax.tag[verb] == "VBD":
        return None
    standing = [e for e in table.standing_at(led) if e.kind in ("organisation", "country", "group")]
    if not standing and not is_actor_noun(syntax, led):
        return None
    last = core(syntax, led)[1]
    return FoundRole(
        person, name, verb, verb, last, standing[0] if standing else table.describe(led), "apposition", 0.8,
        [Mention(*syntax.span(verb, last), "role")],
    )  # fmt: skip


def _office_around(syntax: Syntax, place: int) -> int:
    """Return the office whose place or body the parser described instead: "the *mayor* of Oslo, Ann Lee"."""
    preposition = syntax.head[place]
    above = syntax.head[preposition]
    behind = syntax.dep[place] == "pobj" and syntax.lower[preposition] in ("of", "at", "for", "in")
    return above if behind and role_phrase(syntax, above) is not None else place


def _before_name(table: EntityTable, token: int, person: Entity) -> FoundRole | None:
    """Read the title directly before a name: "former Russian President", "Ford chief executive", "Secretary
    of State"."""
    syntax = table.syntax
    first_of_name = next(
        (m for m in range(token, -1, -1) if m == 0 or cast_breaks(syntax, m - 1, token, person)), token
    )
    last = first_of_name - 1
    if last < 0 or syntax.sentence_of[last] != syntax.sentence_of[token]:
        return None
    head = last
    if syntax.lower[last - 1 : last] == ["of"] and role_phrase(syntax, last - 2) is not None:
        head = last - 2
    span = role_phrase(syntax, head)
    if span is None or span[1] != last or syntax.lower[span[0]] in ("mr.", "mr", "mrs.", "ms."):
        return None
    first = _widen_left(syntax, span[0])
    return _make_role(table, person, head, first, last, span, "title")


def cast_breaks(syntax: Syntax, before: int, token: int, person: Entity) -> bool:
    """Tell whether the token ``before`` is no longer part of the name of ``person`` that ends at
    ``token``."""
    names = {word for name in (*person.names, person.label) for word in name.split()}
    return syntax.words[before] not in names or before < token - 5


def _widen_left(syntax: Syntax, first: int) -> int:
    while first > 0 and syntax.sentence_of[first - 1] == syntax.sentence_of[first]:
        tag = syntax.tag[first - 1]
        if tag in ("NNP", "JJ", "NN", "NNPS", "POS", "PRP$", "DT", "HYPH") and syntax.lower[
            first - 1
        ] not in ("“", '"'):
            first -= 1
        else:
            break
    return first


def _role_at(table: EntityTable, head: int, person: Entity | None, rule: str) -> FoundRole | None:
    syntax = table.syntax
    span = role_phrase(syntax, head)
    if span is None or any(e.kind in ("person", "organisation") for e in table.standing_at(head)):
        return None
    if syntax.tag[head] in ("NNS", "NNPS"):
        return None
    first, last = core(syntax, head)
    return _make_role(table, person, head, min(first, span[0]), max(last, span[1]), span, rule)


def _described(table: EntityTable, head: int) -> FoundRole | None:
    """Read a role described without a name: "China's Defence Minister", "the Navy chief"."""
    role = _role_at(table, head, None, "description")
    return role if role is not None and role.organisation is not None else None


def _make_role(
    table: EntityTable,
    person: Entity | None,
    head: int,
    first: int,
    last: int,
    span: tuple[int, int],
    rule: str,
) -> FoundRole:
    syntax = table.syntax
    organisation = _organisation(table, first, last, span)
    start = span[0]
    while start > first and _names_the_role(table, start - 1):
        start -= 1
    name = syntax.phrase(start, span[1])
    confidence = {"title": 0.9, "apposition": 0.9, "copula": 0.8, "description": 0.7}[rule]
    entry = roles().get(syntax.phrase(*span).lower())
    if person is not None and person.gender is None and entry is not None and entry.gender != "-":
        person.gender = entry.gender
    if organisation is None and person is not None:
        organisation, confidence = _known_leader(table, person, name), 0.6
    return FoundRole(
        person, name, head, first, last, organisation, rule, confidence,
        [Mention(*syntax.span(first, last), "role")],
    )  # fmt: skip


def _names_the_role(table: EntityTable, token: int) -> bool:
    """Tell whether a premodifier belongs to the role's name ("*Deputy* Prime Minister", "*former* aide")."""
    syntax = table.syntax
    if token in table.at or any(first <= token < end for first, end, _ in syntax.entities if _ != "ORG"):
        return False
    return (
        syntax.dep[token] in _NAME_PARTS
        and syntax.tag[token] in ("NNP", "NN", "JJ", "HYPH", "RB")
        and not _in_name(table, token)
    )


def _in_name(table: EntityTable, token: int) -> bool:
    position = table.syntax.start[token]
    return any(
        mention.start <= position < mention.end
        for entity in table.entities
        for mention in entity.mentions
        if mention.part in ("name", "demonym", "metonym")
    )


def _organisation(table: EntityTable, first: int, last: int, span: tuple[int, int]) -> Entity | None:
    """Return whom the role is held in: what stands behind of/at/for, else the possessor, else a name before
    it."""
    syntax = table.syntax
    behind = [token for token in range(span[1] + 1, last + 1) if token in table.at]
    before = [token for token in range(first, span[0]) if token in table.at]
    for token in (*_heads_first(syntax, behind), *reversed(before)):
        for entity in table.standing_at(token):
            if (
                entity.kind in ("organisation", "country", "group", "place", "city")
                and syntax.dep[token] != "appos"
            ):
                return entity
    return None


def _heads_first(syntax: Syntax, tokens: list[int]) -> list[int]:
    return sorted(tokens, key=lambda token: (syntax.dep[token] != "pobj", token))


def _known_leader(table: EntityTable, person: Entity, role_name: str) -> Entity | None:
    """Return the country of a head of state or government whose country the article takes as known."""
    leader = leaders().get(person.label)
    if leader is None or leader.title.lower() not in role_name.lower():
        return None
    return table.find("country", leader.country)
