"""Groups the names of an article into entities.

A short name joins the full name that it abbreviates, an acronym the organisation with these initials.
"""

from __future__ import annotations

from kg.extractor.entities import Entity, EntityKind, EntityTable, gender_of
from kg.extractor.gazetteer import from_capitals, look_up, organisations_among_countries
from kg.extractor.names import Name
from kg.extractor.syntax import Syntax


def group_names(syntax: Syntax, names: list[Name]) -> EntityTable:
    """Return the entities of an article, from its names."""
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
    table.add_mention(entity, name.first, name.last, "name" if name.kind == "country" else "demonym")


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
    table.add_mention(entity, name.first, name.last, "name")


def place_for_seat(table: EntityTable, name: Name) -> Entity:
    """Return the city (or building) that is a seat of government, as a place."""
    kind: EntityKind = "city" if name.kind == "seat" else "place"
    label = " ".join(from_capitals(word) for word in name.text.split())
    return table.find(kind, label) or table.add(kind, label, name.first, confidence=0.9)


def _add_persons(table: EntityTable, names: list[Name]) -> None:
    """Add the persons: first the full names, then the short names that refer to one of them."""
    full = [name for name in names if name.last > name.first]
    for name in full:
        words = _name_words(table.syntax, name)
        entity = next(
            (e for e in table.entities if e.kind == "person" and _same_person(e.label.split(), words)), None
        )
        if entity is None:
            entity = table.add("person", " ".join(words), name.first, gender=gender_of(words))
        elif len(words) > len(entity.label.split()):
            entity.label = " ".join(words)
        table.add_mention(entity, name.first, name.last, "name")
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
    """Return True if two full names are of the same person.

    First and last name must agree; a middle name or initial may be missing.
    """
    if known == words:
        return True
    if known[-1] != words[-1]:
        return False
    return known[0] == words[0] or (known[0][0] == words[0][0] and "." in known[0] + words[0])


def _add_short_name(table: EntityTable, name: Name, bound: Entity | None) -> Entity:
    """Add the mention of a person by a single name, and return the person.

    Args:
        table: the entities so far.
        name: the single name.
        bound: the person to whom the same name referred before. News reports keep to that.
    """
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
    table.add_mention(entity, name.first, name.last, "name")
    return entity


def _by_surname(fits: list[Entity], name: Name) -> list[Entity]:
    """Return those of ``fits`` whose surname is the name, or all if it is nobody's surname."""
    surname = [e for e in fits if e.label.split()[-1] == name.text]
    return surname or fits


def _abbreviates(text: str, person: Entity) -> bool:
    """Return True if ``text`` is the first, the second or the last word of the person's full name."""
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


def _add_organisations(table: EntityTable, names: list[Name]) -> None:
    """Add the organisations: the longest names first, so that acronyms and short forms find them."""
    for name in sorted(names, key=lambda n: (n.first - n.last, n.first)):
        text = name.text.strip(" .,") if not name.text.endswith((".", "Inc.", "Corp.", "Co.")) else name.text
        entity = table.find("organisation", text) or _expansion(table, text)
        if entity is None:
            entity = table.add("organisation", text, name.first, confidence=0.85)
        table.add_mention(entity, name.first, name.last, "name")
    for entity in table.entities:
        entity.mentions.sort()


def _expansion(table: EntityTable, text: str) -> Entity | None:
    """Return the organisation that a short name abbreviates, by initials or first word, or None."""
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
    """Return the initials of a name, with and without its small words."""
    words = [word for word in label.replace("-", " ").split() if word]
    every = "".join(word[0] for word in words).upper()
    return every, "".join(word[0] for word in words if word not in _SMALL).upper()
