"""Bounds, ranges, and times in clauses about the future."""

from __future__ import annotations

import pytest

from tests.extractor.times_read import DAY, Row, rows


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("since June", ("June", "2023-06", "2023-06-01..")),
        ("Since 2014 it has", ("2014", "2014", "2014-01-01..")),
        ("since the end of June", ("the end of June", "2023-06", "2023-06-21..")),
        ("since last year", ("last year", "2022", "2022-01-01..")),
        ("by 2030", ("2030", "2030", "..2030-12-31")),
        ("by the end of the year", ("the end of the year", "2023", "..2023-12-31")),
        ("by September", ("September", "2023-09", "..2023-09-30")),
        ("by March", ("March", "2023-03", "..2023-03-31")),
        ("until June 2024", ("June 2024", "2024-06", "..2024-06-30")),
        ("before 2020", ("2020", "2020", "..2019-12-31")),
        ("before the end of the month", ("the end of the month", "2023-07", "..2023-07-31")),
        ("after June 5", ("June 5", "2023-06-05", "2023-06-06..")),
        ("after 2025", ("2025", "2025", "2026-01-01..")),
        ("figures from June", ("June", "2023-06", "2023-06-01..2023-06-30")),
    ],
)
def test_bounds(text: str, expected: Row) -> None:
    assert rows(text) == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("from 2010 to 2015", ("2010 to 2015", "2010", "2010-01-01..2015-12-31")),
        ("between 2010 and 2015", ("2010 and 2015", "2010", "2010-01-01..2015-12-31")),
        ("from Monday to Friday", ("Monday to Friday", "2023-07-03", "2023-07-03..2023-07-07")),
        ("Friday through Sunday", ("Friday through Sunday", "2023-06-30", "2023-06-30..2023-07-02")),
        ("from June to August", ("June to August", "2023-06", "2023-06-01..2023-08-31")),
        ("from June until August", ("June until August", "2023-06", "2023-06-01..2023-08-31")),
        ("from November to March", ("November to March", "2022-11", "2022-11-01..2023-03-31")),
        ("June to August 2022", ("June to August 2022", "2022-06", "2022-06-01..2022-08-31")),
        ("November to March 2022", ("November to March 2022", "2021-11", "2021-11-01..2022-03-31")),
        ("from June 2021 to March", ("June 2021 to March", "2021-06", "2021-06-01..2022-03-31")),
        (
            "from late June to early July 2022",
            ("late June to early July 2022", "2022-06", "2022-06-21..2022-07-10"),
        ),
        ("between May 3 and May 9", ("May 3 and May 9", "2023-05-03", "2023-05-03..2023-05-09")),
        ("from 3 to 9 May", ("3 to 9 May", "2023-05-03", "2023-05-03..2023-05-09")),
        (
            "from 30 December to 3 January",
            ("30 December to 3 January", "2022-12-30", "2022-12-30..2023-01-03"),
        ),
        ("from last year to June", ("last year to June", "2022", "2022-01-01..2023-06-30")),
        ("from yesterday to tomorrow", ("yesterday to tomorrow", "2023-07-03", "2023-07-03..2023-07-05")),
    ],
)
def test_two_ends_of_a_range_are_one_time(text: str, expected: Row) -> None:
    assert rows(text) == [expected]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("on Monday and Tuesday", ["Monday", "Tuesday"]),
        ("in June and July", ["June", "July"]),
        ("from 2015 to 2010", ["2015", "2010"]),
        ("on Monday to vote in June", ["Monday", "June"]),
        ("on Monday, and by June", ["Monday", "June"]),
        ("from tomorrow to yesterday", ["tomorrow", "yesterday"]),
    ],
)
def test_separate_times_are_not_joined(text: str, words: list[str]) -> None:
    assert [found for found, _, _ in rows(text)] == words


def test_a_range_of_unresolved_ends_has_no_days() -> None:
    assert rows("from June to August", None) == [("June to August", "XXXX-06", "")]


@pytest.mark.parametrize(
    ("text", "past", "ahead"),
    [
        ("on Monday", "2023-07-03", "2023-07-10"),
        ("on Tuesday", "2023-07-04", "2023-07-04"),
        ("in September", "2022-09", "2023-09"),
        ("in July", "2023-07", "2023-07"),
        ("on 7 November", "2022-11-07", "2023-11-07"),
        ("over the weekend", "2023-W26", "2023-W27"),
        ("in the spring", "2023-SP", "2024-SP"),
        ("in the first quarter", "2023-Q1", "2024-Q1"),
        ("last Monday", "2023-07-03", "2023-07-03"),
        ("last month", "2023-06", "2023-06"),
    ],
)
def test_recurring_times_in_clauses_about_the_future(text: str, past: str, ahead: str) -> None:
    assert [value for _, value, _ in rows(text, future=lambda _: False)] == [past]
    assert [value for _, value, _ in rows(text, future=lambda _: True)] == [ahead]


def test_future_is_called_with_the_span_of_each_time() -> None:
    text = "He came on Monday and will return on Friday."
    found = rows(text, DAY, (), lambda span: span[0] > text.index("will"))
    assert [value for _, value, _ in found] == ["2023-07-03", "2023-07-07"]
