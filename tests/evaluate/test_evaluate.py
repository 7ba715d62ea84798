"""Tests of the figures of an evaluation, on documents that can be counted by hand."""

from __future__ import annotations

from typing import Any, ClassVar

import pytest

from kg.errors import UsageError
from kg.evaluate import Agreement, Figures, Share, Value, evaluate

TEXT = 'The mayor said: "We will rebuild." Officials from the United Nations denied it, and the talks failed.'


def at(words: str, start: int = 0) -> list[int]:
    place = TEXT.index(words, start)
    return [place, place + len(words)]


def scores(layer: str, gold: list[Any], found: list[Any] | None, **fields: Any) -> Figures:
    document = {"id": "c/1", "text": TEXT, layer: gold} | fields
    prediction = {} if found is None else {"c/1": {"id": "c/1", layer: found}}
    return evaluate([document], prediction)[layer]["all"]


def test_rates_are_computed_from_counts() -> None:
    agreement = Agreement(matched=3, predicted=4, gold=6)
    assert (agreement.precision, agreement.recall) == (75.0, 50.0)
    assert agreement.f1 == pytest.approx(60.0)
    assert Agreement(0, 0, 0).f1 == 0.0
    assert Share(1, 4).accuracy == 25.0
    assert Share(0, 0).accuracy == 0.0


class TestStatements:
    GOLD: ClassVar[list[Any]] = [
        {"source": [at("The mayor")], "cue": [at("said")], "content": [at('"We will rebuild."')]},
        {"source": [at("Officials from the United Nations")], "cue": [at("denied")], "content": [at("it")]},
    ]

    def test_equal_statements_match(self) -> None:
        figures = scores("statements", self.GOLD, self.GOLD)
        assert figures["content IoU>=.9"] == Agreement(2, 2, 2)
        assert figures["cue overlap"] == Agreement(2, 2, 2)
        assert figures["source exact, of matched"] == Share(2, 2)
        assert figures["direct quotes: content IoU>=.5"] == Agreement(1, 1, 1)

    def test_shorter_content_matches_at_half_overlap_only(self) -> None:
        found = [{"source": [at("mayor")], "cue": [at("said")], "content": [at("We will rebuild")]}]
        figures = scores("statements", self.GOLD, found)
        assert figures["content IoU>=.5"] == Agreement(1, 1, 2)
        assert figures["content IoU>=.9"] == Agreement(0, 1, 2)
        assert figures["content characters"] == Agreement(15, 15, 20)
        assert figures["source overlaps, of matched"] == Share(1, 1)
        assert figures["source exact, of matched"] == Share(1, 1)  # the leading "the" does not matter
        assert figures["direct quotes: content IoU>=.5"] == Agreement(1, 1, 1)

    def test_unannotated_text_does_not_count(self) -> None:
        figures = scores("statements", self.GOLD, self.GOLD, annotated=[[0, TEXT.index("Officials")]])
        assert figures["content IoU>=.5"] == Agreement(1, 1, 1)

    def test_missing_prediction_counts_as_empty(self) -> None:
        assert scores("statements", self.GOLD, None)["content IoU>=.5"] == Agreement(0, 0, 2)


def test_names_match_by_span_and_type() -> None:
    start, end = at("the United Nations")
    gold = [{"start": start, "end": end, "type": "ORG"}]
    found = [
        {"start": start + 4, "end": end, "type": "ORG"},
        {"start": start + 4, "end": end, "type": "LOC"},
    ]
    figures = scores("mentions", gold, found)
    assert figures["typed exact"] == Agreement(1, 2, 1)
    assert figures["typed exact LOC"] == Agreement(0, 1, 0)
    assert figures["span only"] == Agreement(1, 1, 1)


