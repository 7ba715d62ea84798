"""Write the pages of the reference, or check that they are current: ``python -m docs.generate [--check]``."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

from docs.generate import cli, ontology, python_api, questions, settings

REFERENCE = Path(__file__).parents[1] / "reference"
PAGES: dict[str, Callable[[], str]] = {
    "cli.md": cli.render,
    "python.md": python_api.render,
    "ontology.md": ontology.render,
    "questions.md": questions.render,
    "settings.md": settings.render,
}


def outdated() -> list[str]:
    """Return the names of the pages that differ from what the code says now."""
    return [name for name, render in PAGES.items() if _written(name) != render()]


def _written(name: str) -> str:
    path = REFERENCE / name
    return path.read_text("utf-8") if path.exists() else ""


def main(arguments: list[str]) -> int:
    """Write all pages; with ``--check``, only report the outdated ones, as exit status 1."""
    if "--check" in arguments:
        names = outdated()
        if names:
            sys.stderr.write(f"outdated in docs/reference/: {', '.join(names)}; run make reference\n")
        return min(len(names), 1)
    REFERENCE.mkdir(exist_ok=True)
    for name, render in PAGES.items():
        (REFERENCE / name).write_text(render(), "utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
