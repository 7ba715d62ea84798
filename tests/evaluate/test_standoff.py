"""Tests of reading standoff files and of the lines made from extractions."""

from __future__ import annotations

import datetime as dt
import gzip
import io
import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from kg.build.batch_extraction import Failed
from kg.build.processes import Crash, in_process
from kg.errors import SourceNotFound, UsageError
from kg.evaluate.standoff import Document, LineOptions, annotate, line, read
from kg.records import Article, Extraction
from tests.extractor.parsed import extracted
from tests.sample import ARTICLE, EXTRACTION, TEXT, at

FIELDS = {"id": "c/1", "title": "Bridge", "published": "2024-05-14", "text": TEXT, "annotated": [[0, 10]]}
DOCUMENT = Document(ARTICLE, FIELDS)


def shown(spans: list[list[int]]) -> list[str]:
    return [TEXT[start:end] for start, end in spans]


@pytest.fixture
def written() -> dict[str, Any]:
    return line(DOCUMENT, EXTRACTION, LineOptions())


class TestWriting:
    def test_mentions_hold_names_only(self, written: dict[str, Any]) -> None:
        found = [(TEXT[one["start"] : one["end"]], one["type"]) for one in written["mentions"]]
        assert found == [
            ("Ada Quist", "PER"),
            ("Norland", "LOC"),
            ("Harbour Board", "ORG"),
            ("Sandby", "LOC"),
        ]

    def test_statements_and_proposals_have_source_cue_and_content(self, written: dict[str, Any]) -> None:
        parts = ("source", "cue", "content")
        assert [{part: shown(one[part]) for part in parts} for one in written["statements"]] == [
            {"source": ["Mayor Ada Quist"], "cue": ["told"], "content": ["the bridge would stay closed"]},
            {"source": ["She"], "cue": ["urged"], "content": ["hold talks in Sandby"]},
        ]

    def test_entries_have_rule_and_confidence(self, written: dict[str, Any]) -> None:
        for layer in ("mentions", "statements", "proposals", "events"):
            assert all(0 < one["confidence"] <= 1 for one in written[layer])
        assert [one["rule"] for one in written["statements"]] == [one.rule for one in EXTRACTION.statements]

    def test_a_proposal_has_its_sentence_and_target(self, written: dict[str, Any]) -> None:
        (proposal,) = written["proposals"]
        assert shown([proposal["sentence"]]) == ["She urged the Harbour Board to hold talks in Sandby."]
        assert shown(proposal["source"]) == ["She"]
        assert shown(proposal["target"]) == ["the Harbour Board"]

    def test_events_are_event_mentions_with_phrases(self, written: dict[str, Any]) -> None:
        talks = next(one for one in written["events"] if shown(one["trigger"]) == ["talks"])
        assert (talks["class"], talks["polarity"], talks["modality"]) == ("Meeting", "positive", "proposed")
        assert talks["participants"] == [{"role": "Arg", "span": [list(at("Harbour Board"))]}]
        start = next(one for one in written["events"] if shown(one["trigger"]) == ["start"])
        assert (start["polarity"], start["modality"]) == ("negative", "not-occurred")

    def test_text_is_repeated_with_with_text(self, written: dict[str, Any]) -> None:
        assert list(written) == ["id", "mentions", "statements", "proposals", "events"]
        assert (
            line(DOCUMENT, EXTRACTION, LineOptions(with_text=True)).items()
            >= {
                "text": TEXT,
                "title": "Bridge",
                "published": "2024-05-14",
            }.items()
        )