class TestEvents:
    GOLD: ClassVar[list[Any]] = [
        {
            "trigger": [at("rebuild")],
            "polarity": "positive",
            "participants": [
                {"role": "Arg0", "span": [at("The mayor")]},
                {"role": "Arg1", "span": [at("it")]},
            ],
        },
        {"trigger": [at("talks")], "polarity": "neg", "optional": True},
    ]

    def test_participants_and_polarity_of_matched_triggers(self) -> None:
        found = [
            {
                "trigger": [at("will rebuild")],
                "polarity": "negative",
                "participants": [{"role": "Arg1", "span": [at("mayor")]}],
            },
            {"trigger": [at("failed")], "polarity": "positive"},
        ]
        figures = scores("events", self.GOLD, found)
        assert figures["trigger overlap"] == Agreement(1, 2, 1)
        assert figures["participants overlap, trigger matched"] == Agreement(1, 1, 2)
        assert figures["participants IoU>=.5, trigger matched"] == Agreement(1, 1, 2)
        assert figures["same role, of matched with roles"] == Share(0, 1)
        assert figures["same polarity, of matched that give it"] == Share(0, 1)

    def test_optional_events_do_not_count(self) -> None:
        figures = scores("events", self.GOLD, [{"trigger": [at("the talks")]}])
        assert figures["trigger overlap"] == Agreement(0, 0, 1)


class TestProposals:
    FIRST: ClassVar[list[int]] = [0, TEXT.index(" Officials")]

    def test_several_proposals_in_one_sentence_count_once(self) -> None:
        gold = [{"sentence": self.FIRST, "source": [at("The mayor")], "target": []}]
        found = [
            {"sentence": at("The mayor said"), "source": [at("mayor")]},
            {"sentence": at("We will rebuild"), "source": []},
        ]
        figures = scores("proposals", gold, found)
        assert figures["sentence"] == Agreement(1, 1, 1)
        assert figures["source overlaps, of found"] == Share(1, 1)
        assert "target overlaps, of found" not in figures

    def test_overlapping_proposals_outside_gold_sentences_count_once(self) -> None:
        found = [
            {"sentence": at("Officials from the United")},
            {"sentence": at("the United Nations denied")},
            {"sentence": at("the talks")},
        ]
        assert scores("proposals", [{"span": [self.FIRST]}], found)["sentence"] == Agreement(0, 2, 1)


def test_several_corpora_are_scored_separately() -> None:
    documents = [{"id": f"{corpus}/1", "text": TEXT, "mentions": []} for corpus in ("a", "b")]
    assert list(evaluate(documents, {})["mentions"]) == ["all", "a", "b"]
    assert list(evaluate(documents[:1], {})["mentions"]) == ["all"]


def test_documents_that_cannot_be_scored_are_refused() -> None:
    with pytest.raises(UsageError, match="annotate none of the layers"):
        evaluate([{"id": "1", "text": TEXT}], {})
    with pytest.raises(UsageError, match=r"layer statements of all is not in the standoff format.*content"):
        scores("statements", [{"cue": [at("said")]}], [])


