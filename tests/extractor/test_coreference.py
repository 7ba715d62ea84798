"""Whom pronouns and descriptions stand for."""

from __future__ import annotations

import pytest

from tests.extractor.parsed import analysis_of, extracted
from tests.extractor.views import speakers, statement


def meant(word: str, *sentences: str) -> set[str]:
    """Return whom the last occurrence of ``word`` stands for."""
    table = analysis_of(*sentences).table
    token = max(t for t, lower in enumerate(table.syntax.lower) if lower == word)
    return {entity.label for entity in table.entities_at(token)}


ODUYA = "Norwegian Finance Minister Marta Oduya resigned."
BRANDT = "Brennholt chief executive Tomas Brandt resigned."


def test_he_and_she_fit_the_gender() -> None:
    assert meant("she", "Maria Holm met Peter Okello.", "She praised the hosts.") == {"Maria Holm"}
    assert meant("he", "Maria Holm met Peter Okello.", "He praised the hosts.") == {"Peter Okello"}


def test_a_pronoun_without_an_antecedent_means_nobody() -> None:
    assert meant("he", "He praised the hosts.") == set()
    assert meant("he", "The minister met Maria Holm.", "He praised the hosts.") == set()


def test_the_subject_is_preferred() -> None:
    assert meant("he", "Peter Okello criticised David Lund.", "He praised the hosts.") == {"Peter Okello"}


def test_a_pronoun_does_not_reach_back_for_ever() -> None:
    filler = ["It rained.", "Prices fell.", "It rained.", "Prices fell.", "It rained."]
    assert meant("he", "Peter Okello resigned.", *filler, "He praised the hosts.") == set()


def test_it_means_a_body_or_country_but_not_in_it_is_raining() -> None:
    assert meant("it", "Brennholt Industries bought a rival.", "It paid in cash.") == {"Brennholt Industries"}
    assert meant("it", "Brennholt Industries bought a rival.", "It rained.") == set()


def test_an_object_is_not_its_own_subject() -> None:
    assert meant("him", "Peter Okello praised David Lund.", "Okello met him.") == {"David Lund"}


@pytest.mark.parametrize(
    ("noun", "sentence"),
    [
        ("countries", "Both countries agreed."),
        ("sides", "The two sides agreed."),
        ("they", "They agreed."),
    ],
)
def test_the_pair_named_together_last(noun: str, sentence: str) -> None:
    assert meant(noun, "China and Brazil held talks.", sentence) == {"China", "Brazil"}


def test_both_countries_without_a_pair_means_nobody() -> None:
    assert meant("countries", "China sent aid.", "Both countries agreed.") == set()


def test_the_minister_is_who_was_called_minister() -> None:
    assert meant("minister", ODUYA, BRANDT, "The minister praised the hosts.") == {"Marta Oduya"}


def test_a_minister_is_somebody_new() -> None:
    assert meant("minister", ODUYA, "A minister praised the hosts.") == set()


def test_the_ministry_the_company_the_country() -> None:
    ministry = "The Norwegian Health Ministry opened a clinic in Norway."
    assert meant("ministry", ministry, "The ministry paid for it.") == {"Norwegian Health Ministry"}
    assert meant("company", "Brennholt Industries bought a rival.", "The company paid in cash.") == {
        "Brennholt Industries"
    }
    assert meant("country", "China sent aid.", "The country praised the hosts.") == {"China"}


def test_a_pronoun_teaches_the_gender() -> None:
    table = analysis_of("Oduya wins election.", "She praised the hosts.").table
    assert [(e.label, e.gender) for e in table.entities] == [("Oduya", "f")]


def test_a_name_that_the_parser_takes_for_the_root_is_a_subject() -> None:
    found = extracted(
        "Kadri Rebane, leader of the opposition Rural People's Party, called on Tammsaar to hold an early"
        " election.",
        "A government must agree with itself, she said.",
    )
    assert speakers(found, statement(found, "say")) == {"Kadri Rebane"}


def test_they_are_those_who_spoke_before_without_a_name() -> None:
    found = extracted(
        "The bridge is closed, according to two officials who asked not to be named.",
        "They said the mayor had demanded repairs.",
    )
    assert speakers(found, statement(found, "say")) == {"two officials"}
