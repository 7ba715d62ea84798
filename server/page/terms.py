"""The terms of the ontology, for the page that explains them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache

import pyoxigraph as ox

from kg.rdf.vocab import KG, RDF, RDFS, SKOS
from kg.resources import ontology_folder

_OWL = "http://www.w3.org/2002/07/owl#"
_GROUPS = {
    f"{_OWL}Class": "Classes",
    f"{_OWL}ObjectProperty": "Properties that lead to things",
    f"{_OWL}DatatypeProperty": "Properties that have a value",
    f"{SKOS.namespace}Concept": "Types of events",
}
_MEANINGS = (f"{RDFS.namespace}comment", f"{SKOS.namespace}definition")


@dataclass(frozen=True, slots=True)
class Term:
    """A class, a property or a type of events."""

    name: str  # without the namespace
    meaning: str
    of: tuple[str, ...]  # IRIs of the classes that have the property
    value: tuple[str, ...]  # IRIs of what its values are


@lru_cache
def terms() -> dict[str, list[Term]]:
    """Return the terms by what they are, each group by name.

    Raises:
        StopError: the ontology is missing.
    """
    said: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for quad in ox.parse((ontology_folder() / "kg.ttl").read_bytes(), format=ox.RdfFormat.TURTLE):
        if isinstance(quad.object, ox.NamedNode | ox.Literal):
            said[str(quad.subject).strip("<>")][quad.predicate.value].append(quad.object.value)
    groups: dict[str, list[Term]] = {name: [] for name in _GROUPS.values()}
    for iri, facts in sorted(said.items()):
        group = next((name for kind, name in _GROUPS.items() if kind in facts[RDF.type.value]), None)
        if group and iri.startswith(KG.namespace):
            meaning = next((text for name in _MEANINGS for text in facts[name]), "")
            of, value = (tuple(facts[f"{RDFS.namespace}{name}"]) for name in ("domain", "range"))
            groups[group].append(Term(iri.removeprefix(KG.namespace), meaning, of, value))
    return groups
