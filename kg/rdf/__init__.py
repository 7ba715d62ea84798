"""Map the records of an article to the quads of its named graph.

In come an :class:`Extraction` and the links of its entities; out come quads. Supertypes and superproperties
are written, because the store does not infer them. The result depends neither on the clock nor on the machine
nor on the order of sets: the same extraction gives the same quads in the same order.

- ``article``, ``actor`` (with places), ``role``, ``statement``, ``event`` and ``mention`` map one kind of
  record each; ``time`` and ``fact`` map the fields that several kinds share; ``link`` maps links. A new kind
  is a function from extraction to triples and a row in ``MAPPINGS``.
- ``iri`` has the rule for each kind of IRI, ``scope`` the nodes of one article and common literals.
- ``vocab`` lists all terms; a new one is also described in ``ontology/kg.ttl``. ``prefixes`` lists prefixes.
- ``from_quads`` reads records back from a graph; ``shapes`` checks a graph against ``ontology/shapes.ttl``.
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
"""The mapping for each field of an extraction, in the order of the quads."""


def quads(extraction: Extraction, base: str, run: str) -> Iterator[Quad]:
    """Yield the quads of an article. The name of their graph is the IRI of the article.

    Args:
        extraction: the records of the article.
        base: base IRI of the data, ending in "/".
        run: IRI of the run, from :func:`kg.rdf.iri.run_iri`.
    """
    scope = Scope(article_iri(extraction.article, base), run, base)
    graph = scope.article
    for mapping in MAPPINGS.values():
        for subject, predicate, value in mapping(extraction, scope):
            yield Quad(subject, predicate, value, graph)
