"""The OpenAPI document has every route, and says what each takes and gives."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from kg.query.questions import list_questions
from tests.server.served import Served, make_store, serving


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with serving(make_store(tmp_path_factory.mktemp("openapi") / "store"), "--fronts", "1") as server:
        yield server


def test_every_route_is_there_with_its_parameters_and_bodies(served: Served) -> None:
    document = served.client.get("/openapi.json").json()
    paths = document["paths"]
    fixed = {
        "/sparql",
        "/update",
        "/store",
        "/ontology",
        "/.well-known/void",
        "/health",
        "/metrics",
        "/queries",
        "/backup",
        "/store/{graph}",
        "/",
        "/static/{name}",
        "/article/{name}",
        "/actor/{name}",
        "/place/{name}",
        "/reconcile",
        "/reconcile/suggest/entity",
    }
    assert fixed | {f"/queries/{one.name}" for one in list_questions()} <= set(paths)
    assert set(paths["/store"]) == {"get", "put", "post", "delete", "patch"}
    names = {one["name"] for one in paths["/sparql"]["get"]["parameters"]}
    assert names == {"query", "default-graph-uri", "named-graph-uri", "format"}
    assert "application/sparql-update" in paths["/update"]["post"]["requestBody"]["content"]
    assert paths["/update"]["post"]["security"] == [{"token": []}]
    assert document["components"]["securitySchemes"]["token"]["scheme"] == "bearer"


@pytest.mark.parametrize(
    "path", ["/sparql?query=ASK%7B%7D", "/ontology", "/.well-known/void", "/store?default"]
)
def test_answers_are_of_the_kinds_that_it_names(served: Served, path: str) -> None:
    document = served.client.get("/openapi.json").json()
    answers = document["paths"][path.partition("?")[0]]["get"]["responses"]["200"]["content"]
    for kind in (None, *answers):
        answer = served.client.get(path, headers={"Accept": kind} if kind else {})
        if answer.status_code != 406:  # a query has rows or triples, not both
            assert answer.headers["content-type"].partition(";")[0] in answers
