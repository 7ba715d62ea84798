from __future__ import annotations

import datetime as dt

import pytest

from kg.sources.dates import parse_date

DAY = dt.date(2023, 7, 4)
TIME = dt.datetime(2023, 7, 4, 10, 15)
UTC = TIME.replace(tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("written", "date"),
    [
        ("2023-07-04", DAY),
        ("20230704", DAY),
        ("2023/07/04", DAY),
        ("2023-07-04T10:15:00", TIME),
        ("2023-07-04 10:15", TIME),
        ("2023-07-04T10:15:00Z", UTC),
        ("2023-07-04T10:15:00+02:00", TIME.replace(tzinfo=dt.timezone(dt.timedelta(hours=2)))),
        ("Tue, 04 Jul 2023 10:15:00 GMT", UTC),
        ("Tue, 4 Jul 2023 10:15:00 -0700", TIME.replace(tzinfo=dt.timezone(dt.timedelta(hours=-7)))),
        ("4 July 2023", DAY),
        ("4th of July, 2023", DAY),
        ("July 4, 2023", DAY),
        ("JUL. 4 2023", DAY),
        ("Tuesday, July 4th, 2023", DAY),
        ("4 July 2023, 10:15", TIME),
        ("July 4, 2023 at 10:15 a.m. EDT", TIME),
        ("July 4, 2023 | 10:15 pm", TIME.replace(hour=22)),
        ("July 4, 2023 12:15 AM", TIME.replace(hour=0)),
        ("4 July 2023 – 10.15 UTC", UTC),
        (
            "4 July 2023 10:15 (GMT-4:30)",
            TIME.replace(tzinfo=dt.timezone(-dt.timedelta(hours=4, minutes=30))),
        ),
        (1688465700, UTC),
        (1688465700000, UTC),
    ],
)
def test_parse_date(written: object, date: dt.date | dt.datetime) -> None:
    found = parse_date(written)
    assert found == date
    assert type(found) is type(date)


@pytest.mark.parametrize(
    "written",
    [
        "", "today", "yesterday", "soon",
        "2023", "July 2023", "2023-07", "4/7/2023", "31 June 2023", "2023-02-30",
        "4 July 2023 25:00", "4 July 2023 10:15 +99:00",
        "0001-01-01T00:00:00", "1970-01-01T00:00:00Z", "9999-12-31",
        "The talks of 4 July 2023 failed", "10:15", "x" * 100, "99:99 nonsense, 32 Foo 2023 10:15:00",
        None, True, [], {}, 0, 7, 2023, 20230704, -5, 10**30, float("nan"), float("inf"),
    ],
)  # fmt: skip
def test_ambiguous_or_invalid_dates_are_none(written: object) -> None:
    assert parse_date(written) is None
