"""``kg extract`` and ``kg evaluate``, and ``kg explain`` of a file: extraction without a store."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Run

TEXT = (
    "Mayor Ada Quist said on Monday that the plan would be put to a vote.\r\n\r\nShe urged Norland to wait."
)


def place(words: str) -> list[int]:
    return [TEXT.index(words), TEXT.index(words) + len(words)]


GOLD: dict[str, Any] = {
    "id": "c/1",
    "text": TEXT,
    "statements": [
        {
            "source": [place("Mayor Ada Quist")],
            "cue": [place("said")],
            "content": [place("that the plan would be put to a vote")],
        }
    ],
}
FOUND = {
    "id": "c/1",
    "statements": [{"source": [], "cue": [], "content": [place("the plan would be put to a vote")]}],
}


@pytest.fixture
def gold(elsewhere: Path) -> Path:
    (elsewhere / "gold.jsonl").write_text(json.dumps(GOLD) + "\n" + json.dumps(GOLD | {"id": "c/2"}) + "\n")
    return elsewhere / "gold.jsonl"


class TestEvaluate:
    def test_what_was_found_before(self, kg: Run, gold: Path, elsewhere: Path) -> None:
        (elsewhere / "found.jsonl").write_text(json.dumps(FOUND) + "\n")
        run = kg("evaluate", gold, "found.jsonl")
        assert run.exit_code == 0
        assert run.stderr == "1 of 2 documents have no prediction and count as empty\n"
        lines = {line[:44].strip(): line[44:].split() for line in run.stdout.splitlines()}
        assert lines["content IoU>=.5"] == ["100.0", "50.0", "66.7", "1", "1", "2"]
        assert lines["source overlaps, of matched"] == ["0.0", "%", "0", "of", "1"]

    def test_as_json(self, kg: Run, gold: Path, elsewhere: Path) -> None:
        (elsewhere / "found.jsonl").write_text(json.dumps(FOUND) + "\n")
        scores = json.loads(kg("evaluate", gold, "found.jsonl", "--format", "json").stdout)
        figures = scores["statements"]["all"]["content IoU>=.5"]
        assert figures == {
            "P": 100.0,
            "R": 50.0,
            "F1": pytest.approx(66.7, abs=0.1),
            "matched": 1,
            "found": 1,
            "gold": 2,
        }

    @pytest.mark.parametrize(
        ("line", "said"),
        [
            ({"id": "c/9"}, "the gold has no document 'c/9'"),
            ({"id": "c/1", "text": "another"}, "its text differs from the gold's"),
            ({"text": "x"}, 'needs the key "id"'),
        ],
    )
    def test_predictions_of_something_else_are_refused(
        self, kg: Run, gold: Path, elsewhere: Path, line: dict[str, str], said: str
    ) -> None:
        (elsewhere / "found.jsonl").write_text(json.dumps(line) + "\n")
        run = kg("evaluate", gold, "found.jsonl")
        assert run.exit_code == 2
        assert said in run.stderr
        assert "found.jsonl:1" in run.stderr

    @pytest.mark.model
    def test_what_is_found_now(self, kg: Run, gold: Path) -> None:
        run = kg("evaluate", gold, "--format", "json")
        assert json.loads(run.stdout)["statements"]["all"]["cue overlap"]["matched"] == 2


@pytest.mark.model
class TestExtract:
    def test_offsets_are_those_of_the_file(self, kg: Run, gold: Path) -> None:
        run = kg("extract", gold)
        assert (run.exit_code, run.stderr) == (0, "")
        lines = [json.loads(line) for line in run.stdout.splitlines()]
        assert [line["id"] for line in lines] == ["c/1", "c/2"]
        assert "text" not in lines[0]
        assert [TEXT[slice(*cue)] for one in lines[0]["statements"] for cue in one["cue"]] == [
            "said",
            "urged",
        ]
        quist = next(one for one in lines[0]["mentions"] if one["type"] == "PER")
        assert [quist["start"], quist["end"]] == [TEXT.index("Ada Quist"), place("Ada Quist")[1]]

    def test_to_a_file_with_the_text(self, kg: Run, gold: Path, elsewhere: Path) -> None:
        assert kg("extract", gold, "--with-text", "-o", "found.jsonl").stdout == ""
        assert json.loads((elsewhere / "found.jsonl").read_text().splitlines()[0])["text"] == TEXT

    def test_from_standard_input(self, kg: Run, gold: Path) -> None:
        assert kg("extract", "-", stdin=gold.read_bytes()).stdout == kg("extract", gold).stdout

    def test_a_broken_line_stops_it_and_leaves_no_file(self, kg: Run, gold: Path, elsewhere: Path) -> None:
        gold.write_text(gold.read_text() + "{\n")
        run = kg("extract", gold, "-o", "found.jsonl")
        assert run.exit_code == 2
        assert f"{gold}:3: not valid JSON" in run.stderr
        assert [entry.name for entry in elsewhere.iterdir()] == ["gold.jsonl"]


@pytest.mark.model
class TestExplainFile:
    def test_a_file_is_extracted_on_the_spot(self, kg: Run, elsewhere: Path) -> None:
        (elsewhere / "plan.txt").write_text("Plan is put to a vote\n\n" + TEXT)
        run = kg("explain", "plan.txt")
        assert run.exit_code == 0
        assert "[Ada Quist] _said_" in run.stdout
        assert not (elsewhere / "store").exists()

    def test_one_that_is_no_article(self, kg: Run, elsewhere: Path) -> None:
        (elsewhere / "empty.txt").write_text("")
        run = kg("explain", "empty.txt")
        assert run.exit_code == 1
        assert run.stderr.startswith("kg: empty.txt: ")
