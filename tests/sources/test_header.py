from __future__ import annotations

import datetime as dt

import pytest

from kg.sources.header import headline, split_header
from tests.sources.samples import BODY, FIRST, HEADLINE, SECOND, TEXT


def test_headline_byline_and_date_are_read() -> None:
    found = split_header(f"{HEADLINE}\n\nBy Jane Doe\n\nPublished 4 July 2023\n\n{BODY}")
    assert (found.text, found.title) == (TEXT, HEADLINE)
    assert (found.authors, found.published) == (("Jane Doe",), dt.date(2023, 7, 4))


def test_header_without_blank_lines() -> None:
    found = split_header(f"{HEADLINE}\nBy Jane Doe | 4 July 2023, 10:15\n{BODY}")
    assert (found.text, found.title) == (TEXT, HEADLINE)
    assert (found.authors, found.published) == (("Jane Doe",), dt.datetime(2023, 7, 4, 10, 15))


def test_boilerplate_is_removed_everywhere() -> None:
    text = (
        f"Skip to content\n\nHome > News\n\n{HEADLINE}\n\n3 min read\n\nShare\n\n{FIRST}\n\n"
        f"Advertisement\n\n{SECOND}\n\nShare this:\n\nLeave a Reply"
    )
    assert split_header(text).text == f"{HEADLINE}\n\n{FIRST}\n\n{SECOND}"


def test_byline_or_date_within_the_body_is_kept() -> None:
    text = f"{TEXT}\n\nBy Jane Doe\n\n{FIRST}\n\n4 July 2023\n\n{SECOND}"
    found = split_header(text)
    assert found.text == text
    assert (found.authors, found.published) == ((), None)


def test_dateline_is_kept() -> None:
    text = f"{HEADLINE}\n\nPARIS (AP) — {BODY}"
    assert split_header(text).text == text


def test_text_without_boilerplate_is_unchanged() -> None:
    text = f"{HEADLINE}\n\n\n{FIRST}  And so on.\nA line.\n\n\n\n{SECOND}"
    assert split_header(text).text == text


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
def test_short_first_paragraph_is_the_headline(title: str) -> None:
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
def test_prose_is_not_a_headline(text: str) -> None:
    assert headline(text) is None


def test_separate_title_becomes_the_first_paragraph() -> None:
    found = split_header(BODY, HEADLINE)
    assert (found.text, found.title) == (TEXT, HEADLINE)


@pytest.mark.parametrize(
    "title", [HEADLINE, HEADLINE.upper(), f"{HEADLINE}.", f"{HEADLINE} | The Larnholm Courier"]
)
@pytest.mark.parametrize("gap", ["\n", "\n\n"])
def test_title_at_the_start_of_the_body_is_not_repeated(title: str, gap: str) -> None:
    found = split_header(f"{HEADLINE}{gap}{BODY}", title)
    assert (found.text, found.title) == (TEXT, HEADLINE)


def test_title_that_is_a_prefix_of_a_sentence_is_added() -> None:
    assert (
        split_header("Port reopens, says master.", "Port reopens").text
        == "Port reopens\n\nPort reopens, says master."
    )
