"""Time expressions with their TIMEX3 value, first day and last day."""

from __future__ import annotations

import datetime as dt

import pytest

from kg.extractor.times import find_times
from kg.records import Span, Time

DAY = dt.date(2023, 7, 5)  # a Wednesday

Row = tuple[str, str | None, str]
"""The words, the value, the days: "2023-06-01..2023-06-30", one day alone, "" where none is known."""


def read(text: str, day: dt.date | None = DAY, ahead: bool = False) -> list[Row]:
    found = find_times(text, (), day, lambda _: ahead)
    return [(one.text, one.value, _days(one)) for one in found]


def _days(one: Time) -> str:
    if one.earliest == one.latest:
        return str(one.earliest or "")
    return f"{one.earliest or ''}..{one.latest or ''}"


DATES = [
    ("The talks began on 14 June 2023.", "14 June 2023", "2023-06-14", "2023-06-14"),
    ("The talks began on June 14, 2023 in Rome.", "June 14, 2023", "2023-06-14", "2023-06-14"),
    ("The talks began on 14th of June 2022.", "14th of June 2022", "2022-06-14", "2022-06-14"),
    ("He resigned on June 14.", "June 14", "2023-06-14", "2023-06-14"),
    ("He resigned on June 14th.", "June 14th", "2023-06-14", "2023-06-14"),
    ("He resigned on Sept. 11, 2001.", "Sept. 11, 2001", "2001-09-11", "2001-09-11"),
    ("He resigned on Sept 11, 2001.", "Sept 11, 2001", "2001-09-11", "2001-09-11"),
    ("He resigned on 7 Oct 2022.", "7 Oct 2022", "2022-10-07", "2022-10-07"),
    ("He resigned on Oct. 7.", "Oct. 7", "2022-10-07", "2022-10-07"),
    ("He resigned on 2022-06-14.", "2022-06-14", "2022-06-14", "2022-06-14"),
    ("He left on Monday, 3 July 2023.", "Monday, 3 July 2023", "2023-07-03", "2023-07-03"),
    ("He left on Monday, July 3.", "Monday, July 3", "2023-07-03", "2023-07-03"),
    ("He left on 31 December.", "31 December", "2022-12-31", "2022-12-31"),
    ("He left on Dec. 31, 2024.", "Dec. 31, 2024", "2024-12-31", "2024-12-31"),
    ("He was born on 29 February 2000.", "29 February 2000", "2000-02-29", "2000-02-29"),
    ("They began at 10:30 a.m. on 14 June.", "10:30 a.m. on 14 June", "2023-06-14", "2023-06-14"),
]
WEEKDAYS = [
    ("He resigned on Monday.", "Monday", "2023-07-03", "2023-07-03"),
    ("He resigned on Thursday.", "Thursday", "2023-06-29", "2023-06-29"),
    ("He resigned on Wednesday.", "Wednesday", "2023-07-05", "2023-07-05"),
    ("He resigned last Monday.", "last Monday", "2023-07-03", "2023-07-03"),
    ("He resigned last Wednesday.", "last Wednesday", "2023-06-28", "2023-06-28"),
    ("They meet next Monday.", "next Monday", "2023-07-10", "2023-07-10"),
    ("They meet next Wednesday.", "next Wednesday", "2023-07-12", "2023-07-12"),
    ("They meet this coming Friday.", "this coming Friday", "2023-07-07", "2023-07-07"),
    ("He left on Monday morning.", "Monday morning", "2023-07-03", "2023-07-03"),
    ("He left late on Monday.", "late on Monday", "2023-07-03", "2023-07-03"),
    ("He left at 5 p.m. on Tuesday.", "5 p.m. on Tuesday", "2023-07-04", "2023-07-04"),
    ("He left at 5pm Tuesday.", "5pm Tuesday", "2023-07-04", "2023-07-04"),
    ("He left at noon on Friday.", "noon on Friday", "2023-06-30", "2023-06-30"),
    ("Monday's vote failed.", "Monday", "2023-07-03", "2023-07-03"),
    ("He left last night.", "last night", "2023-07-04", "2023-07-04"),
    ("He left yesterday evening.", "yesterday evening", "2023-07-04", "2023-07-04"),
    ("He left the day before yesterday.", "the day before yesterday", "2023-07-03", "2023-07-03"),
    ("He leaves the day after tomorrow.", "the day after tomorrow", "2023-07-07", "2023-07-07"),
    ("Today's vote failed.", "Today", "2023-07-05", "2023-07-05"),
    ("He spoke this morning.", "this morning", "2023-07-05", "2023-07-05"),
    ("He speaks tonight.", "tonight", "2023-07-05", "2023-07-05"),
    ("He spoke last weekend.", "last weekend", "2023-W26", "2023-07-01..2023-07-02"),
    ("He speaks next weekend.", "next weekend", "2023-W28", "2023-07-15..2023-07-16"),
    ("He spoke over the weekend.", "the weekend", "2023-W26", "2023-07-01..2023-07-02"),
]
MONTHS = [
    ("It began in June.", "June", "2023-06", "2023-06-01..2023-06-30"),
    ("It began in July.", "July", "2023-07", "2023-07-01..2023-07-31"),
    ("It began in October.", "October", "2022-10", "2022-10-01..2022-10-31"),
    ("It began last June.", "last June", "2023-06", "2023-06-01..2023-06-30"),
    ("It begins next June.", "next June", "2024-06", "2024-06-01..2024-06-30"),
    ("It began in June 2022.", "June 2022", "2022-06", "2022-06-01..2022-06-30"),
    ("It began in Dec 2021.", "Dec 2021", "2021-12", "2021-12-01..2021-12-31"),
    ("It began in February 2024.", "February 2024", "2024-02", "2024-02-01..2024-02-29"),
    ("It began in February 1900.", "February 1900", "1900-02", "1900-02-01..1900-02-28"),
    ("It began in mid-June.", "mid-June", "2023-06", "2023-06-11..2023-06-20"),
    ("It began in late June 2021.", "late June 2021", "2021-06", "2021-06-21..2021-06-30"),
    ("It ended at the end of June.", "the end of June", "2023-06", "2023-06-21..2023-06-30"),
    ("It began in early May.", "early May", "2023-05", "2023-05-01..2023-05-10"),
    ("It ended last month.", "last month", "2023-06", "2023-06-01..2023-06-30"),
    ("It ends next month.", "next month", "2023-08", "2023-08-01..2023-08-31"),
    ("It ends this month.", "this month", "2023-07", "2023-07-01..2023-07-31"),
]
SEASONS_AND_QUARTERS = [
    ("It began last summer.", "last summer", "2022-SU", "2022-06-01..2022-08-31"),
    ("It began this summer.", "this summer", "2023-SU", "2023-06-01..2023-08-31"),
    ("It begins next spring.", "next spring", "2024-SP", "2024-03-01..2024-05-31"),
    ("It began last winter.", "last winter", "2022-WI", "2022-12-01..2023-02-28"),
    ("It begins next winter.", "next winter", "2023-WI", "2023-12-01..2024-02-29"),
    ("It began in winter 2022.", "winter 2022", "2022-WI", "2022-12-01..2023-02-28"),
    ("It began in the summer of 2019.", "the summer of 2019", "2019-SU", "2019-06-01..2019-08-31"),
    ("It began in the fall of 2021.", "the fall of 2021", "2021-FA", "2021-09-01..2021-11-30"),
    ("It began in autumn 2021.", "autumn 2021", "2021-FA", "2021-09-01..2021-11-30"),
    ("It grew in Q3 2024.", "Q3 2024", "2024-Q3", "2024-07-01..2024-09-30"),
    (
        "It grew in the third quarter of 2024.",
        "the third quarter of 2024",
        "2024-Q3",
        "2024-07-01..2024-09-30",
    ),
    ("It grew in the first quarter.", "the first quarter", "2023-Q1", "2023-01-01..2023-03-31"),
    ("It grew in the fourth quarter.", "the fourth quarter", "2022-Q4", "2022-10-01..2022-12-31"),
    ("It grew last quarter.", "last quarter", "2023-Q2", "2023-04-01..2023-06-30"),
    ("It grew in the first half of 2023.", "the first half of 2023", "2023-H1", "2023-01-01..2023-06-30"),
    ("It grew in H2 2022.", "H2 2022", "2022-H2", "2022-07-01..2022-12-31"),
]
YEARS_AND_DECADES = [
    ("It began in 2019.", "2019", "2019", "2019-01-01..2019-12-31"),
    ("The treaty (2015) failed.", "2015", "2015", "2015-01-01..2015-12-31"),
    ("It began last year.", "last year", "2022", "2022-01-01..2022-12-31"),
    ("This year's summit failed.", "This year", "2023", "2023-01-01..2023-12-31"),
    ("It ends next year.", "next year", "2024", "2024-01-01..2024-12-31"),
    ("It began in early 2022.", "early 2022", "2022", "2022-01-01..2022-05-01"),
    ("It began in mid-2022.", "mid-2022", "2022", "2022-05-02..2022-09-01"),
    ("It began in late 2022.", "late 2022", "2022", "2022-09-02..2022-12-31"),
    ("It began late last year.", "late last year", "2022", "2022-09-02..2022-12-31"),
    ("It began at the start of 2022.", "the start of 2022", "2022", "2022-01-01..2022-05-01"),
    ("It ends at the end of the year.", "the end of the year", "2023", "2023-09-02..2023-12-31"),
    ("It began in the 1990s.", "the 1990s", "199", "1990-01-01..1999-12-31"),
    ("It began in the early 1990s.", "the early 1990s", "199", "1990-01-01..1993-05-01"),
    ("It began in the 2010s.", "the 2010s", "201", "2010-01-01..2019-12-31"),
    ("It began a decade ago.", "a decade ago", "201", "2010-01-01..2019-12-31"),
]
RELATIVE = [
    ("He left two days ago.", "two days ago", "2023-07-03", "2023-07-03"),
    ("He left 10 days ago.", "10 days ago", "2023-06-25", "2023-06-25"),
    ("He left a week ago.", "a week ago", "2023-W26", "2023-06-26..2023-07-02"),
    ("He left three weeks ago.", "three weeks ago", "2023-W24", "2023-06-12..2023-06-18"),
    ("He left six months ago.", "six months ago", "2023-01", "2023-01-01..2023-01-31"),
    ("He left a year ago.", "a year ago", "2022", "2022-01-01..2022-12-31"),
    ("He left nearly 20 years ago.", "nearly 20 years ago", "2003", "2003-01-01..2003-12-31"),
    ("He left several years ago.", "several years ago", "PAST_REF", ""),
    ("He left a few days ago.", "a few days ago", "PAST_REF", ""),
    ("He leaves two weeks from now.", "two weeks from now", "2023-W29", "2023-07-17..2023-07-23"),
    ("He left last week.", "last week", "2023-W26", "2023-06-26..2023-07-02"),
    ("He leaves next week.", "next week", "2023-W28", "2023-07-10..2023-07-16"),
    ("He leaves this week.", "this week", "2023-W27", "2023-07-03..2023-07-09"),
    ("He spoke earlier this week.", "earlier this week", "2023-W27", "2023-07-03..2023-07-05"),
    ("He speaks later this month.", "later this month", "2023-07", "2023-07-05..2023-07-31"),
    ("He spoke earlier this year.", "earlier this year", "2023", "2023-01-01..2023-07-05"),
    ("It grew over the past decade.", "the past decade", "P1DE", "2013-07-05..2023-07-05"),
    ("It grew over the past three years.", "the past three years", "P3Y", "2020-07-05..2023-07-05"),
    ("It grew in the past week.", "the past week", "P1W", "2023-06-28..2023-07-05"),
    ("It grows over the next five years.", "the next five years", "P5Y", "2023-07-05..2028-07-05"),
    ("It grew in recent years.", "in recent years", "PAST_REF", ""),
    ("It grows in the coming weeks.", "in the coming weeks", "FUTURE_REF", ""),
    ("He left recently.", "recently", "PAST_REF", ""),
]
BOUNDS = [
    ("It has grown since June.", "June", "2023-06", "2023-06-01.."),
    ("It has grown since Monday.", "Monday", "2023-07-03", "2023-07-03.."),
    ("It has grown since early 2022.", "early 2022", "2022", "2022-01-01.."),
    ("It has grown since the 1990s.", "the 1990s", "199", "1990-01-01.."),
    ("It has grown since last year.", "last year", "2022", "2022-01-01.."),
    ("It must end by 2030.", "2030", "2030", "..2030-12-31"),
    ("It must end by the end of the year.", "the end of the year", "2023", "..2023-12-31"),
    ("It must end by the end of 2024.", "the end of 2024", "2024", "..2024-12-31"),
    ("It ran until June 2022.", "June 2022", "2022-06", "..2022-06-30"),
    ("It ran till June 2022.", "June 2022", "2022-06", "..2022-06-30"),
    ("It ended before 2020.", "2020", "2020", "..2019-12-31"),
    ("It ended before 14 June 2023.", "14 June 2023", "2023-06-14", "..2023-06-13"),
    ("It began after 2020.", "2020", "2020", "2021-01-01.."),
    ("It began after 31 December 2022.", "31 December 2022", "2022-12-31", "2023-01-01.."),
    ("It ended before 1 March 2024.", "1 March 2024", "2024-03-01", "..2024-02-29"),
    ("It ended on or before June 30.", "June 30", "2023-06-30", "..2023-06-30"),
    ("It ended no later than June 30.", "June 30", "2023-06-30", "..2023-06-30"),
    ("It must not begin before 2030.", "2030", "2030", "..2029-12-31"),
    ("It begins not before 2030.", "2030", "2030", "2030-01-01.."),
    ("It begins no earlier than 2030.", "2030", "2030", "2030-01-01.."),
    ("It applies on or after 1 July 2022.", "1 July 2022", "2022-07-01", "2022-07-01.."),
    ("It ran from 2019 to 2021.", "2019 to 2021", "2019", "2019-01-01..2021-12-31"),
    ("It ran from March to June.", "March to June", "2023-03", "2023-03-01..2023-06-30"),
    ("It ran between 14 and 16 June.", "14 and 16 June", "2023-06-14", "2023-06-14..2023-06-16"),
    ("It ran June 5-9.", "June 5-9", "2023-06-05", "2023-06-05..2023-06-09"),
]
SETS_AND_DURATIONS = [
    ("They meet every year.", "every year", "P1Y", ""),
    ("They meet each month.", "each month", "P1M", ""),
    ("They meet every Monday.", "every Monday", "P1W", ""),
    ("They meet every two years.", "every two years", "P2Y", ""),
    ("They meet daily.", "daily", "P1D", ""),
    ("They meet annually.", "annually", "P1Y", ""),
    ("They ruled for two years.", "two years", "P2Y", ""),
    ("They ruled for 18 months.", "18 months", "P18M", ""),
    ("They ruled for more than a decade.", "more than a decade", "P1DE", ""),
    ("They talked for three hours.", "three hours", "PT3H", ""),
    ("They talked for several months.", "several months", "PXM", ""),
]
CASES = [
    *DATES,
    *WEEKDAYS,
    *MONTHS,
    *SEASONS_AND_QUARTERS,
    *YEARS_AND_DECADES,
    *RELATIVE,
    *BOUNDS,
    *SETS_AND_DURATIONS,
]


