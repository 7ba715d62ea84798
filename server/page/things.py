"""What a page tells about something that the graph names."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from kg.rdf.vocab import KG, RDF, RDFS, SCHEMA
from server.front import Backend
from server.page import asking
from server.page.asking import Rows

Facts = dict[str, list[tuple[str, bool]]]
"""Values by property, each with whether it is an IRI."""

_OWN_PLACE = (KG.evidence.value, SCHEMA.articleBody.value)  # of facts that are shown elsewhere, or not at all
_TITLES = (RDFS.label.value, SCHEMA.headline.value)
_BY = (SCHEMA.publisher.value, SCHEMA.author.value, SCHEMA.datePublished.value)

_OUT = "CONSTRUCT {{ {node} ?p ?o }} WHERE {{ GRAPH ?g {{ {node} ?p ?o }} }}"
# What was said, in the words of the article; {of} says of which statements.
_SAYING = """SELECT ?said ?speaker (MIN(STR(?label)) AS ?who) ?cue (MIN(STR(?verb)) AS ?told) ?content
    (MIN(STR(?sentence)) AS ?words) (MIN(?start) AS ?at) ?article (MIN(STR(?title)) AS ?name)
    (MIN(STR(?date)) AS ?day) WHERE {{
    GRAPH ?article {{ {of} ?said kg:cue ?cue OPTIONAL {{ ?said kg:content ?content }}
        OPTIONAL {{ ?said kg:speaker ?speaker . ?speaker rdfs:label ?label }}
        OPTIONAL {{ ?said kg:evidence ?cued . ?cued kg:mentionPart "cue" ; kg:text ?verb ; kg:start ?start .
            OPTIONAL {{ ?cued kg:sentence/kg:text ?sentence }} }}
        OPTIONAL {{ ?article schema:headline ?title }}
        OPTIONAL {{ ?article schema:datePublished ?date }} }} }}
    GROUP BY ?said ?speaker ?cue ?content ?article ORDER BY DESC(?day) ?article ?at ?said LIMIT 500"""
_DID = """SELECT ?event (MIN(STR(?label)) AS ?name) (MIN(STR(?one)) AS ?part) (SAMPLE(?kind) AS ?type)
    (SAMPLE(?real) AS ?status) WHERE {{
    VALUES ?one {{ kg:agent kg:target kg:participant kg:place }}
    GRAPH ?article {{ ?event ?one {node} ; rdfs:label ?label
        OPTIONAL {{ ?event kg:eventType ?kind }} OPTIONAL {{ ?event kg:status ?real }} }} }}
    GROUP BY ?event ORDER BY ?event LIMIT 300"""
_HELD = """SELECT DISTINCT ?role ?other WHERE {{ GRAPH ?g {{
    {{ ?held org:member {node} ; rdfs:label ?role OPTIONAL {{ ?held org:organization ?other }} }}
    UNION {{ ?held org:organization {node} ; org:member ?other ; rdfs:label ?role }} }} }}
    ORDER BY ?role ?other LIMIT 300"""
_IN = """SELECT ?node (MIN(STR(?label)) AS ?name) (GROUP_CONCAT(DISTINCT STR(?class)) AS ?types)
    (SAMPLE(?kind) AS ?type) (SAMPLE(?real) AS ?status) WHERE {{
    GRAPH {node} {{ ?node a ?class ; rdfs:label ?label
        FILTER EXISTS {{ VALUES ?shown {{ kg:Actor kg:Event schema:Place }} ?node a ?shown }}
        OPTIONAL {{ ?node kg:eventType ?kind }} OPTIONAL {{ ?node kg:status ?real }} }} }}
    GROUP BY ?node ORDER BY LCASE(?name) ?node LIMIT 500"""


async def tell(backend: Backend, node: str) -> dict[str, Any]:
    """Return what the page of a node shows, by the names that the template has for it.

    Args:
        backend: the store.
        node: its IRI, which the graph knows.

    Raises:
        KgError: the graph does not answer.
    """
    term = asking.iri(node)
    article = node.startswith(f"{backend.base}article/")
    of = f"BIND({term} AS ?article)" if article else f"?said kg:speaker {term} ."
    facts = await _facts(backend, term)
    held = await asking.select(backend, _HELD, node=term)
    linked = {value for values in facts.values() for value, is_iri in values if is_iri}
    return {
        "node": node,
        "article": article,
        "facts": {name: sorted(values) for name, values in sorted(facts.items()) if name not in _OWN_PLACE},
        "names": await asking.labels(backend, {*linked, *(row["other"] for row in held)}),
        "title": next((value for name in _TITLES for value, _ in facts.get(name, [])), node),
        "types": [value for value, _ in facts.get(RDF.type.value, [])],
        "by": [value[:10] if name == _BY[-1] else value for name in _BY for value, _ in facts.get(name, [])],
        "source": next((value for value, _ in facts.get(SCHEMA.url.value, [])), ""),
        "text": next((value for value, _ in facts.get(SCHEMA.articleBody.value, [])), ""),
        "saying": await asking.select(backend, _SAYING, of=of),
        "did": await asking.select(backend, _DID, node=term),
        "held": held,
        "inside": _grouped(await asking.select(backend, _IN, node=term)) if article else {},
    }


async def _facts(backend: Backend, term: str) -> Facts:
    facts: Facts = defaultdict(list)
    for triple in await asking.triples(backend, _OUT, node=term):
        value = triple.object
        facts[triple.predicate.value].append(
            (getattr(value, "value", str(value)), str(value).startswith("<"))
        )
    return facts


def _grouped(rows: Rows) -> dict[str, Rows]:
    """Return what an article is about by what it is."""
    groups: dict[str, Rows] = {"Actors": [], "Events": [], "Places": []}
    for row in rows:
        classes = row["types"].split()
        groups[
            "Events" if KG.Event.value in classes else "Actors" if KG.Actor.value in classes else "Places"
        ] += [row]
    return {name: group for name, group in groups.items() if group}
