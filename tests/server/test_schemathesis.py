"""The OpenAPI document against the server: schemathesis asks what the document says can be asked."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tests.server.served import TOKEN, make_store, serving

# Strings that are no SPARQL, requests that name no graph, unknown parameters: the protocols say what
# of them is refused, and JSON Schema cannot. PATCH takes SPARQL alone, which the tool cannot send.
EXCEPT = [
    *("--exclude-path", "/sparql", "--exclude-path", "/update", "--exclude-path", "/store"),
]
STANDARDS = [
    *("--include-path", "/sparql", "--include-path", "/update", "--include-path", "/store"),
    *("--exclude-method", "PATCH", "--exclude-checks", "positive_data_acceptance,negative_data_rejection"),
]


def test_the_document_holds(tmp_path: Path) -> None:
    command = str(Path(sys.executable).with_name("schemathesis"))
    with serving(make_store(tmp_path / "store")) as served:
        for part in (EXCEPT, STANDARDS):
            found = subprocess.run(
                [
                    *(command, "run", f"{served.url}/openapi.json", "--no-color", "--max-examples", "10"),
                    *(
                        "--phases",
                        "examples,coverage,fuzzing",
                        "--seed",
                        "1",
                        "--generation-database",
                        "none",
                    ),
                    *("--header", f"Authorization: Bearer {TOKEN}", *part),
                ],
                capture_output=True,
                text=True,
                timeout=240,
                cwd=tmp_path,
            )
            assert found.returncode == 0, found.stdout[-6000:]
