"""Probabilities of attributions."""

from __future__ import annotations

from kg.extractor.confidence import THRESHOLD, features, probability, weights
from kg.extractor.lexicon import cues
from tests.extractor.parsed import attributed


def test_the_table_of_weights() -> None:
    table = weights()
    assert "bias" in table
    assert len(table) > 100
    assert all(abs(weight) < 50 for weight in table.values())


def test_every_cue_of_the_table_is_in_the_lexicon() -> None:
    known = {f"cue={lemma}/{pos}" for lemma, pos in cues()} | {"cue=according to/verb", "cue=:/verb"}
    weighed = {feature for feature in weights() if feature.startswith("cue=") and " frame=" not in feature}
    assert len(weighed) > 100
    assert not [cue for cue in weighed - known if not cue.endswith(("will/verb", "-/verb"))]


def test_a_named_speaker_of_say_has_a_high_probability() -> None:
    analysis, (attribution,) = attributed("Marta Oduya said the bridge is safe.")
    assert probability(analysis.table, attribution, set()) > 0.75


def test_a_thing_as_speaker_is_less_probable_than_a_person() -> None:
    person, (by_person,) = attributed("Marta Oduya said the bridge is safe.")
    thing, (by_thing,) = attributed("The weather said the bridge is safe.")
    assert probability(person.table, by_person, set()) > probability(thing.table, by_thing, set())


def test_attributions_have_at_least_the_threshold() -> None:
    for sentence in ("Marta Oduya said the bridge is safe.", "Norway denied that it sent arms."):
        analysis, attributions = attributed(sentence)
        assert all(
            THRESHOLD <= probability(analysis.table, candidate, set()) <= 1 for candidate in attributions
        )


def test_features_have_names_and_are_not_repeated() -> None:
    analysis, (attribution,) = attributed("Marta Oduya said the bridge is safe.")
    seen = list(features(analysis.table, attribution, set()))
    assert "cue=say/verb" in seen
    assert "source=named" in seen
    assert len(seen) == len(set(seen))
