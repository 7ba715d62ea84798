"""Map the links of an article to quads of the graph that holds the links of all articles.

{article}#link-actor-china         the decision on the entity: status, item, confidence, method
{article}#link-actor-china-Q148    a candidate of the decision

``schema:sameAs`` between an entity and its item is not written here. An entity is the same node in every
article, so ``schema:sameAs`` depends on the links of all articles. See :mod:`kg.store.links`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pyoxigraph import Literal, NamedNode, Quad

from kg.rdf.iri import node_iri
from kg.rdf.scope import confidence, label, word
from kg.rdf.vocab import KG, RDF, RDFS, WIKIDATA, XSD
from kg.records import Candidate, Link

MAX_CANDIDATES = 3
"""Most candidates that are written for each link."""

DEGRADED = "; degraded"
"""The end of ``kg:linkedBy`` if the live service should have been asked and did not answer."""

_TRUE = Literal("true", datatype=XSD.boolean)


def link_quads(
    links: Iterable[Link], article: str, base: str, graph: NamedNode, linked_by: str
) -> Iterator[Quad]:
    """Yield the quads of the links of an article. Links without candidates are left out unless made by a
    user.

    Args:
        links: the decisions on the actors and places of the article.
        article: IRI of the article.
        base: base IRI of the data.
        graph: the graph of links.
        linked_by: the version of the linker and its knowledge bases. An article whose ``kg:linkedBy`` differs
            from that of the present linker is linked again.
    """
    links = list(links)
    # The suffix makes the value differ, so that the article is linked again by the next run.
    version = linked_by + DEGRADED if any(link.degraded for link in links) else linked_by
    yield Quad(NamedNode(article), KG.linkedBy, Literal(version), graph)
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
    for candidate in link.candidates[:MAX_CANDIDATES]:
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
    yield Quad(node, KG.features, Literal(_features_text(candidate)), graph)


def _features_text(candidate: Candidate) -> str:
    """Return the features that are not 0, as "context 0.4, type 1"."""
    return ", ".join(f"{name} {value:.2g}" for name, value in candidate.features if value)
