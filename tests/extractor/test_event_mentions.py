"""Event mentions, which an evaluation compares."""

from __future__ import annotations

import pytest

from kg.records import Extraction
from tests.extractor.parsed import extracted


def trigger_words(found: Extraction) -> list[str]:
    return [found.article.text[t.trigger.start : t.trigger.end] for t in found.event_mentions]


def test_triggers_cues_and_other_verbs_are_event_mentions() -> None:
    found = extracted(
        "Marta Oduya said Norway will invade Poland.",
        "Prices fell.",
        "China and Brazil held talks.",
        evaluation_layers=True,
    )
    assert {"said", "invade", "fell", "talks"} <= set(trigger_words(found))


def test_event_mentions_are_in_text_order_without_repetition() -> None:
    found = extracted(
        "Prices fell.", "The leaders met in Moscow.", "She praised the hosts.", evaluation_layers=True
    )
    starts = [mention.trigger.start for mention in found.event_mentions]
    assert starts == sorted(set(starts))


def test_a_stative_verb_is_no_event_mention() -> None:
    assert trigger_words(
        extracted("The bridge is safe, according to Marta Oduya.", evaluation_layers=True)
    ) == ["according"]


def test_phrases_have_the_part_of_the_participant() -> None:
    found = extracted("Norway bombed Poland.", evaluation_layers=True)
    (mention,) = found.event_mentions
    assert [(part, found.article.text[start:end]) for part, (start, end) in mention.phrases] == [
        ("agent", "Norway"),
        ("target", "Poland"),
    ]


def test_an_event_mention_has_the_status_of_the_event() -> None:
    found = extracted("The leaders failed to meet in Moscow.", evaluation_layers=True)
    status = {
        word: mention.status for word, mention in zip(trigger_words(found), found.event_mentions, strict=True)
    }
    assert status["meet"] == "not-occurred"


@pytest.mark.parametrize(
    ("sentence", "trigger", "phrases"),
    [
        (
            "Shares of Oduya Steel fell 3 percent to 8,017 points.",
            "fell",
            ["Shares of Oduya Steel", "3 percent", "8,017 points"],
        ),
        ("Norway plans to build a bridge.", "build", ["a bridge"]),
        ("The firm announced a sale of trains to Kenya and Sudan.", "announced", ["The firm"]),
        ("The firm announced a sale of trains to Kenya and Sudan.", "sale", ["trains", "Kenya", "Sudan"]),
        ("Norway sold ships to Kenya and Sudan in March.", "sold", ["Norway", "ships", "Kenya", "Sudan"]),
    ],
)
def test_phrases_are_beside_their_trigger_and_are_no_events(
    sentence: str, trigger: str, phrases: list[str]
) -> None:
    found = extracted(sentence, evaluation_layers=True)
    mention = next(
        mention
        for word, mention in zip(trigger_words(found), found.event_mentions, strict=True)
        if word == trigger
    )
    assert [sentence[start:end] for _, (start, end) in mention.phrases] == phrases
