"""The cast of an article: which actors and places it names, and which words stand for each.

Names are grouped into entities here; ``nominals``, ``roles`` and ``coreference`` add the descriptions and
pronouns. Later
rules ask :meth:`Cast.referents` whom a noun phrase stands for.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

from kg.extractor.gazetteer import from_capitals, look_up, organisations_among_countries
from kg.extractor.lexicon import bodies, given_names, roles
from kg.extractor.names import Name
from kg.extractor.syntax import Syntax
from kg.records import Mention, MentionPart
from kg.text.slug import slug

EntityKind = Literal["person", "organisation", "country", "group", "place", "city"]


@dataclass(slots=True)
class Entity:
    """An actor or place in the making."""

    index: int
    kind: EntityKind
    label: str
    first: int  # its first token
    named: bool = True  # has a name that identifies it outside the article
    gender: str | None = None  # m, f or None
    plural: bool = False
    mentions: list[Mention] = field(default_factory=list)
    names: Counter[str] = field(default_factory=Counter)
    part_of: int | None = None
    used: bool = False  # stands in a role, statement or event
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
    """Entities of one article and the tokens that stand for them."""

    def __init__(self, syntax: Syntax) -> None:
        self.syntax = syntax
        self.entities: list[Entity] = []
        self.at: dict[int, tuple[int, ...]] = {}  # head token of a mention -> indexes of entities

    def add(self, kind: EntityKind, label: str, first: int, **more: object) -> Entity:
        """Add an entity whose first token is ``first`` and return it."""
        entity = Entity(len(self.entities), kind, label, first, **more)  # type: ignore[arg-type]
        self.entities.append(entity)
        return entity

    def mention(
        self, entity: Entity, first: int, last: int, part: MentionPart, head: int | None = None
    ) -> None:
        """Note that tokens ``first`` to ``last`` stand for ``entity``; ``head`` heads them if that is not
        the root."""
        start, end = self.syntax.span(first, last)
        mention = Mention(start, end, part)
        if mention not in entity.mentions:
            entity.mentions.append(mention)
        if part == "name":
            entity.names[self.syntax.text[start:end].replace("\n", " ")] += 1
        root = head if head is not None else root_of(self.syntax, first, last)
        self.at.setdefault(root, (entity.index,))

    def refer(self, token: int, entities: Iterable[int], part: MentionPart) -> None:
        """Note that the pronoun or nominal headed by ``token`` stands for all of ``entities``."""
        indexes = tuple(entities)
        first, last = (token, token) if part == "pronoun" else core(self.syntax, token)
        start, end = self.syntax.span(first, last)
        for index in indexes:
            self.entities[index].mentions.append(Mention(start, end, part))
        self.at[token] = indexes

    def describe(self, head: int) -> Entity:
        """Add an actor that is described but not named, "three officials", by the noun phrase of ``head``."""
        syntax = self.syntax
        first, last = core(syntax, head)
        if syntax.dep[first] == "det" and first < head:
            first += 1
        known = self._described_before(head, first)
        if known is not None:
            self.refer(head, (known.index,), "nominal")
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
        self.at[head] = (entity.index,)
        return entity

    def _untagged_name(self, head: int) -> Entity | None:
        """Add a person by two or more capitals in a row that the tagger passed over: who speaks or acts is
        one."""
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
            "person", label, first, gender=_gender_of(words), rule="capitals", confidence=0.6
        )
        self.mention(entity, first, head, "name", head=head)
        return entity

    def _described_before(self, head: int, first: int) -> Entity | None:
        """Return the same bare body, "police", "the government", if the article described it before."""
        body = bodies().get(self.syntax.lower[head])
        if first != head or body is None or body.kind != "organisation":
            return None
        word = self.syntax.lower[head]
        return next((e for e in self.entities if not e.named and e.label.lower() == word), None)

    def standing_at(self, token: int) -> tuple[Entity, ...]:
        """Return the entities that the word ``token`` itself stands for."""
        return tuple(self.entities[index] for index in self.at.get(token, ()))

    def find(self, kind: EntityKind, label: str) -> Entity | None:
        """Return the named entity of that kind and label, capitals and punctuation aside."""
        wanted = slug(label)
        return next((e for e in self.entities if e.named and e.kind == kind and e.slug == wanted), None)


def entity_ref(entity: Entity) -> str:
    """Return the reference of an entity as an actor."""
    if entity.named and entity.slug:
        return f"actor/{entity.slug}"
    return f"#actor-{min(m.start for m in entity.mentions)}"


_QUANTITIES = frozenset(
    "dozens hundreds thousands tens scores number majority handful group lot couple".split()
)


def is_actor_noun(syntax: Syntax, token: int) -> bool:
    """Tell whether a common noun is of people or bodies of people, who can act."""
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
    """Return the token between ``first`` and ``last`` whose head lies outside of them."""
    for token in range(last, first - 1, -1):
        if not first <= syntax.head[token] <= last or syntax.head[token] == token:
            return token
    return last


def core(syntax: Syntax, head: int) -> tuple[int, int]:
    """Return the first and last token of the noun phrase of ``head``, with of-phrases, without clauses and
    coordination."""
    last = head
    for child in syntax.children[head]:
        close = child == last + 1 and syntax.dep[child] == "prep"
        if close and syntax.lower[child] in ("of", "from", "in", "at", "for"):
            objects = syntax.children_of(child, "pobj")
            last = max(last, core(syntax, objects[0])[1]) if objects else last
    first = min(
        [head, *(syntax.left[c] for c in syntax.children[head] if c < head and _premodifies(syntax, c))]
    )
    return first, last


def _premodifies(syntax: Syntax, token: int) -> bool:
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


def group_names(syntax: Syntax, names: list[Name]) -> EntityTable:
    """Group the names of an article into entities."""
    table = EntityTable(syntax)
    for name in names:
        if name.kind in ("country", "demonym"):
            _add_country(table, name)
        elif name.kind == "region":
            _add_plain(table, name, "place", name.owner or name.text)
        elif name.kind == "place":
            _add_plain(table, name, "place", name.text)
        elif name.kind == "group" and syntax.tag[name.last] in ("NNS", "NNPS"):
            _add_plain(table, name, "group", name.text, plural=True, confidence=0.7)
    _add_persons(table, [name for name in names if name.kind == "person"])
    _add_organisations(table, [name for name in names if name.kind == "organisation"])
    return table


def _add_country(table: EntityTable, name: Name) -> None:
    assert name.owner is not None
    kind: EntityKind = "organisation" if name.owner in organisations_among_countries() else "country"
    entity = table.find(kind, name.owner) or table.add(kind, name.owner, name.first, confidence=0.95)
    table.mention(entity, name.first, name.last, "name" if name.kind == "country" else "demonym")


def _add_plain(
    table: EntityTable,
    name: Name,
    kind: EntityKind,
    label: str,
    plural: bool = False,
    confidence: float = 0.8,
) -> None:
    entity = table.find(kind, label) or table.add(
        kind, label, name.first, plural=plural, confidence=confidence
    )
    table.mention(entity, name.first, name.last, "name")


def place_for_seat(table: EntityTable, name: Name) -> Entity:
    """Return the city (or building) that a seat of government is."""
    kind: EntityKind = "city" if name.kind == "seat" else "place"
    label = " ".join(from_capitals(word) for word in name.text.split())
    return table.find(kind, label) or table.add(kind, label, name.first, confidence=0.9)


# Persons: the full name first, then the short forms that it explains.


def _add_persons(table: EntityTable, names: list[Name]) -> None:
    full = [name for name in names if name.last > name.first]
    for name in full:
        words = _name_words(table.syntax, name)
        entity = next(
            (e for e in table.entities if e.kind == "person" and _same_person(e.label.split(), words)), None
        )
        if entity is None:
            entity = table.add("person", " ".join(words), name.first, gender=_gender_of(words))
        elif len(words) > len(entity.label.split()):
            entity.label = " ".join(words)
        table.mention(entity, name.first, name.last, "name")
    bound: dict[str, Entity] = {}
    for name in names:
        if name.last == name.first:
            bound[name.text] = _add_short_name(table, name, bound.get(name.text))


def _name_words(syntax: Syntax, name: Name) -> list[str]:
    return [
        word
        for word in syntax.words[name.first : name.last + 1]
        if word.strip() and word not in ('"', "“", "”")
    ]


def _same_person(known: list[str], words: list[str]) -> bool:
    """Tell whether two full names are one person's: same ends, or one without a middle name or initial."""
    if known == words:
        return True
    if known[-1] != words[-1]:
        return False
    return known[0] == words[0] or (known[0][0] == words[0][0] and "." in known[0] + words[0])


