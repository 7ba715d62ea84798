"""The check of the built site finds what a browser would load from elsewhere."""

from __future__ import annotations

from pathlib import Path

import pytest

from docs.offline import main


def test_what_a_browser_loads_from_elsewhere_is_found(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "index.html").write_text(
        '<link rel="canonical" href="https://a.example/"><link rel="stylesheet" href="https://b.example/s.css">'
        '<script src="//c.example/x.js"></script><img src="images/page.png"><a href="https://d.example/">d</a>'
        '<pre class="mermaid">e</pre>'
    )
    (tmp_path / "own.css").write_text("a { background: url('https://f.example/f.png') } b { color: red }")
    assert main(tmp_path) == 1
    assert capsys.readouterr().err.splitlines() == [
        "index.html loads https://b.example/s.css",
        "index.html loads //c.example/x.js",
        "index.html loads mermaid",
        "own.css loads https://f.example/f.png",
    ]


def test_a_site_that_needs_nothing_else_passes(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(tmp_path) == 1
    assert "no site" in capsys.readouterr().err
    (tmp_path / "index.html").write_text('<script src="x.js"></script>')
    assert main(tmp_path) == 0
