"""What the W3C's collections of cases for the SPARQL 1.1 Protocol and the Graph Store HTTP Protocol look at,
each case anew in our own words, over a real connection and without a client that corrects what is sent."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

import httpx
import pytest
import rdflib
from rdflib.compare import isomorphic

from tests.server.served import KEY, Served, serving

ONE, TWO, THREE = (f"http://data.example/{name}" for name in ("one", "two", "three"))
QUERY, UPDATE, FORM = (
    {"Content-Type": f"application/{kind}"}
    for kind in ("sparql-query", "sparql-update", "x-www-form-urlencoded")
)
OTHER_QUERY, OTHER_UPDATE = (
    {"Content-Type": f"application/{kind}; charset=UTF-16"} for kind in ("sparql-query", "sparql-update")
)
TURTLE = {"Content-Type": "text/turtle; charset=utf-8"}
Given = list[tuple[str, str | int | float | bool | None]]
IN_BOTH = f"ASK {{ <{ONE}> a ?x . <{TWO}> a ?x }}"
BY_NAME = f"ASK {{ GRAPH ?g {{ <{ONE}> a ?x }} GRAPH ?h {{ <{TWO}> a ?x }} }}"
MADE = "http://data.example/made"
FILL = "DROP ALL ; INSERT DATA { %s }" % " ".join(  # noqa: UP031 (braces)
    f"GRAPH <{iri}> {{ <{iri}> a <x:Doc> }}" for iri in (ONE, TWO, THREE)
)


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with serving(tmp_path_factory.mktemp("cases") / "store", "--fronts", "1") as server:
        yield server


@pytest.fixture(autouse=True)
def _filled(served: Served) -> None:
    served.update(FILL)


def asked(answer: httpx.Response) -> bool:
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"].startswith("application/sparql-results+json")
    found: bool = answer.json()["boolean"]
    return found


def dataset(**graphs: list[str]) -> Given:
    return [(f"{name}-graph-uri".replace("_", "-"), iri) for name, iris in graphs.items() for iri in iris]


class TestQuery:
    def test_by_get_and_both_posts(self, served: Served) -> None:
        assert asked(served.client.get("/sparql", params={"query": "ASK {}"}))
        assert asked(served.client.post("/sparql", content="query=ASK%20%7B%7D", headers=FORM))
        assert asked(served.client.post("/sparql", content="ASK {}", headers=QUERY))
        assert asked(served.client.post("/sparql/", content="ASK {}", headers=QUERY))

    def test_graphs_beside_a_form_and_in_it(self, served: Served) -> None:
        given = httpx.QueryParams(dataset(default=[ONE, TWO]))
        assert asked(served.client.post("/sparql", params=given, data={"query": IN_BOTH}))
        form = f"query={IN_BOTH}&{given}"
        assert asked(served.client.post("/sparql", content=form, headers=FORM))

    @pytest.mark.parametrize(
        ("query", "given", "found"),
        [
            (IN_BOTH, dataset(default=[ONE, TWO]), True),
            (IN_BOTH, dataset(default=[ONE]), False),
            (IN_BOTH, dataset(named=[ONE, TWO]), False),
            (BY_NAME, dataset(named=[ONE, TWO]), True),
            (BY_NAME, dataset(default=[ONE, TWO]), False),
            (
                f"ASK {{ <{THREE}> a ?x GRAPH ?g {{ <{ONE}> a ?x }} GRAPH ?h {{ <{TWO}> a ?x }} }}",
                dataset(default=[THREE], named=[ONE, TWO]),
                True,
            ),
            # What the request says goes before what the query says (section 2.1.4).
            (f"ASK FROM <{ONE}> {{ <{TWO}> a ?x }}", dataset(default=[TWO]), True),
            (f"ASK FROM NAMED <{ONE}> {{ GRAPH ?g {{ <{ONE}> a ?x }} }}", dataset(named=[TWO]), False),
            ("ASK { ?s ?p ?o }", dataset(default=["http://data.example/none"]), False),
        ],
    )
    def test_graphs_of_the_request(self, served: Served, query: str, given: Given, found: bool) -> None:
        by_get = served.client.get("/sparql", params=httpx.QueryParams([("query", query), *given]))
        by_post = served.client.post("/sparql", params=httpx.QueryParams(given), content=query, headers=QUERY)
        assert (asked(by_get), asked(by_post)) == (found, found)

    @pytest.mark.parametrize(
        ("query", "kinds"),
        [
            ("SELECT (1 AS ?v) {}", {"application/sparql-results+json", "application/sparql-results+xml"}),
            ("ASK {}", {"application/sparql-results+json", "application/sparql-results+xml"}),
            (f"DESCRIBE <{ONE}>", {"text/turtle", "application/n-triples", "application/rdf+xml"}),
            ("CONSTRUCT { <s> <p> 1 } WHERE {}", {"text/turtle", "application/n-triples"}),
        ],
    )
    def test_kinds_of_answers(self, served: Served, query: str, kinds: set[str]) -> None:
        answer = served.client.post("/sparql", content=query, headers=QUERY)
        assert answer.headers["content-type"].partition(";")[0] in kinds

    @pytest.mark.parametrize(
        ("method", "address", "content", "headers", "status"),
        [
            ("PUT", "?query=ASK%20%7B%7D", "", FORM, 405),
            ("GET", "?query=ASK%20%7B%7D&query=SELECT%20%2A%20%7B%7D", "", {}, 400),
            ("POST", "", "ASK {}", {"Content-Type": "text/plain"}, 415),
            ("POST", "", "query=ASK%20%7B%7D", {}, 415),
            ("POST", "", "ASK {}", {}, 415),
            ("POST", "", "ASK {}".encode("utf-16"), OTHER_QUERY, 415),
            ("GET", "?query=ASK%20%7B", "", {}, 400),
            ("GET", "?update=CLEAR%20ALL", "", {}, 400),
            ("POST", "", "update=CLEAR%20ALL", FORM, 400),
        ],
    )  # fmt: skip
    def test_what_is_none(
        self,
        served: Served,
        method: str,
        address: str,
        content: str | bytes,
        headers: dict[str, str],
        status: int,
    ) -> None:
        answer = served.client.request(method, f"/sparql{address}", content=content, headers=headers)
        assert answer.status_code == status, answer.text

    def test_a_function_that_nobody_knows_is_an_error_where_it_is_called(self, served: Served) -> None:
        query = "SELECT * { BIND(<x:f>(1) AS ?b) BIND(COALESCE(<x:g>(), 3) AS ?c) BIND(1 AS ?a) }"
        assert served.select(query) == [["a", "b", "c"], ["1", "", "3"]]
        assert served.select("SELECT ?a { BIND(1 AS ?a) FILTER(<x:f>(2)) }") == [["a"]]


class TestUpdate:
    BOTH: ClassVar = dataset(using=[ONE], using_named=[TWO])
    WHERE = f"INSERT {{ GRAPH <{MADE}> {{ ?s <x:in> ?in }} }} WHERE {{ %s }}"

    @pytest.mark.parametrize(
        ("where", "given", "found"),
        [
            ("?s a ?d BIND(1 AS ?in)", dataset(using=[ONE]), {"one"}),
            ("?s a ?d BIND(1 AS ?in)", dataset(using=[ONE, TWO]), {"one", "two"}),
            ("GRAPH ?in { ?s a ?d }", dataset(using_named=[ONE, TWO]), {"one", "two"}),
            ("{ GRAPH ?in { ?s a ?d } } UNION { ?s a ?in }", BOTH, {"one", "two"}),
        ],
    )  # fmt: skip
    def test_graphs_of_the_request(self, served: Served, where: str, given: Given, found: set[str]) -> None:
        update = f"{FILL} ; {self.WHERE % where}"
        answer = served.client.post(
            "/update", params=httpx.QueryParams(given), content=update, headers=KEY | UPDATE
        )
        assert answer.status_code == 204, answer.text
        rows = served.select(f"SELECT ?s {{ GRAPH <{MADE}> {{ ?s <x:in> ?in }} }}")[1:]
        assert {row[0].rpartition("/")[2] for row in rows} == found

    def test_a_dataset_said_twice(self, served: Served) -> None:
        update = f"INSERT {{ <x:s> <x:p> ?s }} USING <{ONE}> WHERE {{ ?s ?p ?o }}"
        given = httpx.QueryParams(dataset(using_named=[TWO]))
        answer = served.client.post("/update", params=given, content=update, headers=KEY | UPDATE)
        assert answer.status_code == 400

    def test_by_both_posts(self, served: Served) -> None:
        for content, kind in (("update=CLEAR+ALL", FORM), ("CLEAR ALL", UPDATE)):
            served.update(FILL)
            assert served.client.post("/update", content=content, headers=KEY | kind).status_code == 204
            assert served.select("SELECT ?s { ?s ?p ?o }") == [["s"]]

    def test_relative_iris_have_a_base(self, served: Served) -> None:
        served.update(f"INSERT DATA {{ GRAPH <{MADE}> {{ <x:s> <x:p> <test> }} }}")
        (_, row) = served.select(f"SELECT ?o {{ GRAPH <{MADE}> {{ <x:s> <x:p> ?o }} }}")
        assert row[0].startswith("http")
        assert row[0].endswith("/test")

    @pytest.mark.parametrize(
        ("method", "address", "content", "headers", "status"),
        [
            ("GET", "?update=CLEAR%20ALL", "", {}, 405),
            ("POST", "", "update=CLEAR%20NAMED&update=CLEAR%20DEFAULT", FORM, 400),
            ("POST", "", "CLEAR NAMED", {"Content-Type": "text/plain"}, 415),
            ("POST", "", "update=CLEAR%20NAMED", {}, 415),
            ("POST", "", "CLEAR NAMED".encode("utf-16"), OTHER_UPDATE, 415),
            ("POST", "", "CLEAR XYZ", UPDATE, 400),
            ("POST", "", "LOAD ;", UPDATE, 400),
            ("POST", "", "LOAD <http://data.example/none> ; CLEAR XYZ", UPDATE, 400),
            ("POST", "", "CREATE GRAPH <http://data.example/one>", UPDATE, 409),
            ("POST", "", "DROP GRAPH <http://data.example/none>", UPDATE, 409),
            ("POST", "", "LOAD <http://data.example/none>", UPDATE, 403),
            ("POST", "", "LOAD SILENT <http://data.example/none>", UPDATE, 204),
        ],
    )  # fmt: skip
    def test_what_is_none_and_what_cannot_be(
        self,
        served: Served,
        method: str,
        address: str,
        content: str | bytes,
        headers: dict[str, str],
        status: int,
    ) -> None:
        answer = served.client.request(method, f"/update{address}", content=content, headers=KEY | headers)
        assert answer.status_code == status, answer.text
        assert len(served.select("SELECT ?s { ?s ?p ?o }")) == 4  # all is as it was


class TestGraphStore:
    JOHN, JANE = (f'<x:person> <x:card> [ a <x:Card> ; <x:name> "{name}" ] .' for name in ("John", "Jane"))
    NOBODY = '[] a <x:Person> ; <x:card> [ a <x:Card> ; <x:given> "Alice" ] .'

    def _is(self, served: Served, address: str, *turtle: str) -> None:
        answer = served.client.get(address, headers={"Accept": "text/turtle"})
        assert (answer.status_code, answer.headers["content-type"]) == (200, "text/turtle; charset=utf-8")
        wanted = rdflib.Graph().parse(data="\n".join(turtle), format="turtle")
        assert isomorphic(rdflib.Graph().parse(data=answer.text, format="turtle"), wanted), answer.text

    def _send(self, served: Served, method: str, address: str, content: str | None = None) -> int:
        headers = KEY | (TURTLE if content is not None else {})
        return served.client.request(method, address, content=content, headers=headers).status_code

    def test_one_graph_by_both_of_its_names(self, served: Served) -> None:
        direct = "/store/person/1.ttl"
        indirect = f"/store?graph={served.url}{direct}"
        assert self._send(served, "PUT", direct, self.JOHN) == 201
        self._is(served, indirect, self.JOHN)
        assert self._send(served, "PUT", indirect, self.JANE) == 204
        self._is(served, direct, self.JANE)
        assert served.client.head(direct).status_code == 200

    def test_the_default_graph(self, served: Served) -> None:
        assert self._send(served, "PUT", "/store?default", self.NOBODY) == 204
        self._is(served, "/store?default", self.NOBODY)

    def test_a_payload_of_another_kind_than_said(self, served: Served) -> None:
        headers = KEY | {"Content-Type": "application/rdf+xml"}
        assert served.client.put("/store?default", content=self.JOHN, headers=headers).status_code == 400
        assert served.client.put("/store?default", content="<rdf/>", headers=KEY | TURTLE).status_code == 400

    def test_a_graph_goes(self, served: Served) -> None:
        address = "/store/person/2.ttl"
        assert self._send(served, "PUT", address, self.NOBODY) == 201
        assert self._send(served, "DELETE", address) == 200
        assert self._send(served, "GET", address) == 404
        assert self._send(served, "HEAD", address) == 404
        assert self._send(served, "DELETE", address) == 404

    @pytest.mark.parametrize("end", ["\r\n", "\n"])
    def test_triples_are_added_also_by_forms(self, served: Served, end: str) -> None:
        address = "/store/person/3.ttl"
        assert self._send(served, "POST", address, self.JOHN) == 201
        assert self._send(served, "POST", address, '<x:person> <x:name> "John"') == 400  # without a full stop
        parts = ['<x:person> <x:family> "Doe" .', '<x:person> <x:given> """J\n\nD""" .']
        lines = [
            line
            for part in parts
            for line in ("--limit", "Content-Disposition: form-data; name=a; filename=a.ttl",
                         "Content-Type: text/turtle; charset=utf-8", "", part)
        ]  # fmt: skip
        form = end.join([*lines, "--limit--", ""])
        headers = KEY | {"Content-Type": "multipart/form-data; boundary=limit"}
        assert served.client.post(address, content=form, headers=headers).status_code == 200
        self._is(served, address, self.JOHN, *parts)
        assert self._send(served, "DELETE", address) == 200

    def test_a_new_graph_has_an_address(self, served: Served) -> None:
        made = served.client.post("/store", content=self.NOBODY, headers=KEY | TURTLE)
        assert made.status_code == 201
        self._is(served, made.headers["location"], self.NOBODY)
        assert self._send(served, "POST", made.headers["location"], "") == 200
        self._is(served, made.headers["location"], self.NOBODY)


class TestServiceDescription:
    SD = rdflib.Namespace("http://www.w3.org/ns/sparql-service-description#")

    def test_it_is_at_the_endpoint_and_says_what_the_endpoint_is(self, served: Served) -> None:
        answer = served.client.get("/sparql", headers={"Accept": "application/rdf+xml"})
        assert answer.headers["content-type"] == "application/rdf+xml"
        graph = rdflib.Graph().parse(data=answer.text, format="xml")
        (service,) = graph.subjects(rdflib.RDF.type, self.SD.Service)
        assert graph.value(service, self.SD.endpoint) == rdflib.URIRef(f"{served.url}/sparql")
        assert {self.SD.SPARQL11Query, self.SD.SPARQL11Update} <= set(
            graph.objects(service, self.SD.supportedLanguage)
        )
        assert self.SD.UnionDefaultGraph in set(graph.objects(service, self.SD.feature))
        assert graph.value(service, self.SD.defaultDataset) is not None
