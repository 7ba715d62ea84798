"""Calendar times: dates, months, seasons, quarters, years, decades."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.extractor.times_read import DAY, Row, rows

YEARS_2010S = "2010-01-01..2019-12-31"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The port was shut on 7 March 2022.", ("7 March 2022", "2022-03-07", "2022-03-07")),
        ("It opened on Oct. 7, 2023, at last.", ("Oct. 7, 2023", "2023-10-07", "2023-10-07")),
        ("Talks began on October 7th, 2021.", ("October 7th, 2021", "2021-10-07", "2021-10-07")),
        ("the 7th of October 2021", ("7th of October 2021", "2021-10-07", "2021-10-07")),
        ("SEPT 3, 2020", None),
        ("Sept 3, 2020", ("Sept 3, 2020", "2020-09-03", "2020-09-03")),
        ("12 MARCH 2021", ("12 MARCH 2021", "2021-03-12", "2021-03-12")),
        ("on Monday, 3 July 2023", ("Monday, 3 July 2023", "2023-07-03", "2023-07-03")),
        ("signed 2023-10-07 in Riga", ("2023-10-07", "2023-10-07", "2023-10-07")),
        ("signed 24/02/2022", ("24/02/2022", "2022-02-24", "2022-02-24")),
        ("signed 02/24/2022", ("02/24/2022", "2022-02-24", "2022-02-24")),
        ("signed 24.2.2022", ("24.2.2022", "2022-02-24", "2022-02-24")),
        ("signed 05/06/2022", ("05/06/2022", "2022-XX-XX", "")),
        ("signed 31/02/2022", None),
        ("5 June last year", ("5 June last year", "2022-06-05", "2022-06-05")),
        ("on 5-6 June 2022", ("5-6 June 2022", "2022-06-05", "2022-06-05..2022-06-06")),
        ("on June 5–6, 2022", ("June 5–6, 2022", "2022-06-05", "2022-06-05..2022-06-06")),
        ("on June 5 and 6, 2022", ("June 5 and 6, 2022", "2022-06-05", "2022-06-05..2022-06-06")),
        ("on June 5 and 6 people came", ("June 5", "2023-06-05", "2023-06-05")),
        ("29 February 2024", ("29 February 2024", "2024-02-29", "2024-02-29")),
        ("on 31 June they met", None),
        ("June 31, 2022 was given", None),
        ("on 0 June they met", None),
        ("on 45 June they met", None),
        ("the week of June 5", ("the week of June 5", "2023-W23", "2023-06-05..2023-06-11")),
    ],
)
def test_dates(text: str, expected: Row | None) -> None:
    assert rows(text) == ([expected] if expected is not None else [])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("14:30 GMT on 5 June", ("14:30 GMT on 5 June", "2023-06-05", "2023-06-05")),
        ("10 p.m. on Tuesday", ("10 p.m. on Tuesday", "2023-07-04", "2023-07-04")),
        ("on Monday at 10:15 a.m.", ("Monday at 10:15 a.m.", "2023-07-03", "2023-07-03")),
        ("at noon on Friday", ("noon on Friday", "2023-06-30", "2023-06-30")),
        ("6pm local time on Wednesday", ("6pm local time on Wednesday", "2023-06-28", "2023-06-28")),
        ("at 10 p.m. he left", None),
    ],
)
def test_clock_times_belong_to_their_day(text: str, expected: Row | None) -> None:
    assert rows(text) == ([expected] if expected is not None else [])


@pytest.mark.parametrize(
    ("text", "day", "value"),
    [
        ("on 3 July", DAY, "2023-07-03"),
        ("on 4 July", DAY, "2023-07-04"),
        ("on 9 July", DAY, "2023-07-09"),  # soon
        ("on 1 September", DAY, "2023-09-01"),
        ("on 7 November", DAY, "2022-11-07"),
        ("on 20 December", dt.date(2023, 1, 5), "2022-12-20"),
        ("on 5 January", dt.date(2022, 12, 20), "2023-01-05"),
        ("by 7 November", DAY, "2023-11-07"),
        ("until 3 January", DAY, "2024-01-03"),
        ("by 3 June", DAY, "2023-06-03"),
        ("on 29 February", dt.date(2023, 7, 4), "2020-02-29"),
        ("on 29 February", dt.date(2024, 2, 29), "2024-02-29"),
        ("on 29 February", None, "XXXX-02-29"),
        ("on 30 February", None, None),
        ("on 5 June", None, "XXXX-06-05"),
        ("on New Year’s Eve", DAY, "2022-12-31"),
        ("on New Year's Eve", dt.date(2023, 12, 20), "2023-12-31"),
        ("on Christmas Day 2021", DAY, "2021-12-25"),
        ("last Boxing Day", DAY, "2022-12-26"),
        ("on New Year's Day", None, "XXXX-01-01"),
    ],
)
def test_days_without_a_year(text: str, day: dt.date | None, value: str | None) -> None:
    assert [found for _, found, _ in rows(text, day)] == ([value] if value is not None else [])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("in June", ("June", "2023-06", "2023-06-01..2023-06-30")),
        ("in July", ("July", "2023-07", "2023-07-01..2023-07-31")),
        ("in September", ("September", "2022-09", "2022-09-01..2022-09-30")),
        ("this September", ("this September", "2023-09", "2023-09-01..2023-09-30")),
        ("next September", ("next September", "2023-09", "2023-09-01..2023-09-30")),
        ("next June", ("next June", "2024-06", "2024-06-01..2024-06-30")),
        ("last June", ("last June", "2023-06", "2023-06-01..2023-06-30")),
        ("last July", ("last July", "2022-07", "2022-07-01..2022-07-31")),
        ("in June last year", ("June last year", "2022-06", "2022-06-01..2022-06-30")),
        ("in June of next year", ("June of next year", "2024-06", "2024-06-01..2024-06-30")),
        ("in March 2021", ("March 2021", "2021-03", "2021-03-01..2021-03-31")),
        ("in March, 2021", ("March, 2021", "2021-03", "2021-03-01..2021-03-31")),
        ("in February 2024", ("February 2024", "2024-02", "2024-02-01..2024-02-29")),
        ("in late June", ("late June", "2023-06", "2023-06-21..2023-06-30")),
        ("by mid-May", ("mid-May", "2023-05", "..2023-05-21")),
        ("at the end of May", ("the end of May", "2023-05", "2023-05-22..2023-05-31")),
        ("earlier in March", ("earlier in March", "2023-03", "2023-03-01..2023-03-10")),
    ],
)
def test_months(text: str, expected: Row) -> None:
    assert rows(text) == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("last summer", ("last summer", "2022-SU", "2022-06-01..2022-08-31")),
        ("this summer", ("this summer", "2023-SU", "2023-06-01..2023-08-31")),
        ("next summer", ("next summer", "2024-SU", "2024-06-01..2024-08-31")),
        ("the summer of 2019", ("the summer of 2019", "2019-SU", "2019-06-01..2019-08-31")),
        ("in autumn 2021", ("autumn 2021", "2021-FA", "2021-09-01..2021-11-30")),
        ("in the fall of 2021", ("the fall of 2021", "2021-FA", "2021-09-01..2021-11-30")),
        ("the winter of 2021-22", ("the winter of 2021-22", "2021-WI", "2021-12-01..2022-02-28")),
        ("the winter of 2023", ("the winter of 2023", "2023-WI", "2023-12-01..2024-02-29")),
        ("in the spring", ("the spring", "2023-SP", "2023-03-01..2023-05-31")),
        ("in the spring of last year", ("the spring of last year", "2022-SP", "2022-03-01..2022-05-31")),
        ("after the fall of Kabul", None),
        ("summer schools", None),
        ("prices fall and spring back", None),
    ],
)
def test_seasons(text: str, expected: Row | None) -> None:
    assert rows(text) == ([expected] if expected is not None else [])


@pytest.mark.parametrize(
    ("words", "day", "value"),
    [
        ("this winter", dt.date(2023, 1, 10), "2022-WI"),
        ("last winter", dt.date(2023, 1, 10), "2021-WI"),
        ("next winter", dt.date(2023, 1, 10), "2023-WI"),
        ("last winter", dt.date(2023, 12, 10), "2022-WI"),
        ("last summer", dt.date(2023, 10, 1), "2023-SU"),
        ("this summer", dt.date(2023, 10, 1), "2023-SU"),
        ("this spring", dt.date(2023, 1, 10), "2023-SP"),
        ("last summer", None, "XXXX-SU"),
    ],
)
def test_seasons_by_the_day(words: str, day: dt.date | None, value: str) -> None:
    assert [found for _, found, _ in rows(words, day)] == [value]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Q3 2024", ("Q3 2024", "2024-Q3", "2024-07-01..2024-09-30")),
        ("in Q1", ("Q1", "2023-Q1", "2023-01-01..2023-03-31")),
        ("in Q4", ("Q4", "2022-Q4", "2022-10-01..2022-12-31")),
        ("third quarter", ("third quarter", "2023-Q3", "2023-07-01..2023-09-30")),
        (
            "the second quarter of last year",
            ("the second quarter of last year", "2022-Q2", "2022-04-01..2022-06-30"),
        ),
        ("the first half of 2023", ("the first half of 2023", "2023-H1", "2023-01-01..2023-06-30")),
        ("second half of the year", ("second half of the year", "2023-H2", "2023-07-01..2023-12-31")),
        ("H1 2022", ("H1 2022", "2022-H1", "2022-01-01..2022-06-30")),
        (
            "the first three months of 2021",
            ("the first three months of 2021", "2021-Q1", "2021-01-01..2021-03-31"),
        ),
        ("the last six months of 2021", ("the last six months of 2021", "2021-H2", "2021-07-01..2021-12-31")),
        ("the first two months of 2021", ("the first two months of 2021", "2021", "2021-01-01..2021-02-28")),
        ("the final two months of 2021", ("the final two months of 2021", "2021", "2021-11-01..2021-12-31")),
        ("scored in the second half", None),
        ("the first forty months of 2021", ("2021", "2021", "2021-01-01..2021-12-31")),
    ],
)
def test_quarters_and_halves(text: str, expected: Row | None) -> None:
    assert rows(text) == ([expected] if expected is not None else [])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("in 2019", ("2019", "2019", "2019-01-01..2019-12-31")),
        ("the treaty (1967)", ("1967", "1967", "1967-01-01..1967-12-31")),
        ("early 2022", ("early 2022", "2022", "2022-01-01..2022-05-01")),
        ("mid-2021", ("mid-2021", "2021", "2021-05-02..2021-09-01")),
        ("the end of 2020", ("the end of 2020", "2020", "2020-09-01..2020-12-31")),
        ("in 2019-20", ("2019-20", "2019", "2019-01-01..2020-12-31")),
        ("from 2010–2015", ("2010–2015", "2010", "2010-01-01..2015-12-31")),
        ("in 2015-2010", None),
        ("fiscal 2023", ("fiscal 2023", "2023", "")),
        ("the fiscal year 2022-23", ("fiscal year 2022-23", "2022", "")),
        ("FY2023", ("FY2023", "2023", "")),
        ("the 1990s", ("the 1990s", "199", "1990-01-01..1999-12-31")),
        ("the 2020s", ("the 2020s", "202", "2020-01-01..2029-12-31")),
        ("the ’90s", ("the ’90s", "199", "1990-01-01..1999-12-31")),
        ("the early 1990s", ("the early 1990s", "199", "1990-01-01..1993-05-01")),
        ("the 1800s", ("the 1800s", "PAST_REF", "1800-01-01..1899-12-31")),
        ("the 2010s", ("the 2010s", "201", YEARS_2010S)),
        ("the 19th century", ("the 19th century", "PAST_REF", "1800-01-01..1899-12-31")),
        ("the twenty-first century", ("the twenty-first century", "PRESENT_REF", "2000-01-01..2099-12-31")),
        ("by year-end", ("year-end", "2023", "..2023-12-31")),
    ],
)
def test_years_decades_and_centuries(text: str, expected: Row | None) -> None:
    assert rows(text) == ([expected] if expected is not None else [])


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("in June", "XXXX-06"),
        ("Q3", "XXXX-Q3"),
        ("the first half of the year", "XXXX-H1"),
        ("the first two months of the year", "XXXX"),
        ("year-end", "XXXX"),
        ("5 June 2022", "2022-06-05"),
        ("June of last year", "XXXX-06"),
        ("the week of 5 June", "XXXX-WXX"),
    ],
)
def test_without_a_day_of_publication(text: str, value: str) -> None:
    ((_, found, days),) = rows(text, None)
    assert found == value
    assert bool(days) == ("X" not in value)
