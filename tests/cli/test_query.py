"""``kg query``: where the query comes from, and what comes out."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Run

NAMES = "SELECT ?name { ?a a schema:Person ; rdfs:label ?name } ORDER BY ?name"
FOUND = ["Ada Quist", "Person 0", "Person 1", "Person 2"]

pytestmark = pytest.mark.usefixtures("store")


class TestWhereFrom:
    def test_text_file_and_standard_input_are_the_same(self, kg: Run) -> None:
        Path("names.rq").write_text(NAMES)
        Path("names.sparql").write_text(NAMES)
        outputs = {
            kg("query", "-e", NAMES).stdout,
            kg("query", "names.rq").stdout,
            kg("query", "names.sparql").stdout,
            kg("query", "-", stdin=NAMES).stdout,
        }
        assert outputs == {"?name\n" + "".join(f'"{name}"@en\n' for name in FOUND)}

    def test_a_question_by_name_with_a_parameter(self, kg: Run) -> None:
        run = kg("query", "what-has-someone-said", "--param", "actor=Ada Quist", "--format", "json")
        assert run.exit_code == 0
        contents = {row["content"]["value"] for row in json.loads(run.stdout)["results"]["bindings"]}
        assert contents == {"the bridge would stay closed", "hold talks in Sandby"}

    def test_the_questions_are_listed_with_their_parameters(self, kg: Run) -> None:
        run = kg("query", "--list", "--store", "none needed")
        assert run.exit_code == 0
        assert "what-has-someone-said\n    " in run.stdout
        assert "    --param actor=" in run.stdout

    def test_neither_or_both_is_a_usage_error(self, kg: Run) -> None:
        for arguments in (["query"], ["query", "names.rq", "-e", NAMES]):
            run = kg(*arguments)
            assert run.exit_code == 2
            assert "give one of" in run.stderr

    def test_an_unknown_question_or_parameter_names_the_nearest(self, kg: Run) -> None:
        run = kg("query", "what-has-someone-sad")
        assert run.exit_code == 2
        assert "what-has-someone-said" in run.stderr
        run = kg("query", "what-has-someone-said", "--param", "actr=x")
        assert run.exit_code == 2
        assert "actor" in run.stderr

    def test_parameters_are_for_named_questions(self, kg: Run) -> None:
        run = kg("query", "-e", NAMES, "--param", "actor=x")
        assert run.exit_code == 2
        assert "only named questions have parameters" in run.stderr
        run = kg("query", "what-has-someone-said", "--param", "actor")
        assert run.exit_code == 2
        assert "'actor' is not of the form name=value" in run.stderr

    def test_a_missing_file_is_named(self, kg: Run) -> None:
        run = kg("query", "none.rq")
        assert run.exit_code == 2
        assert "none.rq: cannot be read" in run.stderr


class TestWhatComesOut:
    def test_a_table_is_as_wide_as_it_needs_to_be(self, kg: Run) -> None:
        query = (
            "SELECT ?actor ?rule { ?actor a kg:Organisation ; kg:rule ?rule . OPTIONAL { ?actor kg:no ?no } }"
        )
        run = kg("query", "-e", query, "--format", "table")
        lines = [line.rstrip() for line in run.stdout.splitlines()]
        assert lines[0].split() == ["actor", "rule"]
        assert lines[2:] == ["actor:harbour-board   name", "1 row"]

    def test_a_table_of_ask_is_yes_or_no(self, kg: Run) -> None:
        run = kg("query", "-e", "ASK { ?s a kg:Proposal }", "--format", "table")
        assert (run.stdout, run.exit_code) == ("yes\n", 0)
        run = kg("query", "-e", "ASK { ?s a kg:Nothing }", "--format", "table")
        assert (run.stdout, run.exit_code) == ("no\n", 0)

    def test_graphs_come_as_turtle(self, kg: Run) -> None:
        run = kg("query", "-e", "DESCRIBE actor:harbour-board")
        assert "actor:harbour-board a kg:Actor , kg:Organisation ;" in run.stdout

    def test_a_format_that_does_not_fit_names_those_that_do(self, kg: Run) -> None:
        run = kg("query", "-e", NAMES, "--format", "turtle")
        assert (run.exit_code, run.stdout) == (2, "")
        assert "these do: json, xml, csv, tsv, table" in run.stderr

    def test_to_a_file(self, kg: Run) -> None:
        run = kg("query", "-e", NAMES, "--format", "csv", "-o", "names.csv")
        assert (run.exit_code, run.stdout) == (0, "")
        assert Path("names.csv").read_bytes().decode().split("\r\n") == ["name", *FOUND, ""]

    def test_a_syntax_error_is_shown_where_it_is(self, kg: Run) -> None:
        run = kg("query", "-e", "SELECT ?x WHERE {\n  ?x a kg:Actor ;;\n  foo:bar 1 }")
        assert run.exit_code == 2
        assert "line 3, column 3: the prefix of foo:bar is not declared" in run.stderr
        assert run.stderr.endswith("      foo:bar 1 }\n      ^\n")

    def test_an_update_is_refused(self, kg: Run) -> None:
        run = kg("query", "-e", "DELETE WHERE { ?s ?p ?o }")
        assert run.exit_code == 2
        assert "this is an update (DELETE), not a query" in run.stderr
