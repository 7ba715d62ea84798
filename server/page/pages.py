"""The pages: the start, each thing that the graph names, and what is not known."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qs
from weakref import WeakKeyDictionary

from kg.errors import KgError
from kg.query.questions import bind, get_question, list_questions
from kg.rdf.vocab import KG, SCHEMA
from server.front import Backend
from server.page import asking, searching, things
from server.page.rendering import ENDINGS, HTML, href, is_built, render, send_page
from server.page.terms import terms
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
_DOCUMENTS = [(ending, kind) for kind, ending in ENDINGS.items() if kind != HTML]
"""Of things, beside their pages."""
_NEWEST = """SELECT ?article (SAMPLE(?title) AS ?name) (MAX(STR(?date)) AS ?day) WHERE {{
    GRAPH ?g {{ ?article a schema:NewsArticle ; schema:headline ?title
        OPTIONAL {{ ?article schema:datePublished ?date }} }} }}
    GROUP BY ?article ORDER BY DESC(?day) ?article LIMIT 10"""
_QUOTED = """SELECT ?actor (MIN(STR(?label)) AS ?name) (COUNT(DISTINCT ?said) AS ?n) WHERE {{
    GRAPH ?g {{ ?said kg:speaker ?actor . ?actor rdfs:label ?label }} }}
    GROUP BY ?actor ORDER BY DESC(?n) ?name LIMIT 15"""


_overviews: WeakKeyDictionary[Backend, tuple[int, dict[str, Any]]] = WeakKeyDictionary()
"""What the start shows of a store, and the state of the store that this is of."""

_EXAMPLE = """SELECT ?name (COUNT(?said) AS ?statements) {
  ?said kg:speaker ?who . ?who rdfs:label ?name
} GROUP BY ?name ORDER BY DESC(?statements)"""


async def home(backend: Backend, scope: Scope, send: Send) -> None:
    """Answer with the start, or with what its address asks for.

    /                            what is there, the questions, an editor
    /?search=WORDS               what has such a name
    /?query=SPARQL               the start with this query in the editor
    /?question=NAME&actor=...    the start with this question, its form filled in, its query in the editor
    /?terms                      the ontology

    Raises:
        KgError: the graph does not answer.
    """
    text = scope["query_string"].decode("latin-1")
    given = {name: values[-1].strip() for name, values in parse_qs(text, keep_blank_values=True).items()}
    words = given.get("search", "")
    if words:
        found = await searching.find(backend, words)
        body = render("search.html", backend.base, words=words, found=found, most=searching.MOST)
    elif "terms" in given:
        body = render("terms.html", backend.base, groups=terms())
    else:
        body = render(
            "home.html",
            backend.base,
            **_asked(given, backend.base),
            **await _overview(backend),
            questions=list_questions(),
            editor=is_built(),
        )
    await send_page(send, body)


async def _overview(backend: Backend) -> dict[str, Any]:
    """Return what is in the graph, which is counted once for each state of it."""
    state = backend.state  # as it is when the counting begins
    kept = _overviews.get(backend)
    if kept is None or kept[0] != state:
        counts = await asking.select(backend, _COUNTS)
        overview = {
            "counts": [(_PLURALS[row["class"]], int(row["n"])) for row in counts],
            "newest": await asking.select(backend, _NEWEST),
            "quoted": await asking.select(backend, _QUOTED),
        }
        kept = _overviews[backend] = (state, overview)
    return kept[1]


def _asked(given: Mapping[str, str], base: str) -> dict[str, Any]:
    """Return the question that is asked, its values, its query, and what is wrong with them."""
    name = given.get("question", "")
    values = {key: value for key, value in given.items() if value and key != "question"}
    if not name:
        return {"asked": "", "values": {}, "text": given.get("query") or _EXAMPLE, "problem": ""}
    try:
        text, problem = bind(get_question(name), values, base).text, ""
    except KgError as error:
        text, problem = _EXAMPLE, str(error)
    return {"asked": name, "values": values, "text": text, "problem": problem}


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
    words = re.split("[/#]", node)[-1].replace("-", " ")
    body = render("unknown.html", backend.base, node=node, words=words)
    await send_page(send, body, 404, [(b"vary", b"Accept")])
