"""Pronouns and definite descriptions: whom "he", "its", "the minister", "both nations" stand for.

One pass in text order over what was mentioned before. Nearer sentences win, subjects win over other words,
and number, gender
and kind must fit. What does not fit stays unresolved: a wrong speaker is worse than none.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from kg.extractor.entities import Entity, EntityTable, core
from kg.extractor.lexicon import bodies, roles
from kg.extractor.roles import FoundRole, role_phrase
from kg.extractor.syntax import SUBJECTS, Syntax
from kg.records import Mention

_HE = frozenset({"he", "him", "his"})
_SHE = frozenset({"she", "her", "hers"})
_IT = frozenset({"it", "its"})
_THEY = frozenset({"they", "them", "their", "theirs"})
_PAIR_WORDS = frozenset({"both", "two"})
_PAIR_NOUNS = frozenset(
    "country nation side party state neighbour neighbor government power leader company capital".split()
)
_GENERIC_BODY = frozenset(
    "company group firm fund lender airline maker organisation organization agency body union bank"
    " party".split()
)
_KIND_OF_PAIR = {
    "country": "country",
    "nation": "country",
    "neighbour": "country",
    "neighbor": "country",
    "leader": "person",
    "man": "person",
    "woman": "person",
    "company": "organisation",
    "firm": "organisation",
}
_COUNTRY_NOUNS = frozenset({"country", "nation"})

REACH = 3
"""How many sentences back a pronoun may look."""


@dataclass(frozen=True, slots=True)
class Mentioned:
    """Something mentioned before: where, what, and as what part of its sentence."""

    token: int
    sentence: int
    entities: tuple[int, ...]
    subject: bool


class Resolver:
    """Walks through the article and resolves as it goes."""

    def __init__(self, table: EntityTable, found_roles: list[FoundRole]) -> None:
        self.table, self.syntax = table, table.syntax
        self.past: list[Mentioned] = []
        self.pairs: list[tuple[int, tuple[int, ...]]] = []  # each pair with the token at which it was named
        self.roles = found_roles
        self.role_at = {role.head: role for role in found_roles}

    def run(self) -> None:
        """Resolve all pronouns and definite descriptions of the article."""
        for token in range(len(self.syntax.words)):
            if self.syntax.pos[token] == "PRON":
                self._pronoun(token)
            elif token not in self.table.at and self.syntax.pos[token] in ("NOUN", "PROPN"):
                self._nominal(token)
            if token in self.table.at:
                self._note(token)

    def _note(self, token: int) -> None:
        syntax = self.syntax
        entities = self.table.at[token]
        if syntax.dep[token] == "conj":
            self._note_coordination(token)
        first = syntax.first_conjunct(token)
        # Where the parser makes a name the root ("Ann Lee, the mayor, called ..."), the name is the subject.
        subject = syntax.dep[first] in SUBJECTS or syntax.dep[first] == "ROOT"
        self.past.append(Mentioned(token, syntax.sentence_of[token], entities, subject))

    def _note_coordination(self, token: int) -> None:
        members = [
            e
            for t in self.syntax.conjuncts(self.syntax.first_conjunct(token))
            for e in self.table.standing_at(t)
        ]
        kinds = {entity.kind for entity in members}
        if len(members) == 2 and len(kinds) == 1 and members[0] is not members[1]:
            pair = tuple(entity.index for entity in members)
            self.pairs.append((token, pair))
            first = self.syntax.first_conjunct(token)
            subject = self.syntax.dep[first] in SUBJECTS
            self.past.append(Mentioned(token, self.syntax.sentence_of[token], pair, subject))

    # Pronouns

    def _pronoun(self, token: int) -> None:
        word = self.syntax.lower[token]
        if word.endswith(("self", "selves")):
            found = self._own_subject(token)
        elif word in _HE:
            found = self._best(token, lambda e: e.kind == "person" and e.gender != "f")
        elif word in _SHE:
            found = self._best(token, lambda e: e.kind == "person" and e.gender != "m")
        elif word in _IT and not self._is_dummy(token):
            found = self._best(token, lambda e: e.kind in ("organisation", "country") or e.acts)
        elif word in _THEY:
            found = self._plural(token)
        else:
            return
        if found:
            self.table.refer(token, found, "pronoun")
            self._learn_gender(found, word)

    def _own_subject(self, token: int) -> tuple[int, ...]:
        """A reflexive stands for the subject of its own clause."""
        verb = self.syntax.climb(token, self.syntax.is_verb)
        own = self.syntax.child(verb, "nsubj", "nsubjpass") if verb is not None else None
        return self.table.at.get(own, ()) if own is not None else ()

    def _learn_gender(self, found: tuple[int, ...], word: str) -> None:
        for index in found:
            if self.table.entities[index].gender is None and word in _HE | _SHE:
                self.table.entities[index].gender = "m" if word in _HE else "f"

    def _is_dummy(self, token: int) -> bool:
        syntax = self.syntax
        return syntax.dep[token] == "expl" or (
            syntax.dep[token] in SUBJECTS
            and syntax.lemma[syntax.head[token]] in ("be", "seem", "appear", "take", "rain", "mean")
        )

    def _best(self, token: int, fits: Callable[[Entity], bool]) -> tuple[int, ...]:
        best: tuple[int, ...] = ()
        best_score = float("-inf")
        barred = self._subject_beside(token)
        for mentioned in reversed(self.past):
            if self.syntax.sentence_of[token] - mentioned.sentence > REACH:
                break
            if len(mentioned.entities) != 1 or not fits(self.table.entities[mentioned.entities[0]]):
                continue
            if mentioned.entities[0] in barred:
                continue
            score = self._salience(token, mentioned)
            if score > best_score:
                best, best_score = mentioned.entities, score
        return best

    def _salience(self, token: int, mentioned: Mentioned) -> float:
        syntax = self.syntax
        distance = syntax.sentence_of[token] - mentioned.sentence
        score = -3.0 * distance + (2.5 if mentioned.subject else 0.0) - 0.01 * (token - mentioned.token)
        first = syntax.first_conjunct(mentioned.token)
        if mentioned.subject and "ROOT" in (syntax.dep[first], syntax.dep[syntax.head[first]]):
            score += 1.0
        if syntax.dep[first] in ("poss", "compound", "nmod"):
            score -= 1.0
        return score

    def _subject_beside(self, token: int) -> tuple[int, ...]:
        """Return whom an object pronoun cannot mean: the subject of its own verb ("Xi met *him*": not Xi)."""
        syntax = self.syntax
        if syntax.dep[token] not in ("dobj", "dative", "pobj"):
            return ()
        verb = syntax.head[token] if syntax.dep[token] != "pobj" else syntax.head[syntax.head[token]]
        own = syntax.child(verb, "nsubj")
        return self.table.at.get(own, ()) if own is not None else ()

    def _plural(self, token: int) -> tuple[int, ...]:
        best: tuple[int, ...] = ()
        best_score = float("-inf")
        for mentioned in reversed(self.past):
            if self.syntax.sentence_of[token] - mentioned.sentence > REACH:
                break
            entity = self.table.entities[mentioned.entities[0]]
            if len(mentioned.entities) < 2 and not (entity.plural or entity.kind == "group"):
                continue
            score = self._salience(token, mentioned)
            if score > best_score:
                best, best_score = mentioned.entities, score
        return best

    # Descriptions

    def _nominal(self, token: int) -> None:
        found = self._role_holder(token) or self._parties(token) or self._country(token) or self._body(token)
        if found:
            self.table.refer(token, found, "nominal")

    def _role_holder(self, token: int) -> tuple[int, ...]:
        """Resolve "the minister" to the person who was given that role."""
        described = self.role_at.get(token)
        if described is not None and described.rule == "title":
            return ()
        if described is not None and described.person is not None:
            return (described.person.index,)
        if self.syntax.tag[token] in ("NNS", "NNPS") or not (
            self._is_definite(token) or self._is_headline_subject(token)
        ):
            return ()
        span = role_phrase(self.syntax, token)
        words = self.syntax.phrase(*span).lower() if span is not None else self.syntax.lower[token]
        holders = [r for r in self.roles if r.person is not None and r.name.lower().endswith(words)]
        if described is not None and described.organisation is not None:
            holders = [r for r in holders if r.key == described.key]
        return self._last_of({r.person.index for r in holders if r.person is not None}, token)

    def _last_of(self, wanted: Iterable[int], token: int) -> tuple[int, ...]:
        """Return the one of ``wanted`` that was mentioned last before ``token``, or the only one if it
        comes later."""
        candidates = set(wanted)
        for mentioned in reversed(self.past):
            if len(mentioned.entities) == 1 and mentioned.entities[0] in candidates:
                return mentioned.entities
        told_later = token in self.role_at or " " in self.syntax.phrase(
            *role_phrase(self.syntax, token) or (0, 0)
        )
        return tuple(candidates) if len(candidates) == 1 and told_later else ()

    def _is_headline_subject(self, token: int) -> bool:
        """Tell an office that does something without an article before it: "*finance minister* walks out"."""
        syntax = self.syntax
        return syntax.dep[token] in SUBJECTS and syntax.child(token, "det", "poss") is None

    def _is_definite(self, token: int) -> bool:
        determiner = self.syntax.child(token, "det", "poss")
        return determiner is not None and self.syntax.lower[determiner] not in (
            "a",
            "an",
            "another",
            "no",
            "any",
            "every",
            "each",
            "some",
        )

    def _parties(self, token: int) -> tuple[int, ...]:
        """Resolve "the two countries", "both sides" to the last pair of that kind, or to the only two so
        far."""
        syntax = self.syntax
        if syntax.lemma[token] not in _PAIR_NOUNS or syntax.tag[token] != "NNS":
            return ()
        if not any(syntax.lower[child] in _PAIR_WORDS for child in syntax.children[token]):
            return ()
        kind = _KIND_OF_PAIR.get(syntax.lemma[token])
        for _, pair in reversed(self.pairs):
            if kind is None or self.table.entities[pair[0]].kind == kind:
                return pair
        return self._only_two(kind) if kind is not None else ()

    def _only_two(self, kind: str) -> tuple[int, ...]:
        found = dict.fromkeys(i for m in self.past for i in m.entities if self.table.entities[i].kind == kind)
        return tuple(found) if len(found) == 2 else ()

    def _country(self, token: int) -> tuple[int, ...]:
        syntax = self.syntax
        if syntax.lemma[token] in _COUNTRY_NOUNS and syntax.tag[token] == "NN" and self._has_the(token):
            return self._best(token, lambda entity: entity.kind == "country")
        return ()

    def _has_the(self, token: int) -> bool:
        determiner = self.syntax.child(token, "det")
        bare = all(
            self.syntax.dep[c] in ("det", "punct", "case", "cc", "conj") for c in self.syntax.children[token]
        )
        return bare and determiner is not None and self.syntax.lower[determiner] in ("the", "this", "that")

    def _body(self, token: int) -> tuple[int, ...]:
        """Resolve "the ministry", "the company" to the last organisation of that kind."""
        body = bodies().get(self.syntax.lemma[token])
        if body is None or body.kind != "organisation" or not self._has_the(token):
            return ()
        word = self.syntax.lower[token]
        found = self._best(token, lambda e: e.kind == "organisation" and self._is_called(e, word))
        if not found and word in _GENERIC_BODY:
            found = self._best(token, lambda e: e.kind == "organisation")
        return found

    def _is_called(self, body: Entity, word: str) -> bool:
        """Tell whether the name of a body, or what it was described as before, ends in the word."""
        described = (self.syntax.text[m.start : m.end] for m in body.mentions if m.part == "nominal")
        return any(words.lower().endswith(word) for words in (body.label, *described))


def assign_roles(table: EntityTable, found: list[FoundRole]) -> None:
    """Give each role described without a name to the one person who holds it elsewhere in the article."""
    holders: dict[tuple[str, int | None], set[int]] = {}
    for role in found:
        if role.person is not None:
            holders.setdefault(role.key, set()).add(role.person.index)
    for role in found:
        people = holders.get(role.key, set())
        if role.person is None and len(people) == 1:
            role.person = table.entities[next(iter(people))]
    for role in found:
        if role.person is not None and role.rule in ("apposition", "description"):
            first, last = core(table.syntax, role.head)
            start, end = table.syntax.span(min(first, role.first), max(last, role.last))
            mention = Mention(start, end, "nominal")
            if mention not in role.person.mentions:
                role.person.mentions.append(mention)
            table.at.setdefault(role.head, (role.person.index,))


def complete_roles(table: EntityTable, found: list[FoundRole]) -> None:
    """Give roles the body that a pronoun or description beside them stands for: "*its* chief executive",
    "*the agency*'s director", "a partner at *the fund*"."""
    syntax = table.syntax
    for role in found:
        if role.organisation is None:
            standing = [e for token in _owners(syntax, role.head) for e in table.standing_at(token)]
            if len(standing) == 1 and standing[0].kind in ("organisation", "country"):
                role.organisation = standing[0]
    held = {role.person.index for role in found if role.person is not None and role.organisation is not None}
    found[:] = [
        role
        for role in found
        if not (_is_mere_rank(role) and role.person is not None and role.person.index in held)
    ]


def _owners(syntax: Syntax, head: int) -> list[int]:
    behind = [p for p in syntax.children_of(head, "prep") if syntax.lower[p] in ("of", "at", "for", "with")]
    return syntax.children_of(head, "poss") + [o for p in behind for o in syntax.children_of(p, "pobj")]


def _is_mere_rank(role: FoundRole) -> bool:
    """Tell a rank held in nothing, "Colonel", which says little of somebody who holds an office as well."""
    known = roles().get(role.name.lower())
    return role.organisation is None and known is not None and known.kind == "rank"
