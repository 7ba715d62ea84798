"""What statements support and oppose."""

from __future__ import annotations

import pytest

from tests.extractor.parsed import extracted
from tests.extractor.views import names, statement


@pytest.mark.parametrize(
    ("sentence", "cue", "target"),
    [
        ("Norway praised Poland.", "praise", "Poland"),
        ("Norway backed Marta Oduya.", "back", "Marta Oduya"),
        ("Norway expressed its support for Poland.", "express", "Poland"),
    ],
)
def test_support(sentence: str, cue: str, target: str) -> None:
    found = extracted(sentence)
    said = statement(found, cue)
    assert names(found, said.supports) == {target}
    assert said.opposes == ()


@pytest.mark.parametrize(
    ("sentence", "cue", "target"),
    [
        ("Norway criticised Poland.", "criticise", "Poland"),
        ("Poland accused Marta Oduya of bribing officials.", "accuse", "Marta Oduya"),
        ("Norway condemned the attack in Oslo.", "condemn", "attack in Oslo"),
        ("Marta Oduya was accused by Poland of bribing officials.", "accuse", "Marta Oduya"),
        ("The resolution condemned Moscow.", "condemn", "Russia"),
    ],
)
def test_opposition(sentence: str, cue: str, target: str) -> None:
    found = extracted(sentence)
    said = statement(found, cue)
    assert names(found, said.opposes) == {target}
    assert said.supports == ()


def test_negation_reverses_the_stance() -> None:
    found = extracted("Norway did not support Poland.")
    said = statement(found, "support")
    assert names(found, said.opposes) == {"Poland"}
    assert said.supports == ()


def test_support_for_an_earlier_proposal() -> None:
    found = extracted("Norway proposed a ceasefire.", "Poland backed the proposal.")
    first, second = found.statements
    assert first.ref in second.supports


def test_support_for_the_words_of_a_named_person() -> None:
    found = extracted(
        "Marta Oduya said the bridge is safe.", "Tomas Brandt rejected Oduya's claim.", "Prices fell."
    )
    first, second = found.statements
    assert second.opposes == (first.ref,)


def test_a_plain_statement_has_no_stance() -> None:
    for sentence in ("Marta Oduya said the bridge is safe.", "Norway called for a ceasefire."):
        (said,) = extracted(sentence).statements
        assert (said.supports, said.opposes) == ((), ())


def test_a_speaker_is_not_the_target_of_the_stance() -> None:
    found = extracted("Norway proposed a ceasefire.", "Norway backed the proposal.")
    assert all(said.ref not in said.supports for said in found.statements)
