"""For schemathesis, what JSON Schema cannot say: what SPARQL and RDF are, which parameters go together."""

from __future__ import annotations

from typing import Any

import schemathesis
from hypothesis import strategies as st
from schemathesis import Case, HookContext

_QUERIES = (
    "ASK {}",
    "SELECT * { ?s ?p ?o } LIMIT 3",
    "CONSTRUCT WHERE { ?s a ?o }",
    "DESCRIBE <x:s>",
    "# é\nSELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }",
)
_UPDATES = (
    "# none\n",
    "INSERT DATA { <x:s> <x:p> 'o' }",
    "DELETE WHERE { <x:s> ?p ?o }",
    "DELETE { ?s ?p ?o } INSERT { ?s ?p 1 } WHERE { ?s ?p ?o } ; DELETE DATA { <x:s> <x:p> 1 }",
)
_TRIPLES = ("# none\n", "<x:s> <x:p> <x:o> .", '_:b <x:p> "é"@fr .\n')
_XML = '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"/>'


def _one_of(*texts: str) -> st.SearchStrategy[bytes]:
    return st.sampled_from([text.encode("utf-8") for text in texts])


schemathesis.openapi.format("sparql-query", st.sampled_from(_QUERIES))
schemathesis.openapi.format("sparql-update", st.sampled_from(_UPDATES))
schemathesis.openapi.format("binary", _one_of(*_TRIPLES))  # files of a form
schemathesis.openapi.media_type("application/sparql-query", _one_of(*_QUERIES))
schemathesis.openapi.media_type("application/sparql-update", _one_of(*_UPDATES))
for kind in ("text/turtle", "application/n-triples", "text/plain", "text/n3"):
    schemathesis.openapi.media_type(kind, _one_of(*_TRIPLES))
schemathesis.openapi.media_type("application/rdf+xml", _one_of(_XML))
schemathesis.openapi.media_type("application/ld+json", _one_of("{}", '[{"@id": "x:s", "x:p": 1}]'))


@schemathesis.hook
def map_case(context: HookContext, case: Case[Any]) -> Case[Any]:
    """A format has to fit the query, a dataset is nothing without one, and a table is asked one thing."""
    del context
    if case.meta is None or not case.meta.generation.mode.is_positive:
        return case
    if case.path == "/reconcile" and "queries" in case.query:
        case.query.pop("extend", None)
    if case.path == "/sparql":
        case.query.pop("format", None)
        if case.method == "GET" and "query" not in case.query:
            case.query.clear()
    return case
