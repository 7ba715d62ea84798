"""Linking with a live service from the command line."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.rdf.vocab import KG
from kg.store.local import Store
from tests.cli.conftest import Run
from tests.cli.test_link import same_as
from tests.linking.entities import entity
from tests.linking.live.wikibase import Server, broken, serving

QUIST = entity("Q1001", "Ada Quist", sitelinks=60, P31="Q5", P39="Q80", P27="Q90")
QUIST["descriptions"]["en"]["value"] = "mayor of Sandby, Norland politician of the harbour bridge"


@pytest.fixture
def wikibase(elsewhere: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    with serving() as server:
        server.items["Q1001"] = QUIST
        monkeypatch.setenv("KG_LIVE_URL", server.address)
        monkeypatch.setenv("KG_LIVE_PAUSE", "0")
        monkeypatch.setenv("KG_LIVE_CACHE", str(elsewhere / "answers" / "live.sqlite"))
        yield server


def degraded(store: Path) -> int:
    with Store.open(store) as opened:
        found = opened.engine.quads_for_pattern(None, KG.degraded, None, opened.links_graph)
        return len(list(found))


def test_nothing_is_asked_without_a_contact(wikibase: Server, store: Path, kg: Run) -> None:
    run = kg("link", "--live", "--store", store)
    assert run.exit_code == 2
    assert "KG_CONTACT" in run.stderr
    assert wikibase.asked == []


def test_names_of_a_store_are_linked_live(wikibase: Server, store: Path, kg: Run) -> None:
    assert kg("link", "--live", "--contact", "me@x.org", "--store", store).exit_code == 0
    assert same_as(store)["ada-quist"] == "Q1001"
    asked = len(wikibase.asked)
    again = kg("link", "--live", "--contact", "me@x.org", "--store", store)
    assert "0 articles linked" in again.stderr
    assert len(wikibase.asked) == asked


def test_a_service_that_fails_loses_nothing_and_is_asked_again_by_the_next_run(
    wikibase: Server, store: Path, kg: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kg.linking.live.service.ATTEMPTS", 1)
    wikibase.always = broken
    run = kg("link", "--live", "--contact", "me@x.org", "--store", store)
    assert run.exit_code == 0
    assert run.stderr.count("marked degraded") == 1
    assert len(wikibase.asked) == 1
    assert same_as(store) == {}
    wikibase.always = None
    kg("link", "--live", "--contact", "me@x.org", "--store", store)
    assert same_as(store)["ada-quist"] == "Q1001"
    assert degraded(store) == 0


@pytest.mark.parametrize("workers", [1, 2])
def test_a_build_links_live_one_request_at_a_time(
    wikibase: Server, elsewhere: Path, kg: Run, workers: int
) -> None:
    for number in range(4):
        text = f"Mayor Ada Quist of Sandby, Norland, said report {number} on the harbour bridge was wrong.\n"
        (elsewhere / f"{number}.txt").write_text(f"Report {number}\n\n{text * 3}", "utf-8")
    run = kg(
        "build", *elsewhere.glob("*.txt"), "--link", "live", "--contact", "me@x.org", "--workers", workers
    )
    assert run.exit_code == 0, run.stderr
    assert same_as(elsewhere / "store")["ada-quist"] == "Q1001"
    assert wikibase.most_busy == 1
    assert len({tuple(sorted(one.items())) for one in wikibase.asked}) == len(wikibase.asked)


def test_a_build_goes_on_without_the_service(
    wikibase: Server, elsewhere: Path, kg: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kg.linking.live.service.ATTEMPTS", 1)
    wikibase.always = broken
    (elsewhere / "a.txt").write_text(
        "Talks\n\nMayor Ada Quist said on Monday that Russia had agreed.\n", "utf-8"
    )
    run = kg("build", "a.txt", "--link", "live", "--contact", "me@x.org")
    assert run.exit_code == 0
    assert "marked degraded" in run.stderr
    assert same_as(elsewhere / "store") == {"russia": "Q159"}
