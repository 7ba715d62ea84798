"""Roles that the article gives to people."""

from __future__ import annotations

import pytest

from tests.extractor.parsed import extracted
from tests.extractor.views import names, role

CASES = [
    ("Norwegian Finance Minister Marta Oduya resigned.", "Marta Oduya", "Finance Minister", "Norway"),
    ("Marta Oduya, the finance minister of Norway, resigned.", "Marta Oduya", "finance minister", "Norway"),
    ("Norway's finance minister, Marta Oduya, resigned.", "Marta Oduya", "finance minister", "Norway"),
    ("Brennholt chief executive Tomas Brandt resigned.", "Tomas Brandt", "chief executive", "Brennholt"),
    ("General Tomas Brandt resigned.", "Tomas Brandt", "General", None),
    ("Former Norwegian President Marta Oduya died.", "Marta Oduya", "President", "Norway"),
    ("Tomas Brandt is the director of the Holm Foundation.", "Tomas Brandt", "director", "Holm Foundation"),
    ("Tomas Brandt, a spokesman for Brennholt, resigned.", "Tomas Brandt", "spokesman", "Brennholt"),
    (
        "Norwegian Deputy Prime Minister Marta Oduya resigned.",
        "Marta Oduya",
        "Deputy Prime Minister",
        "Norway",
    ),
]


@pytest.mark.parametrize(("sentence", "person", "office", "body"), CASES)
def test_roles_of_persons(sentence: str, person: str, office: str, body: str | None) -> None:
    found = extracted(sentence)
    given = role(found, person)
    assert given.name.lower().removeprefix("former ") == office.lower()
    held_in = names(found, [given.organisation]) if given.organisation else set()
    assert held_in == ({body} if body else set())


def test_former_is_part_of_the_role() -> None:
    found = extracted("Former Norwegian President Marta Oduya died.")
    start, end = role(found, "Marta Oduya").mentions[0].span
    assert found.article.text[start:end] == "Former Norwegian President"
    assert "Marta Oduya" in {actor.label for actor in found.actors}


def test_a_courtesy_title_is_no_role() -> None:
    assert extracted("Mrs. Oduya left early.").roles == ()


def test_a_negated_copula_gives_no_role() -> None:
    assert extracted("Tomas Brandt is not the director of the Holm Foundation.").roles == ()


def test_a_role_without_a_name_refers_to_its_holder() -> None:
    found = extracted(
        "Norwegian Finance Minister Marta Oduya resigned.", "Norway's finance minister blamed the banks."
    )
    assert {names(found, [r.member]).pop() for r in found.roles} == {"Marta Oduya"}
    blamed = found.statements[0]
    assert names(found, blamed.speakers) == {"Marta Oduya"}


def test_a_role_without_a_holder_is_no_record() -> None:
    assert extracted("Norway's finance minister blamed the banks.").roles == ()


def held(*sentences: str) -> set[tuple[str, str, str | None]]:
    return {(role.name, role.member, role.organisation) for role in extracted(*sentences).roles}


@pytest.mark.parametrize(
    ("sentences", "role"),
    [
        (
            ["Some residents refused to leave, said the mayor of El Progreso, Gloria Membreño."],
            ("mayor", "actor/gloria-membreno", "actor/el-progreso"),
        ),
        (
            [
                "The National Emergency Service warned of rain.",
                "The agency's director, Colonel Ramiro Castellón, said the road was closed.",
            ],
            ("director", "actor/ramiro-castellon", "actor/national-emergency-service"),
        ),
        (
            ['"They want to be paid," said Piret Vaher, who heads the teachers\' union.'],
            ("head", "actor/piret-vaher", "#actor-56"),
        ),
    ],
)
def test_roles_beside_the_name(sentences: list[str], role: tuple[str, str, str]) -> None:
    assert held(*sentences) == {role}  # and no rank without an organisation
