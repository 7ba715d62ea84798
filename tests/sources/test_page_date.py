from __future__ import annotations

import datetime as dt

import pytest

from kg.sources.page_date import page_date

DAY = dt.date(2023, 7, 4)
TIME = dt.datetime(2023, 7, 4, 10, 15, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("page", "date"),
    [
        ('<script type="application/ld+json">{"datePublished": "2023-07-04T10:15:00Z"}</script>', TIME),
        ('<meta property="article:published_time" content="2023-07-04T10:15:00Z">', TIME),
        ("<META CONTENT='2023-07-04' NAME='DC.date.issued'/>", DAY),
        ("<meta name=pubdate content=20230704>", DAY),
        ('<meta itemprop="datePublished" content="July 4, 2023">', DAY),
        ('<article><h1>x</h1><time datetime="2023-07-04">4 July</time><time datetime="2023-07-05">', DAY),
        ('<time datetime="2023-07-05"><time itemprop="datePublished" datetime="2023-07-04">', DAY),
        ('<h1>x</h1><time datetime="2023-07-05"></time><time pubdate datetime="2023-07-04">', DAY),
        (
            '<meta name="date" content="soon"><meta name="publish-date"><meta name=date content=2023-07-04>',
            DAY,
        ),
    ],
)
def test_declared_date_of_publication(page: str, date: dt.date) -> None:
    assert page_date(page, None) == date


@pytest.mark.parametrize(
    "page",
    [
        "<p>opened on 1998-06-01</p> &copy; 2023",
        '<meta property="article:modified_time" content="2023-07-04">',
        '<time datetime="2023-07-04">today</time><h1>x</h1>',
        '<meta name="date" content="0001-01-01T00:00:00">',
        '{"dateModified": "2023-07-04"}',
        "",
    ],
)
def test_other_dates_are_not_the_date_of_publication(page: str) -> None:
    assert page_date(page, None) is None


@pytest.mark.parametrize(
    ("url", "date"),
    [
        ("https://courier.example/news/2023/07/04/port-reopens", DAY),
        ("https://courier.example/2023/7/4/", DAY),
        ("https://courier.example/2023-07-04-port", DAY),
        ("https://courier.example/news/2023/07/port", None),
        ("https://courier.example/20230704123456", None),
        ("https://courier.example/2023/02/30/x", None),
        (None, None),
    ],
)
def test_date_in_the_address(url: str | None, date: dt.date | None) -> None:
    assert page_date("<p>x</p>", url) == date
