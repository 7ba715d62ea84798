"""Words that only look like times, and those that are times if the tagger labels them."""

from __future__ import annotations

import pytest

from tests.extractor.times_read import DAY, rows


@pytest.mark.parametrize(
    "text",
    [
        "The 57-year-old man, aged 57, was ten years old then.",
        "They won 5-4 and then 2:1.",
        "Flight 1904, a Boeing 737, left from gate 2020.",
        "Of 1,200 people 800 stayed.",
        "The Second World War",
        "Resolution 1973, Article 2015, Room 2019, Windows 2000.",
        "It cost $2000 or 2000 euros.",
        "In 2000 cases 1,999 were closed.",
        "on 10.5 percent, 3.5 points and 0.8 million",
        "He may march, but at least 5 may have died.",
        "They march 10 miles.",
        "Theresa May said so. May's cabinet and Merkel and May met.",
        "of May and her cabinet",
        "The Daily Mail, the Sunday Times and the Weekly Standard wrote.",
        "Black Friday, Ash Wednesday, Easter Monday",
        "9/11 and the Sept. 11 attacks",
        "a 19th-century house, a five-year plan, a two-day visit",
        "the fall of Kabul and spring water",
        "the 2030 Agenda",
        "in his 40s",
        "version 1.2.2022.3 at 192.168.2022",
        "the code 2023-13-45",
        "the day of reckoning and the time of day",
        "sooner or later, earlier than planned",
        "three days earlier than planned",
        "every time, each side, all year round",
        "half the people and a quarter of the votes",
        "past mistakes, next steps, last resort",
        "the present state and the moment of truth",
        "Sunflowers, Marine, Mayor, Decree, Octopus",
        "",
        " ",
        "\n\n",
    ],
)
def test_no_time(text: str) -> None:
    assert rows(text) == []


@pytest.mark.parametrize(
    ("text", "word", "value"),
    [
        ("The 2019 flood", None, "2019"),
        ("Election 2019 was lost", "2019", "2019"),
        ("Season 2019-20 is over", "2019-20", "2019"),
        ("Harvest time is June here", "June", "2023-06"),
        ("He came, May or not", "May", "2023-05"),
        ("They talk now", "now", "PRESENT_REF"),
    ],
)
def test_ambiguous_words_are_times_if_the_tagger_labels_them(text: str, word: str | None, value: str) -> None:
    if word is None:
        assert [found for _, found, _ in rows(text)] == [value]
        return
    start = text.index(word)
    assert rows(text) == []
    assert [found for _, found, _ in rows(text, DAY, [(start, start + len(word))])] == [value]


def test_a_wrong_label_of_the_tagger_makes_no_time() -> None:
    text = "The 57-year-old won 5-4."
    assert rows(text, DAY, [(4, 15), (20, 23)]) == []


def test_a_heading_and_the_line_below_are_not_one_time() -> None:
    assert [words for words, _, _ in rows("On Monday\n\nJune 5 was calm.")] == ["Monday", "June 5"]


def test_a_line_break_in_a_time_becomes_a_space() -> None:
    assert rows("signed on 5\nJune 2022")[0][0] == "5 June 2022"


def test_times_are_in_text_order() -> None:
    text = (
        "On Monday the council met. Since June prices have fallen; in recent years they had risen. "
        "The plan of early 2022 is due by 2030, two days ago it was changed, and next week it goes on."
    )
    assert [words for words, _, _ in rows(text)] == [
        "Monday", "June", "in recent years", "early 2022", "2030", "two days ago", "next week",
    ]  # fmt: skip
