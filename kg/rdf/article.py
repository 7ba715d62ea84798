"""Map the article and the run that read it to triples."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from pyoxigraph import Literal

from kg.rdf.scope import Scope, Triple, label, word
from kg.rdf.vocab import KG, PROV, RDF, RDFS, SCHEMA, XSD
from kg.records import Article, Extraction


def article_triples(extraction: Extraction, scope: Scope) -> Iterator[Triple]:
    """Yield the triples of the article: its text, its metadata and the run that read it."""
    article, node = extraction.article, scope.article
    yield node, RDF.type, SCHEMA.NewsArticle
    if article.title:
        yield node, SCHEMA.headline, label(article.title)
    yield node, SCHEMA.articleBody, label(article.text)
    yield node, SCHEMA.inLanguage, word(article.language)
    yield node, KG.contentHash, Literal(article.content_hash)
    yield from _metadata(article, scope)
    yield node, PROV.wasAttributedTo, scope.run
    yield scope.run, RDF.type, PROV.SoftwareAgent
    yield scope.run, RDFS.label, label(scope.run.value.rpartition("/")[2])


def _metadata(article: Article, scope: Scope) -> Iterator[Triple]:
    node = scope.article
    if article.published is not None:
        yield node, SCHEMA.datePublished, _date_literal(article.published)
    for author in article.authors:
        yield node, SCHEMA.author, Literal(author)
    if article.publisher:
        yield node, SCHEMA.publisher, Literal(article.publisher)
    if article.url:
        # A literal, because the address that a source gives may not be a valid IRI.
        yield node, SCHEMA.url, Literal(article.url, datatype=XSD.anyURI)
    if article.identifier:
        yield node, SCHEMA.identifier, Literal(article.identifier)


def _date_literal(date: dt.date | dt.datetime) -> Literal:
    """Return an ``xsd:date``, or an ``xsd:dateTime`` to the second, in the canonical form of XML Schema."""
    if isinstance(date, dt.datetime):
        text = date.isoformat(timespec="seconds")
        return Literal(text.removesuffix("+00:00") + "Z" * text.endswith("+00:00"), datatype=XSD.dateTime)
    return Literal(date.isoformat(), datatype=XSD.date)
