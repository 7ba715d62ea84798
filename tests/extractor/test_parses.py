"""The frozen parses that other tests read: trees, and none that nothing uses."""

from __future__ import annotations

import ast
from pathlib import Path

from tests.extractor.parsed import parsed, parses

HERE = Path(__file__).parent


def test_every_parse_is_of_its_sentence_and_a_tree() -> None:
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
