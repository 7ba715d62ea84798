"""Antecedents of pronouns and descriptions."""

from __future__ import annotations

import pytest

from tests.extractor.parsed import analysis_of, extracted
from tests.extractor.views import speakers, statement


def referents(word: str, *sentences: str) -> set[str]:
    """Return the labels of the entities that the last occurrence of ``word`` refers to."""
    table = analysis_of(*sentences).table
    token = max(t for t, lower in enumerate(table.syntax.lower) if lower == word)
    return {entity.label for entity in table.entities_at(token)}


ODUYA = "Norwegian Finance Minister Marta Oduya resigned."
BRANDT = "Brennholt chief executive Tomas Brandt resigned."


def test_he_and_she_agree_in_gender() -> None:
    assert referents("she", "Maria Holm met Peter Okello.", "She praised the hosts.") == {"Maria Holm"}
    assert referents("he", "Maria Holm met Peter Okello.", "He praised the hosts.") == {"Peter Okello"}


def test_a_pronoun_without_an_antecedent_stays_unresolved() -> None:
    assert referents("he", "He praised the hosts.") == set()
    assert referents("he", "The minister met Maria Holm.", "He praised the hosts.") == set()


def test_a_subject_is_preferred_to_an_object() -> None:
    assert referents("he", "Peter Okello criticised David Lund.", "He praised the hosts.") == {"Peter Okello"}


def test_an_antecedent_is_at_most_three_sentences_away() -> None:
    filler = ["It rained.", "Prices fell.", "It rained.", "Prices fell.", "It rained."]
    assert referents("he", "Peter Okello resigned.", *filler, "He praised the hosts.") == set()


def test_it_refers_to_an_organisation_unless_it_is_expletive() -> None:
    assert referents("it", "Brennholt Industries bought a rival.", "It paid in cash.") == {
        "Brennholt Industries"
    }
    assert referents("it", "Brennholt Industries bought a rival.", "It rained.") == set()


def test_an_object_pronoun_does_not_refer_to_the_subject() -> None:
    assert referents("him", "Peter Okello praised David Lund.", "Okello met him.") == {"David Lund"}


@pytest.mark.parametrize(
    ("noun", "sentence"),
    [
        ("countries", "Both countries agreed."),
        ("sides", "The two sides agreed."),
        ("they", "They agreed."),
    ],
)
def test_a_pair_is_the_antecedent_of_plural_descriptions(noun: str, sentence: str) -> None:
    assert referents(noun, "China and Brazil held talks.", sentence) == {"China", "Brazil"}


def test_both_countries_without_a_pair_stays_unresolved() -> None:
    assert referents("countries", "China sent aid.", "Both countries agreed.") == set()


def test_a_definite_role_refers_to_its_holder() -> None:
    assert referents("minister", ODUYA, BRANDT, "The minister praised the hosts.") == {"Marta Oduya"}


def test_an_indefinite_role_stays_unresolved() -> None:
    assert referents("minister", ODUYA, "A minister praised the hosts.") == set()


def test_definite_organisations_and_countries() -> None:
    ministry = "The Norwegian Health Ministry opened a clinic in Norway."
    assert referents("ministry", ministry, "The ministry paid for it.") == {"Norwegian Health Ministry"}
    assert referents("company", "Brennholt Industries bought a rival.", "The company paid in cash.") == {
        "Brennholt Industries"
    }
    assert referents("country", "China sent aid.", "The country praised the hosts.") == {"China"}


def test_a_pronoun_sets_the_gender_of_its_antecedent() -> None:
    table = analysis_of("Oduya wins election.", "She praised the hosts.").table
    assert [(e.label, e.gender) for e in table.entities] == [("Oduya", "f")]


def test_a_name_that_is_the_root_counts_as_a_subject() -> None:
    found = extracted(
        "Kadri Rebane, leader of the opposition Rural People's Party, called on Tammsaar to hold an early"
        " election.",
        "A government must agree with itself, she said.",
    )
    assert speakers(found, statement(found, "say")) == {"Kadri Rebane"}


def test_they_refers_to_unnamed_speakers() -> None:
    found = extracted(
        "The bridge is closed, according to two officials who asked not to be named.",
        "They said the mayor had demanded repairs.",
    )
    assert speakers(found, statement(found, "say")) == {"two officials"}