class TestReading:
    def test_plain_gzipped_and_standard_input(self, tmp_path: Path) -> None:
        text = (json.dumps(FIELDS) + "\n\n" + json.dumps(FIELDS | {"id": "c/2"}) + "\n").encode()
        (tmp_path / "a.jsonl").write_bytes(text)
        (tmp_path / "a.jsonl.gz").write_bytes(gzip.compress(text))
        for path in ("a.jsonl", "a.jsonl.gz"):
            documents = list(read(str(tmp_path / path)))
            assert [document.fields["id"] for document in documents] == ["c/1", "c/2"]
            assert documents[1].article.origin.endswith(":3")
        stdin = io.BufferedReader(io.BytesIO(gzip.compress(text)))
        assert len(list(read("-", stdin))) == 2

    def test_text_is_not_cleaned(self, tmp_path: Path) -> None:
        text = "\ufeffHe\u00adad\r\n\r\n\tA\u0301 said\u00a0so.  Share this\n"
        (tmp_path / "a.jsonl").write_text(json.dumps({"id": "1", "text": text}))
        (document,) = read(str(tmp_path / "a.jsonl"))
        assert document.article.text == text

    def test_invalid_date_is_ignored(self, tmp_path: Path) -> None:
        lines = [
            {"id": "1", "text": "x", "published": "2024-05-14"},
            {"id": "2", "text": "x", "published": "May"},
        ]
        (tmp_path / "a.jsonl").write_text("\n".join(map(json.dumps, lines)))
        days = [document.article.published for document in read(str(tmp_path / "a.jsonl"))]
        assert days == [dt.date(2024, 5, 14), None]

    @pytest.mark.parametrize(
        ("second", "said"),
        [
            ("{", ":2: not valid JSON"),
            ('{"id": "1"}', ':2.*"text"'),
            ("[]", ':2.*"id"'),
            ('{"id": 3}', '"id"'),
        ],
    )
    def test_invalid_line_error_names_the_line(self, tmp_path: Path, second: str, said: str) -> None:
        (tmp_path / "a.jsonl").write_text(json.dumps(FIELDS) + "\n" + second + "\n")
        with pytest.raises(UsageError, match=said):
            list(read(str(tmp_path / "a.jsonl")))

    def test_unreadable_file_error_names_the_file(self, tmp_path: Path) -> None:
        with pytest.raises(SourceNotFound, match="no such file"):
            list(read(str(tmp_path / "none.jsonl")))
        (tmp_path / "cut.gz").write_bytes(gzip.compress(json.dumps(FIELDS).encode() * 50)[:-20])
        with pytest.raises(UsageError, match=r"cut\.gz: cannot be read"):
            list(read(str(tmp_path / "cut.gz")))


class TestAnnotating:
    def test_failures_keep_their_position(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def fake(
            articles: Sequence[Article], _model: str, evaluation_layers: bool
        ) -> Iterator[Extraction | Failed]:
            assert evaluation_layers
            for article in articles:
                yield Failed(article.origin, "no") if article.text == "bad" else EXTRACTION

        monkeypatch.setattr("kg.evaluate.standoff.extract_each", fake)
        bad = Document(Article("bad", "x:2"), {"id": "c/2", "text": "bad"})
        first, second = annotate([DOCUMENT, bad], "model", in_process, LineOptions())
        assert isinstance(first, dict)
        assert second == Failed("x:2", "no")

    def test_documents_of_a_crashed_process_fail(self) -> None:
        def dying(_job: object, tasks: Any) -> Iterator[Crash[Any]]:
            return (Crash(task) for task in tasks)

        (failed,) = annotate([DOCUMENT], "model", dying, LineOptions())
        assert isinstance(failed, Failed)
        assert failed.origin == "sample.txt"


@pytest.mark.parametrize(
    ("sentence", "made"),
    [
        ("Norway urged Poland to sign the treaty.", 1),
        ("Norway will build two schools in Peru.", 1),
        ("Norway plans to build a bridge.", 0),  # mentions a plan
    ],
)
def test_mentioned_proposals_are_left_out(sentence: str, made: int) -> None:
    extraction = extracted(sentence, evaluation_layers=True)
    document = Document(extraction.article, {"id": "1", "text": sentence})
    assert len(line(document, extraction, LineOptions())["proposals"]) == made
