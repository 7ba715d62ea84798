"""README and help say what is true: commands run, outputs match, nothing is left out."""

from __future__ import annotations

import contextlib
import dataclasses
import io
import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.config import Config

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text("utf-8")


def run(command: str) -> tuple[str, int]:
    """Run a ``kg`` command in this process; return what it printed and its exit status."""
    from kg.cli import main

    _, *arguments = shlex.split(command)
    out = io.TextIOWrapper(io.BytesIO(), "utf-8")
    with contextlib.redirect_stdout(out), pytest.MonkeyPatch.context() as patched:
        patched.setattr("sys.argv", ["kg", *arguments])
        with pytest.raises(SystemExit) as stop:
            main()
    out.flush()
    buffer = out.buffer
    assert isinstance(buffer, io.BytesIO)
    return buffer.getvalue().decode(), int(stop.value.code or 0)


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A folder that looks like a checkout in which ``kg build seeds --store store`` has run."""
    folder = tmp_path_factory.mktemp("checkout")
    (folder / "seeds").symlink_to(ROOT / "seeds")
    with contextlib.chdir(folder):
        assert run("kg build seeds --store store")[1] == 0
        yield folder


def sessions() -> list[tuple[str, str]]:
    """Return the commands of the README that are shown with their output."""
    found = []
    for block in re.findall(r"```console\n(.*?)```", README, re.DOTALL):
        for command, output in re.findall(r"^\$ (.*)\n((?:(?!\$ ).*\n)*)", block, re.MULTILINE):
            found.append((command, output))
    return found


def test_there_are_sessions_to_check() -> None:
    assert len(sessions()) >= 2


@pytest.mark.model
@pytest.mark.usefixtures("checkout")
@pytest.mark.parametrize(("command", "output"), sessions())
def test_the_readme_shows_what_the_commands_print(command: str, output: str) -> None:
    written, status = run(command)
    assert status == 0
    assert written.replace("\r\n", "\n") == output


@pytest.mark.model
@pytest.mark.usefixtures("checkout")
@pytest.mark.parametrize(
    "command",
    [
        line.split("  #")[0].strip()
        for block in re.findall(r"```sh\n(.*?)```", README, re.DOTALL)
        for line in block.splitlines()
        if line.startswith(("kg query", "kg export", "kg stats", "kg explain", "kg validate"))
        and ".rq" not in line
    ],
)
def test_the_commands_of_the_readme_work(command: str) -> None:
    assert run(command)[1] == 0


def test_every_command_stands_in_the_readme() -> None:
    help_text, _ = run("kg --help")
    commands = re.findall(r"^  ([a-z]+) ", help_text.partition("Commands:")[2], re.MULTILINE)
    assert commands
    assert [command for command in commands if f"kg {command}" not in README] == []


def test_every_setting_stands_in_the_readme_with_its_default() -> None:
    rows = dict(re.findall(r"^\| `(\w+)` \| `?([^|`]*)`? \|", README, re.MULTILINE))
    for field in dataclasses.fields(Config):
        assert field.name in rows, field.name
        assert (
            float(rows[field.name]) == field.default
            if _is_number(field.default)
            else rows[field.name].strip() == str(field.default or "none")
        )


def _is_number(value: object) -> bool:
    return isinstance(value, (int, float))


def test_links_and_files_named_in_the_readme_exist() -> None:
    named = set(re.findall(r"`((?:kg|ontology|benchmarks|seeds)/[\w/.*]*[\w/*])`", README))
    assert named
    assert [name for name in named if not list(ROOT.glob(name))] == []
