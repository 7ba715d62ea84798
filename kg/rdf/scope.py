"""The nodes of one article and the literals of all articles, for all mappings.

Terms are cached, because making a term takes about as long as writing a triple.
"""

from __future__ import annotations

from functools import lru_cache

from pyoxigraph import Literal, NamedNode

from kg.rdf.iri import mention_iri, node_iri
from kg.rdf.vocab import XSD
from kg.records import Span

Triple = tuple[NamedNode, NamedNode, NamedNode | Literal]

LABEL_LANGUAGE = "en"
"""Language tag of labels, headlines and texts. The extractor reads English only."""


class Scope:
    """Makes and caches the nodes of one article."""

    def __init__(self, article: str, run: str, base: str) -> None:
        self.article = NamedNode(article)
        self.run = NamedNode(run)
        self._base = base
        self._nodes: dict[str | Span, NamedNode] = {}

    def node(self, ref: str) -> NamedNode:
        """Return the node with a reference of the records."""
        node = self._nodes.get(ref)
        if node is None:
            node = self._nodes[ref] = NamedNode(node_iri(ref, self.article.value, self._base))
        return node

    def mention(self, span: Span) -> NamedNode:
        """Return the node of a span of the text."""
        node = self._nodes.get(span)
        if node is None:
            node = self._nodes[span] = NamedNode(mention_iri(span, self.article.value))
        return node


def label(text: str) -> Literal:
    """Return a text as a literal with the language tag of the articles."""
    return Literal(text, language=LABEL_LANGUAGE)


@lru_cache(maxsize=4096)
def word(text: str) -> Literal:
    """Return a short string that recurs (a cue, a status, the name of a rule) as a literal."""
    return Literal(text)


@lru_cache(maxsize=16384)
def integer(value: int) -> Literal:
    """Return an offset as an ``xsd:integer``, to which stores convert narrower types."""
    return Literal(str(value), datatype=XSD.integer)


@lru_cache(maxsize=128)
def confidence(value: float) -> Literal:
    """Return a confidence as an ``xsd:decimal`` in canonical form, with at most two decimal places."""
    digits = f"{value:.2f}".rstrip("0").rstrip(".")
    return Literal(digits, datatype=XSD.decimal)
