"""From the records of an article to the quads of its graph.

One module a kind, each with a function from the extraction to triples. Supertypes and superproperties are
written out, since the store does not reason. Nothing here depends on the clock, the machine or the order of a
set: the same extraction gives the same quads in the same order.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from pyoxigraph import Quad

from kg.rdf.actor import actor_triples, place_triples
from kg.rdf.article import article_triples
from kg.rdf.event import event_triples
from kg.rdf.iri import article_iri
from kg.rdf.mention import mention_triples
from kg.rdf.role import role_triples
from kg.rdf.scope import Scope, Triple
from kg.rdf.statement import statement_triples
from kg.records import Extraction

MAPPINGS: dict[str, Callable[[Extraction, Scope], Iterator[Triple]]] = {
    "article": article_triples,
    "actors": actor_triples,
    "places": place_triples,
    "roles": role_triples,
    "statements": statement_triples,
    "events": event_triples,
    "sentences": mention_triples,
}
"""The mapping for each field of an extraction, in the order in which the quads come."""


def quads(extraction: Extraction, base: str, run: str) -> Iterator[Quad]:
    """Yield the graph of an article, named by the article's IRI.

    Args:
        extraction: what was read out of the article.
        base: base IRI of the data, ending in "/".
        run: IRI of the software that extracted it, from :func:`kg.rdf.iri.run_iri`.
    """
    scope = Scope(article_iri(extraction.article, base), run, base)
    graph = scope.article
    for mapping in MAPPINGS.values():
        for subject, predicate, value in mapping(extraction, scope):
            yield Quad(subject, predicate, value, graph)
