"""Participants and places of events."""

from __future__ import annotations

import pytest

from tests.extractor.parsed import extracted
from tests.extractor.views import event, names, parties, place


@pytest.mark.parametrize(
    ("sentence", "trigger", "agents", "targets"),
    [
        ("Norway bombed Poland.", "bombed", {"Norway"}, {"Poland"}),
        ("Poland was bombed by Norway.", "bombed", {"Norway"}, {"Poland"}),
        ("Poland was bombed in April.", "bombed", set(), {"Poland"}),
        ("The raid by Norway on Poland failed.", "raid", {"Norway"}, {"Poland"}),
        ("The Norwegian invasion of Poland failed.", "invasion", {"Norway"}, {"Poland"}),
        ("Norway's invasion of Poland failed.", "invasion", {"Norway"}, {"Poland"}),
        ("A rebellion led by Tomas Brandt against Norway failed.", "rebellion", {"Tomas Brandt"}, {"Norway"}),
        ("Police arrested Tomas Brandt.", "arrested", {"Police"}, {"Tomas Brandt"}),
        ("The trial of Tomas Brandt began.", "trial", set(), {"Tomas Brandt"}),
    ],
)
def test_agents_and_targets(sentence: str, trigger: str, agents: set[str], targets: set[str]) -> None:
    found = extracted(sentence)
    told = event(found, trigger)
    assert names(found, told.agents) == agents
    assert names(found, told.targets) == targets


@pytest.mark.parametrize(
    ("sentence", "trigger"),
    [
        ("China and Brazil held talks.", "talks"),
        ("A meeting between China and Brazil failed.", "meeting"),
        ("China held talks with Brazil.", "talks"),
        ("China met with Brazil.", "met"),
    ],
)
def test_mutual_events_have_participants_only(sentence: str, trigger: str) -> None:
    found = extracted(sentence)
    told = event(found, trigger)
    assert names(found, told.participants) == {"China", "Brazil"}
    assert (told.agents, told.targets) == ((), ())


@pytest.mark.parametrize(
    ("sentence", "trigger", "where"),
    [
        ("The leaders met in Moscow.", "met", "Moscow"),
        ("The earthquake in Peru killed two people.", "earthquake", "Peru"),
        ("China held talks in Oslo with Brazil.", "talks", "Oslo"),
        ("A meeting held in Oslo failed.", "meeting", "Oslo"),
        ("The Norwegian invasion of Poland failed.", "invasion", "Poland"),
        ("The Ukrainian conflict goes on.", "conflict", "Ukraine"),
    ],
)
def test_places(sentence: str, trigger: str, where: str) -> None:
    found = extracted(sentence)
    assert place(found, event(found, trigger)) == where


def test_a_place_is_no_participant() -> None:
    found = extracted("China held talks in Oslo with Brazil.")
    assert parties(found, event(found, "talks")) == {"China", "Brazil"}


def test_an_unnamed_person_is_a_participant() -> None:
    found = extracted("Rebels raided Poland.")
    assert names(found, event(found, "raided").agents) == {"Rebels"}


def test_a_thing_is_no_participant() -> None:
    found = extracted("Poland bombed the bridge.")
    assert "bridge" not in {label for told in found.events for label in parties(found, told)}


def test_the_convicted_is_the_target() -> None:
    event = extracted("If convicted, Brandt faces six years in prison.").events[0]
    assert (event.agents, event.targets) == ((), ("actor/brandt",))
