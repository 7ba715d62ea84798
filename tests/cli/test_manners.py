"""What all commands have in common: help, settings, exit status, errors in words."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from kg.store.local import Store
from tests.cli.conftest import ROOT, Run, finish, start

COMMANDS = [
    "build",
    "remove",
    "query",
    "export",
    "serve",
    "backup",
    "stats",
    "explain",
    "validate",
    "extract",
    "evaluate",
    "link",
    "wikidata",
]


def test_the_list_of_commands_is_whole(kg: Run) -> None:
    listed = kg("--help").stdout.partition("Commands:")[2]
    assert [line.split()[0] for line in listed.splitlines() if line.strip()] == COMMANDS


@pytest.mark.parametrize("command", COMMANDS)
def test_each_command_has_help_with_an_example(kg: Run, command: str) -> None:
    short, long = kg(command, "-h"), kg(command, "--help")
    assert short.stdout == long.stdout
    assert (short.exit_code, short.stderr) == (0, "")
    examples = [line for line in short.stdout.splitlines() if line.startswith(f"  kg {command} ")]
    assert examples or f"  kg {command}\n" in short.stdout
    assert "completion" not in short.stdout


def test_help_needs_none_of_the_heavy_libraries() -> None:
    heavy = ("spacy", "rdflib", "trafilatura", "dateparser", "pyshacl", "rich", "fastapi", "numpy")
    code = (
        "import sys\nfrom kg.cli import main\n"
        "try: main()\n"
        f"finally: sys.stderr.write(' '.join(name for name in {heavy} if name in sys.modules))"
    )
    run = subprocess.run(
        [sys.executable, "-c", code, "--help"], capture_output=True, text=True, cwd=ROOT, check=True
    )
    assert "Usage: kg" in run.stdout
    assert run.stderr == ""


def test_importing_the_package_needs_next_to_nothing() -> None:
    heavy = ("spacy", "rdflib", "pyoxigraph", "typer")
    code = f"import kg, sys; print(*(name for name in {heavy} if name in sys.modules))"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=True)
    assert run.stdout == "\n"


def test_the_version(kg: Run) -> None:
    assert kg("--version").stdout == "kg 0.1.0\n"


@pytest.mark.parametrize(
    "arguments",
    [
        ("stats",),
        ("query", "-e", "ASK {}"),
        ("export",),
        ("explain", "x"),
        ("validate",),
    ],
)
def test_no_such_store_says_how_to_make_one(kg: Run, elsewhere: Path, arguments: tuple[str, ...]) -> None:
    run = kg(*arguments, "--store", "nowhere")
    assert (run.exit_code, run.stdout) == (2, "")
    assert run.stderr == "kg: nowhere: there is no store; make one with: kg build SOURCE... --store nowhere\n"
    assert not list(elsewhere.iterdir())


def test_a_wrong_option_is_a_usage_error(kg: Run) -> None:
    run = kg("stats", "--stroe", "x")
    assert run.exit_code == 2
    assert "--stroe" in run.stderr


def test_the_store_is_named_by_option_environment_or_file(
    kg: Run, store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    moved = store.rename(store.with_name("moved"))
    assert kg("stats").exit_code == 2
    assert kg("stats", "--store", moved).exit_code == 0
    Path("kg.toml").write_text('store = "moved"\n')
    assert kg("stats", "--config", "kg.toml").exit_code == 0
    monkeypatch.setenv("KG_STORE", "moved")
    assert kg("stats").exit_code == 0


def test_a_wrong_setting_is_named(kg: Run) -> None:
    Path("kg.toml").write_text("stroe = 1\n")
    run = kg("stats", "--config", "kg.toml")
    assert run.exit_code == 2
    assert "unknown setting 'stroe'" in run.stderr


def test_another_base_than_the_stores_is_refused(kg: Run, store: Path) -> None:
    run = kg("export", "--base", "https://example.org/", "--store", store)
    assert run.exit_code == 2
    assert "made with the base IRI https://w3id.org/communique/, not https://example.org/" in run.stderr


def test_a_store_open_elsewhere_is_said_to_be(store: Path) -> None:
    with Store.open(store, write=True):
        status, out, err = finish(start("stats", "--store", store))
    assert (status, out) == (2, "")
    assert err.startswith(f"kg: {store}: the store is open in another process; wait until that has ended")


def test_a_fault_of_the_program_is_short_unless_asked_for(
    kg: Run, monkeypatch: pytest.MonkeyPatch, store: Path
) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError("division by zero")

    monkeypatch.setattr("kg.query.stats.collect", broken)
    run = kg("stats", "--store", store)
    assert run.exit_code == 70
    assert (
        run.stderr
        == "kg: an error in the program: ZeroDivisionError: division by zero (more with KG_DEBUG=1)\n"
    )
    monkeypatch.setenv("KG_DEBUG", "1")
    assert "Traceback" in kg("stats", "--store", store).stderr


def test_a_reader_that_goes_away_is_no_error(store: Path) -> None:
    process = start("export", "--store", store, "--format", "nquads", "--all")
    assert process.stdout is not None
    process.stdout.close()
    assert process.stderr is not None
    assert process.stderr.read() == ""
    assert process.wait() == 141
    process.stderr.close()
