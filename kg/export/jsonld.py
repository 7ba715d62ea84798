"""Write JSON-LD 1.1: one object with the prefixes as its context and a flat list of nodes."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import pyoxigraph as ox

from kg.errors import UsageError
from kg.export.groups import Group, Section
from kg.export.order import Term
from kg.rdf.vocab import RDF, XSD

_XSD = XSD.namespace
_INTEGER = re.compile(r"-?[1-9][0-9]{0,14}|0")  # many JSON parsers read larger integers inexactly


def jsonld(sections: Iterable[Section], prefixes: Mapping[str, str], _base: str) -> Iterator[str]:
    """Yield the sections as JSON-LD, one node at a time."""
    by_namespace = {namespace: prefix for prefix, namespace in prefixes.items()}
    yield f'{{\n"@context": {json.dumps(dict(prefixes), indent=1)},\n"@graph": ['
    apart = "\n"
    for section in sections:
        for group in section.groups:
            yield apart + json.dumps(_node(group, by_namespace), ensure_ascii=False, indent=1)
            apart = ",\n"
    yield "\n]\n}\n"


def _node(group: Group, by_namespace: Mapping[str, str]) -> dict[str, Any]:
    node: dict[str, Any] = {"@id": _reference(group.subject, by_namespace)}
    for predicate, values in group.properties:
        if predicate == RDF.type:
            node["@type"] = [_reference(value, by_namespace) for value in values]
        else:
            members = [_value(value, by_namespace) for value in values]
            node[_short(predicate.value, by_namespace)] = members[0] if len(members) == 1 else members
    return node


def _value(term: Term, by_namespace: Mapping[str, str]) -> Any:
    if not isinstance(term, ox.Literal):
        return {"@id": _reference(term, by_namespace)}
    if term.language:
        direction = {"@direction": term.direction.value} if term.direction else {}
        return {"@value": term.value, "@language": term.language} | direction
    datatype = term.datatype.value
    if datatype == _XSD + "string":
        return term.value
    if datatype == _XSD + "boolean" and term.value in ("true", "false"):
        return term.value == "true"
    if datatype == _XSD + "integer" and _INTEGER.fullmatch(term.value):
        return int(term.value)
    return {"@value": term.value, "@type": _short(datatype, by_namespace)}


def _reference(term: Term, by_namespace: Mapping[str, str]) -> str:
    if isinstance(term, ox.NamedNode):
        return _short(term.value, by_namespace)
    if isinstance(term, ox.BlankNode):
        return str(term)
    raise UsageError(f"format: JSON-LD cannot represent {term}; use turtle or ntriples")


def _short(iri: str, by_namespace: Mapping[str, str]) -> str:
    """Return an IRI with its prefix, or unchanged if its namespace has none."""
    cut = max(iri.rfind("#"), iri.rfind("/")) + 1
    prefix = by_namespace.get(iri[:cut])
    return f"{prefix}:{iri[cut:]}" if prefix is not None else iri