@pytest.mark.parametrize(("text", "words", "value", "days"), CASES)
def test_times_with_a_day_of_publication(text: str, words: str, value: str, days: str) -> None:
    assert read(text) == [(words, value, days)]


@pytest.mark.parametrize(
    ("text", "value", "days"),
    [
        ("They will meet on Friday.", "2023-07-07", "2023-07-07"),
        ("They will meet on Monday.", "2023-07-10", "2023-07-10"),
        ("They will meet on Wednesday.", "2023-07-05", "2023-07-05"),
        ("They will meet in October.", "2023-10", "2023-10-01..2023-10-31"),
        ("They will meet in March.", "2024-03", "2024-03-01..2024-03-31"),
        ("They will meet on 5 January.", "2024-01-05", "2024-01-05"),
        ("They will meet on Oct. 7.", "2023-10-07", "2023-10-07"),
        ("They will meet last Monday.", "2023-07-03", "2023-07-03"),
        ("They will meet in June 2022.", "2022-06", "2022-06-01..2022-06-30"),
        ("They will meet by Friday.", "2023-07-07", "..2023-07-07"),
    ],
)
def test_times_in_clauses_about_the_future(text: str, value: str, days: str) -> None:
    assert [row[1:] for row in read(text, ahead=True)] == [(value, days)]


