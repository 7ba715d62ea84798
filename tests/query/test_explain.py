"""An article shown with what was found in it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.cli.explain import marked
from kg.config import DEFAULT_BASE
from kg.errors import UsageError
from kg.query.explain import Explanation, Mark, explain, find_article
from kg.rdf import quads
from kg.store.local import Store
from tests.graphs import article_graph, article_iri
from tests.sample import EXTRACTION, IRI, RUN, TEXT, at


@pytest.fixture
def explanation() -> Explanation:
    return explain(IRI, quads(EXTRACTION, DEFAULT_BASE, RUN))


def test_it_says_which_article(explanation: Explanation) -> None:
    assert (explanation.iri, explanation.text, explanation.published) == (IRI, TEXT, "2024-05-14")


def test_marks_are_where_things_are_named_and_told(explanation: Explanation) -> None:
    assert Mark(*at("Ada Quist"), "actor") in explanation.marks
    assert Mark(*at("Sandby"), "place") in explanation.marks
    assert Mark(*at("Mayor Ada Quist"), "role") in explanation.marks
    assert Mark(*at("told"), "cue") in explanation.marks
    assert Mark(*at("the bridge would stay closed"), "content") in explanation.marks
    assert Mark(*at("talks"), "trigger") in explanation.marks
    assert list(explanation.marks) == sorted(
        explanation.marks, key=lambda mark: (mark.start, -mark.end, mark.kind)
    )


def test_findings_say_who_what_and_how_sure(explanation: Explanation) -> None:
    sections = dict(explanation.sections)
    assert list(sections) == ["Actors", "Roles", "Statements", "Events"]
    assert [finding.title for finding in sections["Statements"]] == ["tell", "proposal: urge"]
    proposal = dict(sections["Statements"][1].details)
    assert proposal["speaker"] == "Ada Quist"
    assert proposal["addressee"] == "Harbour Board"
    assert proposal["proposes"] == "talks in Sandby"
    assert proposal["force"] == "request"
    assert proposal["rule"] == "object-infinitive"
    talks, start = sections["Events"]
    assert (
        dict(talks.details).items()
        >= {"eventType": "Meeting", "status": "proposed", "place": "Sandby"}.items()
    )
    assert dict(start.details)["status"] == "not-occurred"


def test_plain_marks_nest(explanation: Explanation) -> None:
    text = marked(TEXT, explanation.marks)
    assert "[Ada Quist] _told_ [Norland] on Monday that {the bridge would stay closed}." in text
    assert "_urged_ the [Harbour Board] to {hold *talks* in (Sandby)}." in text


class TestFinding:
    @pytest.fixture
    def store(self, tmp_path: Path) -> Iterator[Store]:
        with Store.open(tmp_path / "store", create=True) as store:
            store.write([article_graph("one-ship"), article_graph("two-ships")])
            yield store

    def test_by_iri_or_by_a_part_that_no_other_has(self, store: Store) -> None:
        assert find_article(store, article_iri("one-ship")) == article_iri("one-ship")
        assert find_article(store, "two-") == article_iri("two-ships")

    def test_several_or_none_are_named(self, store: Store) -> None:
        with pytest.raises(UsageError, match=r"2 articles have that(.|\n)*one-ship(.|\n)*two-ships"):
            find_article(store, "ship")
        with pytest.raises(UsageError, match="no article of the store has this in its IRI"):
            find_article(store, "three")