class TestLinks:
    TEXT = "Ann Lee met Bo of Acme in Paris and the mayor of Lyon."

    def link(self, words: str, qid: str | None, **fields: Any) -> dict[str, Any]:
        start = self.TEXT.index(words)
        return {"start": start, "end": start + len(words), "qid": qid} | fields

    def figures(self, gold: list[Any], found: list[Any]) -> Figures:
        document = {"id": "c/1", "text": self.TEXT, "links": gold}
        return evaluate([document], {"c/1": {"id": "c/1", "links": found}})["links"]["all"]

    def test_nil_name_counts_only_if_it_is_linked(self) -> None:
        gold = [self.link("Ann Lee", None), self.link("Acme", "Q1"), self.link("Paris", "Q90")]
        figures = self.figures(gold, [self.link("Ann Lee", "Q7"), self.link("Acme", "Q1")])
        assert figures["end to end"] == Agreement(1, 2, 2)
        assert figures["right, where the name is found"] == Share(1, 1)
        assert figures["right, of names linked and annotated"] == Share(1, 2)
        assert self.figures(gold, [self.link("Ann Lee", None)])["end to end"] == Agreement(0, 0, 2)

    def test_name_that_is_not_linked_counts_as_found(self) -> None:
        figures = self.figures([self.link("Paris", "Q90")], [self.link("Paris", None, best="Q90", score=0.3)])
        assert figures["right, where the name is found"] == Share(0, 1)
        assert figures["said 0.3 to 0.4"] == Share(1, 1)
        assert figures["expected calibration error"] == Value(0.7)

    def test_lower_case_and_optional_names_do_not_count(self) -> None:
        gold = [self.link("mayor", "Q30185"), self.link("Bo", "Q2", optional=True), self.link("Lyon", "Q456")]
        found = [self.link("mayor", "Q1"), self.link("Bo", "Q3"), self.link("Lyon", "Q456")]
        assert self.figures(gold, found)["end to end"] == Agreement(1, 1, 1)

    def test_popularity_baseline(self) -> None:
        gold = [self.link("Paris", "Q90"), self.link("Lyon", "Q456")]
        found = [self.link("Paris", "Q90", popular="Q90"), self.link("Lyon", "Q456", popular="Q5")]
        assert self.figures(gold, found)["by popularity alone: end to end"] == Agreement(1, 2, 2)


class TestRulesAndConfidence:
    """Tests of the figures by rule and by confidence."""

    def test_figures_by_rule_and_confidence(self) -> None:
        gold = TestStatements.GOLD
        found = [
            gold[0] | {"rule": "direct quotation", "confidence": 0.95},
            gold[1] | {"rule": "verb np", "confidence": 0.55},
            {"content": [at("the talks failed")], "cue": [], "rule": "verb np", "confidence": 0.58},
        ]
        layer = evaluate(
            [{"id": "c/1", "text": TEXT, "statements": gold}], {"c/1": {"id": "c/1", "statements": found}}
        )["statements"]
        assert layer["by rule"] == {"verb np": Share(1, 2), "direct quotation": Share(1, 1)}
        certain = layer["by confidence"]
        assert certain["said 0.5 to 0.6"] == Share(1, 2)
        assert certain["said 0.9 to 1.0"] == Share(1, 1)
        error = certain["expected calibration error"]
        assert isinstance(error, Value)
        # |0.95 - 1| for one case, |0.55 - 1 + 0.58 - 0| for two
        assert error.value == pytest.approx((0.05 + 0.13) / 3)

    def test_predictions_without_rule_have_no_figures_by_rule(self) -> None:
        document = {"id": "c/1", "text": TEXT, "statements": TestStatements.GOLD}
        assert set(evaluate([document], {"c/1": document})["statements"]) == {"all"}

    @pytest.mark.parametrize(
        ("layer", "gold", "right"),
        [
            ("mentions", [{"start": 4, "end": 9, "type": "PER"}], 1),
            ("events", [{"trigger": [at("failed")]}], 1),
            ("proposals", [{"sentence": at('The mayor said: "We will rebuild."')}], 1),
        ],
    )
    def test_figures_by_rule_of_other_layers(self, layer: str, gold: list[Any], right: int) -> None:
        found = [one | {"rule": "r", "confidence": 0.7} for one in gold]
        strays: dict[str, dict[str, Any]] = {
            "mentions": {"start": 0, "end": 3, "type": "PER"},
            "events": {"trigger": [at("said")]},
            "proposals": {
                "sentence": at("Officials from the United Nations denied it, and the talks failed.")
            },
        }
        wrong = strays[layer] | {"rule": "r", "confidence": 0.7}
        document = {"id": "c/1", "text": TEXT, layer: gold}
        scores = evaluate([document], {"c/1": {"id": "c/1", layer: [*found, wrong]}})
        assert scores[layer]["by rule"] == {"r": Share(right, 2)}