@pytest.mark.parametrize(
    ("text", "value", "days"),
    [
        ("He left on Monday.", "XXXX-XX-XX", ""),
        ("He left yesterday.", "XXXX-XX-XX", ""),
        ("He left in June.", "XXXX-06", ""),
        ("He left on 14 June.", "XXXX-06-14", ""),
        ("He left on 29 February.", "XXXX-02-29", ""),
        ("He left on 14 June 2022.", "2022-06-14", "2022-06-14"),
        ("He left last month.", "XXXX-XX", ""),
        ("He leaves next week.", "XXXX-WXX", ""),
        ("He left last year.", "XXXX", ""),
        ("He left last summer.", "XXXX-SU", ""),
        ("It grew in the third quarter.", "XXXX-Q3", ""),
        ("He left two years ago.", "PAST_REF", ""),
        ("It grew in recent years.", "PAST_REF", ""),
        ("He left in 2019.", "2019", "2019-01-01..2019-12-31"),
        ("He has ruled since 2019.", "2019", "2019-01-01.."),
        ("He has ruled since June.", "XXXX-06", ""),
        ("He ruled in the 1990s.", "199", "1990-01-01..1999-12-31"),
        ("He ruled for two years.", "P2Y", ""),
        ("They meet every year.", "P1Y", ""),
    ],
)
def test_times_without_a_day_of_publication(text: str, value: str, days: str) -> None:
    assert [row[1:] for row in read(text, day=None)] == [(value, days)]


