"""Where quotation marks open and close."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.extractor.quotations import find_quotations


def quoted(text: str) -> list[str]:
    return [text[slice(*quote.inner)] for quote in find_quotations(text)]


@pytest.mark.parametrize(
    ("text", "inner"),
    [
        ("“We will rebuild,” the mayor said.", ["We will rebuild,"]),
        ('"We will rebuild," the mayor said.', ["We will rebuild,"]),
        ("``We will rebuild,'' the mayor said.", ["We will rebuild,"]),
        ("«We will rebuild», the mayor said.", ["We will rebuild"]),
        ("„We will rebuild“, the mayor said.", ["We will rebuild"]),
        ("‘We will rebuild,’ the mayor said.", ["We will rebuild,"]),
        ("'We will rebuild,' the mayor said.", ["We will rebuild,"]),
    ],
)
def test_pairs_of_marks(text: str, inner: list[str]) -> None:
    assert quoted(text) == inner


def test_an_interrupted_quotation_is_two() -> None:
    assert quoted('"It is late," she said, "but not too late."') == ["It is late,", "but not too late."]


def test_a_nested_quotation_is_part_of_the_outer_one() -> None:
    assert quoted("“He said ‘never again’ to me,” she said.") == ["He said ‘never again’ to me,"]
    assert quoted("\"He said 'never again' to me,\" she said.") == ["He said 'never again' to me,"]


def test_the_span_includes_the_marks() -> None:
    text = 'He said "yes" twice.'
    (quote,) = find_quotations(text)
    assert text[quote.start : quote.end] == '"yes"'
    assert quote.span == (quote.start, quote.end)


@pytest.mark.parametrize(
    "text",
    [
        "The miners' strike and the dockers' strike ended.",
        "It's the firm's worst year since the '90s.",
        pytest.param(
            "Rock 'n' roll isn't dead, the band's singer thinks.",
            marks=pytest.mark.xfail(reason="a letter between apostrophes is taken for a quotation"),
        ),
        "The fence is 6' high and 20' long.",
        "The boys’ school and the girls’ school merged.",
    ],
)
def test_apostrophes_are_no_quotation_marks(text: str) -> None:
    assert quoted(text) == []


@pytest.mark.xfail(reason="the apostrophe of a plural possessive is taken for the closing mark")
def test_a_plural_possessive_does_not_end_a_single_quotation() -> None:
    assert quoted("‘It is the workers’ turn now,’ she said.") == ["It is the workers’ turn now,"]


def test_an_apostrophe_does_not_end_a_single_quotation() -> None:
    assert quoted("‘It’s the city’s turn now,’ she said.") == ["It’s the city’s turn now,"]


def test_a_quotation_continues_in_the_next_paragraph() -> None:
    text = "“First, the road.\n\n“Then the bridge,” she said.\n\n“No,” he said."
    quotes = find_quotations(text)
    assert [(text[slice(*q.inner)], q.continues) for q in quotes] == [
        ("First, the road.", False),
        ("Then the bridge,", True),
        ("No,", False),
    ]


def test_an_unclosed_quotation_ends_with_its_paragraph() -> None:
    assert quoted('She said: "We are late.\n\nThe train left.') == ["We are late."]


def test_a_closing_mark_alone_opens_nothing() -> None:
    assert quoted("We are late,” she said. The train left.") == []


def test_a_mark_for_inches_opens_nothing() -> None:
    assert quoted('A 12" record cost less than "the old one" did.') == ["the old one"]


def test_text_without_marks() -> None:
    assert find_quotations("") == []
    assert find_quotations("The train left.") == []


MARKED = st.text(st.sampled_from("ab. ,\n\"'“”‘’«»„`"), max_size=80)


@given(MARKED)
def test_quotations_are_in_text_order_without_overlap(text: str) -> None:
    position = 0
    for quote in find_quotations(text):
        assert position <= quote.start < quote.inner[0] <= quote.inner[1] <= quote.end <= len(text)
        position = quote.end


@given(MARKED)
def test_a_quotation_never_crosses_a_blank_line(text: str) -> None:
    assert not any("\n\n" in text[quote.start : quote.end] for quote in find_quotations(text))


@given(st.text(st.characters(exclude_characters="\"'“”‘’«»„`"), max_size=60))
def test_without_marks_there_is_no_quotation(text: str) -> None:
    assert find_quotations(text) == []
