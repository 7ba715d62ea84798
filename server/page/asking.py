"""What pages ask the graph. Each question names its graph, so that it is answered the same with and without
the union of all graphs as default graph."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import pyoxigraph as ox

from kg.rdf.vocab import KG, RDF, RDFS, SCHEMA, SKOS
from server.answering import Job
from server.description import rows
from server.front import Backend
from server.protocol import Asked

Rows = list[dict[str, str]]

HEAD = (
    f"PREFIX kg: <{KG.namespace}>\nPREFIX rdf: <{RDF.namespace}>\nPREFIX rdfs: <{RDFS.namespace}>\n"
    f"PREFIX skos: <{SKOS.namespace}>\nPREFIX schema: <{SCHEMA.namespace}>\n"
    "PREFIX org: <http://www.w3.org/ns/org#>\n"
)
"""Prefixes of the queries here."""


async def select(backend: Backend, query: str, **terms: str) -> Rows:
    """Return the rows of a query of ours.

    Args:
        backend: the store.
        query: SPARQL without prefixes, with ``{name}`` for each of ``terms`` and doubled braces elsewhere.
        terms: SPARQL to put in, from :func:`iri` and :func:`text`.

    Raises:
        KgError: as ``Backend.ask``.
    """
    return await rows(backend, HEAD + query.format(**terms))


async def triples(backend: Backend, query: str, **terms: str) -> list[ox.Triple]:
    """Return the triples of a CONSTRUCT of ours; arguments and errors as :func:`select`."""
    job = Job(Asked(HEAD + query.format(**terms), wanted="ntriples"))
    async with backend.ask(job) as reply:
        body = reply.whole if reply.whole is not None else b"".join([piece async for piece in reply.pieces])
    return [quad.triple for quad in ox.parse(body, format=ox.RdfFormat.N_TRIPLES)]


async def is_known(backend: Backend, node: str) -> bool:
    """Whether the graph says anything of a node, or has a graph of that name."""
    query = (
        "SELECT ?known WHERE {{ BIND(EXISTS {{ GRAPH ?g {{ {node} ?p ?o }} }} || "
        "EXISTS {{ GRAPH {node} {{ ?s ?q ?x }} }} || EXISTS {{ GRAPH ?h {{ ?t ?r {node} }} }} AS ?known) }}"
    )
    return (await select(backend, query, node=node))[0]["known"] == "true"


async def labels(backend: Backend, nodes: Iterable[str]) -> Mapping[str, str]:
    """Return the first label or headline, in the alphabet, of each of the nodes that has any.

    Args:
        backend: the store.
        nodes: IRIs.
    """
    listed = " ".join(sorted({iri(node) for node in nodes if node}))
    if not listed:
        return {}
    query = """SELECT ?node (MIN(STR(?label)) AS ?name) WHERE {{
        VALUES ?node {{ {listed} }} GRAPH ?g {{ ?node rdfs:label|schema:headline ?label }} }}
        GROUP BY ?node"""
    return {row["node"]: row["name"] for row in await select(backend, query, listed=listed)}


def iri(value: str) -> str:
    """Return an IRI as SPARQL.

    Raises:
        ValueError: it is none.
    """
    return str(ox.NamedNode(value))


def text(value: str) -> str:
    """Return a text as a SPARQL literal."""
    return str(ox.Literal(value))
