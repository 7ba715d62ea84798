"""Questions that use the links, and those that ask Wikidata, which a server of our own stands for."""

from __future__ import annotations

import dataclasses
import http.server
import json
import threading
import urllib.parse
from collections.abc import Iterator
from io import BufferedIOBase

import pyoxigraph as ox
import pytest
import rdflib

from kg.query.questions import bind, get_question, list_questions
from kg.rdf import quads
from kg.rdf.iri import article_iri, links_graph
from kg.rdf.link import link_quads
from kg.rdf.vocab import WIKIDATA
from kg.records import Extraction, Link
from tests.query.test_questions import Engines, Row
from tests.rdf.harbour import ARTICLE_IRI, BASE, EXTRACTION, LINKS, RUN

pytestmark = pytest.mark.filterwarnings("ignore:Dataset.* is deprecated")  # of rdflib, for its own calls

ENDPOINT = "https://query.wikidata.org/sparql"
FEDERATED = ("what-have-holders-of-an-office-said", "what-did-members-of-an-alliance-take-part-in")
BREKKE = dataclasses.replace(
    LINKS[0], ref="actor/ida-brekke", label="Ida Brekke", candidates=(LINKS[1].candidates[0],)
)
SECOND = dataclasses.replace(EXTRACTION.article, url="https://news.example/2", published=None)
SECOND_IRI = article_iri(SECOND, BASE)


def linked(extraction: Extraction, article: str, *links: Link) -> list[ox.Quad]:
    graph = ox.NamedNode(links_graph(BASE))
    return [
        *quads(extraction, BASE, RUN),
        *link_quads(links, article, BASE, graph, "test"),
    ]


def two_articles(*others: Link) -> Engines:
    """An article with links, and the same under another address with other ones."""
    again = dataclasses.replace(EXTRACTION, article=SECOND)
    return Engines([*linked(EXTRACTION, ARTICLE_IRI, *LINKS), *linked(again, SECOND_IRI, *others)])


def test_names_that_are_one_item() -> None:
    engines = two_articles(dataclasses.replace(LINKS[0], ref="actor/norland", label="Norland"))
    row: Row = (WIKIDATA + "Q1001", "Norland", "Sudria", "2", "2")
    assert engines.ask("which-names-are-one-item", {}) == [[row]] * 3


def test_a_name_that_is_several_items() -> None:
    other = dataclasses.replace(LINKS[0], candidates=(LINKS[1].candidates[0],))
    rows: list[Row] = [(f"{BASE}actor/sudria", "Sudria", WIKIDATA + qid, "1") for qid in ("Q1001", "Q1002")]
    assert two_articles(other).ask("which-names-stand-for-several", {}) == [rows] * 3
    assert two_articles(LINKS[0]).ask("which-names-stand-for-several", {}) == [[]] * 3


def test_uncertain_links() -> None:
    row: Row = ("Tomas Oru", WIKIDATA + "Q1002", "Tomas Oru", "president", "0.34", ARTICLE_IRI)
    assert two_articles().ask("which-links-are-uncertain", {}) == [[row]] * 3
    assert two_articles().ask("which-links-are-uncertain", {"atLeast": "0.5"}) == [[]] * 3


def test_what_was_said_under_whatever_name() -> None:
    engines = two_articles(BREKKE)
    for rows in engines.ask("what-has-an-item-said", {"item": WIKIDATA + "Q1002"}):
        assert {(row[0], row[3]) for row in rows} == {("Ida Brekke", SECOND_IRI)}
        assert [row[1] for row in rows] == ["tell", "urge"]


# ------------------------------------------------------------------ Wikidata, as a server of our own


class Wikidata:
    """An endpoint that knows a few items by office and alliance, and remembers what it was asked."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.asked: list[str] = []
        self.graph = rdflib.Graph()
        direct = "http://www.wikidata.org/prop/direct/"
        for item, term, value in (("Q1002", "P39", "Q5001"), ("Q1001", "P463", "Q5002")):
            self.graph.add(
                (
                    rdflib.URIRef(WIKIDATA + item),
                    rdflib.URIRef(direct + term),
                    rdflib.URIRef(WIKIDATA + value),
                )
            )

    def answer(self, query: str) -> bytes:
        self.asked.append(query)
        rows = [{"item": {"type": "uri", "value": str(row[0])}} for row in self.graph.query(query)]  # type: ignore[index]
        return json.dumps({"head": {"vars": ["item"]}, "results": {"bindings": rows}}).encode()


@pytest.fixture
def wikidata() -> Iterator[Wikidata]:
    class Handler(http.server.BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            if "chunked" in (self.headers["Transfer-Encoding"] or ""):
                body = b"".join(_chunks(self.rfile))
            else:
                body = self.rfile.read(int(self.headers["Content-Length"]))
            text = body.decode()
            form = urllib.parse.parse_qs(text) if text.startswith("query=") else {}
            answer = knows.answer(form["query"][0] if form else text)
            self.send_response(200)
            self.send_header("Content-Type", "application/sparql-results+json")
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    knows = Wikidata(f"http://127.0.0.1:{server.server_port}/sparql")
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield knows
    server.shutdown()
    server.server_close()
    thread.join()


def _chunks(stream: BufferedIOBase) -> Iterator[bytes]:
    while size := int(stream.readline(), 16):
        yield stream.read(size)
        stream.readline()


@pytest.mark.parametrize(
    ("question", "parameter", "qid", "names"),
    [
        (FEDERATED[0], "office", "Q5001", {"Ida Brekke"}),
        (FEDERATED[1], "alliance", "Q5002", {"Sudria"}),
    ],
)
def test_wikidata_is_asked_once_and_the_answer_joined(
    wikidata: Wikidata, question: str, parameter: str, qid: str, names: set[str]
) -> None:
    engines = two_articles(BREKKE)
    text = bind(get_question(question), {parameter: WIKIDATA + qid}, BASE).text
    assert text.count(ENDPOINT) == 1
    found = engines.store.query(text.replace(ENDPOINT, wikidata.address), use_default_graph_as_union=True)
    assert isinstance(found, ox.QuerySolutions)
    assert {str(row["name"].value) for row in found} == names
    (asked,) = wikidata.asked
    assert qid in asked  # the question is narrow: the endpoint is not asked for all it has


def test_those_that_ask_wikidata_say_so() -> None:
    federated = [question for question in list_questions() if "SERVICE" in question.text]
    assert sorted(question.name for question in federated) == sorted(FEDERATED)
    assert all("needs a network" in question.description for question in federated)
