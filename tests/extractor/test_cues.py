"""Entries of the cue lexicon in a text."""

from __future__ import annotations

import pytest

from kg.extractor.cues import find_cues
from tests.extractor.parsed import parsed


def cues_in(sentence: str) -> list[tuple[str, str]]:
    syntax = parsed(sentence)
    return [
        (cue.entry.lemma, " ".join(syntax.words[token] for token in cue.words)) for cue in find_cues(syntax)
    ]


@pytest.mark.parametrize(
    ("sentence", "lemma", "words"),
    [
        ("The mayor said the road was closed.", "say", "said"),
        ("The minister called upon Moscow to withdraw.", "call upon", "called upon"),
        ("The mayor called for an inquiry.", "call for", "called for"),
        ("The group claimed responsibility for the blast.", "claim responsibility for",
         "claimed responsibility for"),
        ("The mayor ruled out a sale.", "rule out", "ruled out"),
    ],
)  # fmt: skip
def test_entries_of_one_word_and_of_several(sentence: str, lemma: str, words: str) -> None:
    assert (lemma, words) in cues_in(sentence)


def test_the_longest_entry_wins() -> None:
    assert "call" not in {lemma for lemma, _ in cues_in("The mayor called for an inquiry.")}


def test_a_preposition_of_time_is_not_part_of_a_cue() -> None:
    assert "call on" not in {lemma for lemma, _ in cues_in("The mayor called him on Friday.")}


def test_the_words_of_an_entry_are_below_its_first_word() -> None:
    assert "call for" not in {
        lemma for lemma, _ in cues_in("The mayor called while police searched for the boy.")
    }


def test_auxiliaries_and_modifiers_are_no_cues() -> None:
    assert cues_in("The proposed road has been built.") == []


def test_cues_are_in_text_order_one_for_each_word() -> None:
    syntax = parsed("The mayor said the road was closed and promised repairs.")
    heads = [cue.head for cue in find_cues(syntax)]
    assert heads == sorted(set(heads))
    assert {"said", "promised"} <= {syntax.words[head] for head in heads}
