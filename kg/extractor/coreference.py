"""Coreference: finds the antecedents of "he", "its", "the minister", "both nations".

One pass in text order compares each pronoun and description with the mentions before it. Nearer sentences and
subjects are preferred; number, gender and kind must fit. What does not fit stays unresolved, because a wrong
speaker is worse than none.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from kg.extractor.entities import Entity, EntityTable, phrase_bounds
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
"""Number of sentences before its own in which a pronoun may have its antecedent."""


@dataclass(frozen=True, slots=True)
class EarlierMention:
    """A mention before the present token: its head token, its sentence, and the entities it refers to."""

    token: int
    sentence: int
    entities: tuple[int, ...]
    subject: bool


class Resolver:
    """Resolves the pronouns and descriptions of one article, in text order."""

    def __init__(self, table: EntityTable, found_roles: list[FoundRole]) -> None:
        self.table, self.syntax = table, table.syntax
        self.earlier: list[EarlierMention] = []
        self.pairs: list[tuple[int, tuple[int, ...]]] = []  # token and the pair named there
        self.roles = found_roles
        self.role_at = {role.head: role for role in found_roles}

    def run(self) -> None:
        """Resolve all pronouns and descriptions of the article."""
        for token in range(len(self.syntax.words)):
            if self.syntax.pos[token] == "PRON":
                self._pronoun(token)
            elif token not in self.table.indexes_at and self.syntax.pos[token] in ("NOUN", "PROPN"):
                self._nominal(token)
            if token in self.table.indexes_at:
                self._record(token)

    def _record(self, token: int) -> None:
        """Record the mention at ``token`` for the pronouns and descriptions that follow."""
        syntax = self.syntax
        entities = self.table.indexes_at[token]
        if syntax.dep[token] == "conj":
            self._record_pair(token)
        first = syntax.first_conjunct(token)
        # In "Ann Lee, the mayor, called ..." the parser makes the name the root; it is the subject.
        subject = syntax.dep[first] in SUBJECTS or syntax.dep[first] == "ROOT"
        self.earlier.append(EarlierMention(token, syntax.sentence_of[token], entities, subject))

    def _record_pair(self, token: int) -> None:
        """Record two coordinated entities of the same kind as a pair: "Oslo and Rome"."""
        members = [
            e
            for t in self.syntax.conjuncts(self.syntax.first_conjunct(token))
            for e in self.table.entities_at(t)
        ]
        kinds = {entity.kind for entity in members}
        if len(members) == 2 and len(kinds) == 1 and members[0] is not members[1]:
            pair = tuple(entity.index for entity in members)
            self.pairs.append((token, pair))
            first = self.syntax.first_conjunct(token)
            subject = self.syntax.dep[first] in SUBJECTS
            self.earlier.append(EarlierMention(token, self.syntax.sentence_of[token], pair, subject))

    # Pronouns

    def _pronoun(self, token: int) -> None:
        """Resolve one pronoun, and learn the gender of its antecedent."""
        word = self.syntax.lower[token]
        if word.endswith(("self", "selves")):
            found = self._reflexive_antecedent(token)
        elif word in _HE:
            found = self._best_antecedent(token, lambda e: e.kind == "person" and e.gender != "f")
        elif word in _SHE:
            found = self._best_antecedent(token, lambda e: e.kind == "person" and e.gender != "m")
        elif word in _IT and not self._is_expletive(token):
            found = self._best_antecedent(token, lambda e: e.kind in ("organisation", "country") or e.acts)
        elif word in _THEY:
            found = self._plural_antecedent(token)
        else:
            return
        if found:
            self.table.add_reference(token, found, "pronoun")
            self._learn_gender(found, word)

    def _reflexive_antecedent(self, token: int) -> tuple[int, ...]:
        """Return the subject of the clause of a reflexive pronoun."""
        verb = self.syntax.climb(token, self.syntax.is_verb)
        subject = self.syntax.child(verb, "nsubj", "nsubjpass") if verb is not None else None
        return self.table.indexes_at.get(subject, ()) if subject is not None else ()

    def _learn_gender(self, found: tuple[int, ...], word: str) -> None:
        """Set the gender of entities that *he* or *she* refers to, where it is unknown."""
        for index in found:
            if self.table.entities[index].gender is None and word in _HE | _SHE:
                self.table.entities[index].gender = "m" if word in _HE else "f"

    def _is_expletive(self, token: int) -> bool:
        """Return True if "it" refers to nothing: "it seems", "it is raining"."""
        syntax = self.syntax
        return syntax.dep[token] == "expl" or (
            syntax.dep[token] in SUBJECTS
            and syntax.lemma[syntax.head[token]] in ("be", "seem", "appear", "take", "rain", "mean")
        )

    def _best_antecedent(self, token: int, fits: Callable[[Entity], bool]) -> tuple[int, ...]:
        """Return the most salient earlier mention of a single entity that ``fits``, as a tuple of indexes."""
        best: tuple[int, ...] = ()
        best_score = float("-inf")
        excluded = self._subject_of_same_verb(token)
        for mention in reversed(self.earlier):
            if self.syntax.sentence_of[token] - mention.sentence > REACH:
                break
            if len(mention.entities) != 1 or not fits(self.table.entities[mention.entities[0]]):
                continue
            if mention.entities[0] in excluded:
                continue
            score = self._salience(token, mention)
            if score > best_score:
                best, best_score = mention.entities, score
        return best

    def _salience(self, token: int, mention: EarlierMention) -> float:
        """Return how well a mention suits as antecedent of ``token``: higher is better."""
        syntax = self.syntax
        distance = syntax.sentence_of[token] - mention.sentence
        score = -3.0 * distance + (2.5 if mention.subject else 0.0) - 0.01 * (token - mention.token)
        first = syntax.first_conjunct(mention.token)
        if mention.subject and "ROOT" in (syntax.dep[first], syntax.dep[syntax.head[first]]):
            score += 1.0
        if syntax.dep[first] in ("poss", "compound", "nmod"):
            score -= 1.0
        return score

    def _subject_of_same_verb(self, token: int) -> tuple[int, ...]:
        """Return the subject of the verb that governs an object pronoun; it cannot be the antecedent.

        In "Xi met *him*" the pronoun does not refer to Xi.
        """
        syntax = self.syntax
        if syntax.dep[token] not in ("dobj", "dative", "pobj"):
            return ()
        verb = syntax.head[token] if syntax.dep[token] != "pobj" else syntax.head[syntax.head[token]]
        subject = syntax.child(verb, "nsubj")
        return self.table.indexes_at.get(subject, ()) if subject is not None else ()

    def _plural_antecedent(self, token: int) -> tuple[int, ...]:
        """Return the most salient earlier mention of several entities or of a group."""
        best: tuple[int, ...] = ()
        best_score = float("-inf")
        for mention in reversed(self.earlier):
            if self.syntax.sentence_of[token] - mention.sentence > REACH:
                break
            entity = self.table.entities[mention.entities[0]]
            if len(mention.entities) < 2 and not (entity.plural or entity.kind == "group"):
                continue
            score = self._salience(token, mention)
            if score > best_score:
                best, best_score = mention.entities, score
        return best

    # Descriptions

    def _nominal(self, token: int) -> None:
        """Resolve one description: a role, a pair, a country or an organisation."""
        found = (
            self._role_holder(token)
            or self._pair(token)
            or self._country_noun(token)
            or self._body_noun(token)
        )
        if found:
            self.table.add_reference(token, found, "nominal")

    def _role_holder(self, token: int) -> tuple[int, ...]:
        """Resolve "the minister" to the person to whom the article gives that role."""
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
        return self._last_mentioned({r.person.index for r in holders if r.person is not None}, token)

    def _last_mentioned(self, indexes: Iterable[int], token: int) -> tuple[int, ...]:
        """Return the entity of ``indexes`` that was mentioned last before ``token``.

        If none was, return the only one of ``indexes`` where ``token`` names a full role.
        """
        candidates = set(indexes)
        for mention in reversed(self.earlier):
            if len(mention.entities) == 1 and mention.entities[0] in candidates:
                return mention.entities
        is_known_role = token in self.role_at or " " in self.syntax.phrase(
            *role_phrase(self.syntax, token) or (0, 0)
        )
        return tuple(candidates) if len(candidates) == 1 and is_known_role else ()

    def _is_headline_subject(self, token: int) -> bool:
        """Return True if a role without an article is a subject: "*finance minister* walks out"."""
        syntax = self.syntax
        return syntax.dep[token] in SUBJECTS and syntax.child(token, "det", "poss") is None

    def _is_definite(self, token: int) -> bool:
        """Return True if the noun has a definite determiner or a possessor."""
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

    def _pair(self, token: int) -> tuple[int, ...]:
        """Resolve "the two countries", "both sides" to the last pair of that kind.

        Without a pair, the only two entities of that kind so far are returned.
        """
        syntax = self.syntax
        if syntax.lemma[token] not in _PAIR_NOUNS or syntax.tag[token] != "NNS":
            return ()
        if not any(syntax.lower[child] in _PAIR_WORDS for child in syntax.children[token]):
            return ()
        kind = _KIND_OF_PAIR.get(syntax.lemma[token])
        for _, pair in reversed(self.pairs):
            if kind is None or self.table.entities[pair[0]].kind == kind:
                return pair
        return self._only_two_of_kind(kind) if kind is not None else ()

    def _only_two_of_kind(self, kind: str) -> tuple[int, ...]:
        """Return the entities of ``kind`` mentioned so far if they are two, else an empty tuple."""
        found = dict.fromkeys(
            i for m in self.earlier for i in m.entities if self.table.entities[i].kind == kind
        )
        return tuple(found) if len(found) == 2 else ()

    def _country_noun(self, token: int) -> tuple[int, ...]:
        """Resolve "the country" to the most salient country."""
        syntax = self.syntax
        if (
            syntax.lemma[token] in _COUNTRY_NOUNS
            and syntax.tag[token] == "NN"
            and self._is_bare_definite(token)
        ):
            return self._best_antecedent(token, lambda entity: entity.kind == "country")
        return ()

    def _is_bare_definite(self, token: int) -> bool:
        """Return True if the noun has "the", "this" or "that" and no other modifier."""
        determiner = self.syntax.child(token, "det")
        bare = all(
            self.syntax.dep[c] in ("det", "punct", "case", "cc", "conj") for c in self.syntax.children[token]
        )
        return bare and determiner is not None and self.syntax.lower[determiner] in ("the", "this", "that")

    def _body_noun(self, token: int) -> tuple[int, ...]:
        """Resolve "the ministry", "the company" to the last organisation of that kind."""
        body = bodies().get(self.syntax.lemma[token])
        if body is None or body.kind != "organisation" or not self._is_bare_definite(token):
            return ()
        word = self.syntax.lower[token]
        found = self._best_antecedent(
            token, lambda e: e.kind == "organisation" and self._is_named_or_described_as(e, word)
        )
        if not found and word in _GENERIC_BODY:
            found = self._best_antecedent(token, lambda e: e.kind == "organisation")
        return found

    def _is_named_or_described_as(self, body: Entity, word: str) -> bool:
        """Return True if the name or an earlier description of an organisation ends in ``word``."""
        described = (self.syntax.text[m.start : m.end] for m in body.mentions if m.part == "nominal")
        return any(words.lower().endswith(word) for words in (body.label, *described))


def assign_roles(table: EntityTable, found: list[FoundRole]) -> None:
    """Give each role without a holder to the only person who holds it elsewhere in the article.

    The words of a role in apposition become a mention of the person.
    """
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
            first, last = phrase_bounds(table.syntax, role.head)
            start, end = table.syntax.span(min(first, role.first), max(last, role.last))
            mention = Mention(start, end, "nominal")
            if mention not in role.person.mentions:
                role.person.mentions.append(mention)
            table.indexes_at.setdefault(role.head, (role.person.index,))


def complete_roles(table: EntityTable, found: list[FoundRole]) -> None:
    """Give roles the organisation that a pronoun or description beside them refers to.

    Examples are "*its* chief executive", "*the agency*'s director" and "a partner at *the fund*". A rank
    without an organisation is removed where the person holds an office as well.
    """
    syntax = table.syntax
    for role in found:
        if role.organisation is None:
            owners = [e for token in _owners(syntax, role.head) for e in table.entities_at(token)]
            if len(owners) == 1 and owners[0].kind in ("organisation", "country"):
                role.organisation = owners[0]
    held = {role.person.index for role in found if role.person is not None and role.organisation is not None}
    found[:] = [
        role
        for role in found
        if not (_is_rank_without_body(role) and role.person is not None and role.person.index in held)
    ]


def _owners(syntax: Syntax, head: int) -> list[int]:
    """Return the heads of the possessors and of the of-phrases of a role."""
    prepositions = [
        p for p in syntax.children_of(head, "prep") if syntax.lower[p] in ("of", "at", "for", "with")
    ]
    return syntax.children_of(head, "poss") + [o for p in prepositions for o in syntax.children_of(p, "pobj")]


def _is_rank_without_body(role: FoundRole) -> bool:
    """Return True if the role is a mere rank, such as "Colonel", without an organisation."""
    known = roles().get(role.name.lower())
    return role.organisation is None and known is not None and known.kind == "rank"
