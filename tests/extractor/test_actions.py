"""The events that proposals put forward, and who would take part in them."""

from __future__ import annotations

from tests.extractor.parsed import extracted
from tests.extractor.views import event, names, parties, proposal, triggers


def test_the_one_asked_is_to_act() -> None:
    found = extracted("Norway urged Poland to withdraw its troops.")
    (ref,) = proposal(found, "urge").proposes
    asked = event(found, "withdraw")
    assert asked.ref == ref
    assert asked.status == "proposed"
    assert names(found, asked.agents) == {"Poland"}


def test_the_one_asked_for_a_thing_is_to_give_it() -> None:
    found = extracted("Norway asked Poland for an investigation.")
    (ref,) = proposal(found, "ask for").proposes
    assert event(found, "investigation").ref == ref
    assert names(found, event(found, "investigation").agents) == {"Poland"}


def test_the_one_who_promises_is_to_act() -> None:
    found = extracted("Norway promised to send aid.")
    (ref,) = proposal(found, "promise").proposes
    promised = next(told for told in found.events if told.ref == ref)
    assert "Norway" in parties(found, promised)


def test_a_light_verb_lends_itself_to_its_noun() -> None:
    found = extracted("Norway suggested holding talks.")
    (ref,) = proposal(found, "suggest").proposes
    suggested = event(found, "talks")
    assert (suggested.ref, suggested.type, suggested.status) == (ref, "Meeting", "proposed")
    assert "holding" not in triggers(found, suggested)


def test_coordinated_nouns_are_several_events() -> None:
    found = extracted("China proposed holding a summit, a joint exercise and an election.")
    proposed = proposal(found, "propose").proposes
    types = {told.ref: told.type for told in found.events}
    assert sorted(types[ref] for ref in proposed) == ["Election", "Exercise", "Meeting"]


def test_coordinated_verbs_are_several_events() -> None:
    found = extracted("Norway promised to send aid and to withdraw its troops.")
    proposed = proposal(found, "promise").proposes
    assert len(proposed) == 2
    assert event(found, "withdraw").ref in proposed


def test_both_sides_take_part_in_what_they_would_do_together() -> None:
    found = extracted("China proposed talks with Brazil.")
    assert parties(found, event(found, "talks")) == {"China", "Brazil"}


def test_a_minister_proposes_for_his_country() -> None:
    found = extracted(
        "China and Brazil held talks.", "Brazilian President Luis Reyes proposed a joint exercise."
    )
    assert parties(found, event(found, "exercise")) == {"China", "Brazil"}


def test_what_is_proposed_has_not_occurred() -> None:
    found = extracted("Norway called for a ceasefire.")
    (only,) = found.events
    assert only.status == "proposed"
    assert only.ref in proposal(found, "call for").proposes


def test_an_occurred_event_beside_a_proposal_keeps_its_status() -> None:
    found = extracted("Norway called for a ceasefire after the attack in Oslo.")
    assert event(found, "ceasefire").status == "proposed"
    assert event(found, "attack").status == "occurred"
