"""Names that refer to one entity: full and short names, countries and demonyms, acronyms."""

from __future__ import annotations

from kg.extractor.entities import Entity, is_actor_noun, phrase_bounds, root_of
from tests.extractor.parsed import analysis_of, extracted, parsed
from tests.extractor.views import labels, mentions


def standing(entities: list[Entity], kind: str) -> list[str]:
    return [entity.label for entity in entities if entity.kind == kind]


def test_a_surname_refers_to_the_person_with_that_full_name() -> None:
    found = extracted("Marta Oduya won.", "Oduya thanked the voters.")
    assert labels(found, "person") == {"Marta Oduya"}
    assert mentions(found, "Marta Oduya") == ["Marta Oduya", "Oduya"]


def test_a_short_name_in_the_headline_precedes_the_full_name() -> None:
    found = extracted("Oduya wins election.", "\n\nMarta Oduya won.")
    assert labels(found, "person") == {"Marta Oduya"}


def test_a_family_name_before_the_given_name() -> None:
    found = extracted("Chen Yulan opened the talks.", "Chen praised the hosts.")
    assert labels(found, "person") == {"Chen Yulan"}


def test_a_surname_of_two_persons_stays_ambiguous() -> None:
    found = analysis_of("Ana Reyes and Luis Reyes met.", "Reyes declined to comment.")
    people = [e for e in found.table.entities if e.kind == "person"]
    assert [person.label for person in people] == ["Ana Reyes", "Luis Reyes", "Reyes"]
    assert not people[2].named, "which Reyes is not known: it is no name outside of the article"


def test_a_title_decides_between_two_persons() -> None:
    found = extracted("Ana Reyes and Luis Reyes met.", "Mrs. Reyes left early.")
    assert mentions(found, "Ana Reyes") == ["Ana Reyes", "Reyes"]


def test_a_middle_name_does_not_make_another_person() -> None:
    found = extracted("Marta K. Oduya won.", "Marta Oduya thanked the voters.")
    assert labels(found, "person") == {"Marta K. Oduya"}


def test_name_adjective_and_alias_are_one_country() -> None:
    found = extracted("The United States sent aid.", "US forces arrived.", "The American army helped.")
    assert "United States" in labels(found, "country")
    assert labels(found, "country") == {"United States"}


def test_an_acronym_refers_to_the_organisation_with_these_initials() -> None:
    found = extracted("The African Harvest Fund lent money.", "The AHF gave no details.")
    assert labels(found, "organisation") == {"African Harvest Fund"}
    assert mentions(found, "African Harvest Fund") == ["African Harvest Fund", "AHF"]


def test_the_first_word_of_a_company_refers_to_it() -> None:
    found = extracted("Brennholt Industries bought a rival.", "Brennholt paid in cash.")
    assert labels(found, "organisation") == {"Brennholt Industries"}


def test_an_acronym_of_two_organisations_stays_separate() -> None:
    found = extracted(
        "The African Harvest Fund lent money.", "The Asian Health Forum met.", "The AHF gave no details."
    )
    assert mentions(found, "African Harvest Fund") == ["African Harvest Fund"]
    assert mentions(found, "Asian Health Forum") == ["Asian Health Forum"]


def test_actor_nouns() -> None:
    syntax = parsed("Police and three officials blamed the weather in a report.")
    actors = {syntax.words[t] for t in range(len(syntax.words)) if is_actor_noun(syntax, t)}
    assert actors == {"Police", "officials"}


def test_a_noun_phrase_includes_an_of_phrase_but_no_clause() -> None:
    syntax = parsed("The head of the agency, who resigned, left.")
    assert syntax.phrase(*phrase_bounds(syntax, syntax.words.index("head"))) == "The head of the agency"


def test_the_root_of_a_name_has_its_head_outside() -> None:
    syntax = parsed("The African Harvest Fund lent money.")
    assert syntax.words[root_of(syntax, 1, 3)] == "Fund"


def test_an_unnamed_company_is_an_organisation() -> None:
    (bank,) = extracted("The central bank declined to comment.").actors
    assert bank.kind == "organisation"


def test_a_description_in_apposition_is_not_another_organisation() -> None:
    found = extracted("Norway bought the Norwegian engineering group Halvorsen Subsea.")
    assert {actor.ref for actor in found.actors} == {"actor/norway", "actor/halvorsen-subsea"}


def test_buildings_are_no_actors() -> None:
    found = extracted("The floods buried a row of houses.")
    assert found.actors == ()
    assert [event.type for event in found.events] == ["Disaster"]
