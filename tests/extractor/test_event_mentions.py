"""Every word that tells of a happening, for evaluation."""

from __future__ import annotations

import pytest

from kg.records import Extraction
from tests.extractor.parsed import extracted


def told(found: Extraction) -> list[str]:
    return [found.article.text[t.trigger.start : t.trigger.end] for t in found.event_mentions]


def test_events_statements_and_other_verbs_tell() -> None:
    found = extracted(
        "Marta Oduya said Norway will invade Poland.",
        "Prices fell.",
        "China and Brazil held talks.",
        evaluation_layers=True,
    )
    assert {"said", "invade", "fell", "talks"} <= set(told(found))


def test_they_come_in_text_order_each_word_once() -> None:
    found = extracted(
        "Prices fell.", "The leaders met in Moscow.", "She praised the hosts.", evaluation_layers=True
    )
    starts = [mention.trigger.start for mention in found.event_mentions]
    assert starts == sorted(set(starts))


def test_a_state_tells_nothing() -> None:
    assert told(extracted("The bridge is safe, according to Marta Oduya.", evaluation_layers=True)) == [
        "according"
    ]


def test_phrases_lie_around_the_trigger_with_their_part() -> None:
    found = extracted("Norway bombed Poland.", evaluation_layers=True)
    (mention,) = found.event_mentions
    assert [(part, found.article.text[start:end]) for part, (start, end) in mention.phrases] == [
        ("agent", "Norway"),
        ("target", "Poland"),
    ]


def test_its_status_is_that_of_the_event() -> None:
    found = extracted("The leaders failed to meet in Moscow.", evaluation_layers=True)
    status = {word: mention.status for word, mention in zip(told(found), found.event_mentions, strict=True)}
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
def test_phrases_stand_with_their_trigger_and_do_not_happen(
    sentence: str, trigger: str, phrases: list[str]
) -> None:
    found = extracted(sentence, evaluation_layers=True)
    mention = next(
        one for word, one in zip(told(found), found.event_mentions, strict=True) if word == trigger
    )
    assert [sentence[start:end] for _, (start, end) in mention.phrases] == phrases
