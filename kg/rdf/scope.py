"""What all mappings share: the nodes of one article, and literals that recur in every article.

Making a term costs about as much as writing a triple, so each is made once.
"""

from __future__ import annotations

from functools import lru_cache

from pyoxigraph import Literal, NamedNode

from kg.rdf.iri import mention_iri, node_iri
from kg.rdf.vocab import XSD
from kg.records import Span

Triple = tuple[NamedNode, NamedNode, NamedNode | Literal]

LABEL_LANGUAGE = "en"
"""Language tag of labels, headline and text: the extractor reads English."""


class Scope:
    """Makes the nodes of one article and remembers them."""

    def __init__(self, article: str, run: str, base: str) -> None:
        self.article = NamedNode(article)
        self.run = NamedNode(run)
        self._base = base
        self._nodes: dict[str | Span, NamedNode] = {}

    def node(self, ref: str) -> NamedNode:
        """Return the node that a reference of the records stands for."""
        node = self._nodes.get(ref)
        if node is None:
            node = self._nodes[ref] = NamedNode(node_iri(ref, self.article.value, self._base))
        return node

    def mention(self, span: Span) -> NamedNode:
        """Return the node of a stretch of the text."""
        node = self._nodes.get(span)
        if node is None:
            node = self._nodes[span] = NamedNode(mention_iri(span, self.article.value))
        return node


def label(text: str) -> Literal:
    """Return a text in the language of the articles."""
    return Literal(text, language=LABEL_LANGUAGE)


@lru_cache(maxsize=4096)
def word(text: str) -> Literal:
    """Return a short string that recurs: a cue, a status, the name of a rule."""
    return Literal(text)


@lru_cache(maxsize=16384)
def integer(value: int) -> Literal:
    """Return an offset. It is an xsd:integer because stores keep narrower types as that."""
    return Literal(str(value), datatype=XSD.integer)


@lru_cache(maxsize=128)
def confidence(value: float) -> Literal:
    """Return a confidence as a decimal of at most two digits, in the one canonical way to write it."""
    digits = f"{value:.2f}".rstrip("0").rstrip(".")
    return Literal(digits, datatype=XSD.decimal)