@pytest.mark.parametrize(
    ("day", "text", "value", "days"),
    [
        ((2024, 2, 29), "a year ago", "2023", "2023-01-01..2023-12-31"),
        ((2024, 2, 29), "in the past year", "P1Y", "2023-02-28..2024-02-29"),
        ((2024, 2, 29), "yesterday", "2024-02-28", "2024-02-28"),
        ((2024, 2, 29), "tomorrow", "2024-03-01", "2024-03-01"),
        ((2023, 2, 28), "tomorrow", "2023-03-01", "2023-03-01"),
        ((2024, 2, 29), "last month", "2024-01", "2024-01-01..2024-01-31"),
        ((2024, 3, 31), "last month", "2024-02", "2024-02-01..2024-02-29"),
        ((2023, 3, 1), "on 29 February", "2020-02-29", "2020-02-29"),
        ((2023, 12, 31), "next month", "2024-01", "2024-01-01..2024-01-31"),
        ((2023, 12, 31), "tomorrow", "2024-01-01", "2024-01-01"),
        ((2023, 12, 31), "next year", "2024", "2024-01-01..2024-12-31"),
        ((2024, 1, 1), "yesterday", "2023-12-31", "2023-12-31"),
        ((2024, 1, 1), "last quarter", "2023-Q4", "2023-10-01..2023-12-31"),
        ((2024, 1, 5), "in December", "2023-12", "2023-12-01..2023-12-31"),
        ((2021, 1, 2), "this week", "2020-W53", "2020-12-28..2021-01-03"),
        ((2020, 12, 24), "next week", "2020-W53", "2020-12-28..2021-01-03"),
        ((2021, 1, 4), "last week", "2020-W53", "2020-12-28..2021-01-03"),
        ((2024, 12, 30), "this week", "2025-W01", "2024-12-30..2025-01-05"),
        ((2023, 1, 15), "this winter", "2022-WI", "2022-12-01..2023-02-28"),
        ((2023, 1, 15), "last winter", "2021-WI", "2021-12-01..2022-02-28"),
        ((2023, 1, 15), "next winter", "2023-WI", "2023-12-01..2024-02-29"),
        ((2023, 12, 15), "this winter", "2023-WI", "2023-12-01..2024-02-29"),
        ((2023, 12, 15), "last winter", "2022-WI", "2022-12-01..2023-02-28"),
    ],
)
def test_at_the_edges_of_the_calendar(day: tuple[int, int, int], text: str, value: str, days: str) -> None:
    assert [row[1:] for row in read(f"It was {text}.", dt.date(*day))] == [(value, days)]


