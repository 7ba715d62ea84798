"""Tests of the rule for each kind of IRI, and that every IRI is valid."""

import dataclasses

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import NamedNode

from kg.config import DEFAULT_BASE
from kg.rdf.iri import article_iri, mention_iri, node_iri, run_iri
from kg.records import Article
from tests.rdf.harbour import ARTICLE, BASE

ARTICLE_1 = "https://data.example/article/one-12345678"


def test_article_iri_from_url() -> None:
    iri = article_iri(ARTICLE, BASE)
    assert iri == BASE + "article/norlands-minister-urges-sudria-to-reopen-harbour-bca09931"
    assert article_iri(dataclasses.replace(ARTICLE, text="Another text."), BASE) == iri
    assert article_iri(dataclasses.replace(ARTICLE, url="https://news.example/other"), BASE) != iri


def test_article_iri_from_text() -> None:
    article = Article(text="Rain in Ostby\n\nIt rained.", origin="-")
    assert article_iri(article, BASE) == f"{BASE}article/rain-in-ostby-{article.content_hash[:8]}"
    titled = dataclasses.replace(article, title="Sun in Ostby")
    assert article_iri(titled, BASE).startswith(f"{BASE}article/sun-in-ostby-")


def test_long_headline_is_cut_at_a_word() -> None:
    article = Article(text="x", origin="-", title="word " * 30)
    assert article_iri(article, BASE).startswith(f"{BASE}article/{'word-' * 12}word-")


def test_node_iris() -> None:
    assert node_iri("#event-163", ARTICLE_1, "https://data.example/") == f"{ARTICLE_1}#event-163"
    assert node_iri("actor/china", ARTICLE_1, "https://data.example/") == "https://data.example/actor/china"
    assert mention_iri((65, 310), ARTICLE_1) == f"{ARTICLE_1}#char=65,310"


@pytest.mark.parametrize(
    ("model", "name"),
    [
        ("en_core_web_sm-3.8.0", "0.1.0-en_core_web_sm-3.8.0"),
        ("/home/someone/models/my model/", "0.1.0-my-model"),
        ("C:\\models\\news", "0.1.0-news"),
    ],
)
def test_run_iri_has_no_path(model: str, name: str) -> None:
    assert run_iri("0.1.0", model, BASE) == f"{BASE}run/{name}"


@settings(deadline=None)
@given(st.text(), st.text(), st.text(alphabet=st.characters(exclude_categories=["Cs"])))
def test_iris_are_valid_for_any_text(title: str, model: str, text: str) -> None:
    article = Article(text=text, origin="-", title=title)
    for iri in (article_iri(article, DEFAULT_BASE), run_iri("0.1", model, DEFAULT_BASE)):
        assert NamedNode(iri).value.isascii()
