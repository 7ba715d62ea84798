"""Capitals and seats of government: the city, or its government."""

from __future__ import annotations

import pytest

from tests.extractor.parsed import analysis_of

GOVERNMENTS = [
    ("Moscow said the talks would go on.", "Moscow", "Russia"),
    ("The minister called upon Moscow to withdraw.", "Moscow", "Russia"),
    ("Talks between Moscow and Beijing stalled.", "Moscow", "Russia"),
    ("Talks between Moscow and Beijing stalled.", "Beijing", "China"),
    ("The resolution condemned Moscow.", "Moscow", "Russia"),
    ("The sanctions against Moscow remain.", "Moscow", "Russia"),
    ("Moscow was accused by Poland.", "Moscow", "Russia"),
    ("Paris's refusal surprised allies.", "Paris", "France"),
    ("The White House welcomed the ruling.", "House", "United States"),
    ("The Kremlin denied the report.", "Kremlin", "Russia"),
]
CITIES = [
    ("The leaders met in Moscow.", "Moscow"),
    ("She flew to Moscow on Friday.", "Moscow"),
    ("The summit ended near Beijing.", "Beijing"),
    ("Paris hosted the games.", "Paris"),
    ("Paris is crowded in May.", "Paris"),
    ("They toured Paris.", "Paris"),
]


@pytest.mark.parametrize(("sentence", "word", "country"), GOVERNMENTS)
def test_a_seat_of_government_that_acts_is_the_country(sentence: str, word: str, country: str) -> None:
    table = analysis_of(sentence).table
    standing = table.entities_at(table.syntax.words.index(word))
    assert [(e.label, e.kind) for e in standing] == [(country, "country")]
    assert "metonym" in {mention.part for mention in standing[0].mentions}


@pytest.mark.parametrize(("sentence", "word"), CITIES)
def test_a_seat_of_government_after_in_is_a_city(sentence: str, word: str) -> None:
    table = analysis_of(sentence).table
    standing = table.entities_at(table.syntax.words.index(word))
    assert [(e.label, e.kind) for e in standing] == [(word, "city")]


def test_a_seat_of_government_may_be_city_and_country() -> None:
    table = analysis_of("The leaders met in Moscow.", "Moscow said the talks would go on.").table
    assert [(e.label, e.kind) for e in table.entities] == [("Moscow", "city"), ("Russia", "country")]


def test_a_metonym_is_no_alternative_label() -> None:
    table = analysis_of("Moscow said the talks would go on.").table
    assert "Moscow" not in table.entities[0].names
