"""``kg link``: linking again, looking into links, deciding."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from kg.linking.overrides import FILE_NAME
from kg.rdf.vocab import KG, SCHEMA
from kg.store.local import Store
from tests.cli.conftest import Run

ITEMS = """\
qid\tlabel\taliases\ttype\tdescription\tpopularity
Q1001\tAda Quist\t\tperson\tmayor of Sandby, Norland politician\t30
Q1002\tNorland\t\tplace\tcountry of harbours and bridges around Sandby\t250
Q1003\tHarbour Board\t\torganisation\tport authority\t9
Q1004\tHarbour Board\t\torganisation\tport authority\t9
"""


@pytest.fixture
def pack(elsewhere: Path, kg: Run) -> Path:
    (elsewhere / "items.tsv").write_text(ITEMS, "utf-8")
    assert kg("wikidata", "build", "items.pack", "--from", "items.tsv").exit_code == 0
    return elsewhere / "items.pack"


@pytest.fixture
def linked(store: Path, pack: Path, kg: Run) -> Path:
    """A store whose articles are linked with the pack."""
    assert kg("link", "--pack", pack).exit_code == 0
    return store


def same_as(store: Path) -> dict[str, str]:
    with Store.open(store) as opened:
        found = opened.engine.quads_for_pattern(None, SCHEMA.sameAs, None, opened.links_graph)
        return {_name(quad.subject): _name(quad.object) for quad in found}


def _name(term: object) -> str:
    return str(term).strip("<>").rpartition("/")[2]


class TestLinking:
    def test_names_of_the_articles_are_linked(self, store: Path, pack: Path, kg: Run) -> None:
        assert same_as(store) == {}
        run = kg("link", "--pack", pack)
        assert run.exit_code == 0
        assert "2 articles linked, 2 of them with changed links" in run.stderr
        assert same_as(store) == {"ada-quist": "Q1001", "norland": "Q1002"}

    def test_what_was_linked_with_the_same_knowledge_is_left_unless_asked(
        self, linked: Path, pack: Path, kg: Run
    ) -> None:
        assert "0 articles linked" in kg("link", "--pack", pack).stderr
        assert (
            "2 articles linked, 0 of them with changed links" in kg("link", "--again", "--pack", pack).stderr
        )
        assert "2 articles linked, 2 of them with changed links" in kg("link").stderr
        assert same_as(linked) == {}

    def test_without_a_store_it_says_so(self, kg: Run) -> None:
        run = kg("link")
        assert run.exit_code == 2
        assert "there is no store" in run.stderr

    def test_packs_come_from_the_settings_too(self, store: Path, pack: Path, kg: Run) -> None:
        Path("kg.toml").write_text(f'packs = ["{pack}"]\n', "utf-8")
        assert kg("link", "--config", "kg.toml").exit_code == 0
        assert same_as(store)["ada-quist"] == "Q1001"


class TestReview:
    @pytest.mark.usefixtures("linked")
    def test_doubts_are_listed_with_what_they_may_be(self, kg: Run) -> None:
        run = kg("link", "review")
        assert run.exit_code == 0
        assert run.stdout.startswith("Harbour Board (organisation), worth ")
        assert "Q1003" in run.stdout
        assert "Q1004" in run.stdout

    @pytest.mark.usefixtures("store")
    def test_without_doubts_it_says_so(self, kg: Run) -> None:
        assert kg("link", "review").stdout == "no link is doubtful\n"

    def test_an_accepted_item_is_linked_at_once_and_for_good(self, linked: Path, pack: Path, kg: Run) -> None:
        run = kg("link", "review", "--accept", "Harbour Board=Q1004", "--pack", pack)
        assert run.exit_code == 0
        assert same_as(linked)["harbour-board"] == "Q1004"
        kg("link", "--again", "--pack", pack)
        assert same_as(linked)["harbour-board"] == "Q1004"
        assert kg("link", "review").stdout == "no link is doubtful\n"

    def test_never_takes_a_link_back(self, linked: Path, pack: Path, kg: Run) -> None:
        assert kg("link", "review", "--never", "Ada Quist", "--pack", pack).exit_code == 0
        assert "ada-quist" not in same_as(linked)
        with Store.open(linked) as opened:
            methods = opened.engine.quads_for_pattern(None, KG.method, None, opened.links_graph)
            assert '"user"' in {str(quad.object) for quad in methods}

    def test_a_rejected_item_leaves_the_other(self, linked: Path, pack: Path, kg: Run) -> None:
        kg("link", "review", "--reject", "Harbour Board=Q1003", "--pack", pack)
        assert same_as(linked)["harbour-board"] == "Q1004"

    def test_decisions_travel_through_a_table(self, linked: Path, pack: Path, kg: Run) -> None:
        assert kg("link", "review", "--format", "csv", "-o", "doubts.csv").exit_code == 0
        rows = list(csv.DictReader(io.StringIO(Path("doubts.csv").read_text("utf-8"))))
        assert [row["qid"] for row in rows] == ["Q1003", "Q1004"]
        rows[1]["decision"] = "accept"
        with Path("doubts.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, list(rows[0]))
            writer.writeheader()
            writer.writerows(rows)
        assert kg("link", "review", "--from", "doubts.csv", "--pack", pack).exit_code == 0
        assert same_as(linked)["harbour-board"] == "Q1004"
        assert "Harbour Board" in (linked / FILE_NAME).read_text("utf-8")

    def test_other_packs_than_before_are_refused_and_nothing_is_decided(self, linked: Path, kg: Run) -> None:
        run = kg("link", "review", "--never", "Ada Quist")
        assert run.exit_code == 2
        assert "name the same packs" in run.stderr
        assert not (linked / FILE_NAME).exists()

    @pytest.mark.parametrize(
        ("arguments", "said"),
        [
            (["--accept", "Harbour Board"], "must be a name and an item"),
            (["--from", "none.csv"], "cannot be read"),
            (["--from", "empty.csv"], "no row has a decision"),
            (["--from", "other.csv"], "the column 'decision' is missing"),
            (["--from", "wrong.csv"], "wrong.csv:2: decision 'perhaps' is not one of"),
            (["--format", "xml"], "known are table, csv"),
        ],
    )
    @pytest.mark.usefixtures("linked")
    def test_what_is_no_decision_is_refused(self, kg: Run, arguments: list[str], said: str) -> None:
        Path("empty.csv").write_text("decision,name,type,qid\n,Ann,,Q1\n", "utf-8")
        Path("other.csv").write_text("name,qid\nAnn,Q1\n", "utf-8")
        Path("wrong.csv").write_text("decision,name,type,qid\nperhaps,Ann,,Q1\n", "utf-8")
        run = kg("link", "review", *arguments)
        assert run.exit_code == 2
        assert said in run.stderr


class TestExplain:
    @pytest.mark.usefixtures("linked")
    def test_it_shows_candidates_and_what_speaks_for_them(self, pack: Path, kg: Run) -> None:
        run = kg("link", "explain", "harbour board", "--pack", pack)
        assert run.exit_code == 0
        assert "candidate by model" in run.stdout
        assert "Q1003 Harbour Board [items: label 'Harbour Board']" in run.stdout
        assert "port authority" in run.stdout
        assert "none of them: nil 1 ×" in run.stdout

    @pytest.mark.usefixtures("linked")
    def test_an_iri_will_do(self, pack: Path, kg: Run) -> None:
        assert "accepted by model" in kg("link", "explain", "actor/ada-quist", "--pack", pack).stdout

    @pytest.mark.usefixtures("linked")
    def test_a_name_that_no_article_has_is_refused(self, kg: Run) -> None:
        run = kg("link", "explain", "Nobody")
        assert run.exit_code == 2
        assert "no article names 'Nobody'" in run.stderr
