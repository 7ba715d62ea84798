"""Tests of ``kg.text.slug``: slugs are readable, ASCII and not empty."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.text.slug import slug


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Li Shangfu", "li-shangfu"),
        ("Côte d’Ivoire", "cote-divoire"),
        ("Cote\u0302 d'Ivoire", "cote-divoire"),  # with combining marks
        ("  O'Neill & Sons, Ltd. ", "oneill-sons-ltd"),
        ("Володимир", "volodimir"),
        ("G20", "g20"),
        ("a\n\tb", "a-b"),
        ("li-shangfu", "li-shangfu"),
    ],
)
def test_slug_of_name(name: str, expected: str) -> None:
    assert slug(name) == expected


def test_slug_of_name_without_letters_is_hex() -> None:
    assert re.fullmatch("[0-9a-f]{8}", slug("!!!"))
    assert slug("!!!") != slug("???")


def test_long_slug_is_cut_at_a_word() -> None:
    assert slug("one two three", longest=8) == "one-two"
    assert slug("one two three", longest=7) == "one-two"
    assert slug("one two three", longest=6) == "one"
    assert slug("unbreakable", longest=5) == "unbre"


@settings(deadline=None)
@given(st.text())
def test_slug_is_one_path_segment(text: str) -> None:
    made = slug(text)
    assert re.fullmatch("[a-z0-9]+(-[a-z0-9]+)*", made)
    assert slug(made) == made
    assert len(slug(text, longest=10)) <= 10
