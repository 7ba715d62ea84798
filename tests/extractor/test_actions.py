"""Events that proposals put forward, and their participants."""

from __future__ import annotations

from tests.extractor.parsed import extracted
from tests.extractor.views import event, names, parties, proposal, triggers


def test_the_addressee_of_a_request_is_the_agent() -> None:
    found = extracted("Norway urged Poland to withdraw its troops.")
    (ref,) = proposal(found, "urge").proposes
    withdrawal = event(found, "withdraw")
    assert withdrawal.ref == ref
    assert withdrawal.status == "proposed"
    assert names(found, withdrawal.agents) == {"Poland"}


def test_the_addressee_of_a_request_for_a_thing_is_the_agent() -> None:
    found = extracted("Norway asked Poland for an investigation.")
    (ref,) = proposal(found, "ask for").proposes
    assert event(found, "investigation").ref == ref
    assert names(found, event(found, "investigation").agents) == {"Poland"}


def test_the_speaker_of_a_promise_takes_part() -> None:
    found = extracted("Norway promised to send aid.")
    (ref,) = proposal(found, "promise").proposes
    aid = next(found_event for found_event in found.events if found_event.ref == ref)
    assert "Norway" in parties(found, aid)


def test_a_light_verb_and_its_noun_are_one_event() -> None:
    found = extracted("Norway suggested holding talks.")
    (ref,) = proposal(found, "suggest").proposes
    talks = event(found, "talks")
    assert (talks.ref, talks.type, talks.status) == (ref, "Meeting", "proposed")
    assert "holding" not in triggers(found, talks)


def test_coordinated_nouns_are_several_events() -> None:
    found = extracted("China proposed holding a summit, a joint exercise and an election.")
    proposed = proposal(found, "propose").proposes
    types = {found_event.ref: found_event.type for found_event in found.events}
    assert sorted(types[ref] for ref in proposed) == ["Election", "Exercise", "Meeting"]


def test_coordinated_verbs_are_several_events() -> None:
    found = extracted("Norway promised to send aid and to withdraw its troops.")
    proposed = proposal(found, "promise").proposes
    assert len(proposed) == 2
    assert event(found, "withdraw").ref in proposed


def test_both_sides_are_participants_of_a_mutual_event() -> None:
    found = extracted("China proposed talks with Brazil.")
    assert parties(found, event(found, "talks")) == {"China", "Brazil"}


def test_a_president_is_replaced_by_the_country_in_a_mutual_event() -> None:
    found = extracted(
        "China and Brazil held talks.", "Brazilian President Luis Reyes proposed a joint exercise."
    )
    assert parties(found, event(found, "exercise")) == {"China", "Brazil"}


def test_a_proposed_event_has_the_status_proposed() -> None:
    found = extracted("Norway called for a ceasefire.")
    (ceasefire,) = found.events
    assert ceasefire.status == "proposed"
    assert ceasefire.ref in proposal(found, "call for").proposes


def test_an_occurred_event_beside_a_proposal_keeps_its_status() -> None:
    found = extracted("Norway called for a ceasefire after the attack in Oslo.")
    assert event(found, "ceasefire").status == "proposed"
    assert event(found, "attack").status == "occurred"
