"""The code blocks of the documentation, read from the Markdown files."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]

_BLOCK = re.compile(
    r"""(?:^[ ]*<!--\ not\ run:\ (?P<reason>[^\n]+?)\ -->\n)?
        ^(?P<indent>[ ]*)```(?P<language>\w*)(?:[ ]+title="(?P<title>[^"]+)")?[ ]*\n
        (?P<text>.*?)
        ^(?P=indent)```[ ]*$""",
    re.MULTILINE | re.DOTALL | re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Block:
    """A code block."""

    page: str  # path of the file, from the root of the repository
    line: int  # of the opening fence
    language: str
    title: str  # the file that the block shows; empty if it shows none
    reason: str  # why it is not run; empty if it is
    text: str

    def __str__(self) -> str:
        return f"{self.page}:{self.line}"


def pages() -> list[str]:
    """Return the paths of all pages for people, from the root of the repository."""
    found = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))]
    return [path.relative_to(ROOT).as_posix() for path in found]


def read_blocks(page: str) -> list[Block]:
    """Return the code blocks of a page, in their order."""
    return list(parse(page, (ROOT / page).read_text("utf-8")))


def parse(page: str, text: str) -> Iterator[Block]:
    """Yield the code blocks of a text."""
    for found in _BLOCK.finditer(text):
        fence = text.index("```", found.start())
        yield Block(
            page,
            text.count("\n", 0, fence) + 1,
            found["language"],
            found["title"] or "",
            found["reason"] or "",
            re.sub(rf"^{found['indent']}", "", found["text"], flags=re.MULTILINE),
        )
