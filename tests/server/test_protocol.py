"""SPARQL 1.1 Protocol, over a real connection: every case that the standard names."""

from __future__ import annotations

from collections.abc import Iterator

import httpx
import pytest

from tests.server.served import KEY, Served, make_store, serving

A, B, C = "http://example.org/a", "http://example.org/b", "http://example.org/c"
QUERY = "application/sparql-query"
UPDATE = "application/sparql-update"


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with serving(make_store(tmp_path_factory.mktemp("protocol") / "store")) as server:
        yield server


@pytest.fixture
def graphs(served: Served) -> Served:
    """The server, with one triple in each of two named graphs and one in the default graph."""
    served.update(
        f"DROP SILENT GRAPH <{A}> ; DROP SILENT GRAPH <{B}> ; DROP SILENT GRAPH <{C}> ; DROP DEFAULT ;"
        f'INSERT DATA {{ <x:d> <x:in> "d" . GRAPH <{A}> {{ <x:a> <x:in> "a" }} }} ;'
        f'INSERT DATA {{ GRAPH <{B}> {{ <x:b> <x:in> "b" }} }}'
    )
    return served


class TestQueries:
    def test_three_ways_to_send_one(self, served: Served) -> None:
        client, ask = served.client, "ASK { ?s ?p ?o }"
        answers = [
            client.get("/sparql", params={"query": ask}),
            client.post("/sparql", data={"query": ask}),
            client.post("/sparql", content=ask, headers={"Content-Type": QUERY}),
            client.post("/sparql", content=ask, headers={"Content-Type": f"{QUERY}; charset=UTF-8"}),
        ]
        assert [answer.json()["boolean"] for answer in answers] == [True] * 4

    def test_the_dataset_of_the_request(self, graphs: Served) -> None:
        rows = "SELECT ?o { ?s <x:in> ?o } ORDER BY ?o"
        named = "SELECT ?o { GRAPH ?g { ?s <x:in> ?o } } ORDER BY ?o"
        ask = graphs.client
        one = ask.get("/sparql", params={"query": rows, "default-graph-uri": A, "format": "csv"})
        two = ask.get(
            "/sparql",
            params=[("query", rows), ("format", "csv"), *(("default-graph-uri", g) for g in (A, B))],
        )
        three = ask.post("/sparql", data={"query": named, "named-graph-uri": B, "format": "csv"})
        four = ask.post(
            "/sparql",
            params={"default-graph-uri": B, "format": "csv"},
            content=rows,
            headers={"Content-Type": QUERY},
        )
        assert [answer.text.split()[1:] for answer in (one, two, three, four)] == [
            ["a"],
            ["a", "b"],
            ["b"],
            ["b"],
        ]

    def test_the_request_overrules_from(self, graphs: Served) -> None:
        query = f"SELECT ?o FROM <{A}> {{ ?s <x:in> ?o }}"
        assert graphs.select(query) == [["o"], ["a"]]
        assert graphs.select(query, **{"default-graph-uri": B}) == [["o"], ["b"]]

    def test_without_a_dataset_all_graphs_are_one(self, graphs: Served) -> None:
        assert graphs.select("SELECT ?o { ?s <x:in> ?o } ORDER BY ?o") == [["o"], ["a"], ["b"], ["d"]]

    @pytest.mark.parametrize(
        ("method", "path", "body", "kind", "status"),
        [
            ("GET", "/sparql?query=ASK%20{}&query=ASK%20{}", None, None, 400),
            ("POST", "/sparql", "query=ASK%20{}&query=ASK%20{}", "application/x-www-form-urlencoded", 400),
            ("POST", "/sparql", "", "application/x-www-form-urlencoded", 400),
            ("GET", "/sparql?format=json", None, None, 400),
            ("POST", "/sparql", "ASK {}", None, 415),
            ("POST", "/sparql", "ASK {}", "text/plain", 415),
            ("POST", "/sparql", "ASK {}", f"{QUERY}; charset=latin-1", 415),
            ("POST", "/sparql", b"ASK { ?s ?p '\xe4' }", QUERY, 400),
            ("GET", "/sparql?query=ASK%20%7B", None, None, 400),
            ("GET", "/sparql?query=ASK%20{}&default-graph-uri=relative", None, None, 400),
            ("GET", "/sparql?query=%ff", None, None, 400),
            ("GET", "/sparql?query=CLEAR%20ALL", None, None, 400),
            ("GET", "/sparql?update=CLEAR%20ALL", None, None, 400),
            ("POST", "/sparql", "update=CLEAR+ALL", "application/x-www-form-urlencoded", 400),
            ("POST", "/sparql", "CLEAR ALL", UPDATE, 415),
            ("PUT", "/sparql", "ASK {}", QUERY, 405),
            ("DELETE", "/sparql?query=ASK%20{}", None, None, 405),
        ],
    )
    def test_what_is_no_query(
        self, served: Served, method: str, path: str, body: str | bytes | None, kind: str | None, status: int
    ) -> None:
        headers = {"Content-Type": kind} if kind else {}
        answer = served.client.request(method, path, content=body, headers=headers)
        assert answer.status_code == status, answer.text
        assert answer.text.strip()

    def test_an_error_tells_its_line_and_column(self, served: Served) -> None:
        answer = served.client.get("/sparql", params={"query": "SELECT * {\n  ?s ?p\n}"})
        assert answer.status_code == 400
        assert "line 3" in answer.text

    def test_405_tells_what_may_be_done(self, served: Served) -> None:
        assert "GET" in served.client.put("/sparql", content="x").headers["allow"]
        assert "POST" in served.client.get("/update").headers["allow"]


