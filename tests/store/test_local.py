"""The store: what it takes, what it refuses, and what is left when its process or its disk fails."""

from __future__ import annotations

import ctypes
import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.config import DEFAULT_BASE
from kg.errors import StoreError, StoreLocked, StoreMissing, StoreVersionError, UsageError
from kg.rdf.vocab import KG
from kg.store.format import MARKER
from kg.store.local import ArticleGraph, Store
from tests.graphs import RUN, article_graph, article_iri

ROOT = Path(__file__).parents[2]


def in_graph(store: Store, name: str) -> int:
    return len(list(store.engine.quads_for_pattern(None, None, None, ox.NamedNode(article_iri(name)))))


def run_python(
    code: str, *arguments: object, before: Callable[[], None] | None = None
) -> subprocess.CompletedProcess[str]:
    """Run ``code`` in a process of its own, where ``sys.argv[1:]`` are the arguments."""
    command = [sys.executable, "-c", code, *map(str, arguments)]
    return subprocess.run(
        command, capture_output=True, text=True, cwd=ROOT, timeout=60, check=False, preexec_fn=before
    )


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "store"


@pytest.fixture
def store(path: Path) -> Iterator[Store]:
    with Store.open(path, create=True) as store:
        yield store


class TestWriting:
    def test_an_article_is_there_with_its_graph(self, store: Store) -> None:
        assert store.write([article_graph("one"), article_graph("two")]) == []
        assert store.articles() == [article_iri("one"), article_iri("two")]
        assert in_graph(store, "one") == article_graph("one").triples

    def test_the_default_graph_stays_empty(self, store: Store) -> None:
        store.write([article_graph("one")])
        assert not list(store.engine.quads_for_pattern(None, None, None, ox.DefaultGraph()))

    def test_queries_run_over_the_union(self, store: Store) -> None:
        store.write([article_graph("one"), article_graph("two")])
        answer = store.query("SELECT DISTINCT ?a WHERE { ?a a kg:Actor }")
        assert isinstance(answer, ox.QuerySolutions)
        assert len(list(answer)) == 3

    def test_current_means_same_content_and_same_run(self, store: Store) -> None:
        store.write([article_graph("one", fingerprint="f1")])
        assert store.is_current(article_iri("one"), "f1", RUN)
        assert not store.is_current(article_iri("one"), "f2", RUN)
        assert not store.is_current(article_iri("one"), "f1", RUN + "-other")
        assert not store.is_current(article_iri("two"), "f1", RUN)

    def test_a_replaced_article_leaves_nothing_behind(self, store: Store) -> None:
        store.write([article_graph("one", actors=5, fingerprint="f1"), article_graph("two")])
        smaller = article_graph("one", actors=2, fingerprint="f2")
        assert store.write([smaller]) == [smaller]
        assert in_graph(store, "one") == smaller.triples
        assert in_graph(store, "two") == article_graph("two").triples
        assert store.is_current(article_iri("one"), "f2", RUN)
        assert not store.is_current(article_iri("one"), "f1", RUN)

    def test_hostile_text_survives_a_replacement(self, store: Store) -> None:
        store.write([article_graph("one", fingerprint="f1")])
        body = 'a "quote" \\ \\u0041 } ; CLEAR ALL # \n\t\x01 <é> 𝄞'
        store.write([article_graph("one", fingerprint="f2", body=body)])
        found = store.query("SELECT ?body WHERE { ?a schema:articleBody ?body }")
        assert isinstance(found, ox.QuerySolutions)
        assert [solution["body"].value for solution in found] == [body]

    def test_odd_names_and_texts_are_stored_as_they_are(self, store: Store) -> None:
        article = ox.NamedNode(article_iri("odd"))
        names = ["#char=0,5", "#a(b)'c*d;e", "#%20", "#.", "#-", "#é", "#9", "#a.", "/b/c", "?q=1&r=2"]
        texts = ['"', "\\", "\n\t\r", "\x00\x01\x7f", "\\u0041", "é 𝄞 \u200b", "'''", '"""', "@en .", ""]
        quads = {
            ox.Quad(ox.NamedNode(article.value + name), KG.text, ox.Literal(text, language=tag), article)
            for name in names
            for text in texts
            for tag in (None, "en", "zh-hant")
        }
        store.write([ArticleGraph.pack(article.value, "f", RUN, quads, DEFAULT_BASE)])
        assert set(store.engine.quads_for_pattern(None, None, None, article)) == quads
        half = sorted(quads, key=str)[::2]
        store.write([ArticleGraph.pack(article.value, "g", RUN, half, DEFAULT_BASE)])
        assert set(store.engine.quads_for_pattern(None, None, None, article)) == set(half)
        store.write([ArticleGraph.pack(article.value, "h", RUN, quads, DEFAULT_BASE)])
        assert set(store.engine.quads_for_pattern(None, None, None, article)) == quads

    def test_compacting_changes_nothing_but_the_files(self, store: Store) -> None:
        for number in range(4):
            store.write([article_graph(f"n{number}")])
        before, files = set(store.engine), len(list(store.path.glob("*.sst")))
        store.compact()
        assert set(store.engine) == before
        assert len(list(store.path.glob("*.sst"))) < files

    def test_the_ontology_is_there_once(self, path: Path) -> None:
        sizes = []
        for _ in range(2):
            with Store.open(path, create=True) as store:
                sizes.append(
                    len(list(store.engine.quads_for_pattern(None, None, None, store.ontology_graph)))
                )
        assert sizes[0] == sizes[1] > 100

    def test_another_ontology_is_replaced_when_opened_for_writing(
        self, path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        old = tmp_path / "old"
        old.mkdir()
        (old / "kg.ttl").write_text("<https://example.org/old> a <https://example.org/Term> .")
        with monkeypatch.context() as patch:
            patch.setattr("kg.store.local.ontology_folder", lambda: old)
            Store.open(path, create=True).close()
        with Store.open(path, write=True) as store:
            assert not list(
                store.engine.quads_for_pattern(ox.NamedNode("https://example.org/old"), None, None)
            )
            assert len(list(store.engine.quads_for_pattern(None, None, None, store.ontology_graph))) > 100


class TestOpening:
    def test_a_missing_store_says_how_to_make_one(self, path: Path) -> None:
        with pytest.raises(StoreMissing, match="kg build SOURCE"):
            Store.open(path)
        assert not path.exists()

    def test_an_empty_folder_becomes_a_store(self, path: Path) -> None:
        path.mkdir()
        with pytest.raises(StoreMissing):
            Store.open(path)
        with Store.open(path, create=True) as store:
            assert store.articles() == []

    @pytest.mark.parametrize("create", [False, True])
    def test_a_folder_of_something_else_is_left_alone(self, path: Path, create: bool) -> None:
        path.mkdir()
        (path / "thesis.doc").write_text("mine")
        with pytest.raises(StoreError, match=r"not a store.*thesis\.doc.*nothing was changed"):
            Store.open(path, create=create)
        assert [entry.name for entry in path.iterdir()] == ["thesis.doc"]

    def test_a_file_is_left_alone(self, path: Path) -> None:
        path.write_text("mine")
        with pytest.raises(StoreError, match="a file, not the folder"):
            Store.open(path, create=True)
        assert path.read_text() == "mine"

    def test_another_format_version_is_refused_with_the_way_out(self, path: Path) -> None:
        Store.open(path, create=True).close()
        marker = json.loads((path / MARKER).read_text())
        (path / MARKER).write_text(json.dumps(marker | {"format": 99}))
        with pytest.raises(StoreVersionError, match=r"version 99.*build the articles again"):
            Store.open(path)

    def test_a_damaged_marker_is_named(self, path: Path) -> None:
        Store.open(path, create=True).close()
        (path / MARKER).write_text("{")
        with pytest.raises(StoreError, match=MARKER):
            Store.open(path)

    def test_the_base_is_remembered_and_held_to(self, path: Path) -> None:
        Store.open(path, "https://example.org/news/", create=True).close()
        with Store.open(path) as store:
            assert store.base == "https://example.org/news/"
        with pytest.raises(UsageError, match=r"made with the base IRI https://example\.org/news/"):
            Store.open(path, DEFAULT_BASE)


class TestSharing:
    OPEN = """
import sys
from kg.store.local import Store
Store.open(sys.argv[1], write=sys.argv[2] == 'w')
print('open')
"""

    @pytest.mark.usefixtures("store")
    def test_another_process_cannot_open_a_store_that_is_written(self, path: Path) -> None:
        for mode in "rw":
            other = run_python(self.OPEN, path, mode)
            assert "StoreLocked" in other.stderr
            assert "another process" in other.stderr

    def test_readers_share_and_keep_writers_out(self, path: Path) -> None:
        Store.open(path, create=True).close()
        with Store.open(path), Store.open(path):
            assert run_python(self.OPEN, path, "r").stdout == "open\n"
            assert "StoreLocked" in run_python(self.OPEN, path, "w").stderr
            with pytest.raises(StoreLocked):
                Store.open(path, write=True)
        assert run_python(self.OPEN, path, "w").stdout == "open\n"

    def test_one_reader_of_two_closing_keeps_the_lock(self, path: Path) -> None:
        Store.open(path, create=True).close()
        with Store.open(path):
            Store.open(path).close()
            assert "StoreLocked" in run_python(self.OPEN, path, "w").stderr

    @pytest.mark.usefixtures("store")
    def test_a_refused_reader_does_not_free_the_writer(self, path: Path) -> None:
        with pytest.raises(StoreLocked, match="this process"):
            Store.open(path)
        assert "StoreLocked" in run_python(self.OPEN, path, "w").stderr

    def test_closing_twice_is_closing_once(self, path: Path) -> None:
        store = Store.open(path, create=True)
        store.close()
        store.close()
        with Store.open(path, write=True):
            pass


def obey_permissions() -> None:
    """Give up root's right to write everywhere, where the tests run as root: CAP_DAC_OVERRIDE and
    DAC_READ_SEARCH.
    """
    for capability in (1, 2):
        ctypes.CDLL(None).prctl(24, capability, 0, 0, 0)  # PR_CAPBSET_DROP; without effect for other users


@pytest.mark.skipif(sys.platform != "linux", reason="drops capabilities of Linux to test as root")
class TestReadOnlyFolder:
    def test_it_can_be_read(self, path: Path) -> None:
        with Store.open(path, create=True) as store:
            store.write([article_graph("one")])
        path.chmod(0o555)
        code = "import sys; from kg.store.local import Store; print(Store.open(sys.argv[1]).articles())"
        assert article_iri("one") in run_python(code, path, before=obey_permissions).stdout

    def test_writing_says_what_is_wrong(self, path: Path) -> None:
        Store.open(path, create=True).close()
        path.chmod(0o555)
        result = run_python(TestSharing.OPEN, path, "w", before=obey_permissions)
        assert "StoreError" in result.stderr
        assert "no permission to read or write" in result.stderr

    def test_making_one_in_it_says_what_is_wrong(self, tmp_path: Path) -> None:
        tmp_path.chmod(0o555)
        code = "import sys; from kg.store.local import Store; Store.open(sys.argv[1], create=True)"
        result = run_python(code, tmp_path / "store", before=obey_permissions)
        tmp_path.chmod(0o755)
        assert "no permission to read or write" in result.stderr


WRITE = """
import os, sys
sys.path.insert(0, os.getcwd())
from kg.store.local import Store
from tests.graphs import article_graph
store = Store.open(sys.argv[1], create=True)
print("open", flush=True)
for start in range(0, 4000, 8):
    store.write([article_graph(f"n{number}", actors=40) for number in range(start, start + 8)])
    print(start + 8, flush=True)
"""

REPLACE = """
import os, sys
sys.path.insert(0, os.getcwd())
from kg.store.local import Store
from tests.graphs import article_graph
store = Store.open(sys.argv[1], create=True)
store.write([article_graph(f"n{number}", actors=5) for number in range(8)])
print("open", flush=True)
for turn in range(1000):
    actors = 40 if turn % 2 == 0 else 5
    store.write([article_graph(f"n{number}", actors=actors, fingerprint=f"f{turn}") for number in range(8)])
    print(turn, flush=True)
"""


@pytest.mark.parametrize("lines", [3, 6, 9])
def test_killed_while_it_writes_an_article_is_in_or_out(path: Path, lines: int) -> None:
    process = subprocess.Popen([sys.executable, "-c", WRITE, str(path)], stdout=subprocess.PIPE, cwd=ROOT)
    assert process.stdout is not None
    said = [process.stdout.readline() for _ in range(lines)]
    process.kill()
    process.wait()
    process.stdout.close()
    with Store.open(path, write=True) as store:
        articles = store.articles()
        assert len(articles) >= int(said[-1])
        whole = article_graph("n0", actors=40).triples
        assert {in_graph(store, article.rpartition("/")[2]) for article in articles} == {whole}
        assert all(store.is_current(article, "f1", RUN) for article in articles)
        assert not list(path.glob("bulk-*"))
        store.write([article_graph("after")])


@pytest.mark.parametrize("lines", [3, 6])
def test_killed_while_it_replaces_the_old_or_the_new_is_there(path: Path, lines: int) -> None:
    process = subprocess.Popen([sys.executable, "-c", REPLACE, str(path)], stdout=subprocess.PIPE, cwd=ROOT)
    assert process.stdout is not None
    for _ in range(lines):
        process.stdout.readline()
    process.kill()
    process.wait()
    process.stdout.close()
    with Store.open(path) as store:
        assert len(store.articles()) == 8
        sizes = {article_graph("n0", actors=actors).triples for actors in (5, 40)}
        assert {in_graph(store, f"n{number}") for number in range(8)} <= sizes


FULL = """
import os, sys, resource
sys.path.insert(0, os.getcwd())
from kg.store.local import Store
from tests.graphs import article_graph
store = Store.open(sys.argv[1], write=True)
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]),) * 2)
_, path, limit, name, actors = sys.argv
store.write([article_graph(f"{name}{number}", int(actors), fingerprint="f2") for number in range(30)])
"""


@pytest.mark.parametrize("names", ["new", "old"])
def test_a_full_disk_leaves_whole_articles(path: Path, names: str) -> None:
    with Store.open(path, create=True) as store:
        store.write([article_graph(f"old{number}") for number in range(30)])
        before = sorted(store.articles())
    result = run_python(FULL, path, 60_000, names, 200)
    assert "StoreError" in result.stderr
    assert "File too large" in result.stderr
    with Store.open(path, write=True) as store:
        assert sorted(store.articles()) == before
        sizes = {article_graph("old0", actors=actors).triples for actors in (3, 200)}
        assert {in_graph(store, f"old{number}") for number in range(30)} <= sizes
        store.write([article_graph("after")])


def fill(store: Store) -> None:
    for start in range(0, 1000, 20):
        store.write([article_graph(f"n{start + number}", actors=100) for number in range(20)])


def test_no_space_left_is_said_in_words(tmp_path: Path) -> None:
    """On a real full file system, where the tests may mount one."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", disk], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip("mounting a small file system needs root; the limit of file sizes stands for it above")
    try:
        with (
            Store.open(disk / "store", create=True) as store,
            pytest.raises(StoreError, match="the disk is full"),
        ):
            fill(store)
    finally:
        subprocess.run(["umount", disk], check=True)
