"""IRIs: readable, ASCII, the same for the same input wherever and whenever they are made.

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
"""Most characters of an article's headline that its IRI shows."""

_UNSAFE = re.compile(r"[^A-Za-z0-9._~-]+")


def article_iri(article: Article, base: str) -> str:
    """Return the IRI of an article.

    The digits at its end come from the canonical address where that is known, so that a new text under the
    same address and headline is the same article; otherwise from the text.

    Args:
        article: without a title, the first line of the text stands for it.
        base: base IRI of the data, ending in "/".
    """
    headline = article.title or article.text.lstrip().partition("\n")[0]
    digest = hashlib.sha256(article.url.encode("utf-8")).hexdigest() if article.url else article.content_hash
    return f"{base}article/{slug(headline, LONGEST_HEADLINE)}-{digest[:8]}"


def node_iri(ref: str, article: str, base: str) -> str:
    """Return the IRI of a node from its reference in the records.

    Args:
        ref: ``#event-163``, which belongs to the article, or ``actor/china``, the same in every article.
        article: IRI of the article.
        base: base IRI of the data, ending in "/".
    """
    return (article if ref.startswith("#") else base) + ref


def mention_iri(span: Span, article: str) -> str:
    """Return the IRI of a stretch of an article's text."""
    return f"{article}#char={span[0]},{span[1]}"


def links_graph(base: str) -> str:
    """Return the name of the graph of links."""
    return base + "graph/links"


def run_iri(version: str, model: str, base: str) -> str:
    """Return the IRI of the software that made an extraction.

    Args:
        version: of the extractor.
        model: name of the spaCy pipeline; of a path only the last part is used, so that no graph tells
            where files lie on the machine that made it.
        base: base IRI of the data, ending in "/".
    """
    name = re.split(r"[/\\]", model.rstrip("/\\"))[-1]
    return base + "run/" + _UNSAFE.sub("-", f"{version}-{name}")
