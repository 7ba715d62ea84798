from __future__ import annotations

import pytest

from kg.sources.markup import has_markup, words_length, words_of


@pytest.mark.parametrize(
    "text", ["<p>a</p>", "a<br>b", "a<BR />b", "an <em>old</em> port", '<a href="x">a</a>']
)
def test_pieces_of_pages(text: str) -> None:
    assert has_markup(text)


@pytest.mark.parametrize("text", ["a < b > c", "R&D", "<br of it", "1<2", "he <laughs> said", "AT&amp;T"])
def test_signs_that_are_no_markup(text: str) -> None:
    assert not has_markup(text)


def test_words() -> None:
    text = "<DIV class='x'>one <i>and</i> a &lt; b</DIV>two<!-- no --><hr/>three<style>p {}</style> < four"
    assert words_of(text) == "one and a < b\n\ntwo\n\nthree < four"


def test_length_counts_no_markup() -> None:
    assert words_length("<!DOCTYPE html><p id=x>12345</p><script>no</script><!-- no --> 789") == 9


@pytest.mark.parametrize("piece", ["<!--", "<script>", "<", "<a", "&", "<p ", "</", "<!", "<style"])
def test_what_is_never_closed_is_passed_in_one_go(piece: str) -> None:
    """Parsers that look for the end anew at each beginning would be busy for minutes here."""
    assert words_length("<p>" + piece * 200_000) <= len(piece) * 200_000
    assert words_of("<p>one</p>" + piece * 200_000).startswith("one")
