"""SPARQL 1.1 Graph Store HTTP Protocol, over a real connection."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import rdflib

from tests.server.served import KEY, Served, make_store, serving

A = "http://example.org/graph/a"
TURTLE = {"Content-Type": "text/turtle"}
ONE, TWO = '<x:s> <x:p> "one" .', '<x:s> <x:p> "two" .'


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with serving(make_store(tmp_path_factory.mktemp("graphs") / "store"), "--fronts", "1") as server:
        yield server


@pytest.fixture(autouse=True)
def _clean(served: Served) -> None:
    served.update(f"DROP SILENT GRAPH <{A}> ; DROP DEFAULT ; DROP SILENT GRAPH <{served.url}/store/mine>")


def values(served: Served, **where: str) -> set[str]:
    answer = served.client.get("/store", params=where or {"graph": A}, headers={"Accept": "text/turtle"})
    assert answer.status_code == 200, answer.text
    return {str(value) for value in rdflib.Graph().parse(data=answer.text, format="turtle").objects()}


def test_put_makes_and_replaces(served: Served) -> None:
    put = [
        served.client.put("/store", params={"graph": A}, content=t, headers=KEY | TURTLE) for t in (ONE, TWO)
    ]
    assert [answer.status_code for answer in put] == [201, 204]
    assert values(served) == {"two"}


def test_post_adds(served: Served) -> None:
    post = [
        served.client.post("/store", params={"graph": A}, content=t, headers=KEY | TURTLE) for t in (ONE, TWO)
    ]
    assert [answer.status_code for answer in post] == [201, 200]
    assert values(served) == {"one", "two"}


def test_delete_removes_once(served: Served) -> None:
    served.client.put("/store", params={"graph": A}, content=ONE, headers=KEY | TURTLE)
    gone = [served.client.delete("/store", params={"graph": A}, headers=KEY) for _ in range(2)]
    assert [answer.status_code for answer in gone] == [200, 404]
    assert served.client.get("/store", params={"graph": A}).status_code == 404
    assert served.client.head("/store", params={"graph": A}).status_code == 404


def test_the_default_graph(served: Served) -> None:
    served.client.put("/store?default", content=ONE, headers=KEY | TURTLE)
    assert values(served, default="") == {"one"}
    assert served.client.delete("/store?default", headers=KEY).status_code == 200
    assert values(served, default="") == set()


def test_a_graph_at_its_own_address(served: Served) -> None:
    assert served.client.put("/store/mine", content=ONE, headers=KEY | TURTLE).status_code == 201
    assert "one" in served.client.get("/store/mine").text
    assert values(served, graph=f"{served.url}/store/mine") == {"one"}


def test_post_to_the_store_makes_a_graph(served: Served) -> None:
    made = served.client.post("/store", content=ONE, headers=KEY | TURTLE)
    assert made.status_code == 201
    assert "one" in served.client.get(made.headers["location"]).text


def test_an_empty_graph_is_there(served: Served) -> None:
    assert (
        served.client.put("/store", params={"graph": A}, content="", headers=KEY | TURTLE).status_code == 201
    )
    assert values(served) == set()


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        ('<x:s> <x:p> "one" .', "application/n-triples"),
        ('{"@id": "x:s", "x:p": "one"}', "application/ld+json"),
        (
            '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:x="x:">'
            '<rdf:Description rdf:about="x:s"><x:p>one</x:p></rdf:Description></rdf:RDF>',
            "application/rdf+xml",
        ),
    ],
)
def test_uploads_of_each_format(served: Served, content: str, kind: str) -> None:
    put = served.client.put(
        "/store", params={"graph": A}, content=content, headers=KEY | {"Content-Type": kind}
    )
    assert put.status_code == 201, put.text
    assert values(served) == {"one"}


def test_files_of_a_form(served: Served) -> None:
    files = {"a": ("one.ttl", ONE, "text/turtle"), "b": ("two.nt", TWO, "application/octet-stream")}
    assert served.client.post("/store", params={"graph": A}, files=files, headers=KEY).status_code == 201
    assert values(served) == {"one", "two"}


def test_a_form_without_files_replaces_nothing(served: Served) -> None:
    served.client.put("/store", params={"graph": A}, content=ONE, headers=KEY | TURTLE)
    kind = {"Content-Type": "multipart/form-data; boundary=b"}
    answer = served.client.put("/store", params={"graph": A}, content="--b\r\n--b--\r\n", headers=KEY | kind)
    assert (answer.status_code, "without a file" in answer.text) == (400, True)
    assert values(served) == {"one"}


def test_the_default_graph_has_two_names(served: Served) -> None:
    served.client.put("/store?default", content=ONE, headers=KEY | TURTLE)
    assert served.client.get("/store?graph=default").text == served.client.get("/store?default").text != ""
    assert served.client.delete("/store?graph=default", headers=KEY).status_code == 200
    assert served.client.get("/store?default").text == ""


def test_patch_changes_that_graph(served: Served) -> None:
    served.client.put("/store", params={"graph": A}, content=ONE, headers=KEY | TURTLE)
    kind = KEY | {"Content-Type": "application/sparql-update"}
    update = f"DELETE {{ ?s ?p ?o }} INSERT {{ ?s ?p 'new' }} WHERE {{ ?s ?p ?o }} ; INSERT DATA {{ {TWO} }}"
    assert served.client.patch("/store", params={"graph": A}, content=update, headers=kind).status_code == 204
    assert values(served) == {"new", "two"}
    other = "INSERT DATA { GRAPH <x:other> { <x:s> <x:p> 1 } }"
    assert served.client.patch("/store", params={"graph": A}, content=other, headers=kind).status_code == 422


def test_blank_nodes_are_kept_apart(served: Served) -> None:
    for _ in range(2):
        served.client.post("/store", params={"graph": A}, content='_:b <x:p> "same" .', headers=KEY | TURTLE)
    assert served.select(f"SELECT (COUNT(*) AS ?n) {{ GRAPH <{A}> {{ ?s ?p ?o }} }}") == [["n"], ["2"]]


@pytest.mark.parametrize(
    ("method", "path", "headers", "status"),
    [
        ("PUT", "/store?graph=x:g&default", TURTLE, 400),
        ("PUT", "/store", TURTLE, 400),
        ("PUT", "/store?graph=not%20an%20iri", TURTLE, 400),
        ("PUT", "/store?graph=relative", TURTLE, 400),
        ("PUT", "/store?graph=x:%25xe", TURTLE, 400),
        ("PUT", "/store/no%25escape", TURTLE, 201),
        ("PUT", "/store/no%escape", TURTLE, 400),
        ("GET", "/store?default&format=", {}, 400),
        ("PUT", "/store?default", {}, 415),
        ("PUT", "/store?default", {"Content-Type": "image/png"}, 415),
        ("PATCH", "/store?default", TURTLE, 415),
        ("TRACE", "/store?default", {}, 405),
    ],
)
def test_what_is_refused(
    served: Served, method: str, path: str, headers: dict[str, str], status: int
) -> None:
    answer = served.client.request(method, path, content=ONE, headers=KEY | headers)
    assert answer.status_code == status, answer.text


def test_what_does_not_parse_changes_nothing(served: Served) -> None:
    served.client.put("/store", params={"graph": A}, content=ONE, headers=KEY | TURTLE)
    wrong = served.client.put("/store", params={"graph": A}, content='<x:s> <x:p> "two', headers=KEY | TURTLE)
    assert wrong.status_code == 400
    assert "line" in wrong.text
    assert values(served) == {"one"}


def test_writing_needs_the_token(served: Served) -> None:
    assert served.client.put("/store?default", content=ONE, headers=TURTLE).status_code == 401
    assert served.client.delete("/store?default").status_code == 401


UPDATE = {"Content-Type": "application/sparql-update"} | KEY


@pytest.mark.parametrize(
    "update",
    [
        "DROP ALL",
        "CLEAR NAMED",
        f"DROP GRAPH <{A}>",
        f"INSERT DATA {{ GRAPH <{A}> {{ <x:s> <x:p> 3 }} }}",
        "INSERT { GRAPH ?g { <x:s> <x:p> 3 } } WHERE { GRAPH ?g { ?s ?p ?o } }",
    ],
)
@pytest.mark.parametrize("place", ["default", f"graph={A}"])
def test_patch_changes_no_other_graph(served: Served, update: str, place: str) -> None:
    served.client.put("/store", params={"graph": A}, content="<x:s> <x:p> 1 .", headers=TURTLE | KEY)
    answer = served.client.patch(f"/store?{place}", content=update, headers=UPDATE)
    assert (answer.status_code, "the one graph" in answer.text) == (422, True)
    assert served.select(f"SELECT ?o {{ GRAPH <{A}> {{ ?s ?p ?o }} }}") == [["o"], ["1"]]


@pytest.mark.parametrize(
    ("update", "left"),
    [
        ("DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }", []),
        ("DELETE WHERE { ?s ?p 1 }", ["2"]),
        ("DELETE { ?s ?p 1 } INSERT { ?s ?p 3 } WHERE { ?s ?p 2 }", ["2", "3"]),
        ("PREFIX delete: <x:> PREFIX graph: <x:> INSERT DATA { delete:s graph:p 4 }", ["1", "2", "4"]),
    ],
)
def test_patch_as_it_is_written(served: Served, update: str, left: list[str]) -> None:
    served.client.put("/store", params={"graph": A}, content="<x:s> <x:p> 1 , 2 .", headers=TURTLE | KEY)
    assert served.client.patch("/store", params={"graph": A}, content=update, headers=UPDATE).is_success
    rows = served.select(f"SELECT ?o {{ GRAPH <{A}> {{ ?s ?p ?o }} }} ORDER BY ?o")[1:]
    assert [row[0] for row in rows] == left


def test_who_writes_may_say_upon_what(served: Served) -> None:
    graph = {"graph": "http://data.example/agreed"}

    def put(number: int, **headers: str) -> int:
        said = {name.replace("_", "-"): value for name, value in headers.items()} | TURTLE | KEY
        text = f"<x:s> <x:p> {number} ."
        return served.client.put("/store", params=graph, content=text, headers=said).status_code

    assert put(1, If_Match="*") == 412
    assert put(1, If_None_Match="*") == 201
    assert put(2, If_None_Match="*") == 412
    etag = served.client.get("/store", params=graph).headers["ETag"]
    assert served.client.get("/store", params=graph, headers={"If-None-Match": etag}).status_code == 304
    assert put(3, If_Match='"another"') == 412
    assert put(3, If_Match=f'"another", {etag}') == 204
    assert put(4, If_Match=etag) == 412  # it was of the graph before
    assert "3" in served.client.get("/store", params=graph).text


@pytest.mark.parametrize(
    ("address", "headers", "status"),
    [
        ("/store/b?y=1", TURTLE | KEY, 400),
        ("/store?default", {"Content-Type": "text/turtle; charset=ISO-8859-1"} | KEY, 415),
        ("/store?graph=x:identity", TURTLE | KEY | {"Content-Encoding": "Identity"}, 201),
    ],
)
def test_what_else_is_said_of_an_upload(
    served: Served, address: str, headers: dict[str, str], status: int
) -> None:
    answer = served.client.put(address, content="<x:s> <x:p> 1 .", headers=headers)
    assert answer.status_code == status
