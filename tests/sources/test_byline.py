from __future__ import annotations

import datetime as dt

import pytest

from kg.sources.byline import date_in_line, is_date_line, names_in_byline, split_names


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("By Jane Doe", ("Jane Doe",)),
        ("BY JANE DOE", ("JANE DOE",)),
        ("by Jane Doe and John Roe", ("Jane Doe", "John Roe")),
        ("By Jane Doe, John Roe & Ann Poe", ("Jane Doe", "John Roe", "Ann Poe")),
        ("By Jane Doe, Political Editor", ("Jane Doe",)),
        ("By Jane Doe, BBC News", ("Jane Doe",)),
        ("By Jane Doe in Paris", ("Jane Doe",)),
        ("By Jane Doe for The Courier", ("Jane Doe",)),
        ("By Jane Doe | 4 July 2023", ("Jane Doe",)),
        ("By: María José de la Cruz", ("María José de la Cruz",)),
        ("By The Associated Press", ("The Associated Press",)),
        ("By Jane Doe, Reuters", ("Jane Doe",)),
        ("By John Roe, Jr. and Ann Poe, PhD", ("John Roe, Jr.", "Ann Poe")),
        ("Written by Jane Doe", ("Jane Doe",)),
    ],
)
def test_byline_gives_names(line: str, names: tuple[str, ...]) -> None:
    assert names_in_byline(line) == names


@pytest.mark.parametrize(
    "line",
    [
        "By Land and Sea",
        "By Monday, the army had left the city.",
        "By 2030 Britain Will Be Warmer",
        "By the time it ended, ten had died",
        "By God They Won!",
        "Jane Doe",
        "By",
        "By " + "Jane Doe, " * 20,
    ],
)
def test_prose_is_not_a_byline(line: str) -> None:
    assert names_in_byline(line) == ()


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Jane Doe", ("Jane Doe",)),
        ("Doe, Jane", ("Doe, Jane",)),
        ("Jane Doe; John Roe", ("Jane Doe", "John Roe")),
        ("desk@courier.example (Jane Doe)", ("Jane Doe",)),
        ("Reuters Staff", ("Reuters Staff",)),
        ("AFP", ("AFP",)),
        ("Jane Doe and Jane Doe", ("Jane Doe",)),
        (" , ", ()),
    ],
)
def test_split_names_drops_titles_and_agencies(text: str, names: tuple[str, ...]) -> None:
    assert split_names(text) == names


@pytest.mark.parametrize(
    ("line", "date"),
    [
        ("4 July 2023", dt.date(2023, 7, 4)),
        ("Published 4 July 2023", dt.date(2023, 7, 4)),
        ("Published: July 4, 2023 10:15 am", dt.datetime(2023, 7, 4, 10, 15)),
        ("First published on 4 July 2023 | Updated 5 July 2023", dt.date(2023, 7, 4)),
        ("Updated 5 July 2023 • Posted 4 July 2023", dt.date(2023, 7, 4)),
        ("4 July 2023 - 10:15", dt.datetime(2023, 7, 4, 10, 15)),
        ("2023-07-04", dt.date(2023, 7, 4)),
        ("Last updated: 5 July 2023", None),
    ],
)
def test_date_line_gives_date_of_publication(line: str, date: dt.date | None) -> None:
    assert is_date_line(line)
    assert date_in_line(line) == date


@pytest.mark.parametrize(
    "line",
    [
        "PARIS, 4 July 2023 (AP)",
        "4 July 2023 was a day of celebration.",
        "Published yesterday",
        "",
        "Updated",
    ],
)
def test_line_with_other_words_is_not_a_date_line(line: str) -> None:
    assert not is_date_line(line)
