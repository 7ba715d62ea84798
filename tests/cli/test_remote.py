"""The command line with a store that is served."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.config import load_config
from kg.store.local import Store
from kg.store.opening import open_store
from tests.cli.conftest import Run
from tests.server.served import TOKEN, Served, serving
from tests.store.remote.test_store import quads

ROOT = Path(__file__).parents[2]


@pytest.fixture
def served(elsewhere: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Served]:
    Store.open(elsewhere / "served", create=True).close()
    with serving(elsewhere / "served") as server:
        monkeypatch.setenv("KG_TOKEN", TOKEN)
        monkeypatch.setenv("KG_STORE", server.url)
        yield server


def test_a_graph_grows_while_it_is_served(served: Served, elsewhere: Path, kg: Run) -> None:
    seeds = sorted((ROOT / "seeds").glob("0*"))
    run = kg("build", *seeds[:2])
    assert run.exit_code == 0, run.output
    assert served.select("SELECT (COUNT(*) AS ?n) { ?a a <https://schema.org/NewsArticle> }")[1] == ["2"]
    run = kg("build", *seeds)
    assert "2 unchanged" in run.stderr
    assert kg("build", *seeds, "--store", "folder").exit_code == 0
    config = load_config()
    with Store.open(elsewhere / "folder") as folder, open_store(config.store, config) as grown:
        assert quads(grown) == quads(folder)


@pytest.mark.usefixtures("served")
def test_commands_that_read_take_an_address(kg: Run) -> None:
    assert kg("build", ROOT / "seeds" / "003_flood.md").exit_code == 0
    assert "articles" in kg("stats").stdout
    assert kg("query", "-e", "SELECT ?s { ?s a kg:Statement } LIMIT 1").stdout.count("\n") >= 1
    assert kg("query", "what-has-someone-said").exit_code == 0
    assert "@prefix" in kg("export").stdout
    assert kg("validate").exit_code == 0
    assert "said" in kg("explain", "flood").stdout
    malformed = kg("query", "-e", "SELECT WHERE")
    assert malformed.exit_code == 2


def test_links_are_made_again_and_decided_on(served: Served, elsewhere: Path, kg: Run) -> None:
    assert kg("build", ROOT / "seeds" / "000_fe98496fdf69faaa.txt", "--no-link").exit_code == 0
    assert kg("link").exit_code == 0
    item = "?s <https://schema.org/sameAs> <http://www.wikidata.org/entity/Q159>"
    assert served.select(f"SELECT ?s {{ {item} }}")[1:] != []
    assert kg("link", "review", "--never", "Russia").exit_code == 0
    assert served.select(f"SELECT ?s {{ {item} }}")[1:] == []
    assert (elsewhere / "link-decisions.tsv").exists()
    assert "Russia" in kg("link", "explain", "Russia").stdout


def test_what_is_served_cannot_be_served_again(served: Served, kg: Run) -> None:
    run = kg("serve", "--store", served.url)
    assert run.exit_code == 2
    assert "is served already" in run.stderr


def test_a_server_that_is_not_there_is_named(kg: Run) -> None:
    run = kg("build", ROOT / "seeds" / "003_flood.md", "--store", "http://127.0.0.1:9")
    assert run.exit_code == 2
    assert "http://127.0.0.1:9/sparql: cannot be reached" in run.stderr
