"""Times relative to the day of publication, durations, and repetitions."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.extractor.times_read import DAY, Row, rows


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("yesterday", ("yesterday", "2023-07-03", "2023-07-03")),
        ("today's vote", ("today", "2023-07-04", "2023-07-04")),
        ("tomorrow morning", ("tomorrow morning", "2023-07-05", "2023-07-05")),
        ("the day before yesterday", ("the day before yesterday", "2023-07-02", "2023-07-02")),
        ("the day after tomorrow", ("the day after tomorrow", "2023-07-06", "2023-07-06")),
        ("last night", ("last night", "2023-07-03", "2023-07-03")),
        ("tonight", ("tonight", "2023-07-04", "2023-07-04")),
        ("this morning", ("this morning", "2023-07-04", "2023-07-04")),
        ("earlier today", ("earlier today", "2023-07-04", "2023-07-04")),
        ("last week", ("last week", "2023-W26", "2023-06-26..2023-07-02")),
        ("this week", ("this week", "2023-W27", "2023-07-03..2023-07-09")),
        ("next week", ("next week", "2023-W28", "2023-07-10..2023-07-16")),
        ("last month", ("last month", "2023-06", "2023-06-01..2023-06-30")),
        ("next quarter", ("next quarter", "2023-Q4", "2023-10-01..2023-12-31")),
        ("last year", ("last year", "2022", "2022-01-01..2022-12-31")),
        ("this decade", ("this decade", "202", "2020-01-01..2029-12-31")),
        ("earlier this week", ("earlier this week", "2023-W27", "2023-07-03..2023-07-04")),
        ("later this year", ("later this year", "2023", "2023-07-04..2023-12-31")),
        ("early next week", ("early next week", "2023-W28", "2023-07-10..2023-07-11")),
        ("late last month", ("late last month", "2023-06", "2023-06-21..2023-06-30")),
        ("the end of the year", ("the end of the year", "2023", "2023-09-02..2023-12-31")),
        ("the middle of the month", ("the middle of the month", "2023-07", "2023-07-11..2023-07-21")),
        ("in two weeks’ time", ("two weeks’ time", "2023-W29", "2023-07-17..2023-07-23")),
        ("three days from now", ("three days from now", "2023-07-07", "2023-07-07")),
    ],
)
def test_relative_times(text: str, expected: Row) -> None:
    assert rows(text) == [expected]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("on Monday", "2023-07-03"),
        ("on Tuesday", "2023-07-04"),
        ("on Wednesday", "2023-06-28"),
        ("last Tuesday", "2023-06-27"),
        ("next Tuesday", "2023-07-11"),
        ("next Monday", "2023-07-10"),
        ("this coming Friday", "2023-07-07"),
        ("this Friday", "2023-07-07"),
        ("this Monday", "2023-07-03"),
        ("this past Friday", "2023-06-30"),
        ("until Friday", "2023-07-07"),
        ("by Tuesday", "2023-07-04"),
        ("early on Monday", "2023-07-03"),
        ("late Friday night", "2023-06-30"),
        ("mid-Monday", "2023-07-03"),
    ],
)
def test_weekdays(text: str, value: str) -> None:
    assert [(found, days.strip(".")) for _, found, days in rows(text)] == [(value, value)]


@pytest.mark.parametrize(
    ("words", "day", "days"),
    [
        ("over the weekend", DAY, "2023-07-01..2023-07-02"),
        ("over the weekend", dt.date(2023, 7, 2), "2023-07-01..2023-07-02"),
        ("this weekend", DAY, "2023-07-08..2023-07-09"),
        ("last weekend", DAY, "2023-07-01..2023-07-02"),
        ("last weekend", dt.date(2023, 7, 2), "2023-06-24..2023-06-25"),
        ("this past weekend", dt.date(2023, 7, 2), "2023-07-01..2023-07-02"),
        ("the past weekend", DAY, "2023-07-01..2023-07-02"),
        ("this coming weekend", DAY, "2023-07-08..2023-07-09"),
        ("this coming weekend", dt.date(2023, 7, 2), "2023-07-08..2023-07-09"),
        ("next weekend", DAY, "2023-07-15..2023-07-16"),
    ],
)
def test_weekends(words: str, day: dt.date, days: str) -> None:
    assert [found for _, _, found in rows(words, day)] == [days]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("two days ago", ("two days ago", "2023-07-02", "2023-07-02")),
        ("a week ago", ("a week ago", "2023-W26", "2023-06-26..2023-07-02")),
        ("about 18 months ago", ("about 18 months ago", "2022-01", "2022-01-01..2022-01-31")),
        ("two quarters ago", ("two quarters ago", "2023-Q1", "2023-01-01..2023-03-31")),
        ("a year ago", ("a year ago", "2022", "2022-01-01..2022-12-31")),
        ("twenty-one years ago", ("twenty-one years ago", "2002", "2002-01-01..2002-12-31")),
        ("half a year ago", ("half a year ago", "2023-01", "2023-01-01..2023-01-31")),
        ("two and a half years ago", ("two and a half years ago", "2021", "2021-01-01..2021-12-31")),
        ("a year and a half ago", ("a year and a half ago", "2022", "2022-01-01..2022-12-31")),
        ("a decade ago", ("a decade ago", "201", "2010-01-01..2019-12-31")),
        ("more than two years ago", ("more than two years ago", "2021", "")),
        ("two centuries ago", ("two centuries ago", "PAST_REF", "")),
        ("two or three weeks ago", ("two or three weeks ago", "PAST_REF", "")),
        ("a few years ago", ("a few years ago", "PAST_REF", "")),
        ("years ago", ("years ago", "PAST_REF", "")),
        ("ten minutes ago", ("ten minutes ago", "2023-07-04", "2023-07-04")),
        ("30 hours ago", ("30 hours ago", "PAST_REF", "")),
    ],
)
def test_ago(text: str, expected: Row) -> None:
    assert rows(text) == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("the past decade", ("the past decade", "P1DE", "2013-07-04..2023-07-04")),
        ("over the past two decades", ("the past two decades", "P2DE", "2003-07-04..2023-07-04")),
        ("in the past week", ("the past week", "P1W", "2023-06-27..2023-07-04")),
        ("during the last three months", ("the last three months", "P3M", "2023-04-04..2023-07-04")),
        ("in the last 24 hours", ("the last 24 hours", "PT24H", "2023-07-03..2023-07-04")),
        ("in the next ten days", ("the next ten days", "P10D", "2023-07-04..2023-07-14")),
        ("over the coming year", ("coming year", "P1Y", "2023-07-04..2024-07-04")),
        ("In recent years", ("In recent years", "PAST_REF", "")),
        ("over recent months", ("recent months", "PAST_REF", "")),
        ("in the last few days", ("in the last few days", "PAST_REF", "")),
        ("in the coming weeks", ("in the coming weeks", "FUTURE_REF", "")),
        ("the next two or three years", ("the next two or three years", "FUTURE_REF", "")),
        ("in the near future", ("in the near future", "FUTURE_REF", "")),
        ("in the years ahead", ("in the years ahead", "FUTURE_REF", "")),
        ("in the past", ("in the past", "PAST_REF", "")),
        ("recently", ("recently", "PAST_REF", "")),
        ("currently", ("currently", "PRESENT_REF", "")),
        ("these days", ("these days", "PRESENT_REF", "")),
    ],
)
def test_stretches_and_vague_times(text: str, expected: Row) -> None:
    assert rows(text) == [expected]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("for three years", "P3Y"),
        ("for more than three years", "P3Y"),
        ("for 18 months", "P18M"),
        ("for a decade", "P1DE"),
        ("for a year and a half", "P1.5Y"),
        ("for two and a half years", "P2.5Y"),
        ("within 24 hours", "PT24H"),
        ("over two weeks", "P2W"),
        ("in 90 days", "P90D"),
        ("for decades", "PXDE"),
        ("for several weeks", "PXW"),
        ("for two to three years", "PXY"),
        ("for two centuries", "P2CE"),
        ("every year", "P1Y"),
        ("each week", "P1W"),
        ("every two years", "P2Y"),
        ("every other month", "P2M"),
        ("every few years", "PXY"),
        ("every morning", "P1D"),
        ("every Monday", "P1W"),
        ("on Mondays", "P1W"),
        ("twice a week", "P1W"),
        ("four times a year", "P1Y"),
        ("daily", "P1D"),
        ("annually", "P1Y"),
        ("a quarterly report", "P1Q"),
    ],
)
@pytest.mark.parametrize("day", [DAY, None])
def test_lengths_and_repetitions_have_no_days(text: str, value: str, day: dt.date | None) -> None:
    assert [(found, days) for _, found, days in rows(text, day)] == [(value, "")]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("the next day", "XXXX-XX-XX"),
        ("the following morning", "XXXX-XX-XX"),
        ("the following Monday", "XXXX-XX-XX"),
        ("a day earlier", "XXXX-XX-XX"),
        ("the day before.", "XXXX-XX-XX"),
        ("two weeks later", "XXXX-WXX"),
        ("the previous month", "XXXX-XX"),
        ("the following May", "XXXX-05"),
        ("the following year", "XXXX"),
        ("later in the day", "XXXX-XX-XX"),
    ],
)
@pytest.mark.parametrize("day", [DAY, None])
def test_times_relative_to_another_time_stay_unresolved(text: str, value: str, day: dt.date | None) -> None:
    assert [(found, days) for _, found, days in rows(text, day)] == [(value, "")]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("on Monday", "XXXX-XX-XX"),
        ("yesterday", "XXXX-XX-XX"),
        ("next week", "XXXX-WXX"),
        ("over the weekend", "XXXX-WXX"),
        ("this weekend", "XXXX-WXX"),
        ("last month", "XXXX-XX"),
        ("this year", "XXXX"),
        ("the end of the year", "XXXX"),
        ("two days ago", "PAST_REF"),
        ("in two weeks' time", "FUTURE_REF"),
        ("the past decade", "P1DE"),
        ("the next two weeks", "P2W"),
        ("by Friday", "XXXX-XX-XX"),
    ],
)
def test_relative_times_without_a_day_stay_unresolved(text: str, value: str) -> None:
    assert [(found, days) for _, found, days in rows(text, None)] == [(value, "")]


@pytest.mark.parametrize(
    ("words", "day", "value"),
    [
        ("this week", dt.date(2020, 12, 31), "2020-W53"),
        ("this week", dt.date(2021, 1, 3), "2020-W53"),
        ("next week", dt.date(2020, 12, 31), "2021-W01"),
        ("last week", dt.date(2021, 1, 4), "2020-W53"),
        ("last year", dt.date(2020, 2, 29), "2019"),
        ("a month ago", dt.date(2020, 3, 31), "2020-02"),
        ("next month", dt.date(2023, 1, 31), "2023-02"),
        ("next month", dt.date(2020, 12, 31), "2021-01"),
        ("last month", dt.date(2021, 1, 1), "2020-12"),
        ("last quarter", dt.date(2021, 1, 1), "2020-Q4"),
        ("tomorrow", dt.date(2024, 2, 28), "2024-02-29"),
        ("yesterday", dt.date(2021, 1, 1), "2020-12-31"),
    ],
)
def test_edges_of_the_calendar(words: str, day: dt.date, value: str) -> None:
    assert [found for _, found, _ in rows(words, day)] == [value]


def test_a_period_before_a_leap_day_starts_on_a_valid_day() -> None:
    assert rows("the past year", dt.date(2020, 2, 29)) == [("the past year", "P1Y", "2019-02-28..2020-02-29")]
