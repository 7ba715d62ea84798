"""What the server says of itself and of the graph: SPARQL 1.1 Service Description, VoID, the ontology."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

import pyoxigraph as ox

from kg.rdf.formats import GRAPH_FORMATS
from kg.rdf.prefixes import prefixes
from kg.rdf.vocab import RDF as RDF_TERMS
from kg.rdf.vocab import RDFS, WIKIDATA, XSD
from kg.resources import ontology_folder
from server import responding
from server.answering import Job
from server.front import Backend
from server.negotiation import content_type, format_for
from server.protocol import Asked
from server.responding import Scope, Send, header, here

_SD = "http://www.w3.org/ns/sparql-service-description#"
_VOID = "http://rdfs.org/ns/void#"
_VOID_PATH = "/.well-known/void"
_SEE_ALSO = RDFS.namespace + "seeAlso"
_FORMATS = "http://www.w3.org/ns/formats/"
_RESULTS = "SPARQL_Results_JSON SPARQL_Results_XML SPARQL_Results_CSV SPARQL_Results_TSV".split()
_GRAPH_FORMATS = "Turtle N-Triples JSON-LD RDF_XML TriG N-Quads".split()
_CLASSES = """SELECT ?part (COUNT(DISTINCT ?s) AS ?count) (MIN(STR(?s)) AS ?example)
WHERE { GRAPH ?g { ?s a ?part } FILTER(isIRI(?part)) }
GROUP BY ?part ORDER BY ?part"""
_PROPERTIES = """SELECT ?part (COUNT(*) AS ?count) WHERE { GRAPH ?g { ?s ?part ?o } }
GROUP BY ?part ORDER BY ?part"""

Statements = list[tuple[ox.NamedNode | ox.BlankNode, str, ox.NamedNode | ox.BlankNode | ox.Literal]]


async def service_description(backend: Backend, scope: Scope, send: Send) -> None:
    """Answer with what the endpoint can do.

    Raises:
        Refusal: no format fits.
    """
    endpoint = ox.NamedNode(here(scope) + "/sparql")
    service, dataset, default = ox.BlankNode("service"), ox.BlankNode("dataset"), ox.BlankNode("default")
    features = ["EmptyGraphs"] + ["UnionDefaultGraph"] * backend.settings.union
    features += ["BasicFederatedQuery"] * bool(backend.settings.services)
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
        (default, _SEE_ALSO, ox.NamedNode(here(scope) + _VOID_PATH)),
    ]
    await _send(said, backend, scope, send)


async def void(backend: Backend, scope: Scope, send: Send) -> None:
    """Answer with what is in the graph, in numbers: VoID.

    Raises:
        KgError: no format fits, or the counting cannot be done.
    """
    dataset = ox.NamedNode(here(scope) + _VOID_PATH + "#graph")
    triples, _ = await backend.sizes()
    classes, properties = await rows(backend, _CLASSES), await rows(backend, _PROPERTIES)
    said: Statements = [
        (dataset, RDF_TERMS.type.value, ox.NamedNode(_VOID + "Dataset")),
        (
            dataset,
            "http://purl.org/dc/terms/title",
            ox.Literal("Who said what, who proposed what, and what happened"),
        ),
        (dataset, _VOID + "sparqlEndpoint", ox.NamedNode(here(scope) + "/sparql")),
        (dataset, _VOID + "uriSpace", ox.Literal(backend.base)),
        (dataset, _VOID + "triples", _number(triples)),
        (dataset, _VOID + "classes", _number(len(classes))),
        (dataset, _VOID + "properties", _number(len(properties))),
        *((dataset, _VOID + "feature", ox.NamedNode(_FORMATS + name)) for name in _GRAPH_FORMATS),
        *((dataset, _VOID + "vocabulary", ox.NamedNode(name)) for name in _vocabularies(backend.base)),
        *(
            (dataset, _VOID + "exampleResource", ox.NamedNode(name))
            for name in _examples(classes, backend.base)
        ),
        *_parts(dataset, "classPartition", "class", "entities", classes),
        *_parts(dataset, "propertyPartition", "property", "triples", properties),
    ]
    await _send(said, backend, scope, send)


def _vocabularies(base: str) -> list[str]:
    """Those of the namespaces whose terms say something of other things."""
    things = tuple(base + kind for kind in ("article/", "actor/", "place/", "run/"))
    return sorted(name for name in prefixes(base).values() if not name.startswith((*things, WIKIDATA)))


def _examples(classes: list[dict[str, str]], base: str) -> list[str]:
    """One of each class, of those that have an address of their own."""
    return sorted({row["example"] for row in classes if row["example"].startswith(base)})


def _parts(
    dataset: ox.NamedNode, partition: str, name: str, measure: str, found: list[dict[str, str]]
) -> Statements:
    said: Statements = []
    for place, row in enumerate(found):
        part = ox.BlankNode(f"{name}{place}")
        said += [
            (dataset, _VOID + partition, part),
            (part, _VOID + name, ox.NamedNode(row["part"])),
            (part, _VOID + measure, _number(row["count"])),
        ]
    return said


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
    body = ox.serialize(triples, format=GRAPH_FORMATS[name].engine, prefixes=known) or b""
    headers = [(b"content-type", content_type(media_type).encode("ascii")), (b"vary", b"Accept")]
    await responding.respond(send, 200, headers, body)


async def _send(said: Statements, backend: Backend, scope: Scope, send: Send) -> None:
    triples = [ox.Triple(subject, ox.NamedNode(predicate), value) for subject, predicate, value in said]
    await send_graph(triples, backend, scope, send)


def _number(value: str | int) -> ox.Literal:
    return ox.Literal(str(value), datatype=XSD.integer)
