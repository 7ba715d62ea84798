"""Events that several triggers report."""

from __future__ import annotations

import datetime as dt

from tests.extractor.parsed import extracted
from tests.extractor.views import event, names, parties, triggers


def test_definite_talks_are_the_earlier_talks() -> None:
    found = extracted("China held talks in Oslo with Brazil.", "The talks failed.")
    (only,) = [told for told in found.events if told.type == "Meeting"]
    assert triggers(found, only) == ["talks", "talks"]


def test_a_definite_meeting_is_the_earlier_one() -> None:
    found = extracted("China and Brazil held a meeting.", "The meeting failed.")
    (only,) = [told for told in found.events if told.type == "Meeting"]
    assert triggers(found, only) == ["meeting", "meeting"]


def test_a_vague_noun_refers_to_a_violent_event() -> None:
    found = extracted("Rebels raided Poland.", "The incident shocked Norway.")
    assert triggers(found, event(found, "incident")) == ["raided", "incident"]


def test_an_indefinite_noun_is_another_event() -> None:
    found = extracted("The summit was cancelled.", "A summit drew crowds.")
    assert len([told for told in found.events if told.type == "Meeting"]) == 2


def test_an_occurred_event_is_not_a_planned_one() -> None:
    found = extracted("The leaders met in Moscow.", "The leaders will meet in Moscow.")
    assert {told.status for told in found.events} == {"occurred", "planned"}


def test_other_participants_make_another_event() -> None:
    found = extracted("Norway bombed Poland.", "China bombed Brazil.")
    assert len(found.events) == 2


def test_a_second_trigger_adds_its_participants() -> None:
    found = extracted("China and Brazil held a meeting.", "The meeting in Oslo failed.")
    told = event(found, "meeting")
    assert parties(found, told) == {"China", "Brazil"}
    assert told.place == "place/oslo"


def test_an_event_has_its_time() -> None:
    found = extracted("The leaders met in Moscow on Monday.")
    time = event(found, "met").time
    assert time is not None
    assert time.text.endswith("Monday")
    assert time.earliest == time.latest == dt.date(2024, 5, 13)


def test_the_time_of_the_statement_is_not_that_of_the_event() -> None:
    found = extracted("Marta Oduya said on Monday that rebels raided Poland in April.")
    (said,) = found.statements
    told = event(found, "raided")
    assert said.time is not None
    assert said.time.text.endswith("Monday")
    assert told.time is not None
    assert told.time.text.endswith("April")


def test_a_label_has_the_words_of_the_article() -> None:
    found = extracted("Norway's invasion of Poland failed.", "Rebels raided Poland.")
    assert names(found, [event(found, "invasion").ref]) == {"Norway's invasion of Poland"}
    assert names(found, [event(found, "raided").ref]) == {"Rebels raided Poland"}


def test_the_reference_has_the_offset_of_the_first_trigger() -> None:
    found = extracted("The leaders met in Moscow.")
    assert [told.ref for told in found.events] == [f"#event-{found.article.text.index('met')}"]


def test_killed_without_an_agent_is_a_death() -> None:
    (event,) = extracted("Two fishermen were killed on Tuesday when their boat sank.").events
    assert event.type == "Death"


def test_to_defend_oneself_is_no_event() -> None:
    assert extracted("The board said it would defend itself in court.").events == ()
