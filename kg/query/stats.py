"""Counts of what a store holds."""

from __future__ import annotations

from dataclasses import dataclass

from kg.query.answers import ask
from kg.store.local import Store

# DISTINCT throughout: a node that articles share stands in the graph of each.
_CLASSES = """
SELECT ?name (COUNT(DISTINCT ?node) AS ?count) WHERE {
  VALUES (?class ?name) {
    (kg:Actor "actors") (schema:Person "persons") (schema:Country "countries")
    (kg:Organisation "organisations") (schema:Place "places") (org:Membership "roles")
    (kg:Statement "statements") (kg:Proposal "proposals") (kg:Event "events") (kg:Mention "mentions")
  }
  ?node a ?class
} GROUP BY ?name ORDER BY ?name"""

_VALUES = """
SELECT ?name (COUNT(DISTINCT ?node) AS ?count) WHERE {
  ?node %s ?value . BIND (IF(ISIRI(?value), STRAFTER(STR(?value), "#"), STR(?value)) AS ?name)
} GROUP BY ?name ORDER BY DESC(?count) ?name"""

_ACTORS = """
SELECT ?actor (MIN(?label) AS ?name) (COUNT(DISTINCT ?article) AS ?articles)
  (COUNT(DISTINCT ?mention) AS ?mentions)
WHERE { GRAPH ?article { ?actor a kg:Actor ; rdfs:label ?label ; kg:evidence ?mention } }
GROUP BY ?actor ORDER BY DESC(?articles) DESC(?mentions) ?actor LIMIT %d"""

_ARTICLES = """
SELECT ?article ?headline ?published WHERE {
  ?article a schema:NewsArticle
  OPTIONAL { ?article schema:headline ?headline }
  OPTIONAL { ?article schema:datePublished ?published }
} ORDER BY ?article"""

VALUES = {
    "statements by kind of quotation": "kg:quotation",
    "proposals by force": "kg:force",
    "events by status": "kg:status",
    "events by type": "kg:eventType",
}


@dataclass(frozen=True, slots=True)
class TopActor:
    """One of the actors that most articles name."""

    iri: str
    name: str
    articles: int
    mentions: int


@dataclass(frozen=True, slots=True)
class Listed:
    """An entry in the list of articles."""

    iri: str
    headline: str | None
    published: str | None


@dataclass(frozen=True, slots=True)
class Stats:
    """Counts over all articles. A node that several articles share counts once."""

    articles: int
    outdated: int | None  # articles built by another run than the present one; None if that is unknown
    runs: dict[str, int]  # articles by the label of the run that built them, most first
    triples: int  # in all graphs of the store, bookkeeping and ontology included
    classes: dict[str, int]
    values: dict[str, dict[str, int]]  # by heading, then by value, most frequent first
    top_actors: list[TopActor]


def collect(store: Store, top: int = 20, current: str | None = None) -> Stats:
    """Count what the store holds.

    Args:
        store: open for reading.
        top: how many of the actors that most articles name are listed.
        current: IRI of the run that this program makes; None if it is unknown.
    """
    runs = store.runs()
    return Stats(
        articles=len(store.articles()),
        outdated=None if current is None else runs.total() - runs[current],
        runs={run.rpartition("/")[2]: count for run, count in runs.most_common()},
        triples=len(store.engine),
        classes=_counts(store, _CLASSES),
        values={heading: _counts(store, _VALUES % term) for heading, term in VALUES.items()},
        top_actors=[
            TopActor(row["actor"], row["name"], row["articles"], row["mentions"])
            for row in ask(store, _ACTORS % top)
        ],
    )


def articles(store: Store) -> list[Listed]:
    """Return the articles, sorted by IRI."""
    return [
        Listed(row["article"], row["headline"], row["published"] and str(row["published"]))
        for row in ask(store, _ARTICLES)
    ]


def _counts(store: Store, text: str) -> dict[str, int]:
    return {row["name"]: row["count"] for row in ask(store, text)}
