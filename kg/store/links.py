"""The graph of links in a store: the links of each article, and the ``schema:sameAs`` that follow from them.

An entity has one IRI in all articles; a link belongs to one article. An entity gets a ``schema:sameAs`` only
while all articles that link it agree on the item. Where articles disagree, as with two people of one name,
the entity has none, and the links of the articles tell the two apart.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

import pyoxigraph as ox

from kg.rdf.vocab import KG, SCHEMA

Accepted = tuple[str, str]
"""The IRI of an entity and the IRI of the item that an article links it to."""


def accepted(quads: Iterable[ox.Quad]) -> tuple[Accepted, ...]:
    """Return the pairs of entity and item that the link nodes among ``quads`` state, sorted."""
    entity: dict[object, str] = {}
    item: dict[object, str] = {}
    for quad in quads:
        if quad.predicate == KG.linkOf:
            entity[quad.subject] = _iri(quad.object)
        elif quad.predicate == KG.item:
            item[quad.subject] = _iri(quad.object)
    return tuple(sorted({(entity[node], item[node]) for node in entity if node in item}))


def of_article(engine: ox.Store, graph: ox.NamedNode, article: str) -> set[ox.Quad]:
    """Return the quads of an article in the graph of links: its own, its links', and their candidates'."""
    iri = ox.NamedNode(article)
    found = set(engine.quads_for_pattern(iri, None, None, graph))
    for node in [quad.subject for quad in engine.quads_for_pattern(None, KG.reportedIn, iri, graph)]:
        own = list(engine.quads_for_pattern(node, None, None, graph))
        found.update(own)
        for candidate in (quad.object for quad in own if quad.predicate == KG.candidate):
            if isinstance(candidate, ox.NamedNode):
                found.update(engine.quads_for_pattern(candidate, None, None, graph))
    return found


def same_as(
    engine: ox.Store, graph: ox.NamedNode, removed: Iterable[ox.Quad], added: Iterable[Accepted]
) -> tuple[set[ox.Quad], set[ox.Quad]]:
    """Return the ``schema:sameAs`` quads to remove, and those to add, with a change of links.

    Args:
        engine: the store before the change.
        graph: the graph of links.
        removed: the quads of the links that the change removes.
        added: the pairs of entity and item of the links that the change adds.
    """
    gone = set(removed)
    going = accepted(gone)
    coming: dict[str, set[str]] = defaultdict(set)
    for entity, item in (*((entity, "") for entity, _ in going), *added):
        coming[entity] |= {item} - {""}
    old: set[ox.Quad] = set()
    new: set[ox.Quad] = set()
    touched = {entity for entity, _ in going}
    for entity, items in coming.items():
        node = ox.NamedNode(entity)
        present = set(engine.quads_for_pattern(node, SCHEMA.sameAs, None, graph))
        if entity not in touched and {_iri(quad.object) for quad in present} == items:
            continue  # the usual case: one more article agrees with the others
        items |= {item for item, link in _items(engine, graph, node) if link not in gone}
        wanted = {ox.Quad(node, SCHEMA.sameAs, ox.NamedNode(item), graph) for item in items}
        wanted = wanted if len(wanted) == 1 else set()
        old |= present - wanted
        new |= wanted - present
    return old, new


def _items(engine: ox.Store, graph: ox.NamedNode, entity: ox.NamedNode) -> Iterator[tuple[str, ox.Quad]]:
    """Yield the items that articles link an entity to, each with the quad that states it."""
    for quad in engine.quads_for_pattern(None, KG.linkOf, entity, graph):
        for chosen in engine.quads_for_pattern(quad.subject, KG.item, None, graph):
            yield _iri(chosen.object), chosen


def _iri(term: object) -> str:
    return term.value if isinstance(term, ox.NamedNode) else ""
