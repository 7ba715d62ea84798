"""Properties of the times of any text."""

from __future__ import annotations

import datetime as dt
import re
import sys
import time
from typing import NoReturn

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.extractor.times import find_times
from kg.records import Span, Time

# The pattern of ontology/shapes.ttl for TIMEX3 values.
VALUE = re.compile(
    r"(([0-9X]{4}(-(([0-9X]{2}(-[0-9X]{2})?)|W[0-9X]{2}|Q[1-4]|H[12]|SP|SU|FA|WI))?)"
    r"|P.+|PAST_REF|PRESENT_REF|FUTURE_REF|[0-9]{3})"
)
WORDS = (
    "since until by before after from to between and in on at the over for within every each last next this "
    "past coming early late mid- earlier later end of start of first second third quarter half ago day days "
    "week weeks weekend month months year years decade decades century hours Monday Friday Sunday June May "
    "march Oct. Sept 5 29 31 February December 30 2 7th 1990s ’90s 2023 2019-20 2022-02-30 9999-12-31 Q3 H1 "
    "24/02/2022 10:30 p.m. noon fiscal summer winter fall two three a few several half a yesterday today "
    "tomorrow tonight morning daily annually now recently future earlier 100 999 people 57-year-old New "
    "Year's Eve – - , . ( ) \n\n he said will"
).split(" ")
BOUNDS = ("", "since ", "by ", "until ", "before ", "after ", "from ", "between ", "in ", "on ")
PARTS = (
    "",
    "early ",
    "mid-",
    "late ",
    "earlier ",
    "later ",
    "the end of ",
    "the middle of ",
    "the start of ",
)
SENSES = ("", "last ", "this ", "next ", "the past ", "this coming ", "two ", "the last two ", "every ")
NAMES = (
    "Monday", "Sunday", "June", "February 29", "5-6 June", "3 May 2022", "weekend", "week", "month",
    "quarter", "year", "years", "days ago", "decade", "1990s", "2021", "2019-20", "summer", "winter 2022",
    "Q3", "today", "first half of the year", "third quarter of 2022", "New Year's Eve", "2022-02-24",
)  # fmt: skip
JOINS = (". ", " and ", " to ", " until ", "–", ", ", "\n\n")
PHRASES = st.tuples(*map(st.sampled_from, (BOUNDS, PARTS, SENSES, NAMES, JOINS))).map("".join)
SOUP = st.lists(st.sampled_from(WORDS), max_size=14).map(" ".join)
TEXTS = st.lists(PHRASES, max_size=4).map("".join) | SOUP
DAYS = st.none() | st.dates() | st.dates(dt.date(2019, 12, 20), dt.date(2024, 3, 5))


@st.composite
def articles(draw: st.DrawFn) -> tuple[str, list[Span], dt.date | None, bool]:
    text = draw(TEXTS | st.text(max_size=60))
    ends = st.tuples(st.integers(0, len(text)), st.integers(0, len(text)))
    marked = [(min(pair), max(pair)) for pair in draw(st.lists(ends, max_size=4))]
    return text, marked, draw(DAYS), draw(st.booleans())


def _times(article: tuple[str, list[Span], dt.date | None, bool], prefix: str = "") -> tuple[Time, ...]:
    text, marked, day, ahead = article
    moved = [(start + len(prefix), end + len(prefix)) for start, end in marked]
    return find_times(prefix + text, moved, day, lambda _: ahead)


@given(articles())
def test_spans_are_in_text_order_without_overlap(
    article: tuple[str, list[Span], dt.date | None, bool],
) -> None:
    position = 0
    for time_found in _times(article):
        assert position <= time_found.start < time_found.end <= len(article[0])
        written = article[0][time_found.start : time_found.end]
        assert time_found.text == " ".join(written.split())
        assert written == written.strip()
        position = time_found.end


@given(articles())
def test_values_are_timex3_and_days_in_order(
    article: tuple[str, list[Span], dt.date | None, bool],
) -> None:
    for time_found in _times(article):
        assert time_found.value is not None
        assert VALUE.fullmatch(time_found.value), time_found
        if time_found.earliest is not None and time_found.latest is not None:
            assert time_found.earliest <= time_found.latest, time_found


@given(articles())
def test_without_a_day_only_written_years_have_days(
    article: tuple[str, list[Span], dt.date | None, bool],
) -> None:
    for time_found in _times((article[0], article[1], None, article[3])):
        if time_found.earliest is not None or time_found.latest is not None:
            assert re.search(r"\d{4}|[’'‘]\d0s|century", time_found.text), time_found


@given(articles(), st.sampled_from(["Nobody objected.\n\n", "It rained. \n\n", "x" * 90 + ".\n\n"]))
def test_text_before_shifts_the_spans(
    article: tuple[str, list[Span], dt.date | None, bool], prefix: str
) -> None:
    plain = [
        (time_found.start + len(prefix), time_found.end + len(prefix), time_found.value)
        for time_found in _times(article)
    ]
    assert [
        (time_found.start, time_found.end, time_found.value) for time_found in _times(article, prefix)
    ] == plain


@given(articles())
def test_the_same_article_gives_the_same_times(
    article: tuple[str, list[Span], dt.date | None, bool],
) -> None:
    assert _times(article) == _times(article)


class _SealedDate(dt.date):
    @classmethod
    def today(cls) -> NoReturn:
        raise AssertionError("asked for today")


class _SealedDatetime(dt.datetime):
    @classmethod
    def now(cls, *_zone: object, **_named: object) -> NoReturn:
        raise AssertionError("asked for the time of day")

    @classmethod
    def today(cls) -> NoReturn:
        raise AssertionError("asked for today")

    @classmethod
    def utcnow(cls) -> NoReturn:
        raise AssertionError("asked for the time of day")


def _no_clock() -> NoReturn:
    raise AssertionError("asked for the clock")


@pytest.mark.parametrize("day", [None, dt.date(2023, 7, 4)])
def test_the_clock_is_never_read(monkeypatch: pytest.MonkeyPatch, day: dt.date | None) -> None:
    text = (
        "yesterday today on Monday in June last month two days ago the past decade 5 June 2022 since May "
        "over the weekend last summer the end of the year from June to August by year-end Q3 29 February"
    )
    expected = find_times(text, (), day)
    monkeypatch.setattr(dt, "date", _SealedDate)
    monkeypatch.setattr(dt, "datetime", _SealedDatetime)
    for clock in ("time", "time_ns", "localtime", "gmtime"):
        monkeypatch.setattr(time, clock, _no_clock)
    found = find_times(text, (), day)
    monkeypatch.undo()
    assert len(found) > 10
    assert [(time_found.start, time_found.end, time_found.value) for time_found in found] == [
        (time_found.start, time_found.end, time_found.value) for time_found in expected
    ]
    assert "dateparser" not in sys.modules


@pytest.mark.parametrize(
    "text",
    [
        "Monday " * 20_000,
        "late " + " " * 20_000 + "June",
        "2019-" * 20_000,
        "the end of " * 10_000,
        "between May 3 and " * 8_000,
        "twenty-" * 20_000,
        "5 " * 40_000,
        "(" * 50_000 + "2019",
        "Monday" * 10_000,
    ],
)
def test_times_in_hostile_text_are_found_quickly(text: str) -> None:
    found = find_times(text, (), dt.date(2023, 7, 4))
    assert all(time_found.end <= len(text) for time_found in found)
