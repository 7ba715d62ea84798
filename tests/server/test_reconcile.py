"""The Reconciliation API over the graph, as its clients speak it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from kg.config import DEFAULT_BASE
from kg.linking.live.cache import Cache
from kg.linking.live.reconciliation import Reconciliation
from kg.linking.live.service import Service
from tests.server.served import Served, make_store, serving

PERSON, ORGANISATION = "https://schema.org/Person", "https://w3id.org/communique#Organisation"
ROLE = "https://schema.org/roleName"
SAME_AS = "https://schema.org/sameAs"


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with serving(make_store(tmp_path_factory.mktemp("reconcile") / "store")) as server:
        yield server


def queried(served: Served, **queries: Any) -> dict[str, Any]:
    answer = served.client.post("/reconcile", data={"queries": json.dumps(queries)})
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def first(served: Served, **query: Any) -> dict[str, Any]:
    candidate: dict[str, Any] = queried(served, q=query)["q"]["result"][0]
    return candidate


def test_the_manifest_has_what_the_standard_asks(served: Served) -> None:
    manifest = served.client.get("/reconcile").json()
    assert manifest["versions"] == ["0.2"]
    assert manifest["identifierSpace"] == DEFAULT_BASE
    assert manifest["name"]
    assert manifest["schemaSpace"] == "https://w3id.org/communique#"
    assert {kind["name"] for kind in manifest["defaultTypes"]} >= {"person", "organisation", "country"}
    assert "{{id}}" in manifest["view"]["url"]
    assert set(manifest["suggest"]) == {"entity", "type", "property"}


def test_any_page_may_ask(served: Served) -> None:
    assert served.client.get("/reconcile").headers["access-control-allow-origin"] == "*"
    assert served.client.options("/reconcile").status_code == 204


def test_a_name_is_matched(served: Served) -> None:
    found = first(served, query="Ada Quist")
    assert (found["id"], found["name"], found["match"]) == ("actor/ada-quist", "Ada Quist", True)
    assert found["score"] == 100
    assert {"id": PERSON, "name": "person"} in found["type"]
    assert [feature["id"] for feature in found["features"]] == ["name", "articles"]
    assert (served.client.get("/" + found["id"], follow_redirects=True)).status_code == 200


def test_queries_come_by_get_as_well(served: Served) -> None:
    queries = json.dumps({"a": {"query": "ada quist"}, "b": {"query": "Nobody At All"}})
    found = served.client.get("/reconcile", params={"queries": queries}).json()
    assert (found["a"]["result"][0]["id"], found["b"]) == ("actor/ada-quist", {"result": []})


def test_other_spellings_and_parts_of_names_are_found_with_less_certainty(served: Served) -> None:
    exact, folded, part = (
        first(served, query=name)["score"] for name in ("Harbour Board", "HARBOUR  BOARD", "Harbour")
    )
    assert exact > folded > part


def test_types_are_obeyed(served: Served) -> None:
    assert first(served, query="Ada Quist", type=ORGANISATION)["match"] is False
    assert queried(served, q={"query": "Ada Quist", "type": ORGANISATION, "type_strict": "any"})["q"] == {
        "result": []
    }
    assert first(served, query="Ada Quist", type=[PERSON], type_strict="any")["match"] is True
    both = {"query": "Ada Quist", "type": [PERSON, ORGANISATION]}
    assert first(served, **both, type_strict="any")["match"] is True
    assert queried(served, q={**both, "type_strict": "all"})["q"] == {"result": []}


def test_properties_weigh(served: Served) -> None:
    right = first(served, query="Ada Quist", properties=[{"pid": ROLE, "v": "mayor"}])["score"]
    wrong = first(served, query="Ada Quist", properties=[{"pid": ROLE, "v": {"name": "carpenter"}}])["score"]
    assert right > wrong
    assert first(served, query="Ada Quist", properties=[{"pid": SAME_AS, "v": "Q1"}])["match"] is True


def test_the_limit_is_kept(served: Served) -> None:
    assert len(queried(served, q={"query": "Ada Quist", "limit": 1})["q"]["result"]) == 1


def test_entities_types_and_properties_are_suggested(served: Served) -> None:
    entities = served.client.get("/reconcile/suggest/entity", params={"prefix": "ada"}).json()["result"]
    assert [one["id"] for one in entities] == ["actor/ada-quist"]
    assert served.client.get("/reconcile/suggest/entity?prefix=ada&cursor=1").json()["result"] == []
    types = served.client.get("/reconcile/suggest/type?prefix=pers").json()["result"]
    assert types == [{"id": PERSON, "name": "person"}]
    properties = served.client.get("/reconcile/suggest/property?prefix=ro").json()["result"]
    assert properties[0]["id"] == ROLE


def test_an_entity_is_previewed_in_a_frame(served: Served) -> None:
    answer = served.client.get("/reconcile/preview", params={"id": "actor/ada-quist"})
    assert "Ada Quist" in answer.text
    assert "frame-ancestors *" in answer.headers["content-security-policy"]
    flyout = served.client.get("/reconcile/flyout/entity", params={"id": "actor/ada-quist"}).json()
    assert "Ada Quist" in flyout["html"]


def test_a_table_is_extended(served: Served) -> None:
    proposed = served.client.get("/reconcile/extend/propose").json()["properties"]
    assert {one["id"] for one in proposed} >= {ROLE, SAME_AS}
    served.update(
        f"INSERT DATA {{ GRAPH <{DEFAULT_BASE}graph/links> {{ <{DEFAULT_BASE}actor/ada-quist> <{SAME_AS}> "
        "<http://www.wikidata.org/entity/Q1001> } }"
    )
    asked = {"ids": ["actor/ada-quist"], "properties": [{"id": ROLE}, {"id": SAME_AS}]}
    found = served.client.post("/reconcile", data={"extend": json.dumps(asked)}).json()
    row = found["rows"]["actor/ada-quist"]
    assert [one["id"] for one in found["meta"]] == [ROLE, SAME_AS]
    assert row[SAME_AS] == [{"str": "Q1001"}]
    assert row[ROLE] != []


def test_of_what_is_no_iri_nothing_is_known(served: Served) -> None:
    asked = {"ids": ["no iri", "<>"], "properties": [{"id": ROLE}]}
    found = served.client.post("/reconcile", data={"extend": json.dumps(asked)}).json()
    assert found["rows"] == {"no iri": {ROLE: []}, "<>": {ROLE: []}}


def test_what_is_written_is_found_at_once(served: Served) -> None:
    graph = f"{DEFAULT_BASE}article/new"
    label = "<http://www.w3.org/2000/01/rdf-schema#label>"
    served.update(
        f"INSERT DATA {{ GRAPH <{graph}> {{ <{DEFAULT_BASE}actor/tova-lind> a <{PERSON}> , "
        f'<https://w3id.org/communique#Actor> ; {label} "Tova <b>Lind</b>"@en }} }}'
    )
    assert first(served, query="Tova <b>Lind</b>")["id"] == "actor/tova-lind"
    preview = served.client.get("/reconcile/preview", params={"id": "actor/tova-lind"}).text
    assert "<b>" not in preview
    served.update(f"DROP GRAPH <{graph}>")
    assert queried(served, q="Tova Lind")["q"]["result"] == []


@pytest.mark.parametrize(
    ("data", "status", "said"),
    [
        ({"queries": "{"}, 400, "queries: is not JSON"),
        ({"queries": '{"q": {"query": "\\ud801"}}'}, 400, "surrogates"),
        ({"queries": "[]"}, 400, "a JSON object"),
        ({"queries": '{"q": 1}'}, 400, "queries: q is no object"),
        ({"queries": '{"q": {"query": "a", "limit": 0}}'}, 400, "limit is no number above 0"),
        ({"queries": '{"q": {"query": "a", "type_strict": "most"}}'}, 400, "none of any, all, should"),
        ({"queries": '{"q": {"query": "a", "properties": [1]}}'}, 400, "properties are no list"),
        ({"queries": json.dumps({str(n): "a" for n in range(51)})}, 413, "may have 50"),
        ({"extend": "{}"}, 400, "ids and properties"),
        ({"extend": "{}", "queries": "{}"}, 400, "one of them"),
        ({"extend": '{"ids": [], "properties": [{"id": "x"}]}'}, 400, "'x' is not one of"),
    ],
)
def test_what_is_wrong_is_said(served: Served, data: dict[str, str], status: int, said: str) -> None:
    answer = served.client.post("/reconcile", data=data)
    assert answer.status_code == status
    assert said in answer.text


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/reconcile/nothing", 404),
        ("/reconcile/preview?id=actor/nobody", 404),
        ("/reconcile/suggest/entity?cursor=x", 400),
        ("/reconcile/suggest/entity?cursor=", 400),
    ],
)
def test_what_is_not_there_is_said(served: Served, path: str, status: int) -> None:
    assert served.client.get(path).status_code == status


def test_other_methods_and_bodies_are_refused(served: Served) -> None:
    assert served.client.put("/reconcile").status_code == 405
    assert served.client.post("/reconcile", json={"queries": {}}).status_code == 415


def test_our_own_client_understands_it(served: Served, tmp_path: Path) -> None:
    """But for the ids, which are not Wikidata's: so the manifest and the answers go through another space."""

    def answer(request: httpx.Request) -> httpx.Response:
        sent = served.client.request(
            request.method,
            "/reconcile",
            content=request.read(),
            headers={"Content-Type": request.headers.get("Content-Type", "")},
        )
        text = sent.text.replace(json.dumps(DEFAULT_BASE), '"http://www.wikidata.org/entity/"')
        return httpx.Response(sent.status_code, text=text.replace("actor/ada-quist", "Q1001"))

    cache = Cache(tmp_path / "live.sqlite")
    service = Service("http://x.example/", "test", cache, pause=0.0, transport=httpx.MockTransport(answer))
    client = Reconciliation(service, cache)
    assert [hit.item.qid for hit in client.find("Ada Quist")] == ["Q1001"]
