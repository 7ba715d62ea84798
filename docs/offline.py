"""Check that a built site loads nothing from other servers: ``python -m docs.offline SITE``."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

_LOADED = {"script": "src", "img": "src", "iframe": "src", "source": "src", "object": "data", "link": "href"}
_RELATIONS = {"canonical", "next", "prev", "alternate"}  # links that a browser does not load
_IN_CSS = re.compile(r"(?:url\(\s*['\"]?|@import\s+['\"])((?:https?:)?//[^'\")\s]+)")


def foreign(site: Path) -> Iterator[tuple[str, str]]:
    """Yield each address on another server that a page or style sheet loads, with the name of the file."""
    for path in sorted(site.rglob("*.html")):
        reader = _Reader()
        reader.feed(path.read_text("utf-8"))
        yield from ((path.relative_to(site).as_posix(), address) for address in reader.found)
    for path in sorted(site.rglob("*.css")):
        for address in _IN_CSS.findall(path.read_text("utf-8")):
            yield path.relative_to(site).as_posix(), address


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        address = given.get(_LOADED.get(tag, ""))
        relations = set((given.get("rel") or "").split())
        if address and address.startswith(("http://", "https://", "//")) and not relations & _RELATIONS:
            self.found.append(address)
        if "mermaid" in (given.get("class") or "").split():  # which the theme draws with a library from afar
            self.found.append("mermaid")


def main(site: Path) -> int:
    """Report what is foreign; return the exit status."""
    if not (site / "index.html").exists():
        sys.stderr.write(f"{site}: there is no site\n")
        return 1
    found = list(foreign(site))
    for name, address in found:
        sys.stderr.write(f"{name} loads {address}\n")
    return min(len(found), 1)


if __name__ == "__main__":
    raise SystemExit(main(Path(sys.argv[1])))