class TestUpdates:
    def test_two_ways_to_send_one(self, served: Served) -> None:
        update = "INSERT DATA { <x:s> <x:n> 1 }"
        form = served.client.post("/update", data={"update": update}, headers=KEY)
        direct = served.client.post("/update", content=update, headers=KEY | {"Content-Type": UPDATE})
        assert [form.status_code, direct.status_code] == [204, 204]
        assert served.select("SELECT ?n { <x:s> <x:n> ?n }") == [["n"], ["1"]]

    def test_using_in_the_request(self, graphs: Served) -> None:
        update = f"INSERT {{ GRAPH <{C}> {{ ?s <x:copied> ?o }} }} WHERE {{ ?s <x:in> ?o }}"
        answer = graphs.client.post("/update", data={"update": update, "using-graph-uri": A}, headers=KEY)
        assert answer.status_code == 204, answer.text
        assert graphs.select("SELECT ?o { ?s <x:copied> ?o }") == [["o"], ["a"]]

    def test_using_named_in_the_request(self, graphs: Served) -> None:
        update = f"INSERT {{ GRAPH <{C}> {{ ?s <x:copied> ?o }} }} WHERE {{ GRAPH ?g {{ ?s <x:in> ?o }} }}"
        answer = graphs.client.post(
            "/update", data={"update": update, "using-named-graph-uri": B}, headers=KEY
        )
        assert answer.status_code == 204, answer.text
        assert graphs.select("SELECT ?o { ?s <x:copied> ?o }") == [["o"], ["b"]]

    @pytest.mark.parametrize(
        "clause",
        [
            f"WITH <{A}> DELETE {{ ?s ?p ?o }} WHERE {{ ?s ?p ?o }}",
            f"DELETE {{ ?s ?p ?o }} USING <{A}> WHERE {{ ?s ?p ?o }}",
        ],
    )
    def test_using_twice_is_refused(self, graphs: Served, clause: str) -> None:
        answer = graphs.client.post("/update", data={"update": clause, "using-graph-uri": B}, headers=KEY)
        assert answer.status_code == 400

    @pytest.mark.parametrize(
        ("method", "path", "body", "kind", "status"),
        [
            ("GET", "/update?update=CLEAR%20DEFAULT", None, None, 405),
            ("POST", "/update?update=CLEAR%20DEFAULT", "", UPDATE, 400),
            (
                "POST",
                "/update",
                "update=CLEAR+DEFAULT&update=CLEAR+DEFAULT",
                "application/x-www-form-urlencoded",
                400,
            ),
            ("POST", "/update", "query=ASK+%7B%7D", "application/x-www-form-urlencoded", 400),
            (
                "POST",
                "/update",
                "query=ASK+%7B%7D&update=CLEAR+DEFAULT",
                "application/x-www-form-urlencoded",
                400,
            ),
            ("POST", "/update", "ASK {}", UPDATE, 400),
            ("POST", "/update", "CLEAR DEFAULT", "text/plain", 415),
            ("POST", "/update", "CLEAR DEFAULT", None, 415),
            ("POST", "/update", b"INSERT DATA { <x:s> <x:p> '\xe4' }", UPDATE, 400),
            ("POST", "/update", "INSERT DATA { <x:s> }", UPDATE, 400),
        ],
    )
    def test_what_is_no_update(
        self, served: Served, method: str, path: str, body: str | bytes | None, kind: str | None, status: int
    ) -> None:
        headers = KEY | ({"Content-Type": kind} if kind else {})
        answer = served.client.request(method, path, content=body, headers=headers)
        assert answer.status_code == status, answer.text

    def test_the_token_opens(self, served: Served) -> None:
        body = {"update": "INSERT DATA { <x:s> <x:p> <x:o> }"}
        without = served.client.post("/update", data=body)
        wrong = served.client.post("/update", data=body, headers={"Authorization": "Bearer something-else"})
        basic = served.client.post(
            "/update", data=body, auth=httpx.BasicAuth("anyone", KEY["Authorization"][7:])
        )
        assert [without.status_code, wrong.status_code, basic.status_code] == [401, 401, 204]
        assert "www-authenticate" in without.headers

    def test_each_operation_may_declare_its_prefixes(self, served: Served) -> None:
        served.update(
            "PREFIX a: <x:a/> INSERT DATA { a:s a:p 1 } ;\n"
            "PREFIX b: <x:b/> PREFIX a: <x:a/> DELETE DATA { a:s a:p 1 } ; INSERT DATA { b:s b:p [] }"
        )
        assert served.select("SELECT ?s { ?s <x:a/p>|<x:b/p> ?o }") == [["s"], ["x:b/s"]]
        other = {"update": "INSERT DATA { <x:s> <x:p> 1 } ; PREFIX c: <x:c/> INSERT DATA { c:s <x:p> }"}
        answer = served.client.post("/update", data=other, headers=KEY)
        assert (answer.status_code, "does not parse" in answer.text) == (400, True)

    def test_words_of_the_language_may_be_prefixes(self, graphs: Served) -> None:
        update = "PREFIX where: <x:w/> PREFIX using: <x:u/> DELETE { where:a using:b ?o } WHERE { ?s ?p ?o }"
        sent = {"update": update, "using-graph-uri": "x:none"}
        assert graphs.client.post("/update", data=sent, headers=KEY).status_code == 204

    def test_nothing_of_a_sequence_that_fails(self, served: Served) -> None:
        update = "INSERT DATA { <x:half> <x:p> 1 } ; INSERT DATA { <x:half> <x:p> }"
        assert served.client.post("/update", data={"update": update}, headers=KEY).status_code == 400
        assert served.select("SELECT ?n { <x:half> <x:p> ?n }") == [["n"]]

    @pytest.mark.parametrize(
        "update",
        [
            "LOAD <http://127.0.0.1:1/x.ttl>",
            "INSERT { ?s ?p ?o } WHERE { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }",
        ],
    )
    def test_no_update_calls_other_machines(self, served: Served, update: str) -> None:
        answer = served.client.post("/update", data={"update": update}, headers=KEY)
        assert answer.status_code == 403
        assert "another machine" in answer.text


