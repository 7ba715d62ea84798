"""The page of terms, from ``ontology/kg.ttl``."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rdflib import RDFS, SKOS, Graph, URIRef

from docs.generate.markdown import page, table
from kg.rdf.vocab import KG
from kg.resources import ontology_folder

_INTRO = """The namespace is `https://w3id.org/communique#`, prefix `kg:`. An article is a
`schema:NewsArticle`. An office is an `org:Membership`. Persons, countries and cities also have the types
`schema:Person`, `schema:Country` and `schema:City`. [The graph](../explanation/graph.md) explains how the
terms work together. `kg serve` serves the ontology at `/ontology`.
"""
_HEADING = re.compile(r"^#{5,} (.+?) #{5,}$|^kg:(\w+) a ", re.MULTILINE)


def render() -> str:
    """Return the page."""
    text = (ontology_folder() / "kg.ttl").read_text("utf-8")
    graph = Graph().parse(data=text, format="turtle")
    parts = [_section(graph, heading, names) for heading, names in _groups(text)]
    return page("Ontology", "ontology/kg.ttl", _INTRO, parts)


def _groups(text: str) -> Iterator[tuple[str, list[str]]]:
    """Yield the sections of the file, each with the terms that it declares, in their order."""
    heading, names = "", list[str]()
    for title, name in _HEADING.findall(text):
        if title:
            if names:
                yield heading, names
            heading, names = title, []
        else:
            names.append(name)
    yield heading, names


def _section(graph: Graph, heading: str, names: list[str]) -> str:
    rows = [_row(graph, URIRef(KG.namespace + name), name) for name in names]
    title = f"## {heading[0].upper()}{heading[1:]}\n\n"
    return title + table(("term", "meaning", "from, to", "related terms"), rows)


def _row(graph: Graph, term: URIRef, name: str) -> tuple[str, str, str, str]:
    meaning = graph.value(term, RDFS.comment) or graph.value(term, SKOS.definition) or ""
    domain, target = (_names(graph, term, (way,)) for way in (RDFS.domain, RDFS.range))
    ends = f"{domain or 'any'} → {target or 'any'}" if domain or target else ""
    broader = _names(graph, term, (RDFS.subClassOf, RDFS.subPropertyOf))
    near = _names(graph, term, (SKOS.closeMatch, SKOS.narrowMatch, SKOS.relatedMatch))
    notation = graph.value(term, SKOS.notation)
    related = [f"is a {broader}"] * bool(broader) + [f"see {near}"] * bool(near)
    related += [f"PLOVER {notation}"] * bool(notation and str(notation) != "none")
    return f"`kg:{name}`", str(meaning), ends, "; ".join(related)


def _names(graph: Graph, term: URIRef, ways: tuple[URIRef, ...]) -> str:
    found = sorted(graph.qname(str(one)) for way in ways for one in graph.objects(term, way))
    return ", ".join(f"`{name}`" for name in found)
