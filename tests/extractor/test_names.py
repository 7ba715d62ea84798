"""Names and their kinds: the tagger proposes them, the words around correct them."""

from __future__ import annotations

from itertools import pairwise

import pytest

from kg.extractor.names import find_names
from tests.extractor.parsed import extracted, parsed


def named(*sentences: str) -> dict[str, str]:
    return {name.text: name.kind for name in find_names(parsed(*sentences))}


def test_titles_are_not_part_of_a_name() -> None:
    assert named("President Marta Oduya met General Tomas Brandt.") == {
        "Marta Oduya": "person",
        "Tomas Brandt": "person",
    }


def test_a_title_is_cut_from_what_the_tagger_marked() -> None:
    # the tagger includes the title
    assert named("Chancellor Marta Oduya spoke.") == {"Marta Oduya": "person"}


def test_a_possessive_ending_is_not_part_of_a_name() -> None:
    assert named("Norway's parliament backed Marta Oduya's plan.") == {
        "Norway": "country",
        "Marta Oduya": "person",
    }


def test_the_gazetteer_finds_what_the_tagger_missed() -> None:
    # the frozen parse has no entity at all
    assert named("Talks between Kenya and Sudan resumed.") == {"Kenya": "country", "Sudan": "country"}


@pytest.mark.parametrize(
    ("sentence", "name", "kind"),
    [
        ("The Norwegian army left.", "Norwegian", "demonym"),
        ("Norwegians voted on Sunday.", "Norwegians", "group"),
        ("Oslo refused the offer.", "Oslo", "seat"),
        ("The Kremlin denied the report.", "Kremlin", "metonym"),
        ("Leaders from Europe met.", "Europe", "region"),
    ],
)
def test_kinds_of_place_names(sentence: str, name: str, kind: str) -> None:
    assert named(sentence)[name] == kind


def test_the_last_word_makes_a_name_an_organisation() -> None:
    # the tagger takes it for a person
    assert named("The Holm Foundation gave money.") == {"Holm Foundation": "organisation"}


def test_a_settlement_noun_before_makes_a_name_a_place() -> None:
    # the tagger takes it for a person
    assert named("Floods reached the town of Afula.") == {"Afula": "place"}


def test_a_short_form_is_found_where_the_tagger_missed_it() -> None:
    found = find_names(parsed("Marta Oduya won.", "Oduya thanked the voters."))
    assert [(name.text, name.kind) for name in found] == [("Marta Oduya", "person"), ("Oduya", "person")]


def test_the_same_words_have_the_same_kind() -> None:
    # the second sentence alone would make Okello an organisation
    found = find_names(parsed("Peter Okello resigned.", "Okello gave no reason."))
    assert [(name.text, name.kind) for name in found] == [("Peter Okello", "person"), ("Okello", "person")]


def test_the_quoted_title_of_a_work_is_no_actor() -> None:
    assert "Harbour Lights" not in named('His film "Harbour Lights" won a prize.')


def test_names_are_in_text_order_without_overlap() -> None:
    found = find_names(parsed("President Marta Oduya met General Tomas Brandt.", "Oslo refused the offer."))
    assert all(a.last < b.first for a, b in pairwise(found))


def test_a_pronoun_is_never_the_united_states() -> None:
    assert named("He told us the truth.") == {}
    assert named("He told the US the truth.") == {"US": "country"}


def test_a_river_or_reservoir_is_a_place() -> None:
    found = extracted("The El Cajón reservoir was almost full.")
    assert [place.ref for place in found.places] == ["place/el-cajon"]
    assert found.actors == ()


def test_a_speaker_whose_name_the_tagger_cut() -> None:
    found = extracted('"We heard a roar," said Marta Ilenia Cruz, who lives in Lima.')
    assert [actor.ref for actor in found.actors] == ["actor/marta-ilenia-cruz"]
