"""``kg wikidata``: build, show, verify."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kg.linking.packs import Pack
from tests.cli.conftest import Run
from tests.linking.entities import dump, entity


def test_a_pack_is_built_from_a_table_and_asked(kg: Run, elsewhere: Path) -> None:
    (elsewhere / "ships.tsv").write_text("qid\tlabel\ttype\tsitelinks\nQ1\tAurora\twork\t31\n")
    built = kg("wikidata", "build", "ships.pack", "--from", "ships.tsv", "--date", "2026-03-04")
    assert built.exit_code == 0, built.output
    assert json.loads(built.stdout)["items"] == 1
    shown = kg("wikidata", "show", "aurora", "--pack", "ships.pack", "--type", "work")
    assert shown.stdout == "Q1\tAurora\twork\tfolded\tships\t31\t\n"


def test_a_pack_is_built_from_a_dump(kg: Run, elsewhere: Path) -> None:
    people = (entity("Q1", "Anna Smit", P31="Q5"), entity("Q2", "Newport", P31="Q17334923"))
    (elsewhere / "d.json").write_bytes(dump(*people))
    built = kg("wikidata", "build", "d.pack", "--from", "d.json", "--types", "person", "--name", "people")
    assert built.exit_code == 0, built.output
    with Pack.open(elsewhere / "d.pack") as pack:
        assert pack.name == "people"
        assert pack.manifest["filter"] == {"types": ["person"], "countries": [], "sitelinks": 3}
        assert [hit.item.qid for hit in (*pack.find("Anna Smit"), *pack.find("Newport"))] == ["Q1"]
    assert sorted(path.name for path in elsewhere.iterdir()) == ["d.json", "d.pack"]


def test_the_embedded_knowledge_base_is_shown(kg: Run) -> None:
    shown = kg("wikidata", "show", "Valery Gerasimov")
    assert shown.stdout.startswith("Q36073\tValery Gerasimov\tperson\tlabel\tembedded\t")
    nothing = kg("wikidata", "show", "Nobody At All")
    assert (nothing.exit_code, nothing.stdout) == (1, "")
    assert "no item has the name 'Nobody At All' in embedded" in nothing.stderr


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("build", "p"), "either --from FILE or --endpoint URL"),
        (("build", "p", "--from", "a.tsv", "--endpoint", "http://x"), "either --from FILE or --endpoint URL"),
        (("build", "p", "--from", "a.tsv"), "a.tsv: there is no such file"),
        (("build", "p", "--from", "d.json"), "has no item that fits"),
        (("build", "p", "--from", "d.json", "--types", "ship"), "--types: 'ship' is not known"),
        (("build", "p", "--endpoint", "http://x"), "your mail address or web page is needed"),
        (("build", "p", "--endpoint", "http://x", "--contact", "me@x.org"), "--endpoint needs --query FILE"),
        (
            ("build", "p", "--endpoint", "http://x", "--contact", "m@x.org", "--query", "q"),
            "q: cannot be read",
        ),
        (("show", "A", "--type", "ship"), "--type: 'ship' is not known"),
        (("show", "A", "--pack", "p"), "p: there is no such pack"),
        (("verify",), "your mail address or web page is needed"),
    ],
)
def test_what_is_wrong_is_told(kg: Run, elsewhere: Path, arguments: tuple[str, ...], message: str) -> None:
    (elsewhere / "d.json").write_text("[\n]\n")
    result = kg("wikidata", *arguments)
    assert result.exit_code == 2
    assert message in result.stderr


def test_verify_tells_that_there_is_no_network(kg: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.linking.live.service.ATTEMPTS", 1)
    result = kg("wikidata", "verify", "--contact", "me@x.org", "--api", "http://127.0.0.1:9/w/api.php")
    assert result.exit_code == 2
    assert "cannot be reached" in result.stderr
