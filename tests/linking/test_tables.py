"""Tables of items: the header decides, and a wrong line is named."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from kg.errors import SourceNotFound, StopError, UsageError
from kg.linking.knowledge import Item, Office
from kg.linking.packs.tables import read_table


def test_tsv_is_read_by_its_header(tmp_path: Path) -> None:
    table = tmp_path / "t.tsv.gz"
    table.write_bytes(
        gzip.compress(
            b"# a remark\nlabel\tqid\taliases\ttype\tcolour\tsitelinks\tpopularity\n"
            b"Newport\tQ1\tPort|Novo\torg\tblue\t12\t3\n\nOldport\tQ2\t\t\n"
        )
    )
    assert list(read_table(table)) == [
        Item("Q1", "Newport", ("Port", "Novo"), type="organisation", popularity=12.0),
        Item("Q2", "Oldport"),
    ]


def test_jsonl_has_the_keys_of_items(tmp_path: Path) -> None:
    table = tmp_path / "t.jsonl"
    table.write_text(
        '{"qid": "Q1", "label": "A", "aliases": ["B"], "type": "person", "popularity": 2, "born": "1950", '
        '"offices": [["Mayor", "2001", ""]]}\n'
    )
    expected = Item("Q1", "A", ("B",), type="person", popularity=2.0, born="1950")
    (item,) = read_table(table)
    assert item.offices == (Office("Mayor", "2001", ""),)
    assert (item.qid, item.aliases, item.born) == (expected.qid, expected.aliases, expected.born)


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("t.tsv", "qid\tname\nQ1\tA\n", "'label' is not among them"),
        ("t.tsv", "qid\tlabel\nQ1\tA\tB\n", ":2: has 3 columns, the first row 2"),
        ("t.tsv", "qid\tlabel\nQ1\t\n", ":2: qid and label must not be empty"),
        ("t.tsv", "qid\tlabel\ttype\nQ1\tA\tship\n", ":2: type: 'ship'"),
        ("t.tsv", "qid\tlabel\tpopularity\nQ1\tA\tmuch\n", ":2: popularity: 'much'"),
        ("t.jsonl", '{"qid": "Q1", "label": "A"}\n{"qid"\n', ":2: not valid JSON"),
        ("t.jsonl", "[1]\n", ":1: must be an object"),
    ],
)
def test_a_wrong_line_is_named(tmp_path: Path, name: str, text: str, message: str) -> None:
    (tmp_path / name).write_text(text)
    with pytest.raises(UsageError) as caught:
        list(read_table(tmp_path / name))
    assert message in str(caught.value)


def test_a_file_that_is_missing_or_cut_off_is_told(tmp_path: Path) -> None:
    with pytest.raises(SourceNotFound):
        list(read_table(tmp_path / "none.tsv"))
    whole = gzip.compress(b"qid\tlabel\nQ1\tA\n" * 1000)
    (tmp_path / "cut.tsv.gz").write_bytes(whole[: len(whole) // 2])
    with pytest.raises(StopError, match="cannot be read to its end"):
        list(read_table(tmp_path / "cut.tsv.gz"))
