from __future__ import annotations

import pytest

from kg.sources.markup import has_markup, words_length, words_of


@pytest.mark.parametrize(
    "text", ["<p>a</p>", "a<br>b", "a<BR />b", "an <em>old</em> port", '<a href="x">a</a>']
)
def test_html_fragment_has_markup(text: str) -> None:
    assert has_markup(text)


@pytest.mark.parametrize("text", ["a < b > c", "R&D", "<br of it", "1<2", "he <laughs> said", "AT&amp;T"])
def test_angle_brackets_and_ampersands_alone_are_not_markup(text: str) -> None:
    assert not has_markup(text)


def test_words() -> None:
    text = "<DIV class='x'>one <i>and</i> a &lt; b</DIV>two<!-- no --><hr/>three<style>p {}</style> < four"
    assert words_of(text) == "one and a < b\n\ntwo\n\nthree < four"


def test_length_counts_no_markup() -> None:
    assert words_length("<!DOCTYPE html><p id=x>12345</p><script>no</script><!-- no --> 789") == 9


@pytest.mark.parametrize("piece", ["<!--", "<script>", "<", "<a", "&", "<p ", "</", "<!", "<style"])
def test_unclosed_constructs_take_linear_time(piece: str) -> None:
    """A parser that searches for the end of each construct separately would take minutes."""
    assert words_length("<p>" + piece * 200_000) <= len(piece) * 200_000
    assert words_of("<p>one</p>" + piece * 200_000).startswith("one")
