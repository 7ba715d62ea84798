"""The graph of links in the store: what it says of an article, and which entity is which item.

An entity has one IRI in all articles, a link belongs to one article. ``schema:sameAs`` stands for an entity
as long as all articles that link it link it to the same item. Where two people of one name are two items,
none stands, and the links of the articles tell them apart.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

import pyoxigraph as ox

from kg.rdf.vocab import KG, SCHEMA

Accepted = tuple[str, str]
"""IRIs of an entity and of the item that an article links it to."""


def accepted(quads: Iterable[ox.Quad]) -> tuple[Accepted, ...]:
    """Return which entities the link nodes among ``quads`` link to which items, sorted."""
    entity: dict[object, str] = {}
    item: dict[object, str] = {}
    for quad in quads:
        if quad.predicate == KG.linkOf:
            entity[quad.subject] = _iri(quad.object)
        elif quad.predicate == KG.item:
            item[quad.subject] = _iri(quad.object)
    return tuple(sorted({(entity[node], item[node]) for node in entity if node in item}))


def of_article(engine: ox.Store, graph: ox.NamedNode, article: str) -> set[ox.Quad]:
    """Return all that the graph of links says of an article: of itself, its links and their candidates."""
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
    """Return which ``schema:sameAs`` have to go and to come with a change of links.

    Args:
        engine: the store before the change.
        graph: the graph of links.
        removed: the quads of links that go.
        added: what the links that come link.
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
            continue  # the usual case: one more article says what others said
        items |= {item for item, link in _items(engine, graph, node) if link not in gone}
        wanted = {ox.Quad(node, SCHEMA.sameAs, ox.NamedNode(item), graph) for item in items}
        wanted = wanted if len(wanted) == 1 else set()
        old |= present - wanted
        new |= wanted - present
    return old, new


def _items(engine: ox.Store, graph: ox.NamedNode, entity: ox.NamedNode) -> Iterator[tuple[str, ox.Quad]]:
    """Yield the items that articles link an entity to, each with the quad that says so."""
    for quad in engine.quads_for_pattern(None, KG.linkOf, entity, graph):
        for chosen in engine.quads_for_pattern(quad.subject, KG.item, None, graph):
            yield _iri(chosen.object), chosen


def _iri(term: object) -> str:
    return term.value if isinstance(term, ox.NamedNode) else ""
