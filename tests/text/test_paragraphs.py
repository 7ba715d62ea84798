"""Tests of ``kg.text.paragraphs``."""

from __future__ import annotations

import textwrap

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.text.paragraphs import is_wrapped, paragraphs

PROSE = (
    "The mayor of the harbour town said on Monday that the old bridge would be closed to all traffic for at "
    "least two years, because engineers had found cracks in both of the towers that carry the road. Buses "
    "will be sent around the bay until a ferry can be hired, which the council hopes will happen before the "
    "end of the summer holidays."
)


def found(text: str) -> list[str]:
    return [text[start:end] for start, end in paragraphs(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One.", ["One."]),
        ("One.\n\nTwo.", ["One.", "Two."]),
        ("One.\nTwo.\nThree.", ["One.", "Two.", "Three."]),
        ("One.\n \t\nTwo.", ["One.", "Two."]),
        ("One.\n\n\n\n\nTwo.", ["One.", "Two."]),
        ("\n\n  One. \n\n Two.  \n\n", ["One.", "Two."]),
        ("One.\n\u00a0\nTwo.", ["One.", "Two."]),
        ("", []),
        (" \n \n", []),
    ],
)
def test_paragraphs(text: str, expected: list[str]) -> None:
    assert found(text) == expected


def test_hard_wrapped_lines_are_one_paragraph() -> None:
    text = textwrap.fill(PROSE, 72)
    assert is_wrapped(text)
    assert found(text) == [text]


def test_hard_wrapped_paragraphs_between_blank_lines() -> None:
    wrapped = textwrap.fill(PROSE, 64)
    assert found(f"{wrapped}\n\n{wrapped}") == [wrapped, wrapped]


def test_hard_wrapped_paragraphs_with_indent() -> None:
    wrapped = textwrap.fill(PROSE, 64)
    assert len(found(f"{wrapped}\n    {wrapped}")) == 2


def test_one_paragraph_per_line_is_not_hard_wrapped() -> None:
    text = f"{PROSE}\n{PROSE}\n{PROSE}"
    assert not is_wrapped(text)
    assert found(text) == [PROSE, PROSE, PROSE]


def test_list_of_short_lines_is_not_hard_wrapped() -> None:
    text = "Bread\nMilk\nEggs\nButter\nSalt"
    assert not is_wrapped(text)
    assert found(text) == text.split("\n")


def test_white_space_at_the_end_of_the_text() -> None:
    assert found("One. ") == ["One."]


TEXT = st.text(st.sampled_from("aB .,\n\t\u00a0“é"), max_size=200).map(str.rstrip)


@given(TEXT)
def test_paragraphs_are_sorted_disjoint_and_stripped(text: str) -> None:
    position = 0
    for start, end in paragraphs(text):
        assert position <= start < end <= len(text)
        assert text[start:end] == text[start:end].strip()
        position = end


@given(TEXT)
def test_only_white_space_is_between_paragraphs(text: str) -> None:
    assert "".join("".join(found(text)).split()) == "".join(text.split())


@given(TEXT)
def test_no_paragraph_crosses_a_blank_line(text: str) -> None:
    assert not any("\n\n" in paragraph for paragraph in found(text))
