"""The pages: the start, each thing that the graph names, and what is not known."""

from __future__ import annotations

from urllib.parse import parse_qs

from kg.questions import list_questions
from kg.vocab import KG, SCHEMA
from server.front import Backend
from server.page import asking, searching, things
from server.page.rendering import href, is_built, render, send_page
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
_DOCUMENTS = (
    (".ttl", "text/turtle"),
    (".jsonld", "application/ld+json"),
    (".nt", "application/n-triples"),
    (".rdf", "application/rdf+xml"),
)
_NEWEST = """SELECT ?article (SAMPLE(?title) AS ?name) (MAX(STR(?date)) AS ?day) WHERE {{
    GRAPH ?g {{ ?article a schema:NewsArticle ; schema:headline ?title
        OPTIONAL {{ ?article schema:datePublished ?date }} }} }}
    GROUP BY ?article ORDER BY DESC(?day) ?article LIMIT 10"""
_QUOTED = """SELECT ?actor (MIN(STR(?label)) AS ?name) (COUNT(DISTINCT ?said) AS ?n) WHERE {{
    GRAPH ?g {{ ?said kg:speaker ?actor . ?actor rdfs:label ?label }} }}
    GROUP BY ?actor ORDER BY DESC(?n) ?name LIMIT 15"""


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
    document = href(node.partition("#")[0], backend.base)
    known = await things.tell(backend, node)
    body = render("thing.html", backend.base, document=document, documents=_DOCUMENTS, **known)
    await send_page(send, body, headers=[(b"vary", b"Accept")])


async def unknown(backend: Backend, node: str, send: Send) -> None:
    """Answer that nothing is known of a node."""
    await send_page(send, render("unknown.html", backend.base, node=node), 404, [(b"vary", b"Accept")])
