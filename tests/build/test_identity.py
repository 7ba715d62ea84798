"""The identity of a run changes with whatever decides the graph of an article, and with nothing else."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from kg.build.identity import current_run, hash_of_files, program_hash
from kg.config import DEFAULT_BASE
from kg.errors import ModelError

ROOT = Path(__file__).parents[2]


def test_it_names_the_program_and_the_model() -> None:
    run = current_run("en_core_web_sm", DEFAULT_BASE)
    assert run.startswith(DEFAULT_BASE + "run/0.")
    assert "en_core_web_sm" in run
    assert run == current_run("en_core_web_sm", DEFAULT_BASE)


def test_a_missing_model_is_an_error() -> None:
    with pytest.raises(ModelError, match="no spaCy pipeline 'xx_none'"):
        current_run("xx_none", DEFAULT_BASE)


def test_a_hash_covers_names_and_contents(tmp_path: Path) -> None:
    one, two = tmp_path / "one.tsv", tmp_path / "two.tsv"
    one.write_text("say\n")
    two.write_text("tell\n")
    first = hash_of_files(tmp_path, [one, two])
    assert hash_of_files(tmp_path, [two, one]) == first
    two.write_text("told\n")
    assert hash_of_files(tmp_path, [one, two]) != first
    two.write_text("tell\n")
    assert hash_of_files(tmp_path, [one, two]) == first
    assert hash_of_files(tmp_path, [one, two.rename(tmp_path / "three.tsv")]) != first


def test_a_retrained_model_is_another_run(tmp_path: Path) -> None:
    def model(version: str) -> str:
        folder = tmp_path / f"model-{version}"
        folder.mkdir()
        (folder / "meta.json").write_text(f'{{"lang": "en", "name": "news", "version": "{version}"}}')
        return str(folder)

    same = model("1")
    assert current_run(same, DEFAULT_BASE) == current_run(same, DEFAULT_BASE)
    assert current_run(same, DEFAULT_BASE) != current_run(model("2"), DEFAULT_BASE)


def test_the_program_has_one_hash() -> None:
    assert len(program_hash()) == 64


@pytest.mark.model
def test_a_changed_row_of_a_table_rebuilds_the_article(tmp_path: Path) -> None:
    """With the real program, in a copy of which one row of the table of cues is changed."""
    for folder in ("kg", "ontology", "queries"):
        shutil.copytree(ROOT / folder, tmp_path / folder, ignore=shutil.ignore_patterns("__pycache__"))
    (tmp_path / "news.txt").write_text(
        "Harbour to close\n\nMayor Ada Quist said the harbour would close. "
        "Ada Quist bemoaned that the harbour was old.\n"
    )

    def kg(*arguments: str) -> str:
        run = subprocess.run(
            [sys.executable, "-m", "kg", *arguments],
            cwd=tmp_path,
            env=os.environ | {"PYTHONPATH": str(tmp_path)},
            capture_output=True,
            text=True,
            check=True,
        )
        return run.stdout + run.stderr

    has_cue = "ASK { ?s kg:cue ?cue FILTER (STR(?cue) = 'bemoan') }"
    assert "1 articles built" in kg("build", "news.txt")
    assert "1 unchanged" in kg("build", "news.txt")
    assert "outdated" not in kg("stats")
    assert kg("query", "-e", has_cue, "--format", "csv") == "true\n"

    cues = tmp_path / "kg/extractor/lexicon/cues.tsv"
    rows = cues.read_text("utf-8").splitlines(keepends=True)
    cues.write_text("".join(row for row in rows if not row.startswith("bemoan\t")), "utf-8")

    assert "1  outdated" in kg("stats")
    assert "0 built" not in kg("build", "--outdated")
    assert "outdated" not in kg("stats")
    assert kg("query", "-e", has_cue, "--format", "csv") == "false\n"
    assert "1 unchanged" in kg("build", "news.txt")
