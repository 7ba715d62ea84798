"""The status of events."""

from __future__ import annotations

from typing import get_args

import pytest

from kg.records import EventStatus
from tests.extractor.parsed import extracted
from tests.extractor.views import event

CASES = [
    ("occurred", "The leaders met in Moscow.", "met"),
    ("occurred", "Norway's invasion of Poland failed.", "invasion"),
    ("planned", "The leaders will meet in Moscow.", "meet"),
    ("planned", "The leaders agreed to meet in Moscow next week.", "meet"),
    ("planned", "The planned summit in Oslo drew crowds.", "summit"),
    ("not-occurred", "The leaders did not meet in Moscow.", "meet"),
    ("not-occurred", "The leaders failed to meet in Moscow.", "meet"),
    ("not-occurred", "Norway has yet to invade Poland.", "invade"),
    ("not-occurred", "Norway never invaded Poland.", "invaded"),
    ("not-occurred", "Oslo cancelled the summit.", "summit"),
    ("not-occurred", "The summit was cancelled.", "summit"),
    ("not-occurred", "Norway refused to invade Poland.", "invade"),
    ("hypothetical", "Norway would invade Poland.", "invade"),
    ("hypothetical", "Norway might invade Poland.", "invade"),
    ("hypothetical", "If Norway invades Poland, prices will rise.", "invades"),
    ("recurring", "The leaders often meet in Oslo.", "meet"),
    ("recurring", "The annual summit in Oslo drew crowds.", "summit"),
    ("ongoing", "The war in Ukraine hurts trade.", "war"),
    ("ongoing", "Norway is invading Poland.", "invading"),
    ("occurred", "The leaders met after the war in Ukraine.", "met"),
]
NOT_YET = [
    pytest.param(
        "planned",
        "The trial will begin on Friday.",
        "trial",
    ),
    pytest.param(
        "recurring",
        "The leaders meet in Oslo every year.",
        "meet",
    ),
]


@pytest.mark.parametrize(("status", "sentence", "trigger"), [*CASES, *NOT_YET])
def test_status(status: str, sentence: str, trigger: str) -> None:
    assert event(extracted(sentence), trigger).status == status


def test_every_status_is_tested() -> None:
    elsewhere = {"proposed"}  # in test_actions
    assert {status for status, _, _ in CASES} | elsewhere == set(get_args(EventStatus))


def test_the_setting_of_an_event_has_its_own_status() -> None:
    found = extracted("The leaders will meet in Moscow after the attack in Oslo.")
    assert event(found, "meet").status == "planned"
    assert event(found, "attack").status == "occurred"


def test_an_event_in_the_content_has_its_own_status() -> None:
    found = extracted("Marta Oduya said Norway will invade Poland.")
    assert event(found, "invade").status == "planned"


@pytest.mark.parametrize(
    ("sentence", "status"),
    [
        ("Brandt did not rule out resigning.", "hypothetical"),
        ("If convicted, Brandt faces six years in prison.", "hypothetical"),
        ("The party will table a motion of no confidence on Monday.", "proposed"),
    ],
)
def test_status_of_possible_and_postponed_events(sentence: str, status: str) -> None:
    assert extracted(sentence).events[0].status == status
