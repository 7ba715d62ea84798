"""Links of an article, in the one graph that holds the links of all articles.

{article}#link-actor-china         what the article's China is held to be, how surely, and by what
{article}#link-actor-china-Q148    an item that was considered

``schema:sameAs`` between an entity and its item is not written here: an entity is named alike in every
article, so it depends on all of them. See :mod:`kg.store.links`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pyoxigraph import Literal, NamedNode, Quad

from kg.rdf.iri import node_iri
from kg.rdf.scope import confidence, label, word
from kg.rdf.vocab import KG, RDF, RDFS, WIKIDATA, XSD
from kg.records import Candidate, Link

KEPT = 3
"""Candidates that are written of each link."""

DEGRADED = "; degraded"
"""Follows what an article was linked with, where a live service should have been asked and could not be."""

_TRUE = Literal("true", datatype=XSD.boolean)


def link_quads(
    links: Iterable[Link], article: str, base: str, graph: NamedNode, linked_by: str
) -> Iterator[Quad]:
    """Yield what the links graph says of an article; nothing of what has no candidate.

    Args:
        links: the decisions on its actors and places.
        article: IRI of the article.
        base: base IRI of the data.
        graph: the graph of links.
        linked_by: what decided, to tell whether it is worth while to link again.
    """
    links = list(links)
    # Not what a run says that asked everything: such articles are taken up when links are made again.
    said = linked_by + DEGRADED if any(link.degraded for link in links) else linked_by
    yield Quad(NamedNode(article), KG.linkedBy, Literal(said), graph)
    for link in links:
        if link.candidates or link.method == "user":
            yield from _link(link, article, base, graph)


def _link(link: Link, article: str, base: str, graph: NamedNode) -> Iterator[Quad]:
    node = NamedNode(f"{article}#link-{link.ref.lstrip('#').replace('/', '-')}")
    yield Quad(node, RDF.type, KG.Link, graph)
    yield Quad(node, RDFS.label, label(link.label), graph)
    yield Quad(node, KG.linkOf, NamedNode(node_iri(link.ref, article, base)), graph)
    yield Quad(node, KG.reportedIn, NamedNode(article), graph)
    yield Quad(node, KG.decision, word(link.status), graph)
    yield Quad(node, KG.method, word(link.method), graph)
    yield Quad(node, KG.confidence, confidence(link.probability), graph)
    for name, date in link.knowledge:
        yield Quad(node, KG.knowledgeBase, word(f"{name} {date}".strip()), graph)
    if link.qid is not None:
        yield Quad(node, KG.item, NamedNode(WIKIDATA + link.qid), graph)
    if link.degraded:
        yield Quad(node, KG.degraded, _TRUE, graph)
    for candidate in link.candidates[:KEPT]:
        yield from _candidate(candidate, node, graph)


def _candidate(candidate: Candidate, link: NamedNode, graph: NamedNode) -> Iterator[Quad]:
    node = NamedNode(f"{link.value}-{candidate.qid}")
    yield Quad(link, KG.candidate, node, graph)
    yield Quad(node, RDF.type, KG.Candidate, graph)
    yield Quad(node, KG.item, NamedNode(WIKIDATA + candidate.qid), graph)
    yield Quad(node, RDFS.label, label(candidate.label), graph)
    yield Quad(node, KG.confidence, confidence(candidate.probability), graph)
    yield Quad(node, KG.knowledgeBase, word(candidate.source), graph)
    if candidate.description:
        yield Quad(node, KG.description, Literal(candidate.description), graph)
    yield Quad(node, KG.features, Literal(_in_words(candidate)), graph)


def _in_words(candidate: Candidate) -> str:
    """Return the features that say something, as "context 0.4, type 1"."""
    return ", ".join(f"{name} {value:.2g}" for name, value in candidate.features if value)
