"""Sort keys for the subjects, properties and values of an export.

The article comes first, then actors, places, roles, statements and events in the order of the text, and
mentions last. Numbers within IRIs and literals sort by value.
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
_SORTED_AS = {"proposal": "statement"}  # statements and proposals are sorted together

_NUMBER = re.compile(r"([0-9]+)")
_FRAGMENT_KIND = re.compile(r"[a-z]*")

FIRST_PREDICATES = (RDF.type, RDFS.label)
LAST_PREDICATES = (KG.evidence, SCHEMA.articleBody)


def natural(text: str) -> Natural:
    """Return a key that sorts the numbers in ``text`` by value: ``#event-9`` before ``#event-10``."""
    parts = _NUMBER.split(text)
    return tuple(_number_key(part) if index % 2 else part for index, part in enumerate(parts))


def subject_key(subject: Subject, base: str) -> Key:
    """Return the sort key of a subject; ``base`` is the base IRI of the data."""
    if not isinstance(subject, ox.NamedNode):
        return 99, (), (), str(subject)
    document, hash_mark, fragment = subject.value.partition("#")
    if hash_mark and document.startswith(base + SHARED_KINDS[0]):
        kind = _FRAGMENT_KIND.match(fragment)
        rank = _rank(FRAGMENT_KINDS, _SORTED_AS.get(kind[0], kind[0]) if kind else "")
        position = 50 if fragment.startswith("char=") else 10 + rank
        numbers = tuple(_number_key(digits) for digits in _NUMBER.findall(fragment))
        return position, natural(document), numbers, subject.value
    kinds = (rank for rank, kind in enumerate(SHARED_KINDS) if subject.value.startswith(base + kind))
    return next(kinds, len(SHARED_KINDS)), natural(subject.value), (), subject.value


def predicate_key(predicate: ox.NamedNode) -> tuple[int, str]:
    """Return the sort key of a property: type and label first, long values last, the others by IRI."""
    if predicate in FIRST_PREDICATES:
        return FIRST_PREDICATES.index(predicate), predicate.value
    return (4 + LAST_PREDICATES.index(predicate) if predicate in LAST_PREDICATES else 3), predicate.value


def object_key(term: Term) -> tuple[int, Natural, str]:
    """Return the sort key of a value: terms of ``kg.ttl``, other IRIs, literals, blank nodes."""
    if isinstance(term, ox.NamedNode):
        return (0 if term.value.startswith(KG.namespace) else 1), natural(term.value), term.value
    if isinstance(term, ox.Literal):
        return 2, natural(term.value), str(term)
    return 3, (), str(term)


def _number_key(digits: str) -> tuple[int, str]:
    """Return a key that sorts like the number, for any number of digits."""
    digits = digits.lstrip("0")
    return len(digits), digits


def _rank(kinds: tuple[str, ...], kind: str) -> int:
    return kinds.index(kind) if kind in kinds else len(kinds)
