"""``kg remove`` and ``kg build --outdated`` as people run them."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.store.local import Store
from tests.cli.conftest import Run
from tests.graphs import article_graph, article_iri


@pytest.fixture
def three(elsewhere: Path) -> Path:
    """A store of three articles, in the folder that commands use by default."""
    with Store.open(elsewhere / "store", create=True) as store:
        store.write([article_graph(name) for name in ("flood-1", "flood-2", "vote-1")])
    return elsewhere / "store"


def articles(store: Path) -> list[str]:
    with Store.open(store) as opened:
        return opened.articles()


def test_an_article_is_removed_by_a_part_of_its_iri(kg: Run, three: Path) -> None:
    run = kg("remove", "vote", article_iri("flood-1"))
    assert run.exit_code == 0
    assert run.stdout.splitlines() == [article_iri("vote-1"), article_iri("flood-1")]
    assert run.stderr == "2 articles removed\n"
    assert articles(three) == [article_iri("flood-2")]


@pytest.mark.parametrize(
    ("name", "reason"),
    [("flood", "flood: 2 articles have that in their IRI"), ("drought", "drought: no article of the store")],
)
def test_nothing_is_removed_if_one_name_is_wrong(kg: Run, three: Path, name: str, reason: str) -> None:
    run = kg("remove", "vote", name)
    assert run.exit_code == 2
    assert run.stderr.startswith(f"kg: {reason}")
    assert len(articles(three)) == 3


def test_a_dry_run_changes_nothing(kg: Run, three: Path) -> None:
    run = kg("remove", "--dry-run", "vote")
    assert run.stdout == article_iri("vote-1") + "\n"
    assert run.stderr == "1 article would be removed\n"
    assert len(articles(three)) == 3


def test_sources_and_outdated_exclude_each_other(kg: Run) -> None:
    for arguments in ((), ("news.txt", "--outdated")):
        run = kg("build", *arguments)
        assert run.exit_code == 2
        assert "either SOURCE... or --outdated" in run.stderr


def test_a_build_names_the_outdated_articles_of_the_store(kg: Run, three: Path, elsewhere: Path) -> None:
    assert len(articles(three)) == 3
    (elsewhere / "port.txt").write_text("The mayor said the port would close.\n")
    run = kg("build", "port.txt")
    assert "1 articles built" in run.stderr
    assert "3 other articles of the store were built by another version" in run.stderr
    assert "kg build --outdated --store store" in run.stderr
