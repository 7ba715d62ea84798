"""Events that have a name."""

from __future__ import annotations

import pytest

from kg.linking.features import Features
from kg.linking.knowledge import Item
from kg.linking.named_events import named_events
from kg.linking.subject import subjects
from kg.records import Event, Extraction, Mention
from tests.linking.memory import actor, extraction
from tests.linking.test_linker import linked

HEADLINE = "News of the day\n"


def told(text: str, trigger: str, *others: str) -> Extraction:
    """Return an article of one event, told by ``trigger``, and of bodies that it names."""
    whole = HEADLINE + text
    start = whole.rindex(trigger)
    made = extraction(whole, *(actor(whole, other, "organisation") for other in others))
    mention = Mention(start, start + len(trigger), "trigger")
    event = Event("#event-1", text, "Other", "occurred", (mention,), "", 1.0)
    return Extraction(made.article, made.sentences, made.actors, events=(event,))


@pytest.mark.parametrize(
    ("text", "trigger", "name"),
    [
        ("They met at the World Cup in June.", "Cup", "World Cup"),
        ("He fell in the War of Spanish Succession.", "War", "War of Spanish Succession"),
        ("Sandby will hold the 2032 Summer Games.", "Games", "2032 Summer Games"),
        ("She won the U.S. Open twice.", "Open", "U.S. Open"),
        ("World Cup tickets are sold.", "Cup", "World Cup"),
    ],
)
def test_a_run_of_capitals_around_the_word_is_its_name(text: str, trigger: str, name: str) -> None:
    assert [one.label for one in named_events(told(text, trigger))] == [name]


@pytest.mark.parametrize(
    ("text", "trigger"),
    [
        ("They met for talks on Monday.", "talks"),
        ("Talks Monday will go on.", "Talks"),
        ("Strikes hit Sandby.", "Strikes"),
        ("The Sandby port strike ended.", "strike"),
        ("THE WORLD CUP BEGINS", "CUP"),
        ("The Collapse of trade went on.", "Collapse"),
        ("Norland's Trial ended.", "Trial"),
    ],
)
def test_capitals_that_say_nothing_make_no_name(text: str, trigger: str) -> None:
    assert list(named_events(told(text, trigger))) == []


def test_what_is_the_name_of_a_body_is_none_of_an_event() -> None:
    text = "The Norland Trial Court sat."
    assert list(named_events(told(text, "Trial", "Norland Trial Court"))) == []


def test_headlines_are_not_looked_at() -> None:
    text = "Council Adopts Budget\nIt was so."
    made = extraction(text)
    event = Event("#event-1", "", "Other", "occurred", (Mention(8, 14, "trigger"),), "", 1.0)
    assert list(named_events(Extraction(made.article, made.sentences, events=(event,)))) == []


def test_named_events_are_linked() -> None:
    cup = Item("Q7", "World Cup", description="tournament of football", type="event", popularity=150.0)
    made = told("Teams met at the World Cup in June, a tournament of football.", "Cup")
    (subject,) = subjects(made)
    assert (subject.kind, subject.wanted) == ("event", "event")
    link = linked(made, cup)["World Cup"]
    assert (link.ref, link.qid) == ("#event-1", "Q7")
    features: Features = dict(link.candidates[0].features)
    assert features["type"] == 1.0