@pytest.mark.parametrize(
    "text",
    [
        "He may resign.",
        "They may 5 times try.",
        "May was prime minister, and Theresa May resigned.",
        "Troops march 30 km to the sea.",
        "They march 12 abreast.",
        "The March on Washington was peaceful.",
        "April Jones and August Wilson spoke to Jan Kowalski.",
        "Mr Berg, 43, said so.",
        "the 43-year-old driver and a 21-year-old man",
        "Flight MH370 was a Boeing 737.",
        "a Boeing 2019 model; flight 1999 to Rome",
        "Oslo won 3-2 and then 2-1.",
        "Some 1,200 people and 2,023 men fled.",
        "2000 people fled.",
        "About 1900 troops came.",
        "It cost $2000, or 2000 dollars, or €1,999.",
        "Prices rose 10 percent, or 2019%, or 5.2015.",
        "Resolution 1701, Article 1999, No. 2015, Room 2010",
        "He said it won't rain.",
        "He left on 2023-13-45.",
        "The Sunday Times wrote of the Good Friday Agreement.",
        "The Prague Spring was followed by the fall of Kabul.",
        "Mar-a-Lago is large.",
    ],
)
def test_words_that_only_look_like_times(text: str) -> None:
    assert read(text) == []


def test_a_bare_year_needs_the_tagger_or_a_word_before_it() -> None:
    text = "It was 2019 again."
    assert find_times(text, (), DAY) == ()
    assert [one.value for one in find_times(text, [(7, 11)], DAY)] == ["2019"]


def test_ages_and_numbers_that_the_tagger_labels_are_no_times() -> None:
    text = "The 43-year-old has 12 boats."
    assert find_times(text, [(0, 15), (20, 22)], DAY) == ()


def test_times_are_in_text_order() -> None:
    found = read("On Monday he said that since June, as in 2019, they had met every year until last week.")
    assert [row[0] for row in found] == ["Monday", "June", "2019", "every year", "last week"]


def test_line_breaks_in_an_expression_become_spaces() -> None:
    text = "It was in the third\nquarter of\n 2024."
    (found,) = find_times(text, (), DAY)
    assert found.text == "the third quarter of 2024"
    assert text[found.start : found.end] == "the third\nquarter of\n 2024"


def test_future_is_called_with_spans_of_the_text() -> None:
    asked: list[Span] = []
    text = "They will meet on Friday in Oslo."

    def future(span: Span) -> bool:
        asked.append(span)
        return True

    find_times(text, (), DAY, future)
    assert any("Friday" in text[start:end] for start, end in asked)
