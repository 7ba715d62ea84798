"""Roles: offices and functions that the article gives to people.

They are read from titles before a name, appositions, and "X is the head of Y".
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache

from kg.extractor.entities import Entity, EntityTable, is_actor_noun, phrase_bounds
from kg.extractor.lexicon import leaders, roles
from kg.extractor.syntax import Syntax
from kg.records import Mention

_KINDS = frozenset({"office", "rank", "spokes", "profession"})
_OFFICE_BY_VERB = {"head": "head", "lead": "leader", "chair": "chair", "run": "head", "direct": "director"}
"""Verbs that report an office, with its name."""

_NAME_PARTS = frozenset({"compound", "amod", "nmod", "advmod", "punct"})
LONGEST_ROLE = 4
"""Number of tokens before the head noun in which a role may start."""


@dataclass(slots=True)
class FoundRole:
    """A role as the rules build it. The tokens ``first`` to ``last`` are the whole description."""

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
        """Return the name and the organisation, by which two mentions of a role are the same role."""
        return self.name.lower(), self.organisation.index if self.organisation else None


@lru_cache(maxsize=1)
def _role_words() -> frozenset[str]:
    return frozenset(word for phrase in roles() for word in phrase.split())


def role_phrase(syntax: Syntax, head: int) -> tuple[int, int] | None:
    """Return the first and last token of the longest known role with the head noun ``head``, or None.

    The head of "chief of staff" is *chief*.
    """
    known = roles()
    if syntax.lower[head] not in _role_words() and syntax.lemma[head] not in _role_words():
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
    """Return the roles of named persons, and roles with an organisation that are described without a name."""
    syntax = table.syntax
    found: list[FoundRole] = []
    covered: set[int] = set()
    for token in range(len(syntax.words)):
        if syntax.pos[token] not in ("NOUN", "PROPN"):
            continue
        for person in table.entities_at(token):
            if person.kind == "person":
                for role in _roles_of_person(table, token, person):
                    found.append(role)
                    covered.update(range(role.first, role.last + 1))
    for token in range(len(syntax.words)):
        if token not in covered and syntax.pos[token] in ("NOUN", "PROPN") and token not in table.indexes_at:
            described = _described_role(table, token)
            if described is not None:
                found.append(described)
                covered.update(range(described.first, described.last + 1))
    return found


def _roles_of_person(table: EntityTable, token: int, person: Entity) -> list[FoundRole]:
    syntax = table.syntax
    found = [_title_before_name(table, token, person)]
    found += [_role_at(table, child, person, "apposition") for child in syntax.children_of(token, "appos")]
    if syntax.dep[token] == "appos" and syntax.pos[syntax.head[token]] in ("NOUN", "PROPN"):
        described = syntax.head[token]
        if role_phrase(syntax, described) is None:
            described = _office_above(syntax, described)
        found.append(_role_at(table, described, person, "apposition"))
    if syntax.dep[token] == "nsubj" and syntax.lemma[syntax.head[token]] in ("be", "become"):
        attribute = syntax.child(syntax.head[token], "attr")
        if attribute is not None and syntax.child(syntax.head[token], "neg") is None:
            found.append(_role_at(table, attribute, person, "copula"))
    found += [_from_leading_verb(table, clause, person) for clause in syntax.children_of(token, "relcl")]
    return [role for role in found if role is not None]


def _from_leading_verb(table: EntityTable, verb: int, person: Entity) -> FoundRole | None:
    """Return the role of "Ann Lee, who *heads the union*", or None."""
    syntax = table.syntax
    body, relative = syntax.child(verb, "dobj"), syntax.child(verb, "nsubj")
    name = _OFFICE_BY_VERB.get(syntax.lemma[verb])
    if name is None or body is None or relative is None:
        return None
    if syntax.lower[relative] != "who" or syntax.tag[verb] == "VBD":
        return None
    organisations = [e for e in table.entities_at(body) if e.kind in ("organisation", "country", "group")]
    if not organisations and not is_actor_noun(syntax, body):
        return None
    organisation = organisations[0] if organisations else table.add_described(body)
    last = phrase_bounds(syntax, body)[1]
    mention = Mention(*syntax.span(verb, last), "role")
    return FoundRole(person, name, verb, verb, last, organisation, "apposition", 0.8, [mention])


def _office_above(syntax: Syntax, place: int) -> int:
    """Return the role whose place has the name in apposition, or ``place`` itself.

    In "the *mayor* of Oslo, Ann Lee" the parser attaches the name to the place.
    """
    preposition = syntax.head[place]
    above = syntax.head[preposition]
    behind = syntax.dep[place] == "pobj" and syntax.lower[preposition] in ("of", "at", "for", "in")
    return above if behind and role_phrase(syntax, above) is not None else place


def _title_before_name(table: EntityTable, token: int, person: Entity) -> FoundRole | None:
    """Return the role directly before a name, or None.

    Examples are "former Russian President", "Ford chief executive" and "Secretary of State".
    """
    syntax = table.syntax
    first_of_name = next(
        (m for m in range(token, -1, -1) if m == 0 or _is_outside_name(syntax, m - 1, token, person)), token
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
    first = _extend_left(syntax, span[0])
    return _new_role(table, person, head, first, last, span, "title")


def _is_outside_name(syntax: Syntax, before: int, token: int, person: Entity) -> bool:
    """Return True if the token ``before`` is not part of the name of ``person`` that ends at ``token``."""
    names = {word for name in (*person.names, person.label) for word in name.split()}
    return syntax.words[before] not in names or before < token - 5


def _extend_left(syntax: Syntax, first: int) -> int:
    """Return the first of the nouns and adjectives that directly precede the token ``first``."""
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
    """Return the role whose head noun is ``head``, or None."""
    syntax = table.syntax
    span = role_phrase(syntax, head)
    if span is None or any(e.kind in ("person", "organisation") for e in table.entities_at(head)):
        return None
    if syntax.tag[head] in ("NNS", "NNPS"):
        return None
    first, last = phrase_bounds(syntax, head)
    return _new_role(table, person, head, min(first, span[0]), max(last, span[1]), span, rule)


def _described_role(table: EntityTable, head: int) -> FoundRole | None:
    """Return a role without a name, or None: "China's Defence Minister", "the Navy chief"."""
    role = _role_at(table, head, None, "description")
    return role if role is not None and role.organisation is not None else None


def _new_role(
    table: EntityTable,
    person: Entity | None,
    head: int,
    first: int,
    last: int,
    span: tuple[int, int],
    rule: str,
) -> FoundRole:
    syntax = table.syntax
    organisation = _organisation_of_role(table, first, last, span)
    start = span[0]
    while start > first and _belongs_to_role_name(table, start - 1):
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


def _belongs_to_role_name(table: EntityTable, token: int) -> bool:
    """Return True if a modifier is part of the role's name: "*Deputy* Prime Minister", "*former* aide"."""
    syntax = table.syntax
    if token in table.indexes_at or any(
        first <= token < end for first, end, _ in syntax.entities if _ != "ORG"
    ):
        return False
    return (
        syntax.dep[token] in _NAME_PARTS
        and syntax.tag[token] in ("NNP", "NN", "JJ", "HYPH", "RB")
        and not _is_in_name(table, token)
    )