def _gender_of(words: list[str]) -> str | None:
    given = given_names().get(words[0])
    return given.gender if given is not None and given.gender != "-" else None


def _add_short_name(table: EntityTable, name: Name, bound: Entity | None) -> Entity:
    """Note a single name and return whom it means. ``bound`` is whom it meant before: newspapers keep to
    that."""
    syntax = table.syntax
    gender = _gender_by_title(syntax, name.first)
    fits = [e for e in table.entities if e.kind == "person" and e.named and _abbreviates(name.text, e)]
    if gender and len(fits) > 1:
        fits = [e for e in fits if e.gender in (gender, None)]
    if len(fits) > 1:
        fits = [e for e in _by_surname(fits, name) if e.first < name.first]
        fits = [bound] if bound in fits else fits
    entity = fits[0] if len(fits) == 1 else None
    if entity is None:
        entity = next(
            (e for e in table.entities if e.kind == "person" and not e.named and e.label == name.text), None
        )
    if entity is None:
        entity = table.add(
            "person", name.text, name.first, named=False, gender=gender, confidence=0.6, rule="surname"
        )
    entity.gender = entity.gender or gender
    table.mention(entity, name.first, name.last, "name")
    return entity


def _by_surname(fits: list[Entity], name: Name) -> list[Entity]:
    """Of several whom a short name may mean, keep those whose *surname* it is, if that leaves one."""
    surname = [e for e in fits if e.label.split()[-1] == name.text]
    return surname or fits


