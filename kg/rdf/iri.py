"""Make the IRIs of the graph. They are readable and ASCII, and the same input always gives the same IRI.

article            {base}article/{slug of the headline}-{8 hex digits}
actor, place       {base}actor/{slug of the name}
of one article     {article}#event-{start}
mention, sentence  {article}#char={start},{end}      (RFC 5147)
link               {article}#link-{actor or place}
run                {base}run/{extractor version}-{model}
links of all       {base}graph/links
"""

from __future__ import annotations

import hashlib
import re

from kg.records import Article, Span
from kg.text.slug import slug

LONGEST_HEADLINE = 64
"""Most characters of the slug of a headline in the IRI of an article."""

_UNSAFE = re.compile(r"[^A-Za-z0-9._~-]+")


def article_iri(article: Article, base: str) -> str:
    """Return the IRI of an article.

    It ends with 8 hex digits of the SHA-256 of the canonical address, so that a new version of the text under
    the same address and headline is the same article. Without an address, the text is hashed.

    Args:
        article: the article. If it has no title, the first line of the text is its headline.
        base: base IRI of the data, ending in "/".
    """
    headline = article.title or article.text.lstrip().partition("\n")[0]
    digest = hashlib.sha256(article.url.encode("utf-8")).hexdigest() if article.url else article.content_hash
    return f"{base}article/{slug(headline, LONGEST_HEADLINE)}-{digest[:8]}"


def node_iri(ref: str, article: str, base: str) -> str:
    """Return the IRI of the node with a reference of the records.

    Args:
        ref: the reference, such as ``#event-163`` (of this article) or ``actor/china`` (of all articles).
        article: IRI of the article.
        base: base IRI of the data, ending in "/".
    """
    return (article if ref.startswith("#") else base) + ref


def mention_iri(span: Span, article: str) -> str:
    """Return the IRI of a span of the text of an article (RFC 5147)."""
    return f"{article}#char={span[0]},{span[1]}"


def links_graph(base: str) -> str:
    """Return the name of the graph that holds the links of all articles."""
    return base + "graph/links"


def run_iri(version: str, model: str, base: str) -> str:
    """Return the IRI of a run, the version of program and model that made a graph.

    Args:
        version: version of the extractor.
        model: name or path of the spaCy pipeline. Only the last part of a path is used, so that the graph
            does not reveal where files are stored.
        base: base IRI of the data, ending in "/".
    """
    name = re.split(r"[/\\]", model.rstrip("/\\"))[-1]
    return base + "run/" + _UNSAFE.sub("-", f"{version}-{name}")
