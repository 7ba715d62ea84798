"""The commands that show what a store holds: ``export``, ``stats``, ``explain``, ``validate``."""

from __future__ import annotations

import json
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.store.local import Store
from tests.cli.conftest import Run
from tests.graphs import article_iri
from tests.sample import IRI

pytestmark = pytest.mark.usefixtures("store")


class TestExport:
    def test_all_as_turtle(self, kg: Run) -> None:
        run = kg("export")
        assert run.exit_code == 0
        assert run.stdout.startswith("@prefix kg: <https://w3id.org/communique#> .\n")
        assert "actor:ada-quist a kg:Actor , schema:Person ;" in run.stdout
        assert "graph/runs" not in run.stdout

    def test_one_article_by_a_part_of_its_name_to_a_file(self, kg: Run) -> None:
        run = kg("export", "--article", "bridge-to-stay", "--format", "nquads", "-o", "bridge.nq")
        assert (run.exit_code, run.stdout) == (0, "")
        parsed = list(ox.parse(path="bridge.nq"))
        assert {quad.graph_name.value for quad in parsed} == {IRI}

    def test_everything(self, kg: Run) -> None:
        run = kg("export", "--all", "--format", "trig")
        assert "<https://w3id.org/communique/graph/ontology> {" in run.stdout
        assert "<https://w3id.org/communique/graph/runs> {" in run.stdout

    @pytest.mark.parametrize(
        ("option", "value", "said"),
        [
            ("--format", "ttl", "'ttl' is not known; known are turtle"),
            ("--article", "nobody", "no article of the store"),
            ("--output", "none/x.ttl", "none/x.ttl: cannot be written"),
        ],
    )
    def test_what_is_wrong_is_said(self, kg: Run, option: str, value: str, said: str) -> None:
        run = kg("export", option, value)
        assert (run.exit_code, run.stdout) == (2, "")
        assert said in run.stderr


class TestStats:
    def test_as_lines(self, kg: Run) -> None:
        lines = [line.split() for line in kg("stats", "--top", "1").stdout.splitlines()]
        assert ["2", "articles"] in lines
        assert ["1", "proposals"] in lines
        assert ["1", "request"] in lines

    def test_as_json(self, kg: Run) -> None:
        counts = json.loads(kg("stats", "--format", "json").stdout)
        assert counts["articles"] == 2
        assert counts["values"]["events by status"] == {"not-occurred": 1, "proposed": 1}

    def test_the_articles(self, kg: Run) -> None:
        lines = kg("stats", "--articles").stdout.splitlines()
        assert lines == [
            f"{IRI}\t2024-05-14\tBridge to stay closed",
            f"{article_iri('other')}\t\tNews of other",
        ]
        assert json.loads(kg("stats", "--articles", "--format", "json").stdout)[0]["iri"] == IRI

    def test_an_unknown_format_is_named(self, kg: Run) -> None:
        assert kg("stats", "--format", "xml").exit_code == 2


class TestExplain:
    def test_an_article_of_the_store(self, kg: Run) -> None:
        run = kg("explain", "bridge-to-stay")
        assert run.exit_code == 0
        assert "[Ada Quist] _told_ [Norland]" in run.stdout
        assert "proposal: urge" in run.stdout
        assert "object-infinitive" in run.stdout

    def test_none_of_that_name(self, kg: Run) -> None:
        run = kg("explain", "nobody")
        assert run.exit_code == 2
        assert "no article of the store has this in its IRI" in run.stderr


class TestValidate:
    def test_what_conforms(self, kg: Run) -> None:
        run = kg("validate", "--article", "bridge-to-stay")
        assert (run.exit_code, run.stdout) == (0, "")
        assert run.stderr == "1 articles checked, 0 violations\n"

    def test_what_does_not_is_said_in_words(self, kg: Run, store: Path) -> None:
        with Store.open(store, write=True) as opened:
            status = ox.NamedNode("https://w3id.org/communique#status")
            for quad in opened.engine.quads_for_pattern(None, status, ox.Literal("proposed"), None):
                opened.engine.remove(quad)
        run = kg("validate", "--article", IRI)
        assert run.exit_code == 1
        assert "talks in Sandby" in run.stdout
        assert "kg:status" in run.stdout
