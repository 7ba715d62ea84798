"""The entities of an article: the actors and places that it mentions, and the tokens that refer to each.

``name_groups`` adds the entities with names; ``nominals``, ``roles`` and ``coreference`` add descriptions and
pronouns. Later steps ask :meth:`EntityTable.entities_at` which entities a token refers to.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

from kg.extractor.lexicon import bodies, given_names, roles
from kg.extractor.syntax import Syntax
from kg.records import Mention, MentionPart
from kg.text.slug import slug

EntityKind = Literal["person", "organisation", "country", "group", "place", "city"]


@dataclass(slots=True)
class Entity:
    """An actor or place as the rules build it."""

    index: int
    kind: EntityKind
    label: str
    first: int  # its first token
    named: bool = True  # has a name that identifies it in other articles
    gender: str | None = None  # m, f or None
    plural: bool = False
    mentions: list[Mention] = field(default_factory=list)
    names: Counter[str] = field(default_factory=Counter)
    part_of: int | None = None
    used: bool = False  # is part of a role, statement or event
    acts: bool = False  # a place that is used as an actor
    rule: str = "name"
    confidence: float = 0.9

    @property
    def is_place(self) -> bool:
        return self.kind in ("place", "city")

    @property
    def slug(self) -> str:
        return slug(self.label)


class EntityTable:
    """The entities of one article, and the tokens that refer to them."""

    def __init__(self, syntax: Syntax) -> None:
        self.syntax = syntax
        self.entities: list[Entity] = []
        self.indexes_at: dict[int, tuple[int, ...]] = {}  # head token of a mention -> indexes of entities

    def add(self, kind: EntityKind, label: str, first: int, **more: object) -> Entity:
        """Add an entity whose first token is ``first``, and return it."""
        entity = Entity(len(self.entities), kind, label, first, **more)  # type: ignore[arg-type]
        self.entities.append(entity)
        return entity

    def add_mention(
        self, entity: Entity, first: int, last: int, part: MentionPart, head: int | None = None
    ) -> None:
        """Record that the tokens ``first`` to ``last`` refer to ``entity``.

        Args:
            entity: the entity.
            first: the first token.
            last: the last token, included.
            part: the kind of mention.
            head: the head token of the mention; by default the root of the tokens.
        """
        start, end = self.syntax.span(first, last)
        mention = Mention(start, end, part)
        if mention not in entity.mentions:
            entity.mentions.append(mention)
        if part == "name":
            entity.names[self.syntax.text[start:end].replace("\n", " ")] += 1
        root = head if head is not None else root_of(self.syntax, first, last)
        self.indexes_at.setdefault(root, (entity.index,))

    def add_reference(self, token: int, entities: Iterable[int], part: MentionPart) -> None:
        """Record that the pronoun or nominal with the head ``token`` refers to all of ``entities``."""
        indexes = tuple(entities)
        first, last = (token, token) if part == "pronoun" else phrase_bounds(self.syntax, token)
        start, end = self.syntax.span(first, last)
        for index in indexes:
            self.entities[index].mentions.append(Mention(start, end, part))
        self.indexes_at[token] = indexes

    def add_described(self, head: int) -> Entity:
        """Add an actor that is described but not named, "three officials", and return it.

        Args:
            head: the head token of the noun phrase.
        """
        syntax = self.syntax
        first, last = phrase_bounds(syntax, head)
        if syntax.dep[first] == "det" and first < head:
            first += 1
        known = self._described_before(head, first)
        if known is not None:
            self.add_reference(head, (known.index,), "nominal")
            return known
        name = self._untagged_name(head)
        if name is not None:
            return name
        role = roles().get(syntax.lower[head])
        kind: EntityKind = "group"
        if syntax.tag[head] in ("NN", "NNP"):
            body = bodies().get(syntax.lower[head])
            one_body = body is not None and body.kind == "organisation" and role is None
            kind = "person" if role is not None else "organisation" if one_body else "group"
        label = " ".join(syntax.phrase(first, last).split())
        entity = self.add(
            kind,
            label,
            first,
            named=False,
            plural=syntax.tag[head] == "NNS",
            rule="description",
            confidence=0.6,
        )
        entity.mentions.append(Mention(*syntax.span(first, last), "nominal"))
        self.indexes_at[head] = (entity.index,)
        return entity

    def _untagged_name(self, head: int) -> Entity | None:
        """Return the person named by two to four capitalised words that the tagger did not mark, or None.

        Only sources and participants are looked up here, so a name among them is that of a person.
        """
        syntax, first = self.syntax, head
        while first > 0 and syntax.tag[first - 1] == "NNP" and syntax.words[first - 1][0].isupper():
            first -= 1
        if syntax.tag[head] != "NNP" or first == head or head - first > 3 or is_actor_noun(syntax, head):
            return None
        words = syntax.words[first : head + 1]
        if any(word.isupper() and len(word) > 3 for word in words):
            return None
        label = " ".join(words)
        entity = self.find("person", label) or self.add(
            "person", label, first, gender=gender_of(words), rule="capitals", confidence=0.6
        )
        self.add_mention(entity, first, head, "name", head=head)
        return entity

    def _described_before(self, head: int, first: int) -> Entity | None:
        """Return the entity of the same bare noun, "police", "the government", described before, or None."""
        body = bodies().get(self.syntax.lower[head])
        if first != head or body is None or body.kind != "organisation":
            return None
        word = self.syntax.lower[head]
        return next((e for e in self.entities if not e.named and e.label.lower() == word), None)

    def entities_at(self, token: int) -> tuple[Entity, ...]:
        """Return the entities that the word ``token`` refers to."""
        return tuple(self.entities[index] for index in self.indexes_at.get(token, ()))

    def find(self, kind: EntityKind, label: str) -> Entity | None:
        """Return the named entity of that kind and label, ignoring case and punctuation, or None."""
        wanted = slug(label)
        return next((e for e in self.entities if e.named and e.kind == kind and e.slug == wanted), None)


def entity_ref(entity: Entity) -> str:
    """Return the reference of an entity as an actor.

    It is the same in all articles if the entity has a full name, and valid in this article only if it has
    not.
    """
    if entity.named and entity.slug:
        return f"actor/{entity.slug}"
    return f"#actor-{min(m.start for m in entity.mentions)}"


_QUANTITIES = frozenset(
    "dozens hundreds thousands tens scores number majority handful group lot couple".split()
)


def is_actor_noun(syntax: Syntax, token: int) -> bool:
    """Return True if a noun is of people or organisations, which can act."""
    if syntax.pos[token] not in ("NOUN", "PROPN"):
        return False
    if syntax.lower[token] in _QUANTITIES and (of := syntax.child(token, "prep")) is not None:
        counted = syntax.child(of, "pobj")
        return counted is None or is_actor_noun(syntax, counted)
    body = bodies().get(syntax.lower[token]) or bodies().get(syntax.lemma[token])
    if body is not None:
        return body.kind != "document"
    return syntax.lower[token] in roles() or syntax.lemma[token] in roles()


def root_of(syntax: Syntax, first: int, last: int) -> int:
    """Return the token from ``first`` to ``last`` whose head is outside of them."""
    for token in range(last, first - 1, -1):
        if not first <= syntax.head[token] <= last or syntax.head[token] == token:
            return token
    return last


def phrase_bounds(syntax: Syntax, head: int) -> tuple[int, int]:
    """Return the first and last token of the noun phrase of ``head``.

    Of-phrases that follow directly are included; clauses and coordinated phrases are not.
    """
    last = head
    for child in syntax.children[head]:
        close = child == last + 1 and syntax.dep[child] == "prep"
        if close and syntax.lower[child] in ("of", "from", "in", "at", "for"):
            objects = syntax.children_of(child, "pobj")
            last = max(last, phrase_bounds(syntax, objects[0])[1]) if objects else last
    first = min(
        [head, *(syntax.left[c] for c in syntax.children[head] if c < head and _premodifies(syntax, c))]
    )
    return first, last


def _premodifies(syntax: Syntax, token: int) -> bool:
    """Return True if the token is a determiner, adjective or other modifier that stands before its noun."""
    return syntax.dep[token] in (
        "det",
        "amod",
        "compound",
        "nmod",
        "poss",
        "nummod",
        "quantmod",
        "advmod",
        "predet",
    )


def gender_of(words: list[str]) -> str | None:
    """Return the gender, "m" or "f", of the given name that a name starts with, or None."""
    given = given_names().get(words[0])
    return given.gender if given is not None and given.gender != "-" else None


def unique(entities: list[Entity]) -> list[Entity]:
    """Return the entities in order, without repetitions."""
    seen: dict[int, Entity] = {}
    for entity in entities:
        seen.setdefault(entity.index, entity)
    return list(seen.values())
