"""Write Turtle and TriG in a layout that is easy to read and to compare with git.

Each subject is a paragraph; each property, and each of several values, is on a line of its own. IRIs are
shortened by prefixes and by ``@base``, which is set for each article, so that its parts read
``<#event-163>``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

import pyoxigraph as ox

from kg.export.groups import Group, Section
from kg.export.order import Term
from kg.rdf.vocab import RDF, XSD

_XSD = XSD.namespace

# Local names and relative IRIs that need no escapes. The grammar allows more.
_LOCAL = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9_.-]*[A-Za-z0-9_-])?")
_RELATIVE = re.compile(r"(?:[A-Za-z0-9_-]+)?(?:#[A-Za-z0-9_.,=~-]*)?")

# Numbers and booleans that are written without quotation marks and datatype (Turtle 1.1, section 2.5.2).
_BARE = {
    _XSD + "integer": re.compile(r"[+-]?[0-9]+"),
    _XSD + "decimal": re.compile(r"[+-]?[0-9]*\.[0-9]+"),
    _XSD + "double": re.compile(r"[+-]?(?:[0-9]+\.[0-9]*|\.?[0-9]+)[eE][+-]?[0-9]+"),
    _XSD + "boolean": re.compile(r"true|false"),
}

# Between triple quotation marks, a quotation mark is escaped if another one or the end of the text follows.
_ESCAPED_QUOTE = re.compile(r'"(?="|\Z)')
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


class Names:
    """Writes terms with short IRIs, for given prefixes and the current ``base``."""

    def __init__(self, prefixes: Mapping[str, str]) -> None:
        self._prefixes = {namespace: prefix for prefix, namespace in prefixes.items()}
        self.base = ""

    def iri(self, iri: str) -> str:
        """Return the shortest form of an IRI: relative to the base, with a prefix, or in full."""
        if iri == self.base:
            return "<>"
        cut = max(iri.rfind("#"), iri.rfind("/")) + 1
        prefix = self._prefixes.get(iri[:cut])
        if prefix is not None and _LOCAL.fullmatch(iri, cut):
            return f"{prefix}:{iri[cut:]}"
        if self.base and iri.startswith(self.base) and _RELATIVE.fullmatch(iri, len(self.base)):
            return f"<{iri[len(self.base) :]}>"
        return str(ox.NamedNode(iri))

    def term(self, term: Term) -> str:
        """Return any term as Turtle."""
        if isinstance(term, ox.NamedNode):
            return self.iri(term.value)
        if isinstance(term, ox.Literal):
            return self._literal(term)
        return str(term)

    def _literal(self, literal: ox.Literal) -> str:
        datatype = literal.datatype.value
        if datatype in _BARE and _BARE[datatype].fullmatch(literal.value):
            return literal.value
        if literal.direction is not None:
            return str(literal)
        text = quoted(literal.value)
        if literal.language:
            return f"{text}@{literal.language}"
        return text if datatype == _XSD + "string" else f"{text}^^{self.iri(datatype)}"


def quoted(text: str) -> str:
    """Return ``text`` as a quoted string. A text of several lines keeps its line breaks."""
    if "\n" not in text:
        return str(ox.Literal(text))
    text = _ESCAPED_QUOTE.sub('\\\\"', text.replace("\\", "\\\\"))
    return '"""' + _UNPRINTABLE.sub(lambda match: f"\\u{ord(match[0]):04X}", text) + '"""'


def turtle(sections: Iterable[Section], prefixes: Mapping[str, str], base: str) -> Iterator[str]:
    """Yield the sections as Turtle 1.1, in pieces."""
    names = Names(prefixes)
    yield _header(prefixes)
    for section in sections:
        yield _set_base(names, section.article or base + "article/")
        for group in section.groups:
            yield from ("\n", *_paragraph(group, names))


def trig(sections: Iterable[Section], prefixes: Mapping[str, str], base: str) -> Iterator[str]:
    """Yield the sections as TriG 1.1, each in its graph."""
    names = Names(prefixes)
    yield _header(prefixes)
    for section in sections:
        yield _set_base(names, section.article or base + "article/")
        graph = section.graph
        yield "\n{\n" if isinstance(graph, ox.DefaultGraph | None) else f"\n{names.term(graph)} {{\n"
        for group in section.groups:
            yield from ("\n", *_paragraph(group, names))
        yield "\n}\n"


def _header(prefixes: Mapping[str, str]) -> str:
    return "".join(f"@prefix {prefix}: <{namespace}> .\n" for prefix, namespace in prefixes.items())


def _set_base(names: Names, base: str) -> str:
    """Set the base of ``names``, and return the declaration; "" if the base is the same as before."""
    if base == names.base:
        return ""
    names.base = base
    return f"\n@base <{base}> .\n"


def _paragraph(group: Group, names: Names) -> Iterator[str]:
    yield names.term(group.subject)
    for index, (predicate, values) in enumerate(group.properties):
        is_type = predicate == RDF.type
        name = "a" if is_type else names.iri(predicate.value)
        separator = " , " if is_type else " ,\n        "
        yield (" " if index == 0 else " ;\n    ") + f"{name} {separator.join(map(names.term, values))}"
    yield " .\n"
