"""Running the command line: in this process, or, where that is what is tested, in one of its own."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import traceback
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from kg.cli import app
from kg.store.local import Store
from tests.graphs import article_graph
from tests.sample import sample_graph

ROOT = Path(__file__).parents[2]

Run = Callable[..., Result]


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder to work in, without settings of whoever runs the tests."""
    monkeypatch.chdir(tmp_path)
    for name in [name for name in os.environ if name.startswith("KG_")]:
        monkeypatch.delenv(name)
    return tmp_path


@pytest.fixture
def kg() -> Run:
    """Run ``kg`` with arguments; give its output and exit status."""

    def run(*arguments: object, stdin: str | bytes | None = None) -> Result:
        result = CliRunner().invoke(app, [*map(str, arguments)], input=stdin, prog_name="kg")
        _release(result)
        return result

    return run


def _release(result: Result) -> None:
    """Let go of the frames that the error in a result holds, here and now.

    The runner's frame holds the error whose traceback holds that frame and, behind it, the test's. An
    iterator of the engine in such a ring would end in whichever thread collects it, and the engine complains.
    """
    error = result.exc_info[1] if result.exc_info else None
    result.exc_info = None
    while error is not None:
        traceback.clear_frames(error.__traceback__)
        error.with_traceback(None)
        error = error.__context__


@pytest.fixture
def store(elsewhere: Path) -> Path:
    """A store at the default place, with an article that has one of everything, and another."""
    with Store.open(elsewhere / "store", create=True) as store:
        store.write([sample_graph(), article_graph("other")])
    return elsewhere / "store"


def start(*arguments: object) -> subprocess.Popen[str]:
    """Start ``kg`` in a process of its own, in a session of its own, so that signals reach it alone."""
    return subprocess.Popen(
        [sys.executable, "-m", "kg", *map(str, arguments)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        stdin=subprocess.DEVNULL,
        text=True,
        env=os.environ | {"PYTHONPATH": os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")])},
        start_new_session=True,
        preexec_fn=_heed_interrupts,
    )


def _heed_interrupts() -> None:
    """Where the tests run in the background, shells have SIGINT ignored, and so would a child."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def finish(process: subprocess.Popen[str]) -> tuple[int, str, str]:
    """Wait for the process; return its exit status and what it wrote."""
    out, err = process.communicate(timeout=60)
    return process.returncode, out, err
