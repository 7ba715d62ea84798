"""Sample text and functions to read it, shared by the tests of ``kg.sources``."""

from __future__ import annotations

import io
from pathlib import Path

from kg.config import Config
from kg.errors import ArticleError
from kg.records import Article
from kg.sources import Location, read_articles, read_location

HEADLINE = "Port of Larnholm reopens after storm"
FIRST = "The port of Larnholm reopened on Tuesday after a storm had closed it for three days, officials said."
SECOND = (
    "“We have checked every quay, and the ferries can sail again,” said Tomas Eriksen, the harbour master."
)
THIRD = "The council proposed to raise the sea wall by two metres, as the fishing crews had asked for years."
BODY = f"{FIRST}\n\n{SECOND}\n\n{THIRD}"
TEXT = f"{HEADLINE}\n\n{BODY}"

Result = Article | ArticleError


def read(*specs: str | Path, config: Config | None = None) -> list[Result]:
    """Read files, folders or addresses."""
    return list(read_articles([str(spec) for spec in specs], config or Config()))


def read_bytes(folder: Path, name: str, data: bytes | str, config: Config | None = None) -> list[Result]:
    """Write ``data`` to a file in ``folder`` and read it."""
    path = folder / name
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return read(path, config=config)


def read_stdin(data: bytes, config: Config | None = None) -> list[Result]:
    """Read ``data`` as standard input."""
    return list(read_location(Location("-"), config or Config(), io.BytesIO(data)))


def article(results: list[Result]) -> Article:
    """Return the only result, which must be an article."""
    assert len(results) == 1
    assert isinstance(results[0], Article), results[0]
    return results[0]


def error(results: list[Result], kind: type[ArticleError]) -> ArticleError:
    """Return the only result, which must be an error of class ``kind``."""
    assert len(results) == 1
    assert type(results[0]) is kind, results[0]
    return results[0]
