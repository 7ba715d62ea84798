"""Write N-Triples and N-Quads: one triple on each line, in the order of the other formats."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

import pyoxigraph as ox

from kg.export.groups import Section


def ntriples(sections: Iterable[Section], _prefixes: Mapping[str, str], _base: str) -> Iterator[str]:
    """Yield the sections as N-Triples 1.1, one subject at a time."""
    for section in sections:
        for group in section.groups:
            subject = group.subject
            yield "".join(
                f"{subject} {predicate} {value} .\n"
                for predicate, values in group.properties
                for value in values
            )


def nquads(sections: Iterable[Section], _prefixes: Mapping[str, str], _base: str) -> Iterator[str]:
    """Yield the sections as N-Quads 1.1, one subject at a time."""
    for section in sections:
        graph = "" if isinstance(section.graph, ox.DefaultGraph | None) else f" {section.graph}"
        for group in section.groups:
            subject = group.subject
            yield "".join(
                f"{subject} {predicate} {value}{graph} .\n"
                for predicate, values in group.properties
                for value in values
            )
