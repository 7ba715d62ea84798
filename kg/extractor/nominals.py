"""Organisations named by a description: "Russia's armed forces", "the Wagner mercenary group"."""

from __future__ import annotations

from functools import lru_cache

from kg.extractor.entities import Entity, EntityTable, phrase_bounds
from kg.extractor.gazetteer import adjective_of
from kg.extractor.lexicon import bodies
from kg.extractor.syntax import Syntax

_MODIFIERS = frozenset({"compound", "amod", "nmod"})
_STATE_BODIES = frozenset(
    """
    ministry army navy government military police parliament senate congress court embassy cabinet
    administration council forces force guard department agency bureau treasury
    """.split()
)
_CANONICAL_BODY = {
    "naval forces": "Navy",
    "naval force": "Navy",
    "air forces": "Air Force",
    "ground forces": "Army",
    "armed services": "armed forces",
}
"""Descriptions of an armed service, with the name that it is known by."""


def add_bodies(table: EntityTable) -> None:
    """Add the organisations that a common noun and a name beside it identify."""
    for token, pos in enumerate(table.syntax.pos):
        if pos in ("NOUN", "PROPN") and token not in table.indexes_at:
            _add_body(table, token)
    _attach_to_countries(table)


@lru_cache(maxsize=1)
def _last_words() -> frozenset[str]:
    """Return the last words of the entries of the table of bodies."""
    return frozenset(phrase.rpartition(" ")[2] for phrase in bodies())


def body_at(syntax: Syntax, token: int) -> tuple[int, bool]:
    """Return the first token of the body noun that ends at ``token``, and True if there is one.

    Body nouns may have several words: "armed *forces*".
    """
    if syntax.lower[token] not in _last_words() and syntax.lemma[token] not in _last_words():
        return token, False
    for first in range(max(0, token - 2), token + 1):
        phrase = " ".join(syntax.lower[first : token + 1])
        lemma = " ".join([*syntax.lower[first:token], syntax.lemma[token]])
        for known in (phrase, lemma):
            body = bodies().get(known)
            if (
                body is not None
                and body.kind == "organisation"
                and _number_fits(syntax, token, body.number, known == phrase)
            ):
                return first, True
    return token, False


def _number_fits(syntax: Syntax, token: int, number: str, as_written: bool) -> bool:
    plural = syntax.tag[token] in ("NNS", "NNPS")
    return not plural or (number == "plural" and as_written)


def _add_body(table: EntityTable, token: int) -> None:
    """Add the organisation that the noun ``token`` and a name before it identify, if there is one."""
    syntax = table.syntax
    first_of_body, is_body = body_at(syntax, token)
    if not is_body:
        return
    owners = [
        child
        for child in syntax.children[token]
        if child < token and syntax.dep[child] in ("poss", *_MODIFIERS) and child in table.indexes_at
    ]
    if not owners:
        return
    named = _organisation_in_apposition(table, token)
    if named is not None:
        first, _ = phrase_bounds(syntax, token)
        table.add_mention(named, first, token, "nominal", head=token)
        return
    owner_token = owners[0]
    owner = table.entities_at(owner_token)[0]
    if owner.kind == "place" or any(syntax.tag[child] in ("JJS", "RBS") for child in syntax.children[token]):
        return
    owner_is_possessor = syntax.dep[owner_token] == "poss"
    entity = _classified_organisation(owner, owner_is_possessor) or _named_after(
        table, owner, owner_token, token, first_of_body
    )
    first, _ = phrase_bounds(syntax, token)
    start = first + 1 if syntax.dep[first] == "det" else first
    written = syntax.phrase(start, token)
    entity.names[written] += 0 if entity is not owner else 1
    table.add_mention(entity, start, token, "nominal", head=token)
    entity.names.setdefault(written, 0)


def _organisation_in_apposition(table: EntityTable, token: int) -> Entity | None:
    """Return the organisation in apposition to the noun, or None: "the Norwegian group *Halvorsen*"."""
    syntax = table.syntax
    beside = syntax.children_of(token, "appos") + (
        [syntax.head[token]] if syntax.dep[token] == "appos" else []
    )
    return next(
        (e for other in beside for e in table.entities_at(other) if e.kind == "organisation" and e.named),
        None,
    )


def _classified_organisation(owner: Entity, possessor: bool) -> Entity | None:
    """Return the organisation itself if the noun only classifies its name: "the Wagner mercenary group"."""
    return owner if owner.kind == "organisation" and not possessor else None


def _named_after(
    table: EntityTable, owner: Entity, owner_token: int, token: int, first_of_body: int
) -> Entity:
    """Return the organisation that is named after its owner.

    "Russia's armed forces" is the "Russian armed forces".
    """
    syntax = table.syntax
    rest = [
        syntax.words[t] for t in range(owner_token + 1, token + 1)
        if syntax.dep[t] != "case" and syntax.tag[t] not in ("POS", "DT", "PRP$")
    ]  # fmt: skip
    body = " ".join(syntax.lower[first_of_body : token + 1])
    synonym = _CANONICAL_BODY.get(body)
    if synonym:
        rest = [*rest[: len(rest) - (token + 1 - first_of_body)], synonym]
    possessor = adjective_of().get(owner.label, owner.label) if owner.kind == "country" else owner.label
    label = f"{possessor} {' '.join(rest)}"
    known = table.find("organisation", label)
    return known or table.add(
        "organisation", label, owner_token, named=owner.named, rule="body", confidence=0.75,
        part_of=owner.index if not owner.is_place and owner.kind != "person" else None,
    )  # fmt: skip


def _attach_to_countries(table: EntityTable) -> None:
    """Set the country of each organisation whose name starts with a country or its adjective."""
    owners = {adjective: country for country, adjective in adjective_of().items()}
    for entity in table.entities:
        if entity.kind != "organisation" or entity.part_of is not None or len(entity.label.split()) < 2:
            continue
        country = owners.get(entity.label.split()[0]) or _country_first(entity.label)
        owner = table.find("country", country) if country else None
        if owner is not None and ends_in_state_body(entity.label):
            entity.part_of = owner.index


def _country_first(label: str) -> str | None:
    return next(
        (name for name in adjective_of() if label.startswith((name + " ", name + "'s ", name + "’s "))), None
    )


def ends_in_state_body(label: str) -> bool:
    """Return True if a name ends in the noun of a state body: "Chinese Defence *Ministry*"."""
    return label.split()[-1].lower() in _STATE_BODIES
