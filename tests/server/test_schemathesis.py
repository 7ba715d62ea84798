"""The OpenAPI document against the server: schemathesis asks what the document says can be asked."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.server import schemathesis_hooks
from tests.server.served import TOKEN, make_store, serving

_ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("key", [["--header", f"Authorization: Bearer {TOKEN}"], []], ids=["token", "none"])
def test_the_document_holds(tmp_path: Path, key: list[str]) -> None:
    """Every check, on every operation."""
    command = str(Path(sys.executable).with_name("schemathesis"))
    hooks = {"SCHEMATHESIS_HOOKS": schemathesis_hooks.__name__, "PYTHONPATH": str(_ROOT)}
    examples = ["--max-examples", "10", "--seed", "1", "--generation-database", "none"]
    with serving(make_store(tmp_path / "store"), "--backups", str(tmp_path / "copies")) as served:
        found = subprocess.run(
            [command, "run", f"{served.url}/openapi.json", "--no-color", *examples, *key],
            capture_output=True,
            text=True,
            timeout=240,
            cwd=tmp_path,
            env=os.environ | hooks,
        )
        assert found.returncode == 0, found.stdout[-6000:]
