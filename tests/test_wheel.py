"""The wheel works where nothing of the checkout is: installed by plain pip, without the lock.

It takes a minute or two; ``-m "not wheel"`` leaves it out.
"""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.serving import free_port, wait_for

ROOT = Path(__file__).parent.parent
PAGE = """<!DOCTYPE html><html lang="en"><head><title>Bridge to stay closed</title></head><body><article>
<h1>Bridge to stay closed</h1>
<p>China’s defence minister, Li Shangfu, said on Monday that the bridge in Beijing would stay closed.</p>
<p>He urged Russia to hold talks about it, and officials said that they would begin in Moscow next week.</p>
</article></body></html>
"""

pytestmark = pytest.mark.wheel


@pytest.fixture(scope="module")
def programs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The programs of a new environment in which only the wheel has been installed."""
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(folder)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    (wheel,) = folder.glob("*.whl")
    subprocess.run([sys.executable, "-m", "venv", str(folder / "venv")], check=True)
    installed = folder / "venv" / "bin"
    command = [str(installed / "python"), "-m", "pip", "install", "--quiet", str(wheel)]
    done = subprocess.run(command, cwd=folder, env=environment(), capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return installed


@pytest.fixture(scope="module")
def folder(programs: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a store, built from a web page."""
    folder = tmp_path_factory.mktemp("elsewhere")
    (folder / "page.html").write_text(PAGE, "utf-8")
    built = kg(programs, folder, "build", "page.html", "--strict")
    assert "1 articles built" in built.stderr
    return folder


def environment() -> dict[str, str]:
    """The environment without what would let the checkout be found."""
    return {name: value for name, value in os.environ.items() if not name.startswith(("KG_", "PYTHON"))}


def kg(programs: Path, folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    done = subprocess.run(
        [str(programs / "kg"), *arguments], cwd=folder, env=environment(), capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    return done


def test_it_is_the_installed_package(programs: Path, tmp_path: Path) -> None:
    command = [str(programs / "python"), "-c", "import kg, server; print(kg.__file__, server.__file__)"]
    shown = subprocess.run(
        command, cwd=tmp_path, env=environment(), check=True, capture_output=True, text=True
    )
    assert all(str(programs.parent) in path for path in shown.stdout.split())


def test_questions_are_answered(programs: Path, folder: Path) -> None:
    assert (
        "the bridge in Beijing would stay closed"
        in kg(programs, folder, "query", "what-has-someone-said").stdout
    )
    assert "0 violations" in kg(programs, folder, "validate").stderr


def test_names_are_linked(programs: Path, folder: Path) -> None:
    kg(programs, folder, "link", "--again")
    linked = kg(programs, folder, "query", "which-actors-are-linked-to-wikidata", "-p", "linked=yes").stdout
    assert "http://www.wikidata.org/entity/Q159" in linked  # Russia


def test_the_graph_is_served(programs: Path, folder: Path) -> None:
    with serving(programs, folder) as address:
        with urllib.request.urlopen(f"{address}/", timeout=30) as page:
            assert b"Who said what" in page.read()
        with urllib.request.urlopen(
            f"{address}/queries/who-holds-which-office?format=csv", timeout=30
        ) as answer:
            assert b"Li Shangfu,defence minister" in answer.read()


@contextlib.contextmanager
def serving(programs: Path, folder: Path) -> Iterator[str]:
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    with (folder / "log").open("wb") as log:
        command = [str(programs / "kg"), "serve", "--port", str(port), "--fronts", "1"]
        server = subprocess.Popen(command, cwd=folder, env=environment(), stdout=log, stderr=log)
    try:
        wait_for(f"{address}/health", server)
        yield address
    finally:
        server.terminate()
        server.wait(30)
