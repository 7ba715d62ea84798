"""Decisions about links: the most particular counts, a later one takes the place of a former."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.errors import UsageError
from kg.linking.overrides import Override, Overrides

HERE = "https://example.org/article/1"


def test_what_was_decided_holds_for_every_spelling_of_the_name() -> None:
    decided = Overrides([Override("Élodie Martin", "person", qid="Q1")])
    assert decided.accepted("elodie martin", "person", HERE) == "Q1"
    assert decided.accepted("Élodie Martin") == "Q1"
    assert decided.accepted("Élodie Martin", "place") is None
    assert decided.accepted("Elodie") is None


def test_the_most_particular_decision_counts() -> None:
    decided = Overrides(
        [
            Override("Newport", qid="Q1"),
            Override("Newport", "organisation", qid="Q2"),
            Override("Newport", article=HERE, decision="never"),
        ]
    )
    assert decided.accepted("Newport", "place") == "Q1"
    assert decided.accepted("Newport", "organisation") == "Q2"
    assert decided.accepted("Newport", "organisation", HERE) is None
    assert decided.never("Newport", "organisation", HERE)
    assert not decided.never("Newport", "organisation")


def test_a_later_decision_takes_the_place_of_a_former() -> None:
    decided = Overrides([Override("Newport", qid="Q1"), Override("Newport", decision="reject", qid="Q2")])
    decided.add(Override("Newport", decision="reject", qid="Q1"))
    assert decided.accepted("Newport") is None
    assert decided.rejected("Newport") == {"Q1", "Q2"}
    decided.add(Override("newport", qid="Q2"))
    assert decided.accepted("Newport") == "Q2"
    assert decided.rejected("Newport") == {"Q1"}


def test_decisions_survive_in_a_file_that_people_can_read(tmp_path: Path) -> None:
    path = tmp_path / "link-decisions.tsv"
    assert list(Overrides.load(path)) == []
    decided = [
        Override("Martin", "person", HERE, "accept", "Q1", "2026-05-04", "the minister"),
        Override("Wagner", decision="never"),
    ]
    Overrides(decided).save(path)
    lines = path.read_text("utf-8").splitlines()
    assert f"Martin\tperson\t{HERE}\taccept\tQ1\t2026-05-04\tthe minister" in lines
    assert list(Overrides.load(path)) == decided


def test_a_table_written_by_hand_may_be_short(tmp_path: Path) -> None:
    (tmp_path / "d.tsv").write_text("qid\tname\n\nQ7\tNewport\n")
    assert list(Overrides.load(tmp_path / "d.tsv")) == [Override("Newport", qid="Q7")]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("name\tcolour\n", ":1: unknown column 'colour'"),
        ("name\tdecision\tqid\nA\tmaybe\tQ1\n", ":2: A: 'maybe' is not one of accept, reject, never"),
        ("name\tdecision\nA\taccept\n", ":2: A: accept and reject need an id"),
        ("name\tdecision\tqid\nA\tnever\tQ1\n", "never takes none"),
        ("name\tqid\ttype\nA\tQ1\tship\n", "type 'ship' is not known"),
        ("name\tqid\nA\tQ1\tQ2\n", ":2: has 3 cells"),
        ("qid\nQ1\n", ":2: "),
    ],
)
def test_a_wrong_line_is_named(tmp_path: Path, text: str, message: str) -> None:
    (tmp_path / "d.tsv").write_text(text)
    with pytest.raises(UsageError) as caught:
        Overrides.load(tmp_path / "d.tsv")
    assert message in str(caught.value)


def test_a_cell_cannot_break_the_table() -> None:
    with pytest.raises(UsageError, match="no cell may hold a tab"):
        Override("A", qid="Q1", note="two\nlines")
