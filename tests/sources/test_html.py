from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from kg.config import Config
from kg.errors import ArticleTooLong, NoArticle, WrongLanguage
from kg.records import Article
from tests.sources.samples import BODY, HEADLINE, article, error, read, read_bytes, read_stdin
from tests.sources.test_language import OTHERS

PAGES = Path(__file__).parent / "pages"


def page(title: str, body: str, head: str = "") -> str:
    paragraphs = "".join(f"<p>{paragraph}</p>\n" for paragraph in body.split("\n\n"))
    return (
        f"<!DOCTYPE html><html><head>{head}<title>{title}</title></head>"
        f"<body><article>{paragraphs}</article></body></html>"
    )


def test_a_page() -> None:
    found = article(read(PAGES / "article.html"))
    assert found.title == "Port of Larnholm reopens after storm"
    assert found.text.split("\n\n")[:2] == [
        "Port of Larnholm reopens after storm",
        "The port of Larnholm reopened on Tuesday after a storm had closed it for three days, "
        "the harbour master said.",
    ]
    assert found.text.endswith("which destroyed eleven boats.")
    assert len(found.text.split("\n\n")) == 4
    assert found.url == "https://courier.example/news/port-reopens"
    assert found.published == dt.datetime(2023, 7, 4, 10, 15, tzinfo=dt.timezone(dt.timedelta(hours=2)))
    assert found.authors == ("Mara Lindqvist",)
    assert found.publisher == "The Larnholm Courier"


def test_page_without_metadata() -> None:
    found = article(read_stdin(page(HEADLINE, BODY).encode()))
    assert found == Article(text=f"{HEADLINE}\n\n{BODY}", origin="standard input", title=HEADLINE)


def test_date_in_running_text_is_not_the_date_of_publication() -> None:
    body = BODY + "\n\nThe wall was built on 12 May 1998 and opened on 1998-06-01, after two years of work."
    assert article(read_stdin(page(HEADLINE, body).encode())).published is None


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "iso-8859-15", "windows-1252"])
def test_declared_encodings(encoding: str) -> None:
    body = BODY.replace("“", "").replace("”", "") + "\n\nThe café’s owner agreed.".replace("’", "'")
    html = page(HEADLINE, body, f'<meta charset="{encoding}">')
    assert article(read_stdin(html.encode(encoding))).text.endswith("The café's owner agreed.")


def test_xhtml_with_an_xml_declaration() -> None:
    html = '<?xml version="1.0" encoding="UTF-8"?>\n' + page(HEADLINE, BODY)
    assert article(read_stdin(html.encode())).text == f"{HEADLINE}\n\n{BODY}"


@pytest.mark.parametrize(
    "html",
    [
        (PAGES / "no-article.html").read_text("utf-8"),
        "<html></html>",
        "<html><body></body></html>",
        page("Port reopens", "It does."),
        "<!doctype html><script>let article = 'the port of Larnholm '.repeat(100)</script>",
    ],
)
def test_page_without_article_is_refused(tmp_path: Path, html: str) -> None:
    found = error(read_bytes(tmp_path, "a.html", html), NoArticle)
    assert found.reason.startswith("no article on this page: save the page of one article")


@pytest.mark.parametrize(
    "html",
    [
        "<html><body>" + "<div>" * 30_000 + "deep" + "</div>" * 30_000,
        "<html><body><p>The <b>cat </p></i><table><p>&#x0; &#99999999; &#xD800; \ufffe" + "<a " * 3000,
        "<html" * 1000,
        "<html><body><p>" + "&" * 50_000,
        "<html><script type='application/ld+json'>{\"@graph\": [[[{</script><p>" + "x",
        "<!DOCTYPE html [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;'>]><html>&b;</html>",
    ],
)
def test_broken_html_does_not_crash(tmp_path: Path, html: str) -> None:
    results = read_bytes(tmp_path, "a.html", html.encode("utf-8", "surrogatepass"))
    assert len(results) == 1
    assert not isinstance(results[0], Article)


def test_unclosed_tags_are_read() -> None:
    html = f"<html><body><h1>{HEADLINE}<div><p>" + "<p>".join(BODY.split("\n\n"))
    assert "the ferries can sail again" in article(read_stdin(html.encode())).text


def test_a_page_in_another_language(tmp_path: Path) -> None:
    body = OTHERS["German (de)"] + "\n\n" + OTHERS["German (de)"]
    found = error(read_bytes(tmp_path, "a.html", page("Der Hafen öffnet", body)), WrongLanguage)
    assert "German" in found.reason


def test_page_with_too_much_text_is_refused_before_parsing(tmp_path: Path) -> None:
    html = page(HEADLINE, "\n\n".join(f"{n} {BODY}" for n in range(30)))
    found = error(read_bytes(tmp_path, "a.html", html, Config(max_characters=5000)), ArticleTooLong)
    assert "characters of text on the page; the limit is 5,000 characters" in found.reason


def test_markup_does_not_count_towards_the_limit(tmp_path: Path) -> None:
    style = "<style>" + "p { color: red } " * 2000 + "</style><!-- " + "x" * 20_000 + " -->"
    found = article(read_bytes(tmp_path, "a.html", page(HEADLINE, BODY, style), Config(max_characters=5000)))
    assert found.title == HEADLINE
