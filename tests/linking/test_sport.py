"""Which sport a report and an item are of."""

from __future__ import annotations

import pytest

from kg.linking.sport import agreement, sports_of_item, sports_of_text

BASEBALL = "Cardinals win in the tenth inning\n\nThe pitcher struck out nine before a homer ended the game."


def test_a_report_is_of_the_sport_whose_words_it_uses() -> None:
    assert max(sports_of_text(BASEBALL).items(), key=lambda pair: pair[1]) == ("baseball", 1.0)


def test_a_headline_that_names_the_sport_is_enough() -> None:
    assert sports_of_text("Tennis: results\n\nNovak bt Sanchez 6-4 6-4")["tennis"] == 1.0


def test_other_news_is_of_no_sport() -> None:
    assert sports_of_text("Council adopts budget\n\nThe mayor said taxes would not rise.") == {}


@pytest.mark.parametrize(
    ("text", "sports"),
    [
        ("Cincinnati Reds; baseball team and Major League Baseball franchise", {"baseball"}),
        ("England cricket team; sports team", {"cricket"}),
        ("Newcastle United F.C.; English professional association football club", {"football"}),
        ("Oakland Raiders; National Football League franchise", {"american-football"}),
        ("Bank of Northland; bank", set()),
    ],
)
def test_items_tell_their_sport(text: str, sports: set[str]) -> None:
    assert sports_of_item(text) == sports


def test_agreement_is_unknown_where_either_is_of_no_sport() -> None:
    assert agreement(frozenset(), {"golf": 1.0}) is None
    assert agreement(frozenset({"golf"}), {}) is None
    assert agreement(frozenset({"golf"}), {"tennis": 1.0, "golf": 0.5}) == 0.5
