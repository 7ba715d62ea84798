from __future__ import annotations

import datetime as dt

import pytest

from kg.sources.masthead import headline, read_masthead
from tests.sources.samples import BODY, FIRST, HEADLINE, SECOND, TEXT


def test_headline_byline_and_day_above_the_body() -> None:
    found = read_masthead(f"{HEADLINE}\n\nBy Jane Doe\n\nPublished 4 July 2023\n\n{BODY}")
    assert (found.text, found.title) == (TEXT, HEADLINE)
    assert (found.authors, found.published) == (("Jane Doe",), dt.date(2023, 7, 4))


def test_the_same_without_blank_lines_between() -> None:
    found = read_masthead(f"{HEADLINE}\nBy Jane Doe | 4 July 2023, 10:15\n{BODY}")
    assert (found.text, found.title) == (TEXT, HEADLINE)
    assert (found.authors, found.published) == (("Jane Doe",), dt.datetime(2023, 7, 4, 10, 15))


def test_furniture_above_between_and_below_goes() -> None:
    text = (
        f"Skip to content\n\nHome > News\n\n{HEADLINE}\n\n3 min read\n\nShare\n\n{FIRST}\n\n"
        f"Advertisement\n\n{SECOND}\n\nShare this:\n\nLeave a Reply"
    )
    assert read_masthead(text).text == f"{HEADLINE}\n\n{FIRST}\n\n{SECOND}"


def test_a_byline_or_a_date_further_down_stays() -> None:
    text = f"{TEXT}\n\nBy Jane Doe\n\n{FIRST}\n\n4 July 2023\n\n{SECOND}"
    found = read_masthead(text)
    assert found.text == text
    assert (found.authors, found.published) == ((), None)


def test_a_dateline_within_a_sentence_stays() -> None:
    text = f"{HEADLINE}\n\nPARIS (AP) — {BODY}"
    assert read_masthead(text).text == text


def test_text_without_furniture_is_untouched() -> None:
    text = f"{HEADLINE}\n\n\n{FIRST}  And so on.\nA line.\n\n\n\n{SECOND}"
    assert read_masthead(text).text == text


@pytest.mark.parametrize(
    "title",
    [
        HEADLINE,
        "China aims to enhance collaboration with Russia’s naval forces.",
        "“We won’t pay”: dockers walk out",
        "U.S. Lifts Travel Ban",
        "Is the sea wall high enough?",
        "Mr. Eriksen to leave",
    ],
)
def test_headlines(title: str) -> None:
    assert headline(f"{title}\n\n{BODY}") == title


@pytest.mark.parametrize(
    "text",
    [
        FIRST,
        HEADLINE,
        f"{HEADLINE}\n{BODY}",
        f"{FIRST} {SECOND}\n\n{BODY}",
        f"It was late. The port was closed.\n\n{BODY}",
        f"PARIS (AP) — Talks fail\n\n{BODY}",
        f"LARNHOLM, July 4 - The port reopens\n\n{BODY}",
        f"***\n\n{BODY}",
        f"The port reopened after a storm that had come from the north and closed it for days.\n\n{BODY}",
    ],
)
def test_first_paragraphs_that_are_no_headline(text: str) -> None:
    assert headline(text) is None


def test_a_title_given_apart_becomes_the_first_paragraph() -> None:
    found = read_masthead(BODY, HEADLINE)
    assert (found.text, found.title) == (TEXT, HEADLINE)


@pytest.mark.parametrize(
    "title", [HEADLINE, HEADLINE.upper(), f"{HEADLINE}.", f"{HEADLINE} | The Larnholm Courier"]
)
@pytest.mark.parametrize("gap", ["\n", "\n\n"])
def test_a_title_that_the_body_opens_with_is_not_doubled(title: str, gap: str) -> None:
    found = read_masthead(f"{HEADLINE}{gap}{BODY}", title)
    assert (found.text, found.title) == (TEXT, HEADLINE)


def test_a_title_whose_words_only_begin_the_body_is_put_first() -> None:
    assert (
        read_masthead("Port reopens, says master.", "Port reopens").text
        == "Port reopens\n\nPort reopens, says master."
    )
