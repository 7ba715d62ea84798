"""``kg build`` as people run it: with the real model, in processes of its own, stopped by real signals."""

from __future__ import annotations

import gzip
import json
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from kg.store.local import Store
from tests.cli.conftest import Run, finish, start

pytestmark = pytest.mark.model

NAMES = ("Ada Quist", "Tom Berg", "Rosa Lind", "Paul Okoro")


def news(file: Path, count: int, sentences: int = 4) -> Path:
    """Write ``count`` short articles to a JSONL file."""
    lines = []
    for number in range(count):
        said = " ".join(
            f"Mayor {NAMES[(number + turn) % 4]} said on Monday that plan {number} would be put to a vote."
            for turn in range(sentences)
        )
        lines.append(
            json.dumps({"title": f"Plan {number} is put to a vote", "text": said, "published": "2024-05-14"})
        )
    file.write_text("\n".join(lines) + "\n")
    return file


def test_articles_become_a_graph_and_are_not_built_twice(kg: Run, elsewhere: Path) -> None:
    file = news(elsewhere / "news.jsonl", 5)
    run = kg("build", file)
    assert run.exit_code == 0
    assert run.stdout == ""
    assert run.stderr.startswith("5 articles built, 0 unchanged, 0 replaced, 0 failed; ")
    assert (
        kg("query", "-e", "ASK { ?s a kg:Statement ; kg:speaker actor:ada-quist }", "--format", "csv").stdout
        == "true\n"
    )
    assert kg("build", file).stderr.startswith(
        "0 articles built, 5 unchanged, 0 replaced, 0 failed; 0 triples in "
    )


def test_the_same_articles_give_the_same_bytes(kg: Run, elsewhere: Path) -> None:
    file = news(elsewhere / "news.jsonl", 4)
    backwards = elsewhere / "backwards.jsonl.gz"
    backwards.write_bytes(
        gzip.compress("".join(reversed(file.read_text().splitlines(keepends=True))).encode())
    )
    exports = set()
    for store, source in (("a", file), ("b", backwards)):
        kg("build", source, "--store", store)
        exports.add(kg("export", "--store", store).stdout)
    assert len(exports) == 1
    assert "kg:Statement" in exports.pop()


def test_what_the_graph_holds_conforms_to_the_shapes(kg: Run, elsewhere: Path) -> None:
    kg("build", news(elsewhere / "news.jsonl", 2))
    assert kg("validate").exit_code == 0


def test_what_fails_is_listed_and_counts_with_strict(kg: Run, elsewhere: Path) -> None:
    (elsewhere / "empty.txt").write_text("")
    file = news(elsewhere / "news.jsonl", 1)
    file.write_text(file.read_text() + '{"title": "cut off')
    for strict, status in (([], 0), (["--strict"], 1)):
        run = kg("build", elsewhere, *strict)
        assert run.exit_code == status
        assert [line.partition(": ")[0] for line in run.stderr.splitlines()[:-1]] == ["failed", "failed"]
        assert f"{file}:2" in run.stderr
        assert str(elsewhere / "empty.txt") in run.stderr
        assert ", 2 failed; " in run.stderr.splitlines()[-1]


def test_standard_input(kg: Run, elsewhere: Path) -> None:
    run = kg("build", "-", stdin=news(elsewhere / "news.jsonl", 2).read_bytes())
    assert run.stderr.startswith("2 articles built")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["none.txt"], "none.txt"),
        (["{file}", "--model", "xx_none"], "no spaCy pipeline 'xx_none' is installed"),
        (["{file}", "--workers", "0"], "--workers"),
        (["{file}", "--base", "nonsense"], "base: 'nonsense' must be an absolute IRI"),
        ([], "SOURCE"),
    ],
)
def test_what_stops_it_is_said_and_no_store_is_made(
    kg: Run, elsewhere: Path, arguments: list[str], said: str
) -> None:
    file = news(elsewhere / "news.jsonl", 1)
    run = kg("build", *(argument.format(file=file) for argument in arguments))
    assert run.exit_code == 2
    assert said in run.stderr
    assert not (elsewhere / "store").exists()


def test_two_workers_build_the_same_graph(kg: Run, elsewhere: Path) -> None:
    file = news(elsewhere / "news.jsonl", 40)
    assert kg("build", file, "--store", "one").exit_code == 0
    status, _, err = finish(start("build", file, "--store", "two", "--workers", "2"))
    assert status == 0, err
    assert err.startswith("40 articles built, 0 unchanged, 0 replaced, 0 failed; ")
    assert kg("export", "--store", "one").stdout == kg("export", "--store", "two").stdout


@pytest.fixture
def long_build(elsewhere: Path) -> Iterator[Callable[..., subprocess.Popen[str]]]:
    """Start a build that takes minutes, and come back when its first articles are in the store."""
    started = []

    def begin(*arguments: str) -> subprocess.Popen[str]:
        process = start("build", news(elsewhere / "long.jsonl", 5000), *arguments)
        started.append(process)
        deadline = time.monotonic() + 60
        while len(list(elsewhere.glob("store/*.sst"))) < 8:  # a batch makes one for each of Oxigraph's tables
            assert process.poll() is None, finish(process)
            assert time.monotonic() < deadline
            time.sleep(0.05)
        return process

    yield begin
    for process in started:
        process.kill()
        process.wait()


def kept_in(store: Path) -> int:
    with Store.open(store, write=True) as opened:
        return len(opened.articles())


@pytest.mark.parametrize(
    ("sent", "status", "workers"),
    [(signal.SIGINT, 130, "1"), (signal.SIGTERM, 143, "1"), (signal.SIGINT, 130, "2")],
)
def test_stopped_it_keeps_what_was_finished_and_the_next_run_goes_on(
    kg: Run,
    elsewhere: Path,
    long_build: Callable[..., subprocess.Popen[str]],
    sent: int,
    status: int,
    workers: str,
) -> None:
    process = long_build("--workers", workers)
    process.send_signal(sent)
    ended, _, err = finish(process)
    kept = kept_in(elsewhere / "store")
    assert ended == status
    assert 0 < kept < 5000
    assert err.splitlines()[-2].startswith(f"{kept:,} articles built")
    assert err.splitlines()[-1].startswith("stopped; the articles counted above are in the store")
    lines = (elsewhere / "long.jsonl").read_text().splitlines(keepends=True)
    (elsewhere / "rest.jsonl").write_text("".join(lines[: kept + 3]))
    assert kg("build", elsewhere / "rest.jsonl").stderr.startswith(f"3 articles built, {kept:,} unchanged, ")


def test_killed_it_leaves_whole_articles_and_the_next_run_goes_on(
    kg: Run, elsewhere: Path, long_build: Callable[..., subprocess.Popen[str]]
) -> None:
    process = long_build()
    process.kill()
    finish(process)
    kept = kept_in(elsewhere / "store")
    lines = (elsewhere / "long.jsonl").read_text().splitlines(keepends=True)
    (elsewhere / "rest.jsonl").write_text("".join(lines[: kept + 2]))
    assert kg("build", elsewhere / "rest.jsonl").stderr.startswith(f"2 articles built, {kept:,} unchanged, ")
    assert kg("build", elsewhere / "rest.jsonl", "--store", "again").exit_code == 0
    assert kg("export").stdout == kg("export", "--store", "again").stdout
