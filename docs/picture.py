"""Take the picture of the page that the README shows: ``python -m docs.picture FILE.png``.

It builds the graph of ``seeds/``, serves it, and opens the page in Chromium.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

from playwright.sync_api import sync_playwright

SEEDS = Path(__file__).parents[1] / "seeds"
_NAMES = ("chromium", "chromium-browser", "google-chrome")
_ADDRESS = "/?question=who-supports-or-opposes-what"
_SIZE = {"width": 1100, "height": 760}
_PORT = 8765
_MOMENT = 500  # milliseconds, for the page to scroll
_LIMIT = 60.0  # seconds to wait for the server


def main(output: Path) -> None:
    """Take the picture."""
    with tempfile.TemporaryDirectory() as folder:
        kg = [sys.executable, "-m", "kg"]
        store = f"{folder}/store"
        subprocess.run([*kg, "build", str(SEEDS), "--store", store], check=True)
        server = subprocess.Popen([*kg, "serve", "--store", store, "--port", str(_PORT)])
        try:
            _wait(f"http://127.0.0.1:{_PORT}")
            _take(f"http://127.0.0.1:{_PORT}{_ADDRESS}", output)
        finally:
            server.terminate()
            server.wait()


def _take(address: str, output: Path) -> None:
    browser_path = next(filter(None, map(shutil.which, _NAMES)), None)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_path, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": _SIZE["width"], "height": _SIZE["height"]})
        page.goto(address, wait_until="networkidle")
        page.mouse.wheel(0, -60)  # the page scrolls to the question, so that its title is at the very edge
        page.wait_for_timeout(_MOMENT)
        page.screenshot(path=output)
        browser.close()


def _wait(address: str) -> None:
    end = time.monotonic() + _LIMIT
    while time.monotonic() < end:
        try:
            urllib.request.urlopen(address + "/health", timeout=5).close()
            return
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.2)
    raise TimeoutError(address)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