class TestFormats:
    @pytest.mark.parametrize(
        ("accept", "kind"),
        [
            (None, "application/sparql-results+json"),
            ("*/*", "application/sparql-results+json"),
            ("application/sparql-results+xml", "application/sparql-results+xml"),
            ("text/csv", "text/csv; charset=utf-8"),
            ("text/tab-separated-values", "text/tab-separated-values; charset=utf-8"),
            ("text/csv;q=0.4, application/sparql-results+xml;q=0.5", "application/sparql-results+xml"),
            ("application/sparql-results+json;q=0, */*;q=0.1", "application/json"),
            ("text/*", "text/xml; charset=utf-8"),
        ],
    )
    def test_rows(self, served: Served, accept: str | None, kind: str) -> None:
        headers = {"Accept": accept} if accept else {"Accept": ""}
        answer = served.client.get("/sparql", params={"query": "SELECT * { ?s a ?c }"}, headers=headers)
        assert answer.headers["content-type"] == kind
        assert "accept" in answer.headers["vary"].lower()

    @pytest.mark.parametrize(
        ("name", "kind"),
        [
            ("turtle", "text/turtle; charset=utf-8"),
            ("ntriples", "application/n-triples"),
            ("jsonld", "application/ld+json"),
            ("rdfxml", "application/rdf+xml"),
            ("trig", "application/trig"),
            ("nquads", "application/n-quads"),
        ],
    )
    def test_graphs_by_accept_and_by_name(self, served: Served, name: str, kind: str) -> None:
        query = "CONSTRUCT WHERE { ?s a ?c }"
        by_name = served.client.get("/sparql", params={"query": query, "format": name})
        by_accept = served.client.get(
            "/sparql", params={"query": query}, headers={"Accept": kind.partition(";")[0]}
        )
        assert by_name.headers["content-type"] == by_accept.headers["content-type"] == kind
        assert by_name.content

    def test_none_that_can_be_given(self, served: Served) -> None:
        assert served.client.get("/sparql?query=ASK{}", headers={"Accept": "image/png"}).status_code == 406
        assert served.client.get("/sparql?query=ASK{}&format=turtle").status_code == 400

    def test_head_is_get_without_its_body(self, served: Served) -> None:
        for path in ("/sparql?query=ASK{}", "/sparql", "/ontology", "/store?default"):
            get, head = served.client.get(path), served.client.head(path)
            assert (head.status_code, head.content) == (200, b"")
            assert head.headers["content-type"] == get.headers["content-type"]

    def test_compressed_where_it_is_wanted(self, served: Served) -> None:
        query = {"query": "SELECT * { ?s ?p ?o }"}
        plain = served.client.get("/sparql", params=query, headers={"Accept-Encoding": "identity"})
        packed = served.client.get("/sparql", params=query, headers={"Accept-Encoding": "gzip"})
        assert "content-encoding" not in plain.headers
        assert packed.headers["content-encoding"] == "gzip"
        assert packed.content == plain.content

    def test_any_origin_may_ask(self, served: Served) -> None:
        before = served.client.options("/sparql", headers={"Origin": "http://other.example"})
        assert before.status_code == 204
        assert "POST" in before.headers["access-control-allow-methods"]
        for path in ("/sparql?query=ASK{}", "/sparql?query=nonsense", "/queries"):
            assert served.client.get(path).headers["access-control-allow-origin"] == "*", path
