"""One article as the rules have read it so far: what later steps ask earlier ones."""

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
    """What has been found in one article."""

    article: Article
    table: EntityTable
    roles: list[FoundRole]
    pairs: list[tuple[int, tuple[int, ...]]]  # token and the two parties last named together there
    times_in: dict[int, list[tuple[Time, int]]] = field(
        default_factory=dict
    )  # by sentence, with their head token
    attributions: list[Attribution] = field(default_factory=list)
    events: list[EventDraft] = field(default_factory=list)
    event_at: dict[int, EventDraft] = field(default_factory=dict)

    @property
    def syntax(self) -> Syntax:
        return self.table.syntax

    def addressed(self, heads: list[int]) -> list[Entity]:
        """Return the actors that these noun phrases address: people and bodies, no occasion ("a
        conference")."""
        syntax = self.syntax
        members = [member for head in heads for member in syntax.conjuncts(head)]
        return self.speakers([m for m in members if m in self.table.at or is_actor_noun(syntax, m)])

    def speakers(self, heads: list[int]) -> list[Entity]:
        """Return the actors that these noun phrases stand for; a speaker without a name is added to the
        cast."""
        found: list[Entity] = []
        for head in heads:
            for member in self.syntax.conjuncts(head):
                known = [self._as_actor(entity) for entity in self.table.standing_at(member)]
                found += known or self._spoken_before(member) or self._unnamed(member)
        return list({entity.index: entity for entity in found}.values())

    def _spoken_before(self, pronoun: int) -> list[Entity]:
        """Return who without a name spoke or acted shortly before: "two officials said ... *They* added"."""
        syntax, table = self.syntax, self.table
        word = syntax.lower[pronoun]
        if word not in ("he", "she", "they"):
            return []
        start = syntax.sentences[max(0, syntax.sentence_of[pronoun] - 1)][0]
        for token in range(pronoun - 1, start - 1, -1):
            for entity in table.standing_at(token):
                many = entity.plural or entity.kind == "group"
                if not entity.named and (many if word == "they" else entity.kind == "person"):
                    table.refer(pronoun, (entity.index,), "pronoun")
                    return [entity]
        return []

    def _as_actor(self, entity: Entity) -> Entity:
        if entity.is_place:
            entity.acts = True
        return entity

    def _unnamed(self, head: int) -> list[Entity]:
        """Return the actor behind a description: whom a document or spokesman speaks for, else the one
        described."""
        syntax = self.syntax
        if syntax.pos[head] not in ("NOUN", "PROPN", "NUM", "ADJ") or syntax.lower[head] in ("that", "which"):
            return []
        apposed = [e for c in syntax.children_of(head, "appos") for e in self.table.standing_at(c)]
        if apposed:
            return [self._as_actor(entity) for entity in apposed]
        if self._speaks_for_its_maker(head):
            makers = self._makers(head)
            if makers:
                return makers
        return [self.table.describe(head)]

    def _speaks_for_its_maker(self, head: int) -> bool:
        word, lemma = self.syntax.lower[head], self.syntax.lemma[head]
        body, role = bodies().get(word) or bodies().get(lemma), roles().get(word)
        return (body is not None and body.kind == "document") or (role is not None and role.kind == "spokes")

    def _makers(self, head: int) -> list[Entity]:
        syntax = self.syntax
        heads = syntax.children_of(head, "poss", "compound", "nmod")
        for preposition in syntax.children_of(head, "prep", "agent"):
            if syntax.lower[preposition] in ("for", "of", "from", "by"):
                heads += syntax.children_of(preposition, "pobj")
        found = [self._as_actor(entity) for h in heads for entity in self.table.standing_at(h)]
        return found[:1]

    def office_of(self, entity: Entity) -> Entity | None:
        """Return the country or body in which the article gives this person an office."""
        for role in self.roles:
            if role.person is entity and role.organisation is not None:
                return role.organisation
        return None

    def country_of(self, entity: Entity) -> Entity:
        """Return the country that an actor acts for: its own, its office's or its owner's; else the actor
        itself."""
        office = self.office_of(entity) if entity.kind == "person" else entity
        while office is not None and office.part_of is not None:
            office = self.table.entities[office.part_of]
        return office if office is not None and office.kind == "country" else entity

    def pair_before(self, token: int) -> list[Entity]:
        """Return the two parties named together last before ``token``."""
        known = [pair for position, pair in self.pairs if position <= token]
        return [self.table.entities[index] for index in known[-1]] if known else []

    def time_of(self, token: int) -> Time | None:
        """Return the time that the clause of ``token`` gives for what this word tells: not one of a clause
        within."""
        syntax = self.syntax
        verb = token if syntax.is_verb(token) else syntax.climb(token, syntax.is_verb)
        for time, at in self.times_in.get(syntax.sentence_of[token], ()):
            path = [at, *syntax.ancestors(at)]
            clause = next((word for word in path if syntax.is_verb(word)), None)
            below = path[: path.index(clause)] if clause is not None else path
            events = [word for word in below if word in self.event_at]
            if token in below or (
                clause is not None and clause == verb and not events and self._heads(token, verb)
            ):
                return time
        return None

    def _heads(self, token: int, verb: int | None) -> bool:
        """Tell whether ``token`` is the verb itself or what the verb is said of, so that the verb's time is
        its time."""
        syntax = self.syntax
        first = syntax.first_conjunct(token)
        return token == verb or (
            syntax.dep[first] in ("nsubj", "nsubjpass", "dobj", "attr") and syntax.head[first] == verb
        )
