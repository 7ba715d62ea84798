"""The pages for people, and the things that the graph names, at their addresses."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser

import pyoxigraph as ox
import pytest
import rdflib

from tests.sample import IRI, TOLD
from tests.server.served import Served, make_store, serving

BASE = "https://w3id.org/communique"
HTML = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with serving(make_store(tmp_path_factory.mktemp("page") / "store"), "--fronts", "1") as server:
        server.update(
            "INSERT DATA { GRAPH <x:g> { <https://w3id.org/communique/actor/mallory>"
            ' rdfs:label "<script>alert(1)</script>" ; rdfs:seeAlso <javascript:alert(1)> } }'
        )
        yield server


class _Addresses(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.loaded: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = dict(attrs)
        if tag in ("script", "img", "iframe"):
            self.loaded.append(named.get("src") or "")
        elif tag == "link" and named.get("rel") != "alternate":  # which is only named
            self.loaded.append(named.get("href") or "")
        assert not any(name.startswith("on") for name in named), named


def test_the_start_shows_what_is_there(served: Served) -> None:
    page = served.client.get("/").text
    assert "Ada Quist" in page
    assert 'action="/queries/what-has-someone-said"' in page
    assert "<textarea" in page


def test_the_start_shows_what_was_written_last(served: Served) -> None:
    assert "Late Arrival" not in served.client.get("/").text
    said, who, kg = "<x:said>", f"<{BASE}/actor/late-arrival>", f"<{BASE}#speaker>"
    served.update(
        f'INSERT DATA {{ GRAPH <x:g> {{ {said} {kg} {who} . {who} <{rdflib.RDFS.label}> "Late Arrival" }} }}'
    )
    assert "Late Arrival" in served.client.get("/").text


def test_a_search_finds_names(served: Served) -> None:
    page = served.client.get("/", params={"search": "quist"}).text
    assert 'href="/actor/ada-quist"' in page
    assert "No name" in served.client.get("/", params={"search": '")} DROP ALL #'}).text


def test_the_address_of_a_question_fills_its_form_and_the_editor(served: Served) -> None:
    page = served.client.get(
        "/", params={"question": "what-has-someone-said", "actor": 'A "Q"', "since": ""}
    ).text
    assert 'value="A &#34;Q&#34;"' in page
    assert page.count("<details open>") == 1
    assert "actor:a-q" in page[page.index("<textarea") :]
    wrong = served.client.get("/", params={"question": "what-has-someone-said", "since": "<soon>"}).text
    assert "&lt;soon&gt;&#39; is not" in wrong
    assert "did you mean" in served.client.get("/", params={"question": "what-has-someone-sad"}).text


def test_the_terms_are_explained(served: Served) -> None:
    page = served.client.get("/?terms").text
    for term in ("Actor", "speaker", "confidence", "Meeting"):
        assert f'<dt id="{term}">' in page
    assert "Who said it." in page


@pytest.mark.parametrize("words", ["Quist Ada", "ada quist", "ÀDA Qüist", "Ada Qúist "])
def test_a_search_takes_names_as_people_type_them(served: Served, words: str) -> None:
    page = served.client.get("/", params={"search": words}).text
    assert ">Ada Quist</a>" in page
    assert "<small>person</small>" in page


def test_a_search_for_a_name_without_its_accents(served: Served) -> None:
    name = "Ramiro Castellón (jr.)"
    node = f"<{BASE}/actor/ramiro>"
    served.update(f'INSERT DATA {{ GRAPH <x:g> {{ {node} <{rdflib.RDFS.label}> "{name}" ; a <x:Person> }} }}')
    for words in ("castellon", "ramiro castellon (jr.)"):
        assert f">{name}</a>" in served.client.get("/", params={"search": words}).text


def test_a_search_finds_no_terms_of_the_ontology(served: Served) -> None:
    served.update(
        f'INSERT DATA {{ GRAPH <x:o> {{ <{BASE}#quisty> <{rdflib.RDFS.label}> "quisty" ; a <x:Class> }} }}'
    )
    assert "quisty" not in served.client.get("/", params={"search": "quist"}).text


@pytest.mark.parametrize(
    "path", ["/", "/?terms", "/?search=a", "/actor/ada-quist.html", "/actor/mallory.html"]
)
def test_pages_load_nothing_from_elsewhere_and_escape_what_they_show(served: Served, path: str) -> None:
    answer = served.client.get(path)
    addresses = _Addresses()
    addresses.feed(answer.text)
    assert addresses.loaded
    addresses.loaded.remove("data:,")  # the page has no icon, and browsers need not ask for one
    assert all(address.startswith("/static/") for address in addresses.loaded)
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    assert "<script>alert" not in answer.text
    assert 'href="javascript:' not in answer.text
    for address in addresses.loaded:
        assert served.client.get(address).status_code == 200
    assert served.client.get("/static/../pages.py").status_code == 404


def test_an_actor_is_no_document(served: Served) -> None:
    seen = served.client.get("/actor/ada-quist", headers=HTML)
    assert seen.status_code == 303
    assert seen.headers["location"].endswith("/actor/ada-quist.html")
    assert seen.headers["vary"] == "Accept"
    read = served.client.get("/actor/ada-quist", headers={"Accept": "text/turtle"}, follow_redirects=True)
    graph = rdflib.Graph().parse(data=read.text, format="turtle")
    assert (rdflib.URIRef(f"{BASE}/actor/ada-quist"), rdflib.RDFS.label, None) in graph


@pytest.mark.parametrize(
    ("ending", "kind"),
    [
        ("ttl", ox.RdfFormat.TURTLE),
        ("jsonld", ox.RdfFormat.JSON_LD),
        ("nt", ox.RdfFormat.N_TRIPLES),
        ("rdf", ox.RdfFormat.RDF_XML),
    ],
)
def test_documents_in_each_format(served: Served, ending: str, kind: ox.RdfFormat) -> None:
    document = served.client.get(f"/actor/ada-quist.{ending}").content
    assert len(list(ox.parse(document, format=kind))) > 2


def test_an_article_is_a_document(served: Served) -> None:
    path = IRI.removeprefix(BASE)
    page = served.client.get(path, headers=HTML)
    assert page.status_code == 200
    assert "Ada Quist" in page.text
    turtle = served.client.get(path, headers={"Accept": "text/turtle"})
    assert turtle.headers["content-location"].endswith(".ttl")
    assert (rdflib.URIRef(IRI), None, None) in rdflib.Graph().parse(data=turtle.text, format="turtle")


def test_links_of_a_page_lead_to_pages(served: Served) -> None:
    page = served.client.get("/actor/ada-quist.html").text
    local = set(re.findall(r'href="(/(?:article|actor|place)/[^"#]+)', page))
    assert local
    for path in local:
        assert served.client.get(path, headers=HTML, follow_redirects=True).status_code == 200, path


def test_what_is_not_known(served: Served) -> None:
    unknown = served.client.get("/actor/ada-quest", headers=HTML)
    assert (unknown.status_code, 'href="/?search=ada%20quest"' in unknown.text) == (404, True)
    plain = served.client.get("/actor/nobody", headers={"Accept": "text/plain"})
    assert (plain.status_code, "nobody" in plain.text) == (404, True)
    assert served.client.get("/actor/%3Cx%3E").status_code == 404
    assert served.client.put("/actor/ada-quist").status_code == 405


def test_an_article_tells_who_says_what_in_its_order_and_words(served: Served) -> None:
    page = served.client.get(IRI.removeprefix(BASE), headers=HTML).text
    said = page[page.index("Who says what") : page.index("Who and what")]
    assert re.sub(r"\s+", " ", said).index('Ada Quist</a> told: <q dir="auto">the bridge') < said.index(
        "urged"
    )
    assert "Mayor Ada Quist told Norland on Monday" in said
    assert "news article · <bdi>Sandby Post</bdi> · <bdi>2024-05-14</bdi>" in page
    about = page[page.index("Who and what") :]
    assert [about.count(f">{name}</a>") for name in ("Ada Quist", "Harbour Board", "Sandby")] == [1, 1, 1]


def test_a_person_has_offices_and_documents(served: Served) -> None:
    page = served.client.get("/actor/ada-quist.html").text
    assert "<bdi>Mayor</bdi>" in page
    assert "Bridge to stay closed" in page[page.index("All that the graph says") :]  # and not its address
    for kind, ending in (("text/turtle", "ttl"), ("application/ld+json", "jsonld")):
        assert f'type="{kind}" href="/actor/ada-quist.{ending}"' in page


def test_no_two_parts_of_a_page_have_one_name(served: Served) -> None:
    second = f"<{IRI}{TOLD.ref}> <{BASE}#speaker> <{BASE}/actor/norland>"
    served.update(f"INSERT DATA {{ GRAPH <{IRI}> {{ {second} }} }}")
    for path in (IRI.removeprefix(BASE), "/actor/ada-quist.html", "/", "/?terms"):
        names = re.findall(r' id="([^"]*)"', served.client.get(path, headers=HTML).text)
        assert len(names) == len(set(names)), path


def test_a_place_tells_what_happened_there(served: Served) -> None:
    page = served.client.get("/place/sandby.html").text
    assert "talks" in page[page.index("What happened there") : page.index("All that")]


def test_names_are_written_in_their_own_direction(served: Served) -> None:
    node = f"<{BASE}/actor/salman>"
    served.update(f'INSERT DATA {{ GRAPH <x:g> {{ {node} <{rdflib.RDFS.label}> "محمد (MBS)!" }} }}')
    assert '<h1 dir="auto">محمد (MBS)!</h1>' in served.client.get("/actor/salman.html").text
