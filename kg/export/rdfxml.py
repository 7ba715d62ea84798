"""Write RDF/XML 1.1: one ``rdf:Description`` for each subject."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from xml.sax.saxutils import escape, quoteattr

import pyoxigraph as ox

from kg.errors import UsageError
from kg.export.groups import Section
from kg.export.order import Term
from kg.rdf.vocab import RDF, XSD

_RDF = RDF.namespace
_STRING = XSD.namespace + "string"
_LOCAL_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]*\Z")
_ESCAPES = {"\r": "&#13;"}  # XML parsers read a bare carriage return as a line feed
_NOT_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")  # XML 1.0, production 2


def rdfxml(sections: Iterable[Section], prefixes: Mapping[str, str], _base: str) -> Iterator[str]:
    """Yield the sections as RDF/XML, one subject at a time.

    Raises:
        UsageError: XML cannot represent a control character, or a property whose IRI does not end in an XML
            name.
    """
    by_namespace = {namespace: prefix for prefix, namespace in prefixes.items()} | {_RDF: "rdf"}
    yield '<?xml version="1.0" encoding="UTF-8"?>\n<rdf:RDF'
    for namespace, prefix in by_namespace.items():
        yield f"\n    xmlns:{prefix}={quoteattr(namespace)}"
    yield ">\n"
    for section in sections:
        for group in section.groups:
            yield f"<rdf:Description {_identified(group.subject, 'rdf:about')}>\n"
            for predicate, values in group.properties:
                start, end = _tags(predicate.value, by_namespace)
                yield from (f"  <{start}{_value(value, end)}\n" for value in values)
            yield "</rdf:Description>\n"
    yield "</rdf:RDF>\n"


def _tags(iri: str, by_namespace: Mapping[str, str]) -> tuple[str, str]:
    """Return the name and namespace declaration for the start tag, and the name for the end tag."""
    local = _local_name(iri)
    namespace = iri[: len(iri) - len(local)]
    if namespace in by_namespace:
        name = f"{by_namespace[namespace]}:{local}"
        return name, name
    return f"other:{local} xmlns:other={quoteattr(namespace)}", f"other:{local}"


def _local_name(iri: str) -> str:
    """Return the part after the last ``#`` or ``/`` if it is an XML name, else the longest end that is.

    Raises:
        UsageError: no end of the IRI is an XML name.
    """
    starts = [max(iri.rfind("#"), iri.rfind("/")) + 1, *range(1, len(iri))]
    local = next((iri[start:] for start in starts if _LOCAL_NAME.match(iri, start)), "")
    if not local:
        raise UsageError(f"format: RDF/XML cannot represent the property <{iri}>; use turtle or ntriples")
    return local


def _identified(term: Term, attribute: str) -> str:
    """Return the attribute that identifies a node."""
    if isinstance(term, ox.NamedNode):
        return f"{attribute}={quoteattr(term.value)}"
    if isinstance(term, ox.BlankNode):
        return f'rdf:nodeID="b{term.value}"'
    raise UsageError(f"format: RDF/XML cannot represent {term}; use turtle or ntriples")


def _value(term: Term, end: str) -> str:
    if not isinstance(term, ox.Literal):
        return f" {_identified(term, 'rdf:resource')}/>"
    attribute = f" xml:lang={quoteattr(term.language)}" if term.language else ""
    if not term.language and term.datatype.value != _STRING:
        attribute = f" rdf:datatype={quoteattr(term.datatype.value)}"
    if invalid := _NOT_XML.search(term.value):
        raise UsageError(
            f"format: XML cannot hold the character U+{ord(invalid[0]):04X}; use turtle or ntriples"
        )
    return f"{attribute}>{escape(term.value, _ESCAPES)}</{end}>"
