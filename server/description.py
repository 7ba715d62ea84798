"""What the server says of itself and of the graph: SPARQL 1.1 Service Description, VoID, the ontology."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

import pyoxigraph as ox

from kg.prefixes import prefixes
from kg.resources import ontology_folder
from kg.vocab import RDF as RDF_TERMS
from kg.vocab import XSD
from server import responding
from server.answering import RDF, Job
from server.front import Backend
from server.negotiation import content_type, format_for
from server.protocol import Asked
from server.responding import Scope, Send, header, here

_SD = "http://www.w3.org/ns/sparql-service-description#"
_VOID = "http://rdfs.org/ns/void#"
_FORMATS = "http://www.w3.org/ns/formats/"
_RESULTS = "SPARQL_Results_JSON SPARQL_Results_XML SPARQL_Results_CSV SPARQL_Results_TSV".split()
_GRAPH_FORMATS = "Turtle N-Triples JSON-LD RDF_XML TriG N-Quads".split()
_COUNTS = """
SELECT ?class (COUNT(DISTINCT ?s) AS ?entities) WHERE { ?s a ?class } GROUP BY ?class ORDER BY ?class"""
_SIZE = "SELECT (COUNT(*) AS ?triples) WHERE { GRAPH ?g { ?s ?p ?o } }"

Statements = list[tuple[ox.NamedNode | ox.BlankNode, str, ox.NamedNode | ox.BlankNode | ox.Literal]]


async def service_description(backend: Backend, scope: Scope, send: Send) -> None:
    """Answer with what the endpoint can do.

    Raises:
        Refusal: no format fits.
    """
    endpoint = ox.NamedNode(here(scope) + "/sparql")
    service, dataset, default = ox.BlankNode("service"), ox.BlankNode("dataset"), ox.BlankNode("default")
    features = ["EmptyGraphs"] + ["UnionDefaultGraph"] * backend.settings.union
    languages = ["SPARQL11Query"] + ["SPARQL11Update"] * (backend.settings.token is not None)
    said: Statements = [
        (service, RDF_TERMS.type.value, ox.NamedNode(_SD + "Service")),
        (service, _SD + "endpoint", endpoint),
        *((service, _SD + "supportedLanguage", ox.NamedNode(_SD + name)) for name in languages),
        *((service, _SD + "feature", ox.NamedNode(_SD + name)) for name in features),
        *(
            (service, _SD + "resultFormat", ox.NamedNode(_FORMATS + name))
            for name in (*_RESULTS, *_GRAPH_FORMATS)
        ),
        (service, _SD + "defaultDataset", dataset),
        (dataset, RDF_TERMS.type.value, ox.NamedNode(_SD + "Dataset")),
        (dataset, _SD + "defaultGraph", default),
        (default, RDF_TERMS.type.value, ox.NamedNode(_SD + "Graph")),
    ]
    await _send(said, backend, scope, send)


async def void(backend: Backend, scope: Scope, send: Send) -> None:
    """Answer with what is in the graph, in numbers: VoID.

    Raises:
        KgError: no format fits, or the counting cannot be done.
    """
    dataset = ox.NamedNode(here(scope) + "/.well-known/void#graph")
    size = (await rows(backend, _SIZE))[0]["triples"]
    said: Statements = [
        (dataset, RDF_TERMS.type.value, ox.NamedNode(_VOID + "Dataset")),
        (
            dataset,
            "http://purl.org/dc/terms/title",
            ox.Literal("Who said what, who proposed what, and what happened"),
        ),
        (dataset, _VOID + "sparqlEndpoint", ox.NamedNode(here(scope) + "/sparql")),
        (dataset, _VOID + "uriSpace", ox.Literal(backend.base)),
        (dataset, _VOID + "triples", _number(size)),
    ]
    for namespace in sorted(set(prefixes(backend.base).values())):
        said.append((dataset, _VOID + "vocabulary", ox.NamedNode(namespace)))
    for place, row in enumerate(await rows(backend, _COUNTS)):
        part = ox.BlankNode(f"part{place}")
        said += [
            (dataset, _VOID + "classPartition", part),
            (part, _VOID + "class", ox.NamedNode(row["class"])),
            (part, _VOID + "entities", _number(row["entities"])),
        ]
    await _send(said, backend, scope, send)


async def ontology(backend: Backend, scope: Scope, send: Send) -> None:
    """Answer with the ontology.

    Raises:
        Refusal: no format fits.
    """
    text = (ontology_folder() / "kg.ttl").read_bytes()
    await send_graph(
        (quad.triple for quad in ox.parse(text, format=ox.RdfFormat.TURTLE)), backend, scope, send
    )


async def rows(backend: Backend, query: str) -> list[dict[str, str]]:
    """Return the rows of a query of ours, as text.

    Raises:
        KgError: as ``Backend.ask``.
    """
    async with backend.ask(Job(Asked(query, wanted="csv"))) as reply:
        body = reply.whole if reply.whole is not None else b"".join([piece async for piece in reply.pieces])
    return list(csv.DictReader(io.StringIO(body.decode("utf-8"), newline="")))


async def send_graph(triples: Iterable[ox.Triple], backend: Backend, scope: Scope, send: Send) -> None:
    """Answer with triples in the format that the client likes best.

    Raises:
        Refusal: no format fits.
    """
    media_type, name = format_for(header(scope, b"accept"), None, graph=True)
    known = {**prefixes(backend.base), "sd": _SD, "void": _VOID, "formats": _FORMATS}
    body = ox.serialize(triples, format=RDF[name], prefixes=known) or b""
    headers = [(b"content-type", content_type(media_type).encode("ascii")), (b"vary", b"Accept")]
    await responding.respond(send, 200, headers, body)


async def _send(said: Statements, backend: Backend, scope: Scope, send: Send) -> None:
    triples = [ox.Triple(subject, ox.NamedNode(predicate), value) for subject, predicate, value in said]
    await send_graph(triples, backend, scope, send)


def _number(value: str) -> ox.Literal:
    return ox.Literal(value, datatype=XSD.integer)
