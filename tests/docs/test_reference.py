"""The reference says what the code says, and leaves nothing out."""

from __future__ import annotations

import dataclasses
import re

import pytest

from docs.generate.__main__ import PAGES, REFERENCE, main, outdated
from docs.generate.cli import commands
from kg.config import Config
from kg.graph import Graph
from kg.query.questions import list_questions
from kg.resources import ontology_folder


def page(name: str) -> str:
    return (REFERENCE / name).read_text("utf-8")


def test_the_pages_are_current(capsys: pytest.CaptureFixture[str]) -> None:
    assert outdated() == [], "run make reference"
    assert main(["--check"]) == 0
    assert capsys.readouterr().err == ""


def test_an_outdated_page_is_named(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(PAGES, "cli.md", lambda: "something else")
    assert main(["--check"]) == 1
    assert capsys.readouterr().err == "outdated in docs/reference/: cli.md; run make reference\n"


def test_no_page_is_left_over() -> None:
    assert {path.name for path in REFERENCE.iterdir()} == set(PAGES)


def test_every_command_and_option_stands_there() -> None:
    names = [name for name, _ in commands()]
    assert {"kg build", "kg link review", "kg wikidata build"} <= set(names)
    for name, command in commands():
        section = re.search(rf"^#+ {name}\n(.*?)(?=^#|\Z)", page("cli.md"), re.MULTILINE | re.DOTALL)
        assert section, name
        for option in command.params:
            if option.param_type_name == "option" and option.name != "help":
                assert max(option.opts, key=len) in section[1], (name, option.name)


def test_every_setting_has_its_default_and_a_meaning() -> None:
    rows = dict(re.findall(r"^\| `(\w+)` \| `([^`]*)` \| \S", page("settings.md"), re.MULTILINE))
    assert rows == {
        one.name: "none" if one.default in ("", ()) else str(one.default)
        for one in dataclasses.fields(Config)
    }


def test_every_term_stands_in_the_ontology() -> None:
    text = (ontology_folder() / "kg.ttl").read_text("utf-8")
    terms = re.findall(r"^kg:(\w+) a (?!skos:ConceptScheme)", text, re.MULTILINE)
    assert len(terms) > 60
    assert [
        term for term in terms if not re.search(rf"^\| `kg:{term}` \| \w", page("ontology.md"), re.MULTILINE)
    ] == []


def test_every_question_stands_there_with_its_parameters() -> None:
    for question in list_questions():
        assert f"## {question.name}\n\n**{question.title}**" in page("questions.md")
        for parameter in question.parameters:
            assert f"| `{parameter.name}` |" in page("questions.md")


def test_every_public_method_of_the_graph_stands_there() -> None:
    names = [name for name in vars(Graph) if not name.startswith("_")]
    assert len(names) >= 10
    assert [name for name in names if f"### Graph.{name}\n" not in page("python.md")] == []
