"""The pipeline, an extractor standing in for the real one: what is counted, reported, kept and bounded."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from kg.build.batch_extraction import Failed, failure
from kg.build.pipeline import COMPACT_FROM, build, fingerprint, rebuild_outdated
from kg.build.processes import Crash
from kg.build.report import BuildInterrupted, Report
from kg.build.writer import WRITE_ARTICLES
from kg.config import Config
from kg.errors import ArticleError, StoreError
from kg.records import Article, Extraction
from kg.sources import Location, find_locations
from kg.store.local import ArticleGraph, Store
from tests.graphs import article_graph, article_iri

PARSED: list[str] = []


def fake_extraction(articles: Sequence[Article], _model: str) -> Iterator[Extraction | Failed]:
    """Finds one sentence in each article; fails on "boom"; is interrupted by "stop"."""
    for article in articles:
        PARSED.append(article.text)
        if "stop" in article.text:
            raise KeyboardInterrupt
        if "boom" in article.text:
            yield failure(article.origin, _raised(IndexError("list index out of range")))
        else:
            yield Extraction(article, ((0, len(article.text)),))


def _raised(error: Exception) -> Exception:
    try:
        raise error
    except Exception as raised:
        return raised


@pytest.fixture(autouse=True)
def extractor(monkeypatch: pytest.MonkeyPatch) -> None:
    PARSED.clear()
    monkeypatch.setattr("kg.build.pipeline.extract_each", fake_extraction)
    use_version(monkeypatch, "1")


def use_version(monkeypatch: pytest.MonkeyPatch, version: str) -> None:
    """Let the pipeline run as if the program had this version."""
    monkeypatch.setattr("kg.build.pipeline.current_run", lambda model, base: f"{base}run/{version}-{model}")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "store", create=True) as store:
        yield store


def news(file: Path, *texts: str, **fields: str) -> Path:
    """A JSONL file with an article for each text, in English words enough to be taken for such."""
    lines = [
        json.dumps(
            {
                "title": f"{text} headline",
                "text": f"The minister said that {text} was good.",
                "language": "en",
            }
            | fields
        )
        for text in texts
    ]
    file.write_text("\n".join(lines) + "\n", "utf-8")
    return file


def run(store: Store, *files: Path, **settings: object) -> Report:
    config = dataclasses.replace(Config(), **settings)  # type: ignore[arg-type]
    return build(find_locations([str(file) for file in files]), store, config)


def articles_of(store: Store) -> str:
    """The quads of the articles, one a line, in a stable order."""
    return "\n".join(sorted(str(quad) for quad in store.engine if quad.graph_name not in store.own_graphs))


def test_each_article_is_built_once(store: Store, tmp_path: Path) -> None:
    file = news(tmp_path / "a.jsonl", "one", "two", "three")
    report = run(store, file)
    assert (report.built, report.unchanged, report.replaced, report.failed) == (3, 0, 0, [])
    assert len(store.articles()) == 3
    articles = [quad for quad in store.engine if quad.graph_name not in store.own_graphs]
    assert report.triples == len(articles)


def test_an_unchanged_article_is_neither_parsed_nor_written(store: Store, tmp_path: Path) -> None:
    file = news(tmp_path / "a.jsonl", "one", "two")
    run(store, file)
    before, parsed = set(store.engine), len(PARSED)
    report = run(store, file)
    assert (report.built, report.unchanged, report.replaced, report.triples) == (0, 2, 0, 0)
    assert len(PARSED) == parsed
    assert set(store.engine) == before


@pytest.mark.parametrize("change", [{"author": "Ann Smith"}, {"published": "2024-05-01"}])
def test_other_metadata_replace_the_article(store: Store, tmp_path: Path, change: dict[str, str]) -> None:
    run(store, news(tmp_path / "a.jsonl", "one", "two"))
    report = run(store, news(tmp_path / "a.jsonl", "one", "two", **change))
    assert (report.built, report.unchanged, report.replaced) == (0, 0, 2)
    assert len(store.articles()) == 2


def test_a_new_text_under_the_same_address_replaces_the_article(store: Store, tmp_path: Path) -> None:
    address = {"url": "https://example.org/1", "title": "One headline"}
    run(store, news(tmp_path / "a.jsonl", "one", **address))
    report = run(store, news(tmp_path / "b.jsonl", "another", **address))
    assert (report.built, report.replaced) == (0, 1)
    assert len(store.articles()) == 1


def test_another_version_of_the_program_or_model_builds_again(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = news(tmp_path / "a.jsonl", "one")
    run(store, file)
    assert run(store, file, model="other").replaced == 1
    use_version(monkeypatch, "2")
    assert run(store, file, model="other").replaced == 1
    assert run(store, file, model="other").unchanged == 1


class TestOutdated:
    def test_only_articles_of_other_versions_are_rebuilt(
        self, store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        run(store, news(tmp_path / "a.jsonl", "one", "two"))
        use_version(monkeypatch, "2")
        run(store, news(tmp_path / "b.jsonl", "three"))
        PARSED.clear()
        report = rebuild_outdated(store, Config())
        assert (report.built, report.replaced, report.failed) == (0, 2, [])
        assert len(PARSED) == 2
        assert rebuild_outdated(store, Config()).replaced == 0

    def test_the_sources_then_find_their_articles_unchanged(
        self, store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        file = news(
            tmp_path / "a.jsonl",
            "one",
            author="Zoe Adler",
            published="2024-05-01T10:00:00Z",
            publisher="The Courier",
            url="https://example.org/1",
            id="c-1",
        )
        run(store, file)
        before = articles_of(store)
        use_version(monkeypatch, "2")
        rebuild_outdated(store, Config())
        assert articles_of(store) == before.replace("1-en_core", "2-en_core")
        assert run(store, file).unchanged == 1

    def test_an_article_that_fails_keeps_its_graph(
        self, store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        run(store, news(tmp_path / "a.jsonl", "one", "two"))
        before = store.articles()

        def broken(articles: Sequence[Article], _model: str) -> Iterator[Extraction | Failed]:
            for article in articles:
                yield failure(article.origin, _raised(IndexError("list index out of range")))

        monkeypatch.setattr("kg.build.pipeline.extract_each", broken)
        use_version(monkeypatch, "2")
        report = rebuild_outdated(store, Config())
        assert sorted(failed.origin for failed in report.failed) == before == store.articles()

    def test_an_article_without_text_is_reported(self, store: Store) -> None:
        graph = article_graph("bare")
        bare = ArticleGraph.pack(graph.article, "f", graph.run, (), store.base)
        store.write([bare, article_graph("odd")])
        report = rebuild_outdated(store, Config())
        assert [(failed.origin, failed.reason.partition(";")[0]) for failed in report.failed] == [
            (article_iri("bare"), "its graph holds no text"),
            (article_iri("odd"), "its IRI does not follow from its headline and text"),
        ]

    def test_progress_counts_articles(
        self, store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        run(store, news(tmp_path / "a.jsonl", "one", "two"))
        use_version(monkeypatch, "2")
        seen: list[tuple[int, int]] = []
        rebuild_outdated(store, Config(), lambda _report, position, end: seen.append((position, end)))
        assert seen[-1] == (2, 2)


def test_the_same_article_twice_in_a_run_counts_as_unchanged(store: Store, tmp_path: Path) -> None:
    report = run(store, news(tmp_path / "a.jsonl", "one", "one", "two"), news(tmp_path / "b.jsonl", "two"))
    assert (report.built, report.unchanged) == (2, 2)


def test_two_versions_of_an_article_in_a_run_leave_the_later(store: Store, tmp_path: Path) -> None:
    address = {"url": "https://example.org/1", "title": "One headline"}
    report = run(store, news(tmp_path / "a.jsonl", "one", "another", **address))
    assert (report.built, report.replaced) == (1, 1)
    (body,) = store.query("SELECT ?body WHERE { ?a schema:articleBody ?body }")  # type: ignore[misc]
    assert "another" in body["body"].value


def test_what_fails_is_named_with_its_reason_and_the_rest_goes_on(store: Store, tmp_path: Path) -> None:
    file = news(tmp_path / "a.jsonl", "one", "boom", "two")
    file.write_text(file.read_text() + "{ no json\n")
    report = run(store, file)
    assert report.built == 2
    assert [failed.origin for failed in sorted(report.failed, key=lambda failed: failed.origin)] == [
        f"{file}:2",
        f"{file}:4",
    ]
    reasons = {failed.origin: failed.reason for failed in report.failed}
    assert "IndexError: list index out of range" in reasons[f"{file}:2"]
    assert "test_pipeline.py" in reasons[f"{file}:2"]


def test_a_reader_that_breaks_costs_its_file_alone(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def breaks(item: Location, *_: object) -> Iterator[Article | ArticleError]:
        yield Article(f"The minister said {item.path}.", str(item.path), title=str(item.path))
        if item.path == tmp_path / "a.jsonl":
            raise RuntimeError("lost the thread")

    monkeypatch.setattr("kg.build.pipeline.read_location", breaks)
    report = run(store, news(tmp_path / "a.jsonl", "x"), news(tmp_path / "b.jsonl", "x"))
    assert report.built == 2
    assert [failed.origin for failed in report.failed] == [str(tmp_path / "a.jsonl")]
    assert "RuntimeError: lost the thread" in report.failed[0].reason


def test_a_failed_article_is_tried_again_in_the_next_run(store: Store, tmp_path: Path) -> None:
    file = news(tmp_path / "a.jsonl", "boom")
    assert [len(run(store, file).failed) for _ in range(2)] == [1, 1]
    assert len(PARSED) == 2


def test_a_process_that_dies_fails_the_articles_of_its_batch(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "kg.build.pipeline.in_process", lambda _job, batches: (Crash(batch) for batch in batches)
    )
    report = run(store, news(tmp_path / "a.jsonl", "one", "two"))
    assert report.built == 0
    assert ["ended without an error message" in failed.reason for failed in report.failed] == [True, True]


def test_ctrl_c_keeps_what_was_finished_and_the_next_run_goes_on(store: Store, tmp_path: Path) -> None:
    names = [f"number {number}" for number in range(40)]
    file = news(tmp_path / "a.jsonl", *names, "stop", "last")
    with pytest.raises(BuildInterrupted) as stopped:
        run(store, file)
    kept = stopped.value.report.built
    assert 0 < kept == len(store.articles()) <= 40
    news(file, *names, "last")
    report = run(store, file)
    assert (report.unchanged, report.built) == (kept, 41 - kept)


def test_a_store_that_cannot_be_written_stops_the_run_and_says_what_is_kept(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write = Store.write

    def fills_up(self: Store, graphs: Sequence[ArticleGraph]) -> list[ArticleGraph]:
        if self.articles():
            raise StoreError("the disk is full")
        return write(self, graphs)

    monkeypatch.setattr(Store, "write", fills_up)
    file = news(tmp_path / "a.jsonl", *(f"number {number}" for number in range(3 * WRITE_ARTICLES)))
    with pytest.raises(StoreError, match="the disk is full") as full:
        run(store, file)
    assert full.value.__notes__ == [f"{WRITE_ARTICLES} articles were written before that, and stay"]
    assert len(store.articles()) == WRITE_ARTICLES


def test_a_run_that_wrote_much_of_the_store_puts_it_in_order(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    compacted: list[int] = []
    monkeypatch.setattr(Store, "compact", lambda self: compacted.append(len(self.articles())))
    run(store, news(tmp_path / "a.jsonl", "few"))
    assert compacted == []
    run(store, news(tmp_path / "b.jsonl", *(f"b{number}" for number in range(COMPACT_FROM))))
    assert compacted == [COMPACT_FROM + 1]
    run(store, news(tmp_path / "c.jsonl", *(f"c{number}" for number in range(4 * COMPACT_FROM))))
    run(store, news(tmp_path / "d.jsonl", *(f"d{number}" for number in range(COMPACT_FROM))))
    assert compacted == [COMPACT_FROM + 1, 5 * COMPACT_FROM + 1]


def test_memory_holds_a_window_of_articles_only(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The source is read no further ahead than what is being extracted and written."""
    read = written = 0
    widest = 0
    write = Store.write

    def counted(self: Store, graphs: Sequence[ArticleGraph]) -> list[ArticleGraph]:
        nonlocal written
        result = write(self, graphs)
        written += len(graphs)
        return result

    def endless(*_: object) -> Iterator[Article | ArticleError]:
        nonlocal read, widest
        for number in range(1000):
            read += 1
            widest = max(widest, read - written)
            yield Article(f"The minister said {number}.", f"a:{number}", title=f"Headline {number}")

    monkeypatch.setattr(Store, "write", counted)
    monkeypatch.setattr("kg.build.pipeline.read_location", endless)
    assert run(store, news(tmp_path / "a.jsonl", "x")).built == 1000
    assert widest <= 4 * WRITE_ARTICLES


def test_progress_reaches_the_whole(store: Store, tmp_path: Path) -> None:
    files = [news(tmp_path / "a.jsonl", "one", "two"), news(tmp_path / "b.jsonl", "three")]
    seen: list[tuple[int, int]] = []
    locations = find_locations([str(file) for file in files])
    build(locations, store, Config(), lambda _report, position, whole: seen.append((position, whole)))
    whole = sum(file.stat().st_size for file in files)
    assert {one for _, one in seen} == {whole}
    assert [position for position, _ in seen] == sorted(position for position, _ in seen)
    assert seen[-1][0] == whole


def test_the_fingerprint_is_of_all_that_shows_and_of_nothing_else() -> None:
    article = Article("Text.", "a.txt", title="T", authors=("Ann",))
    assert fingerprint(article) == fingerprint(dataclasses.replace(article, origin="b.txt"))
    for change in (
        {"text": "Other."},
        {"title": None},
        {"authors": ("Bob",)},
        {"url": "https://example.org"},
    ):
        assert fingerprint(dataclasses.replace(article, **change)) != fingerprint(article)