def _abbreviates(text: str, person: Entity) -> bool:
    words = person.label.split()
    return text == words[-1] or text == words[0] or (len(words) > 2 and text == words[1])


_TITLE_GENDER = {
    "mr": "m",
    "mister": "m",
    "sir": "m",
    "lord": "m",
    "mrs": "f",
    "ms": "f",
    "miss": "f",
    "lady": "f",
    "dame": "f",
}


def _gender_by_title(syntax: Syntax, first: int) -> str | None:
    return _TITLE_GENDER.get(syntax.lower[first - 1].rstrip(".")) if first else None


# Organisations: the long name, its acronym, and its first word.


def _add_organisations(table: EntityTable, names: list[Name]) -> None:
    for name in sorted(names, key=lambda n: (n.first - n.last, n.first)):
        text = name.text.strip(" .,") if not name.text.endswith((".", "Inc.", "Corp.", "Co.")) else name.text
        entity = table.find("organisation", text) or _expansion(table, text)
        if entity is None:
            entity = table.add("organisation", text, name.first, confidence=0.85)
        table.mention(entity, name.first, name.last, "name")
    for entity in table.entities:
        entity.mentions.sort()


def _expansion(table: EntityTable, text: str) -> Entity | None:
    """Return the organisation that a short name abbreviates: by its initials, or by its first word."""
    organisations = [e for e in table.entities if e.kind == "organisation" and len(e.label.split()) > 1]
    letters = text.replace(".", "")
    if letters.isupper() and 2 <= len(letters) <= 6:
        fits = [e for e in organisations if letters in _initials(e.label)]
    elif look_up(tuple(text.split())) is None:
        fits = [e for e in organisations if e.label.startswith(text + " ")]
    else:
        fits = []
    return fits[0] if len(fits) == 1 else None


_SMALL = frozenset("of the and for in on de &".split())


def _initials(label: str) -> tuple[str, str]:
    words = [word for word in label.replace("-", " ").split() if word]
    every = "".join(word[0] for word in words).upper()
    return every, "".join(word[0] for word in words if word not in _SMALL).upper()