def _is_in_name(table: EntityTable, token: int) -> bool:
    """Return True if the token is inside a name of an entity."""
    position = table.syntax.start[token]
    return any(
        mention.start <= position < mention.end
        for entity in table.entities
        for mention in entity.mentions
        if mention.part in ("name", "demonym", "metonym")
    )


def _organisation_of_role(table: EntityTable, first: int, last: int, span: tuple[int, int]) -> Entity | None:
    """Return the organisation or country in which the role is held, or None.

    It follows as an of-phrase ("of", "at", "for"), or precedes as possessor or name.
    """
    syntax = table.syntax
    behind = [token for token in range(span[1] + 1, last + 1) if token in table.indexes_at]
    before = [token for token in range(first, span[0]) if token in table.indexes_at]
    for token in (*_heads_first(syntax, behind), *reversed(before)):
        for entity in table.entities_at(token):
            if (
                entity.kind in ("organisation", "country", "group", "place", "city")
                and syntax.dep[token] != "appos"
            ):
                return entity
    return None


def _heads_first(syntax: Syntax, tokens: list[int]) -> list[int]:
    """Return the tokens with the objects of prepositions first."""
    return sorted(tokens, key=lambda token: (syntax.dep[token] != "pobj", token))


def _known_leader(table: EntityTable, person: Entity, role_name: str) -> Entity | None:
    """Return the country of a well-known head of state or government, where the article does not name it."""
    leader = leaders().get(person.label)
    if leader is None or leader.title.lower() not in role_name.lower():
        return None
    return table.find("country", leader.country)
