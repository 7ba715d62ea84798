"""Organisations that a noun and a name beside it identify: "Norway's army", "the Wagner group"."""

from __future__ import annotations

from tests.extractor.parsed import extracted
from tests.extractor.views import labels, mentions, names


def test_an_army_is_part_of_its_country() -> None:
    found = extracted("Norway's army denied the claim.")
    army = next(actor for actor in found.actors if actor.kind == "organisation")
    assert army.label == "Norwegian army"
    assert army.part_of is not None
    assert names(found, [army.part_of]) == {"Norway"}


def test_possessive_and_adjective_name_the_same_body() -> None:
    found = extracted("Norway's army denied the claim.", "The Norwegian army left.")
    assert labels(found, "organisation") == {"Norwegian army"}


def test_a_classifying_noun_is_the_named_organisation() -> None:
    found = extracted("The Brennholt mining company paid a fine.")
    assert "Brennholt" in labels(found, "organisation")
    assert not any("mining company" in label for label in labels(found))


def test_an_army_without_a_name_beside_it_is_not_named() -> None:
    found = extracted("The army denied the claim.")
    assert all(actor.ref.startswith("#") for actor in found.actors)


def test_an_official_body_named_after_its_country_belongs_to_it() -> None:
    found = extracted("The Norwegian Health Ministry opened a clinic in Norway.")
    ministry = next(actor for actor in found.actors if actor.kind == "organisation")
    assert ministry.label == "Norwegian Health Ministry"
    assert ministry.part_of == "actor/norway"


def test_the_owner_of_a_body_is_still_mentioned_by_itself() -> None:
    found = extracted("Norway's army denied the claim.")
    assert mentions(found, "Norway") == ["Norway"]
