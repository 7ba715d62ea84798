"""Every code block of the documentation runs, or is marked with the reason why it does not."""

from __future__ import annotations

import contextlib
import io
import re
import shutil
from collections import Counter
from pathlib import Path

import pytest

from kg.config import Config
from kg.graph import Graph
from tests.docs.blocks import ROOT, Block, pages, parse, read_blocks
from tests.docs.commands import check_commands, kg_commands
from tests.docs.running import LANGUAGES, Session

PAGES = [page for page in pages() if read_blocks(page)]
CHECKED_ONLY = ("docs/reference/cli.md", "docs/reference/python.md")  # examples of help texts, and signatures
NOT_RUN = 13  # they need a network, root, or files that are not here; a mark says which
BLOCKS = 179


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with the graph of ``seeds/``."""
    store = tmp_path_factory.mktemp("demo") / "store"
    with contextlib.redirect_stderr(io.StringIO()), Graph(store, Config()) as graph:
        assert graph.build(ROOT / "seeds").failed == []
    return store


@pytest.mark.model
@pytest.mark.parametrize("page", [page for page in PAGES if page not in CHECKED_ONLY])
def test_the_blocks_of_a_page_run(page: str, demo: Path, tmp_path: Path) -> None:
    blocks = [block for block in read_blocks(page) if not block.reason]
    session = Session(tmp_path / "checkout", demo)
    session.folder.mkdir()
    (session.folder / "seeds").symlink_to(ROOT / "seeds")
    if not any("kg build seeds" in block.text for block in blocks):
        shutil.copytree(demo, session.folder / "store")
    try:
        for block in blocks:
            session.run(block)
    finally:
        session.close()


@pytest.mark.parametrize("page", CHECKED_ONLY)
def test_the_blocks_of_the_reference_are_well_formed(page: str) -> None:
    blocks = read_blocks(page)
    assert blocks
    for block in blocks:
        if block.language == "python":
            compile(block.text, str(block), "exec")
        elif block.language == "sh":
            assert check_commands(block.text), str(block)


def test_what_is_not_run_is_marked_and_counted() -> None:
    blocks = [block for page in PAGES for block in read_blocks(page)]
    assert {block.language for block in blocks} <= LANGUAGES
    marked = [str(block) for block in blocks if block.reason]
    assert len(blocks) == BLOCKS, Counter(block.page for block in blocks)
    assert len(marked) == NOT_RUN, marked


def test_the_commands_of_blocks_that_are_not_run_exist() -> None:
    for page in PAGES:
        for block in read_blocks(page):
            if block.reason and block.language in ("sh", "console"):
                check_commands(block.text)


def test_no_fence_is_overlooked() -> None:
    for page in pages():
        fences = re.findall(r"^ *```", (ROOT / page).read_text("utf-8"), re.MULTILINE)
        assert len(fences) == 2 * len(read_blocks(page)), page


def test_blocks_are_read_with_their_marks() -> None:
    text = "a\n\n<!-- not run: no network -->\n```sh\nkg stats\n```\n\n- b\n\n"
    text += '    ```text title="a.txt"\n    c\n    ```\n'
    assert list(parse("p.md", text)) == [
        Block("p.md", 4, "sh", "", "no network", "kg stats\n"),
        Block("p.md", 10, "text", "a.txt", "", "c\n"),
    ]


def test_commands_are_found_in_scripts() -> None:
    assert kg_commands("KG_TOKEN=x kg build a | kg query - > b  # kg\nls") == [["build", "a"], ["query", "-"]]
    with pytest.raises(Exception, match="--nothing"):
        check_commands("kg build a --nothing")
    with pytest.raises(Exception, match="nothing"):
        check_commands("kg nothing")


def test_a_wrong_block_fails(demo: Path, tmp_path: Path) -> None:
    session = Session(tmp_path / "checkout", demo)
    session.folder.mkdir()
    wrong = [
        ("console", "$ echo a\nb\n"),
        ("sh", "false\n"),
        ("python", "print(\n"),
        ("python", "raise SystemExit(3)\n"),
        ("text", "output of nothing\n"),
        ("sparql", "SELECT * { ?a a kg:Nothing }\n"),
        ("sparql", "SELECT\n"),
        ("toml", "colour = 1\n"),
        ("json", "{\n"),
        ("turtle", "a\n"),
        ("ini", "[Unit]\n"),
        ("dockerfile", "BUILD\n"),
    ]
    for language, text in wrong:
        with pytest.raises(AssertionError, match=r"p\.md:1"):
            session.run(Block("p.md", 1, language, "", "", text))
