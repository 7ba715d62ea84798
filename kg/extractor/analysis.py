"""The analysis of one article: what the steps have found so far, and what later steps ask of it."""

from __future__ import annotations

from dataclasses import dataclass, field

from kg.extractor.attribution import Attribution
from kg.extractor.entities import Entity, EntityTable, is_actor_noun
from kg.extractor.events import EventDraft
from kg.extractor.lexicon import bodies, roles
from kg.extractor.roles import FoundRole
from kg.extractor.syntax import Syntax
from kg.records import Article, Time


@dataclass(slots=True)
class ArticleAnalysis:
    """What the steps have found in one article. Tokens are indexes of the syntax."""

    article: Article
    table: EntityTable
    roles: list[FoundRole]
    pairs: list[tuple[int, tuple[int, ...]]]  # token and the pair named there
    times_in: dict[int, list[tuple[Time, int]]] = field(
        default_factory=dict
    )  # by sentence, with their head token
    attributions: list[Attribution] = field(default_factory=list)
    events: list[EventDraft] = field(default_factory=list)
    event_at: dict[int, EventDraft] = field(default_factory=dict)

    @property
    def syntax(self) -> Syntax:
        return self.table.syntax

    def addressees(self, heads: list[int]) -> list[Entity]:
        """Return the actors that the noun phrases with these heads address.

        Nouns of people and organisations count, those of occasions ("told a conference") do not.
        """
        syntax = self.syntax
        members = [member for head in heads for member in syntax.conjuncts(head)]
        return self.speakers([m for m in members if m in self.table.indexes_at or is_actor_noun(syntax, m)])

    def speakers(self, heads: list[int]) -> list[Entity]:
        """Return the actors that the noun phrases with these heads refer to.

        A speaker who has no name is added to the entities.
        """
        found: list[Entity] = []
        for head in heads:
            for member in self.syntax.conjuncts(head):
                known = [self._as_actor(entity) for entity in self.table.entities_at(member)]
                found += known or self._unnamed_antecedent(member) or self._described_actors(member)
        return list({entity.index: entity for entity in found}.values())

    def _unnamed_antecedent(self, pronoun: int) -> list[Entity]:
        """Return the unnamed speaker or actor that a pronoun refers to: "two officials said ...

        *They* added".

        Only the sentence of the pronoun and the one before it are searched.
        """
        syntax, table = self.syntax, self.table
        word = syntax.lower[pronoun]
        if word not in ("he", "she", "they"):
            return []
        start = syntax.sentences[max(0, syntax.sentence_of[pronoun] - 1)][0]
        for token in range(pronoun - 1, start - 1, -1):
            for entity in table.entities_at(token):
                is_plural = entity.plural or entity.kind == "group"
                if not entity.named and (is_plural if word == "they" else entity.kind == "person"):
                    table.add_reference(pronoun, (entity.index,), "pronoun")
                    return [entity]
        return []

    def _as_actor(self, entity: Entity) -> Entity:
        """Mark a place as used as an actor, and return the entity."""
        if entity.is_place:
            entity.acts = True
        return entity

    def _described_actors(self, head: int) -> list[Entity]:
        """Return the actors behind a description.

        A document or spokesperson stands for the organisation that it speaks for; any other description is an
        actor of its own.
        """
        syntax = self.syntax
        if syntax.pos[head] not in ("NOUN", "PROPN", "NUM", "ADJ") or syntax.lower[head] in ("that", "which"):
            return []
        appositions = [e for c in syntax.children_of(head, "appos") for e in self.table.entities_at(c)]
        if appositions:
            return [self._as_actor(entity) for entity in appositions]
        if self._is_document_or_spokesperson(head):
            principals = self._principals(head)
            if principals:
                return principals
        return [self.table.add_described(head)]

    def _is_document_or_spokesperson(self, head: int) -> bool:
        """Return True if the noun ``head`` is of a document or a spokesperson."""
        word, lemma = self.syntax.lower[head], self.syntax.lemma[head]
        body, role = bodies().get(word) or bodies().get(lemma), roles().get(word)
        return (body is not None and body.kind == "document") or (role is not None and role.kind == "spokes")

    def _principals(self, head: int) -> list[Entity]:
        """Return the actor for whom a document or spokesperson speaks, as a list of at most one."""
        syntax = self.syntax
        heads = syntax.children_of(head, "poss", "compound", "nmod")
        for preposition in syntax.children_of(head, "prep", "agent"):
            if syntax.lower[preposition] in ("for", "of", "from", "by"):
                heads += syntax.children_of(preposition, "pobj")
        found = [self._as_actor(entity) for h in heads for entity in self.table.entities_at(h)]
        return found[:1]

    def office_of(self, entity: Entity) -> Entity | None:
        """Return the country or organisation in which the article gives this person an office, or None."""
        for role in self.roles:
            if role.person is entity and role.organisation is not None:
                return role.organisation
        return None

    def country_of(self, entity: Entity) -> Entity:
        """Return the country that an actor acts for, or the actor itself.

        A person acts for the country of the office, an organisation for the country that it belongs to.
        """
        office = self.office_of(entity) if entity.kind == "person" else entity
        while office is not None and office.part_of is not None:
            office = self.table.entities[office.part_of]
        return office if office is not None and office.kind == "country" else entity

    def pair_before(self, token: int) -> list[Entity]:
        """Return the two parties that were last named together before ``token``, or an empty list."""
        known = [pair for position, pair in self.pairs if position <= token]
        return [self.table.entities[index] for index in known[-1]] if known else []

    def time_of(self, token: int) -> Time | None:
        """Return the time of the event or statement at ``token``, or None.

        It is the time in the clause of ``token``. A time inside a subordinate clause, or next to another
        event, is not returned.
        """
        syntax = self.syntax
        verb = token if syntax.is_verb(token) else syntax.climb(token, syntax.is_verb)
        shares_time = verb is not None and self._shares_time_of_verb(token, verb)
        for time, head in self.times_in.get(syntax.sentence_of[token], ()):
            below, clause = self._path_to_clause(head)
            if token in below:
                return time
            if shares_time and clause == verb and not any(word in self.event_at for word in below):
                return time
        return None

    def _path_to_clause(self, token: int) -> tuple[list[int], int | None]:
        """Return ``token`` and the heads above it up to the first verb, and that verb or None."""
        syntax = self.syntax
        path = [token, *syntax.ancestors(token)]
        clause = next((word for word in path if syntax.is_verb(word)), None)
        return (path[: path.index(clause)] if clause is not None else path), clause

    def _shares_time_of_verb(self, token: int, verb: int) -> bool:
        """Return True if ``token`` is ``verb``, or its subject or object, and so has the time of the verb."""
        syntax = self.syntax
        first = syntax.first_conjunct(token)
        return token == verb or (
            syntax.dep[first] in ("nsubj", "nsubjpass", "dobj", "attr") and syntax.head[first] == verb
        )
