"""Small graphs for tests of the store and of the rooms that read it."""

from __future__ import annotations

import pyoxigraph as ox

from kg.config import DEFAULT_BASE
from kg.rdf.vocab import KG, RDF, RDFS, SCHEMA
from kg.store.local import ArticleGraph

RUN = DEFAULT_BASE + "run/test-1"


def article_iri(name: str) -> str:
    return f"{DEFAULT_BASE}article/{name}"


def article_graph(
    name: str, actors: int = 3, fingerprint: str = "f1", body: str = "Ann spoke."
) -> ArticleGraph:
    """Return an article of 4 triples and 7 for each actor. All articles have the same actors."""
    article = ox.NamedNode(article_iri(name))
    triples: list[tuple[ox.NamedNode, ox.NamedNode, ox.NamedNode | ox.Literal]] = [
        (article, RDF.type, SCHEMA.NewsArticle),
        (article, SCHEMA.headline, ox.Literal(f"News of {name}", language="en")),
        (article, SCHEMA.articleBody, ox.Literal(body, language="en")),
        (article, SCHEMA.inLanguage, ox.Literal("en")),
    ]
    for number in range(actors):
        actor = ox.NamedNode(f"{DEFAULT_BASE}actor/person-{number}")
        mention = ox.NamedNode(f"{article.value}#char={number * 5},{number * 5 + 3}")
        triples += [
            (actor, RDF.type, KG.Actor),
            (actor, RDF.type, SCHEMA.Person),
            (actor, RDFS.label, ox.Literal(f"Person {number}", language="en")),
            (actor, KG.evidence, mention),
            (mention, RDF.type, KG.Mention),
            (mention, KG.start, ox.Literal(number * 5)),
            (mention, KG.end, ox.Literal(number * 5 + 3)),
        ]
    quads = (ox.Quad(*triple, article) for triple in triples)
    return ArticleGraph.pack(article.value, fingerprint, RUN, quads, DEFAULT_BASE)
