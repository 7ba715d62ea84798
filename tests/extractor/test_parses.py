"""The frozen parses: each is a tree, and each is used."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from kg.config import Config
from tests.extractor.freeze import made_anew, rows_by_sentence
from tests.extractor.parsed import CORRECTED, PARSES, blocks, format_block, parsed, parses

HERE = Path(__file__).parent


def test_every_parse_has_the_words_of_its_sentence_and_is_a_tree() -> None:
    for sentence, rows in parses().items():
        assert "".join(row[0] for row in rows) == sentence.replace(" ", ""), sentence
        heads = [int(row[5]) - 1 for row in rows]
        assert [i for i, head in enumerate(heads) if head == i] == [
            i for i, row in enumerate(rows) if row[4] == "ROOT"
        ], f"a root is its own head: {sentence}"
        for token in range(len(rows)):
            for _ in rows:
                token = heads[token]
            assert rows[token][4] == "ROOT", f"no way to the root: {sentence}"


def test_every_parse_is_one_sentence() -> None:
    for sentence in parses():
        assert len(parsed(sentence).sentences) == 1, sentence


def test_every_parse_is_used() -> None:
    written = {
        node.value.strip()
        for file in HERE.glob("test_*.py")
        for node in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    assert sorted(set(parses()) - written) == []


def test_every_block_is_frozen_or_corrected_by_hand() -> None:
    assert {mark for mark, _, _ in blocks()} == {"#", CORRECTED}
    assert len(blocks()) == len(parses()), "a sentence has two blocks"


def test_the_file_is_written_as_it_is_read() -> None:
    written = "\n".join(format_block(f"{mark} {sentence}", rows) for mark, sentence, rows in blocks())
    assert written == PARSES.read_text("utf-8")


@pytest.mark.model
def test_a_parse_is_made_from_text() -> None:
    sentence = "Norway urged Poland to withdraw its troops."
    assert rows_by_sentence([sentence], Config().model) == {sentence: parses()[sentence]}


@pytest.mark.model
def test_making_the_file_anew_keeps_the_corrected_blocks() -> None:
    marks = [line.split(" ", 1) for line in made_anew(Config().model).split("\n") if line.startswith("#")]
    assert marks == [[mark, sentence] for mark, sentence, _ in blocks()]
