from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from kg.errors import NoArticle
from kg.sources.article_draft import ArticleDraft
from kg.sources.news_keys import draft_from

SCHEMA = {
    "@context": "https://schema.org",
    "@type": "NewsArticle",
    "@id": "https://courier.example/port#article",
    "headline": "Port reopens",
    "articleBody": "It does so on Tuesday.",
    "datePublished": "2023-07-04",
    "author": [{"@type": "Person", "name": "Jane Doe"}, {"@type": "Person", "name": "John Roe"}],
    "publisher": {"@type": "Organization", "name": "The Courier"},
    "mainEntityOfPage": {"@id": "https://courier.example/port"},
    "inLanguage": "en-GB",
    "identifier": 17,
}
SHORT = {
    "id": "17",
    "title": "Port reopens",
    "text": "It does so on Tuesday.",
    "url": "https://courier.example/port",
    "published": "2023-07-04",
    "authors": ["Jane Doe", "John Roe"],
    "source": "The Courier",
    "lang": "en-GB",
}
DRAFT = ArticleDraft(
    origin="a.json:3",
    body="It does so on Tuesday.",
    title="Port reopens",
    url="https://courier.example/port",
    published=dt.date(2023, 7, 4),
    authors=("Jane Doe", "John Roe"),
    publisher="The Courier",
    language="en-GB",
    identifier="17",
)


@pytest.mark.parametrize(
    "record", [SCHEMA, SHORT, {"@context": "x", "@graph": [{"@type": "WebSite"}, SCHEMA]}]
)
def test_schema_org_and_short_keys_give_the_same_draft(record: dict[str, Any]) -> None:
    assert draft_from(record, "a.json:3") == DRAFT


@pytest.mark.parametrize("key", ["articleBody", "text", "body", "content", "Body", "full_text", "mainText"])
def test_keys_of_the_text(key: str) -> None:
    assert draft_from({key: "Words."}, "x").body == "Words."


@pytest.mark.parametrize("key", ["headline", "title", "name"])
def test_keys_of_the_title(key: str) -> None:
    assert draft_from({key: "Port reopens", "text": "Words."}, "x").title == "Port reopens"


@pytest.mark.parametrize("key", ["url", "link", "mainEntityOfPage", "@id", "canonical-url"])
@pytest.mark.parametrize(
    "value", ["https://a.example/b", {"@id": "https://a.example/b"}, [1, "https://a.example/b"]]
)
def test_keys_of_the_address(key: str, value: object) -> None:
    assert draft_from({key: value, "text": "Words."}, "x").url == "https://a.example/b"


def test_value_that_is_not_a_url_is_ignored() -> None:
    assert draft_from({"url": "/port", "@id": "_:b0", "text": "Words."}, "x").url is None


@pytest.mark.parametrize(
    "key", ["datePublished", "published", "date", "pubDate", "published_at", "publishedAt"]
)
def test_keys_of_the_date(key: str) -> None:
    assert draft_from({key: "4 July 2023", "text": "Words."}, "x").published == dt.date(2023, 7, 4)


def test_invalid_date_is_skipped() -> None:
    record = {"datePublished": "soon", "date": "2023-07-04", "text": "Words."}
    assert draft_from(record, "x").published == dt.date(2023, 7, 4)
    assert draft_from({"date": "yesterday", "text": "Words."}, "x").published is None


@pytest.mark.parametrize(
    "authors",
    [
        "Jane Doe and John Roe",
        "By Jane Doe, John Roe",
        "Jane Doe; John Roe",
        ["Jane Doe", {"name": "John Roe"}],
        {"name": ["Jane Doe", "John Roe"]},
    ],
)
@pytest.mark.parametrize("key", ["author", "authors", "byline", "creator"])
def test_authors(key: str, authors: object) -> None:
    assert draft_from({key: authors, "text": "Words."}, "x").authors == ("Jane Doe", "John Roe")


def test_authors_that_are_urls_are_ignored() -> None:
    assert draft_from({"author": "https://facebook.example/jane", "text": "Words."}, "x").authors == ()


@pytest.mark.parametrize(
    "publisher", ["The Courier", {"id": None, "name": "The Courier"}, ["https://c.example", "The Courier"]]
)
@pytest.mark.parametrize("key", ["publisher", "source", "site", "site_name"])
def test_publisher(key: str, publisher: object) -> None:
    assert draft_from({key: publisher, "text": "Words."}, "x").publisher == "The Courier"


def test_text_as_a_list_of_paragraphs() -> None:
    assert draft_from({"text": ["One.", {"text": "no name"}, "Two."]}, "x").body == "One.\n\nTwo."


def test_text_of_a_content_management_system() -> None:
    content = (
        "<p>It&#8217;s open <b>again</b>.</p>\n<figure><img src=x><figcaption>The port</figcaption></figure>"
        "<p>He said:<br>yes.</p><script>let x = 1 < 2</script><ul><li>one</li><li>two</li></ul>"
    )
    record = {"title": {"rendered": "Port &amp; <b>sea</b>"}, "content": {"rendered": content}}
    found = draft_from(record, "x")
    assert found.body == "It’s open again.\n\nHe said:\nyes.\n\none\n\ntwo"
    assert found.title == "Port & sea"


def test_text_with_angle_brackets_is_unchanged() -> None:
    text = "Profits < 5 % & losses > 3 %; <br of it, he said &amp; left."
    assert draft_from({"text": text}, "x").body == text


def test_empty_text_is_not_a_missing_text() -> None:
    assert draft_from({"text": ""}, "x").body == ""


@pytest.mark.parametrize(
    ("record", "has"),
    [
        ({}, "no key at all"),
        ({"headline": "x", "summary": "y"}, "the keys headline, summary"),
        ({"text": None}, "the keys text"),
    ],
)
def test_no_text(record: dict[str, Any], has: str) -> None:
    with pytest.raises(NoArticle) as caught:
        draft_from(record, "a.json:3")
    assert caught.value.origin == "a.json:3"
    assert caught.value.reason == (
        f"no text under any of the keys articlebody, text, body, content, fulltext, maintext; it has {has}"
    )
