"""The pages: the start, each thing that the graph names, and what is not known."""

from __future__ import annotations

from collections import defaultdict
from urllib.parse import parse_qs

from kg.questions import list_questions
from kg.vocab import KG, RDF, RDFS, SCHEMA
from server.front import Backend
from server.page import asking, searching
from server.page.rendering import is_built, render, send_page
from server.responding import Scope, Send

_COUNTS = """SELECT ?class (COUNT(DISTINCT ?s) AS ?n) WHERE {{
    VALUES ?class {{ schema:NewsArticle kg:Actor kg:Organisation kg:Statement kg:Proposal kg:Event }}
    GRAPH ?g {{ ?s a ?class }} }} GROUP BY ?class ORDER BY ?class"""
_PLURALS = {
    SCHEMA.NewsArticle.value: "articles",
    KG.Actor.value: "actors",
    KG.Organisation.value: "organisations",
    KG.Statement.value: "statements",
    KG.Proposal.value: "proposals",
    KG.Event.value: "events",
}
_NEWEST = """SELECT ?article (SAMPLE(?title) AS ?name) (MAX(STR(?date)) AS ?day) WHERE {{
    GRAPH ?g {{ ?article a schema:NewsArticle ; schema:headline ?title
        OPTIONAL {{ ?article schema:datePublished ?date }} }} }}
    GROUP BY ?article ORDER BY DESC(?day) ?article LIMIT 10"""
_QUOTED = """SELECT ?actor (MIN(STR(?label)) AS ?name) (COUNT(DISTINCT ?said) AS ?n) WHERE {{
    GRAPH ?g {{ ?said kg:speaker ?actor . ?actor rdfs:label ?label }} }}
    GROUP BY ?actor ORDER BY DESC(?n) ?name LIMIT 15"""
_LONG = (KG.evidence.value, SCHEMA.articleBody.value)
_TITLES = (RDFS.label.value, SCHEMA.headline.value)
_OUT = "CONSTRUCT {{ {node} ?p ?o }} WHERE {{ GRAPH ?g {{ {node} ?p ?o }} }}"
_SAID = """SELECT ?said ?cue ?content ?words ?article (MIN(STR(?title)) AS ?name) WHERE {{
    GRAPH ?article {{ ?said kg:speaker {node} ; kg:cue ?cue OPTIONAL {{ ?said kg:content ?content }}
        OPTIONAL {{ ?said kg:evidence ?cued . ?cued kg:mentionPart "cue" ; kg:sentence ?sentence .
            ?sentence kg:text ?words }}
        OPTIONAL {{ ?article schema:headline ?title }} }} }}
    GROUP BY ?said ?cue ?content ?words ?article ORDER BY ?article ?said LIMIT 300"""
_DID = """SELECT DISTINCT ?event ?name ?part ?article WHERE {{
    VALUES ?part {{ kg:agent kg:target kg:participant }}
    GRAPH ?article {{ ?event ?part {node} ; rdfs:label ?name }} }} ORDER BY ?article ?event LIMIT 300"""
_IN = """SELECT DISTINCT ?node ?type ?name WHERE {{
    GRAPH {node} {{ ?node a ?type ; rdfs:label ?name
        FILTER(?type IN (kg:Actor, kg:Organisation, kg:Event)) }} }} ORDER BY ?type ?name LIMIT 500"""
_TOLD = """SELECT ?said ?who ?cue ?content WHERE {{
    GRAPH {node} {{ ?said kg:cue ?cue OPTIONAL {{ ?said kg:content ?content }}
        OPTIONAL {{ ?said kg:speaker ?speaker . ?speaker rdfs:label ?who }} }} }} ORDER BY ?said LIMIT 500"""


async def home(backend: Backend, scope: Scope, send: Send) -> None:
    """Answer with the start: what is there, a search, the questions, an editor.

    Raises:
        KgError: the graph does not answer.
    """
    words = parse_qs(scope["query_string"].decode("latin-1")).get("search", [""])[0].strip()
    if words:
        found = await searching.find(backend, words)
        await send_page(
            send, render("search.html", backend.base, words=words, found=found, most=searching.MOST)
        )
        return
    body = render(
        "home.html",
        backend.base,
        counts=[(_PLURALS[row["class"]], int(row["n"])) for row in await asking.select(backend, _COUNTS)],
        newest=await asking.select(backend, _NEWEST),
        quoted=await asking.select(backend, _QUOTED),
        questions=list_questions(),
        editor=is_built(),
    )
    await send_page(send, body)


async def thing(backend: Backend, node: str, scope: Scope, send: Send) -> None:
    """Answer with the page about something that the graph names.

    Raises:
        KgError: the graph does not answer.
    """
    del scope
    term = asking.iri(node)
    facts: dict[str, list[tuple[str, bool]]] = defaultdict(list)
    for triple in await asking.triples(backend, _OUT, node=term):
        value = triple.object
        facts[triple.predicate.value].append(
            (getattr(value, "value", str(value)), str(value).startswith("<"))
        )
    linked = {value for values in facts.values() for value, is_iri in values if is_iri}
    article = node.startswith(f"{backend.base}article/")
    body = render(
        "thing.html",
        backend.base,
        node=node,
        facts={name: sorted(values) for name, values in sorted(facts.items()) if name not in _LONG},
        names=await asking.labels(backend, linked),
        title=next((value for name in _TITLES for value, _ in facts.get(name, [])), node),
        types=[value for value, _ in facts.get(RDF.type.value, [])],
        said=await asking.select(backend, _SAID, node=term),
        did=await asking.select(backend, _DID, node=term),
        inside=await asking.select(backend, _IN, node=term) if article else [],
        told=await asking.select(backend, _TOLD, node=term) if article else [],
    )
    await send_page(send, body, headers=[(b"vary", b"Accept")])


async def unknown(backend: Backend, node: str, send: Send) -> None:
    """Answer that nothing is known of a node."""
    await send_page(send, render("unknown.html", backend.base, node=node), 404, [(b"vary", b"Accept")])
