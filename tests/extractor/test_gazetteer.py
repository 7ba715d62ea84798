"""Names that mean the same in every article."""

from __future__ import annotations

import pytest

from kg.extractor.gazetteer import adjective_of, first_words, look_up, place_names


@pytest.mark.parametrize(
    ("name", "kind", "owner"),
    [
        ("France", "country", "France"),
        ("French", "demonym", "France"),
        ("Paris", "seat", "France"),
        ("White House", "metonym", "United States"),
        ("Kremlin", "metonym", "Russia"),
        ("Beijing", "seat", "China"),
        ("US", "country", "United States"),
        ("U.S.", "country", "United States"),
        ("American", "demonym", "United States"),
        ("Americans", "people", "United States"),
        ("Middle East", "region", "Middle East"),
        ("African", "regional", "Africa"),
        ("FRANCE", "country", "France"),
        ("Côte d'Ivoire", "country", "Ivory Coast"),
    ],
)
def test_look_up(name: str, kind: str, owner: str) -> None:
    found = look_up(tuple(name.split()))
    assert found is not None
    assert (found.kind, found.owner) == (kind, owner)


@pytest.mark.parametrize("name", ["us", "turkey", "Nowhereland", "", "Marta"])
def test_other_words_are_no_place_names(name: str) -> None:
    assert look_up((name,)) is None


@pytest.mark.parametrize("name", ["Jordan", "Chad", "Georgia"])
def test_names_of_persons_and_states_are_ambiguous(name: str) -> None:
    found = look_up((name,))
    assert found is not None
    assert found.ambiguous


def test_every_name_can_be_found_from_its_first_word() -> None:
    longest = first_words()
    assert len(place_names()) > 800
    assert all(longest[words[0]] >= len(words) for words in place_names())


def test_adjectives_refer_to_their_country() -> None:
    assert adjective_of()["China"] == "Chinese"
    for country, adjective in adjective_of().items():
        found = look_up(tuple(adjective.split()))
        assert found is not None, adjective
        assert found.kind in ("demonym", "country"), f"{adjective} of {country}"
