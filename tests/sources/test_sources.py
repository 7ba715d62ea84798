"""Tests of ``kg.sources.SOURCES`` and of behaviour common to all readers."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from kg.config import Config
from kg.errors import SourceNotFound
from kg.records import Article
from kg.sources import SOURCES, read_articles
from kg.sources.locations import SUFFIXES
from tests.sources.samples import TEXT, read


def test_every_suffix_has_a_reader() -> None:
    assert list(SOURCES) == [*SUFFIXES, *(f"{suffix}.gz" for suffix in SUFFIXES)]
    assert all(SOURCES[suffix] is SOURCES[f"{suffix}.gz"] for suffix in SUFFIXES)


def test_missing_source_is_raised_before_reading(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT)
    with pytest.raises(SourceNotFound):
        next(read_articles([str(tmp_path), str(tmp_path / "b.txt")], Config()))


def test_folder_with_all_formats(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text('{"text": "It reopens on Tuesday."}')
    (tmp_path / "b.md").write_text("# Port\n\nIt reopens on Tuesday.")
    (tmp_path / "c.pdf").write_bytes(b"%PDF-1.7")
    (tmp_path / "d.txt").write_bytes(b"%PDF-1.7")
    (tmp_path / "e.txt").write_text(TEXT)
    results = read(tmp_path)
    assert [(Path(r.origin).name, isinstance(r, Article)) for r in results] == [
        ("a.json", True),
        ("b.md", True),
        ("d.txt", False),
        ("e.txt", True),
    ]


def test_heavy_libraries_are_imported_lazily() -> None:
    heavy = {"trafilatura", "lxml", "httpx", "py3langid", "numpy", "markdown_it", "charset_normalizer"}
    code = f"import sys, kg.sources; print(*sorted({heavy!r} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert done.stdout.strip() == ""
