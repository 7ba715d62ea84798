"""Making the table of territories: what is taken from each source, and what is not."""

from __future__ import annotations

from typing import Any

from kg.linking.territories import differences, territories


def ours(code: str, name: str, qid: str, *strong: str, **more: Any) -> dict[str, Any]:
    """Return a territory as rigour tells it."""
    return {"code": code, "name": name, "full_name": name, "qid": qid, "names_strong": list(strong), **more}


def theirs(name: str, qid: str, code: str = "", **more: Any) -> dict[str, Any]:
    """Return a territory as country-coder tells it."""
    return {"nameEn": name, "wikidata": qid} | ({"iso1A2": code} if code else {}) | more


STATE = {"is_country": True, "alpha3": "xxx", "subregion": "Eastern Europe"}
FIRST = [
    ours("ru", "Russia", "Q159", "Rossiya", "russian", "РФ", "RU", "Hu", **STATE),
    ours("nl", "Netherlands", "Q29999", **STATE),
    ours("us", "United States", "Q30", **STATE),
    ours("us-wa", "Washington", "Q1223", "Washington, WA", parent="us"),
    ours("ru-ta", "Tatarstan", "Q5481", parent="ru"),
    ours("ua-dpr", "Donetsk (Occupied Ukraine)", "Q16150196", parent="ua"),
    ours("eh", "Western Sahara", "Q40362", **STATE),
]
SECOND = [
    theirs("Russia", "Q159", "RU"),
    theirs("Netherlands", "Q55", country="NL"),
    theirs("Kingdom of the Netherlands", "Q29999", "NL"),
    theirs("Western Sahara", "Q6250", "EH"),
    theirs("Africa", "Q15", level="region"),
    theirs("Mainland Russia", "Q1", country="RU"),
    theirs("US States", "Q2", level="subcountryGroup"),
]
MADE = {one.qid: one for one in territories(FIRST, SECOND)}


def test_names_are_english_and_long_enough() -> None:
    assert MADE["Q159"].label == "Russia"
    assert set(MADE["Q159"].aliases) >= {"Russian Federation", "Rossiya"}
    assert set(MADE["Q159"].aliases).isdisjoint({"russian", "РФ", "RU", "Hu"})


def test_the_lexicon_tells_peoples_and_seats() -> None:
    assert "Russians" in MADE["Q159"].people
    assert {"Moscow", "Kremlin"} <= set(MADE["Q159"].governments)


def test_sources_that_agree_are_both_named() -> None:
    assert MADE["Q159"].sources == ("rigour", "ccoder")
    assert MADE["Q5481"].sources == ("rigour",)
    assert MADE["Q55"].sources == ("ccoder",)


def test_regions_named_as_cities_are_renamed() -> None:
    assert (MADE["Q1223"].label, MADE["Q1223"].aliases) == ("Washington State", ("State of Washington",))
    assert (MADE["Q5481"].label, MADE["Q5481"].country) == ("Tatarstan", "Russia")


def test_what_news_does_not_mean_is_left_out() -> None:
    assert set(MADE) == {"Q159", "Q55", "Q30", "Q1223", "Q5481", "Q6250", "Q15", "Q29999"} - {"Q29999"}


def test_differences_are_listed_by_code() -> None:
    assert list(differences(FIRST, SECOND)) == [
        "eh: rigour Q40362 Western Sahara; country-coder Q6250 Western Sahara",
        "us: rigour Q30 United States; not in country-coder",
    ]


def test_a_row_is_a_line_of_the_table() -> None:
    cells = MADE["Q5481"].row().split("\t")
    assert cells == ["Q5481", "Tatarstan", "", "", "", "Russia", "region of Russia", "60", "rigour"]
