"""Running the code blocks of a page, in their order, in a folder of their own.

A block whose fence has a ``title`` is a file: it is written under that name. What else happens depends on the
language; see ``_RUN``. A ``text`` block right after a ``python`` block is what that program prints.
"""

from __future__ import annotations

import configparser
import contextlib
import io
import json
import os
import pty
import re
import shlex
import shutil
import signal
import subprocess
import sys
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pyoxigraph as ox

import kg
from kg.config import DEFAULT_BASE, load_config
from kg.rdf.prefixes import prefixes
from tests.docs.blocks import ROOT, Block
from tests.docs.commands import check_commands
from tests.serving import free_port, wait_for

WIDTH = 80  # columns of the terminal
_LIMIT = 120.0  # seconds for one block
_ESCAPE = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")
_SECONDS = re.compile(r"\b\d+\.\d s\b")
_SERVE = re.compile(r"^(?:KG_TOKEN=\S+ )?kg serve\b.*\Z", re.MULTILINE)
_PORT = re.compile(r"(?<=127\.0\.0\.1:)8000\b|(?<=--port )8000\b")


@dataclass
class Session:
    """A folder in which the blocks of one page run, as a reader runs them."""

    folder: Path
    demo: Path  # a store with the graph of seeds/
    port: int = 0
    servers: list[subprocess.Popen[bytes]] = field(default_factory=list)
    printed: str | None = None  # what the last block printed, if it was a program

    def run(self, block: Block) -> None:
        """Run or check one block; raises AssertionError, with the place, if it is wrong."""
        printed, self.printed = self.printed, None
        try:
            if block.title:
                self._write(block)
            elif block.language == "text":
                assert printed is not None, "a text block needs a title, or a python block before it"
                assert _same(block.text, printed), f"expected:\n{block.text}\nprinted:\n{printed}"
            _RUN[block.language](self, block)
        except Exception as error:
            raise AssertionError(f"{block}: {error}") from error

    def _write(self, block: Block) -> None:
        path = self.folder / block.title
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(block.text, "utf-8")

    def console(self, block: Block) -> None:
        """Run each command after a ``$`` and compare what it prints."""
        sessions = re.findall(r"^\$ (.*(?:\n> .*)*)\n((?:(?!\$ ).*\n?)*)", block.text, re.MULTILINE)
        assert sessions, "a console block needs a line that starts with $"
        for command, expected in sessions:
            printed = self._shell(command.replace("\n> ", "\n"))
            assert _same(expected, printed), f"$ {command}\nexpected:\n{expected}\nprinted:\n{printed}"

    def sh(self, block: Block) -> None:
        """Run the whole block in a shell; ``kg serve`` as its end starts the server for the rest."""
        served = _SERVE.search(block.text.rstrip())
        before = block.text[: served.start()] if served else block.text
        if before.strip():
            self._shell(before)
        if served:
            self._serve(served[0])

    def python(self, block: Block) -> None:
        """Run the block as a program of its own; one that shows a file is only compiled."""
        code = compile(block.text, str(block), "exec")
        assert code
        if not block.title:
            (self.folder / "block.py").write_text(block.text, "utf-8")
            self.printed = self._shell("python block.py")

    def sparql(self, block: Block) -> None:
        """Ask the store of the session, or the demo; a query has to find something."""
        if re.search(r"\b(INSERT|DELETE)\b", block.text):
            ox.Store().update(block.text, prefixes=prefixes(DEFAULT_BASE))
            return
        with kg.open(self._store()) as graph:
            answer = graph.query(block.text)
            found = bool(answer) if answer.form == "ASK" else bool(list(answer))
        assert found or block.page.startswith("docs/reference/"), "the query finds nothing"

    def toml(self, block: Block) -> None:
        """Parse a file of settings."""
        tomllib.loads(block.text)
        path = self.folder / "block.toml"
        path.write_text(block.text, "utf-8")
        load_config(path, {})

    def json(self, block: Block) -> None:
        """Parse JSON."""
        json.loads(block.text)

    def jsonl(self, block: Block) -> None:
        """Parse lines of JSON."""
        for line in block.text.splitlines():
            json.loads(line)

    def turtle(self, block: Block) -> None:
        """Parse RDF."""
        assert list(ox.parse(block.text, ox.RdfFormat.TURTLE))

    def unit(self, block: Block) -> None:
        """Parse a unit of systemd, and the ``kg`` command that it starts."""
        parser = configparser.ConfigParser(strict=False, interpolation=None)
        parser.optionxform = str  # type: ignore[assignment,method-assign]
        parser.read_string(block.text)
        assert {"Unit", "Service", "Install"} <= set(parser.sections())
        check_commands("kg " + parser["Service"]["ExecStart"].partition("/kg ")[2])

    def container(self, block: Block) -> None:
        """Check the instructions of a Containerfile, and the ``kg`` commands in them."""
        lines = block.text.replace("\\\n", " ").splitlines()
        words = {line.split()[0] for line in lines if line and not line.startswith("#")}
        assert words <= {
            "FROM",
            "WORKDIR",
            "COPY",
            "RUN",
            "USER",
            "VOLUME",
            "EXPOSE",
            "ENTRYPOINT",
            "CMD",
            "ENV",
        }
        given = [
            json.loads(line.split(maxsplit=1)[1]) for line in lines if line.startswith(("ENTRYPOINT", "CMD"))
        ]
        check_commands(shlex.join(word for words in given for word in words))

    def nothing(self, block: Block) -> None:
        """A file that other blocks read, or the output of a program: there is nothing more to do."""

    def close(self) -> None:
        """End the servers."""
        for server in self.servers:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(server.pid, signal.SIGTERM)
            server.wait(20)

    def _store(self) -> Path:
        own = self.folder / "store"
        return own if own.exists() else self.demo

    def _shell(self, text: str) -> str:
        """Run a script on a terminal; return what it prints, errors last."""
        with (self.folder.parent / "errors").open("w+b") as errors:
            status, printed = _on_terminal(self._bash(self._ported(text)), self.folder, self._env(), errors)
            errors.seek(0)
            said = errors.read().decode()
        assert status == 0, f"exit status {status}\n{text}\n{printed}{said}"
        shown = printed + said
        return shown.replace(str(self.port), "8000") if self.port else shown

    def _serve(self, text: str) -> None:
        if "--port" not in text:
            text = text.rstrip() + " --port 8000"
        self.close()
        self.servers.clear()
        self.port = free_port()
        log = (self.folder.parent / "server.log").open("wb")
        self.servers.append(
            subprocess.Popen(
                self._bash("exec env " + self._ported(text)),
                cwd=self.folder,
                env=self._env(),
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        )
        log.close()
        wait_for(f"http://127.0.0.1:{self.port}/health", self.servers[-1])

    def _ported(self, text: str) -> str:
        """Return a text with the free port of this session in place of 8000."""
        return _PORT.sub(str(self.port), text) if self.port else text

    @staticmethod
    def _bash(text: str) -> list[str]:
        return ["bash", "-euo", "pipefail", "-c", text]

    def _env(self) -> dict[str, str]:
        """Return an environment with ``kg`` and ``python`` of this checkout, and a home of its own."""
        programs = self.folder.parent / "bin"
        if not programs.exists():
            programs.mkdir()
            for name, command in (
                ("kg", f'"{sys.executable}" -m kg'),
                ("python", f'"{sys.executable}"'),
                ("make", f'"{shutil.which("make")}" --dry-run -C "{ROOT}"'),  # that a target exists is enough
            ):
                program = programs / name
                program.write_text(f'#!/bin/sh\nexec {command} "$@"\n', "utf-8")
                program.chmod(0o755)
        kept = {name: value for name, value in os.environ.items() if not name.startswith("KG_")}
        return kept | {
            "PATH": f"{programs}{os.pathsep}{os.environ['PATH']}",
            "PYTHONPATH": os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")]),
            "HOME": str(self.folder.parent),
            "COLUMNS": str(WIDTH),
            "TERM": "xterm",
            "LC_ALL": "C.UTF-8",
        }


_RUN: dict[str, Callable[[Session, Block], None]] = {
    "console": Session.console,
    "sh": Session.sh,
    "python": Session.python,
    "sparql": Session.sparql,
    "toml": Session.toml,
    "json": Session.json,
    "jsonl": Session.jsonl,
    "turtle": Session.turtle,
    "ini": Session.unit,
    "dockerfile": Session.container,
    "text": Session.nothing,
    "markdown": Session.nothing,
    "html": Session.nothing,
    "tsv": Session.nothing,
}
LANGUAGES = frozenset(_RUN)


def _on_terminal(
    command: list[str], folder: Path, env: dict[str, str], errors: io.BufferedRandom
) -> tuple[int, str]:
    """Run a command whose output is a terminal; return its exit status and the output without colours."""
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        command, cwd=folder, env=env, stdin=subprocess.DEVNULL, stdout=theirs, stderr=errors
    )
    os.close(theirs)
    printed = b"".join(_read(ours))
    status = process.wait(_LIMIT)
    return status, _ESCAPE.sub("", printed.decode()).replace("\r\n", "\n")


def _read(terminal: int) -> Iterator[bytes]:
    with contextlib.suppress(OSError):  # which is how the end of a terminal shows on Linux
        while piece := os.read(terminal, 65536):
            yield piece
    os.close(terminal)


def _same(expected: str, printed: str) -> bool:
    """Compare outputs; seconds are not compared, and a line ``...`` stands for any lines."""
    pattern = "\n".join(
        "(?:.*\n)*.*" if line == "..." else re.escape(_SECONDS.sub("1.0 s", line))
        for line in _lines(expected)
    )
    shown = "\n".join(_SECONDS.sub("1.0 s", line) for line in _lines(printed))
    return re.fullmatch(pattern, shown) is not None


def _lines(text: str) -> list[str]:
    return [line.rstrip() for line in text.strip("\n").splitlines()]
