"""A real browser without a window: Chromium of the system, or the one that playwright brings."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Error, Page, sync_playwright

from server.page.rendering import is_built
from tests.server.served import Served, make_store, serving

_NAMES = ("chromium", "chromium-browser", "google-chrome")


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:  # its loop is in the way of those of other tests, so it ends with these
    path = next(filter(None, map(shutil.which, _NAMES)), None)
    with sync_playwright() as playwright:
        try:
            found = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        except Error as error:
            pytest.skip(f"no Chromium is to be had (apt install chromium, or playwright install): {error}")
        yield found
        found.close()


@pytest.fixture(scope="package")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    if not is_built():
        pytest.skip("the editor has not been built: make page, which takes node")
    with serving(make_store(tmp_path_factory.mktemp("browser") / "store"), "--fronts", "1") as server:
        yield server


@dataclass
class Visit:
    """A page, and what it did that it should not."""

    page: Page
    url: str
    foreign: list[str] = field(default_factory=list)  # addresses elsewhere that were asked for
    complaints: list[str] = field(default_factory=list)  # errors, and what the policy forbade

    def run(self, query: str) -> None:
        """Write a query into the editor and press the button."""
        self.page.evaluate("text => { window.editor.value = text; }", query)
        self.page.click("#sparql button >> nth=0")


@pytest.fixture
def visit(browser: Browser, served: Served, request: pytest.FixtureRequest) -> Iterator[Visit]:
    """The start page, with the editor, as a visitor sees it whom the test may describe (``param``)."""
    settings: dict[str, Any] = getattr(request, "param", {})
    context: BrowserContext = browser.new_context(accept_downloads=True, **settings)
    page = context.new_page()
    made = Visit(page, served.url)
    page.on("request", lambda asked: made.foreign.extend([asked.url] * _is_foreign(asked.url, served.url)))
    page.on("console", lambda said: made.complaints.extend([said.text] * (said.type in ("error", "warning"))))
    page.on("pageerror", lambda error: made.complaints.append(str(error)))
    page.goto(served.url + "/")
    page.wait_for_selector(".CodeMirror")
    yield made
    context.close()


def _is_foreign(url: str, home: str) -> bool:
    return not url.startswith((home, "data:"))
