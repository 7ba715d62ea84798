from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.sources.cleaning import clean, clean_line, separate_paragraphs


@pytest.mark.parametrize(
    ("dirty", "cleaned"),
    [
        ("one\r\ntwo\rthree\u2028four\x0bfive", "one\ntwo\nthree\nfour\nfive"),
        ("one\u2029two", "one\n\ntwo"),
        ("cafe\u0301", "café"),
        ("\ufeffo\u00adn\u200be\u2060 \u200etwo\x00\x07\x7f", "one two"),
        ("two  spaces,\u00a0one that does not break", "two  spaces,\u00a0one that does not break"),
        ("tab\there", "tab here"),
        ("\n \n one\n   \ntwo \n\n", "one\n\ntwo"),
        ("\x93quoted\x94 \x96 it\x92s", "“quoted” – it’s"),
        ("half a pair \ud800 here", "half a pair  here"),
    ],
)
def test_clean(dirty: str, cleaned: str) -> None:
    assert clean(dirty) == cleaned


@settings(deadline=None, max_examples=50)
@given(st.text())
def test_clean_is_idempotent_and_removes_control_characters(text: str) -> None:
    cleaned = clean(text)
    assert clean(cleaned) == cleaned
    assert unicodedata.is_normalized("NFC", cleaned)
    assert not [c for c in cleaned if unicodedata.category(c) in ("Cc", "Cs") and c != "\n"]
    cleaned.encode("utf-8")


def test_clean_line() -> None:
    assert clean_line(" Port\n of\tLarn\u00adholm ") == "Port of Larnholm"


def test_lines_that_are_paragraphs_are_separated() -> None:
    lines = [
        "Port reopens",
        "The port of Larnholm reopened on Tuesday after a storm had closed it.",
        "“The ferries can sail again from now on,” said the harbour master of the town.",
    ]
    assert separate_paragraphs("\n".join(lines)) == "\n\n".join(lines)


@pytest.mark.parametrize(
    "text",
    [
        "one line alone.",
        "The port of Larnholm reopened on Tuesday after a storm had closed it for\n"
        "three days, the harbour master said, and the ferries can now sail again to\nall islands.",
        "The port of Larnholm reopened on Tuesday after a storm had closed it.\n"
        "The ferries can sail again from now on, said the harbour master of the town.\n\nThe end.",
    ],
)
def test_hard_wrapped_or_separated_text_is_unchanged(text: str) -> None:
    assert separate_paragraphs(text) == text
