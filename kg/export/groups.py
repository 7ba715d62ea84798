"""What an export lists, cut into pieces that fit in memory: sections of subjects, each with all its triples.

For formats without graphs, the triples of one subject are brought together from all graphs, each once. At any
time only one article and one shared subject are held, beside the names of the subjects that articles share.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain

import pyoxigraph as ox

from kg.errors import UsageError
from kg.export.order import Subject, Term, natural, object_key, predicate_key, subject_key
from kg.store.local import Store

Graph = ox.NamedNode | ox.BlankNode | ox.DefaultGraph
Statements = dict[Subject, dict[ox.NamedNode, set[Term]]]


@dataclass(frozen=True, slots=True)
class Group:
    """A subject and all that is said of it, sorted."""

    subject: Subject
    properties: list[tuple[ox.NamedNode, list[Term]]]


@dataclass(frozen=True, slots=True)
class Section:
    """Subjects that stand together."""

    home: str | None  # IRI of the article they are part of; None for what articles share
    graph: Graph | None  # None: from all graphs
    groups: Iterable[Group]


def of_article(store: Store, article: str) -> Iterator[Section]:
    """The graph of one article, as one section.

    Raises:
        UsageError: the store has no such article.
    """
    graph = ox.NamedNode(article)
    statements = _gathered(store.engine.quads_for_pattern(None, None, None, graph))
    if not statements:
        raise UsageError(f"article: {article} is not in the store; kg stats --articles lists what is")
    return iter([Section(article, graph, _groups(statements, store.base))])


def of_triples(triples: Iterable[ox.Triple], base: str) -> Iterator[Section]:
    """Any triples, such as a CONSTRUCT gives, as one section."""
    return iter([Section(None, None, _groups(_gathered(triples), base))])


def by_graph(store: Store, everything: bool) -> Iterator[Section]:
    """All graphs, one section each, sorted by name."""
    articles = set(store.articles())
    for graph in _graphs(store, everything):
        statements = _gathered(store.engine.quads_for_pattern(None, None, None, graph))
        name = _name(graph)
        home = name if name in articles else None
        yield Section(home, graph, _groups(statements, store.base))


def union(store: Store, everything: bool) -> Iterator[Section]:
    """All subjects, each once: first those that articles share, and the articles; then what is part of each
    article.
    """
    articles, graphs = store.articles(), set(_graphs(store, everything))
    shared, elsewhere = _not_at_home(store, graphs, set(articles))
    in_order = sorted(shared, key=lambda subject: subject_key(subject, store.base))
    yield Section(None, None, (_whole(store, subject, graphs) for subject in in_order))
    for article in sorted(articles, key=natural):
        yield Section(article, None, _parts(store, article, elsewhere.get(article, set()), graphs))


def _parts(store: Store, article: str, elsewhere: set[Subject], graphs: set[Graph]) -> Iterator[Group]:
    """All that is part of the article; of the subjects in ``elsewhere``, other graphs say something too."""
    own = store.engine.quads_for_pattern(None, None, None, ox.NamedNode(article))
    more = (quad for subject in elsewhere for quad in _quads_of(store, subject, graphs))
    statements = _gathered(quad for quad in chain(own, more) if _home(quad.subject) == article)
    return _groups(statements, store.base)


def _not_at_home(
    store: Store, graphs: set[Graph], articles: set[str]
) -> tuple[set[Subject], dict[str, set[Subject]]]:
    """The subjects that are part of no article, and, by article, those that another graph than its own
    describes.
    """
    shared: set[Subject] = set()
    elsewhere: dict[str, set[Subject]] = defaultdict(set)
    for graph in graphs:
        for subject in _subjects(store, graph):
            home = _home(subject)
            if home is None or home not in articles:
                shared.add(subject)
            elif home != _name(graph):
                elsewhere[home].add(subject)
    return shared, elsewhere


def _subjects(store: Store, graph: Graph) -> Iterator[Subject]:
    """The subjects of a graph, each once. To ask for them alone costs an eighth of reading all quads."""
    if not isinstance(graph, ox.NamedNode):
        return iter({quad.subject for quad in store.engine.quads_for_pattern(None, None, None, graph)})
    rows = store.engine.query(f"SELECT DISTINCT ?s WHERE {{ GRAPH {graph} {{ ?s ?p ?o }} }}")
    assert isinstance(rows, ox.QuerySolutions)
    return (row["s"] for row in rows)


def _whole(store: Store, subject: Subject, graphs: set[Graph]) -> Group:
    return next(_groups(_gathered(_quads_of(store, subject, graphs)), store.base))


def _quads_of(store: Store, subject: Subject, graphs: set[Graph]) -> Iterator[ox.Quad]:
    return (quad for quad in store.engine.quads_for_pattern(subject, None, None) if quad.graph_name in graphs)


def _graphs(store: Store, everything: bool) -> list[Graph]:
    named = [graph for graph in store.engine.named_graphs() if everything or graph not in store.own_graphs]
    default = ox.DefaultGraph()
    held = [default] if any(store.engine.quads_for_pattern(None, None, None, default)) else []
    return [*held, *sorted(named, key=lambda graph: natural(graph.value))]


def _gathered(quads: Iterable[ox.Quad | ox.Triple]) -> Statements:
    statements: Statements = defaultdict(lambda: defaultdict(set))
    for quad in quads:
        statements[quad.subject][quad.predicate].add(quad.object)
    return statements


def _groups(statements: Statements, base: str) -> Iterator[Group]:
    for subject in sorted(statements, key=lambda subject: subject_key(subject, base)):
        properties = statements[subject]
        yield Group(
            subject,
            [
                (predicate, sorted(properties[predicate], key=object_key))
                for predicate in sorted(properties, key=predicate_key)
            ],
        )


def _home(subject: Subject) -> str | None:
    """The document that a subject with a fragment is part of."""
    if not isinstance(subject, ox.NamedNode):
        return None
    document, hash_mark, _ = subject.value.partition("#")
    return document if hash_mark else None


def _name(graph: Graph) -> str | None:
    return graph.value if isinstance(graph, ox.NamedNode) else None
