"""The order in which an export lists things: the same each time, and readable.

The article first, then actors, places, roles, statements, events in the order of the text, mentions last;
numbers sort as numbers.
"""

from __future__ import annotations

import re

import pyoxigraph as ox

from kg.rdf.vocab import KG, RDF, RDFS, SCHEMA

Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
Subject = ox.NamedNode | ox.BlankNode | ox.Triple
Natural = tuple[str | tuple[int, str], ...]
Key = tuple[int, Natural, Natural, str]

SHARED_KINDS = ("article/", "actor/", "place/", "run/")
FRAGMENT_KINDS = ("actor", "role", "statement", "event")
_SAME_AS = {"proposal": "statement"}  # statements and proposals run together through the text

_NUMBER = re.compile(r"([0-9]+)")
_FRAGMENT_KIND = re.compile(r"[a-z]*")

FIRST_PREDICATES = (RDF.type, RDFS.label)
LAST_PREDICATES = (KG.evidence, SCHEMA.articleBody)


def natural(text: str) -> Natural:
    """Return a key that sorts the numbers in ``text`` by value: ``#event-9`` before ``#event-10``."""
    parts = _NUMBER.split(text)
    return tuple(_number(part) if place % 2 else part for place, part in enumerate(parts))


def subject_key(subject: Subject, base: str) -> Key:
    """Where ``subject`` stands among the subjects of a graph; ``base`` is the base IRI of the data."""
    if not isinstance(subject, ox.NamedNode):
        return 99, (), (), str(subject)
    document, hash_mark, fragment = subject.value.partition("#")
    if hash_mark and document.startswith(base + SHARED_KINDS[0]):
        kind = _FRAGMENT_KIND.match(fragment)
        rank = _rank(FRAGMENT_KINDS, _SAME_AS.get(kind[0], kind[0]) if kind else "")
        mention = 50 if fragment.startswith("char=") else 10 + rank
        numbers = tuple(_number(digits) for digits in _NUMBER.findall(fragment))
        return mention, natural(document), numbers, subject.value
    kinds = (rank for rank, kind in enumerate(SHARED_KINDS) if subject.value.startswith(base + kind))
    return next(kinds, len(SHARED_KINDS)), natural(subject.value), (), subject.value


def predicate_key(predicate: ox.NamedNode) -> tuple[int, str]:
    """Type and label first, long values last, the rest by name."""
    if predicate in FIRST_PREDICATES:
        return FIRST_PREDICATES.index(predicate), predicate.value
    return (4 + LAST_PREDICATES.index(predicate) if predicate in LAST_PREDICATES else 3), predicate.value


def object_key(term: Term) -> tuple[int, Natural, str]:
    """Our own terms, other IRIs, literals, then the rest; numbers within them by value."""
    if isinstance(term, ox.NamedNode):
        return (0 if term.value.startswith(KG.namespace) else 1), natural(term.value), term.value
    if isinstance(term, ox.Literal):
        return 2, natural(term.value), str(term)
    return 3, (), str(term)


def _number(digits: str) -> tuple[int, str]:
    """Sorts as the number does, however many digits it has."""
    digits = digits.lstrip("0")
    return len(digits), digits


def _rank(kinds: tuple[str, ...], kind: str) -> int:
    return kinds.index(kind) if kind in kinds else len(kinds)
