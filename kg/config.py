"""Settings of a run.

A later source overrides an earlier one: defaults, a TOML file, environment variables, the command line.
"""

from __future__ import annotations

import dataclasses
import os
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg.errors import UsageError

DEFAULT_BASE = "https://w3id.org/communique/"
LINK_MODES = ("no", "offline", "live")
_BASE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://[^\s<>\"{}|\\^`#]+/")


class Address(str):
    """The http or https address of a store that a server holds, in place of a folder."""

    __slots__ = ()


def place_of(text: str | Path) -> Path | Address:
    """Return the address of a store if ``text`` begins with http:// or https://, else its folder."""
    return Address(text) if str(text).startswith(("http://", "https://")) else Path(text)


@dataclass(frozen=True, slots=True)
class Config:
    """All settings. Each is a key of the TOML file and an environment variable ``KG_`` + name in upper case.

    Raises:
        UsageError: a value is out of range; the message names the setting.
    """

    store: Path | Address = Path("store")  # folder of the Oxigraph store, or address of a store on a server
    base: str = DEFAULT_BASE  # base IRI of actors, places and articles; ends in "/"
    model: str = "en_core_web_sm"  # name or path of a spaCy pipeline; fallback: kg.extractor.language_model
    workers: int = 1  # processes that extract
    max_characters: int = 1_000_000  # longest article that is read
    fetch_timeout: float = 20.0  # most seconds to fetch a web page
    fetch_bytes: int = 20_000_000  # most bytes of a web page
    link: str = "offline"  # how kg build links: no, offline, or live
    packs: tuple[Path, ...] = ()  # packs beside the embedded knowledge base, made by kg wikidata build
    link_accept: float = 0.3  # least probability of an accepted link
    link_sure: float = 0.5  # least probability where the name is weak evidence: a surname alone, initials
    link_margin: float = 0.02  # least difference in probability between a link and the next candidate
    link_ask: float = 0.2  # least probability of a candidate that is left for a person to decide
    token: str = ""  # token for writing to a store on a server
    query_url: str = ""  # query endpoint of a store on a server; empty to try the usual paths
    update_url: str = ""  # update endpoint of a store on a server; empty to try the usual paths
    store_timeout: float = 120.0  # most seconds to wait for an answer of a store on a server
    contact: str = ""  # mail address or page of the user, sent to the live service in the User-Agent
    live_url: str = "https://www.wikidata.org/w/api.php"  # api.php of the live service
    reconcile_url: str = ""  # service of the W3C Reconciliation API over Wikidata, asked in addition
    live_pause: float = 1.0  # seconds between two requests to the live service
    live_cache: Path = Path("~/.cache/communique/live.sqlite")  # file with the answers of the live service

    def __post_init__(self) -> None:
        if not _BASE.fullmatch(self.base):
            raise UsageError(f'base: {self.base!r} must be an absolute IRI that ends in "/", without spaces')
        for name in ("workers", "max_characters", "fetch_timeout", "fetch_bytes", "store_timeout"):
            if getattr(self, name) <= 0:
                raise UsageError(f"{name}: must be more than 0, not {getattr(self, name)}")
        if self.live_pause < 0:
            raise UsageError(f"live_pause: must not be less than 0, not {self.live_pause}")
        for name in ("live_url", "reconcile_url", "query_url", "update_url"):
            if getattr(self, name) and not getattr(self, name).startswith(("http://", "https://")):
                raise UsageError(f"{name}: {getattr(self, name)!r} must begin with http:// or https://")
        for name in ("link_accept", "link_sure", "link_margin", "link_ask"):
            if not 0 <= getattr(self, name) <= 1:
                raise UsageError(f"{name}: must be from 0 to 1, not {getattr(self, name)}")
        if self.link not in LINK_MODES:
            raise UsageError(f"link: {self.link!r} is not known; known are {', '.join(LINK_MODES)}")


def load_config(
    file: Path | None = None,
    environment: Mapping[str, str] = os.environ,
    **overrides: Any,
) -> Config:
    """Return the settings of this run.

    Args:
        file: a TOML file, or None.
        environment: the variables among which ``KG_…`` are looked up.
        overrides: values from the command line; None means that the option was not given.

    Raises:
        UsageError: the file cannot be read, or a key or value is not valid; the message names it.
    """
    values: dict[str, Any] = {}
    kinds = {field.name: type(field.default) for field in dataclasses.fields(Config)} | {"store": str}
    if file is not None:
        values |= _from_toml(file, kinds)
    for name, kind in kinds.items():
        if f"KG_{name.upper()}" in environment:
            values[name] = _convert(f"KG_{name.upper()}", environment[f"KG_{name.upper()}"], kind)
    values |= {name: value for name, value in overrides.items() if value is not None}
    values |= {"store": place_of(values["store"])} if "store" in values else {}
    return Config(**values)


def _from_toml(file: Path, kinds: Mapping[str, type[Any]]) -> dict[str, Any]:
    try:
        table = tomllib.loads(file.read_text("utf-8"))
    except OSError as error:
        raise UsageError(f"{file}: cannot be read: {error.strerror}") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UsageError(f"{file}: not valid TOML: {error}") from error
    unknown = sorted(set(table) - set(kinds))
    if unknown:
        raise UsageError(f"{file}: unknown setting {unknown[0]!r}; known are {', '.join(sorted(kinds))}")
    return {name: _convert(f"{file}: {name}", value, kinds[name]) for name, value in table.items()}


def _convert(where: str, value: Any, kind: type[Any]) -> Any:
    """Return ``value`` as an instance of ``kind``; ``where`` names the setting in the error message."""
    if kind is tuple:
        return _paths(where, value)
    wanted = "a path" if issubclass(kind, Path) else f"of type {kind.__name__}"
    try:
        if issubclass(kind, (str, Path)) and not isinstance(value, str):
            raise TypeError
        return Path(value) if issubclass(kind, Path) else kind(value)
    except (TypeError, ValueError):
        raise UsageError(f"{where}: {value!r} is not {wanted}") from None


def _paths(where: str, value: Any) -> tuple[Path, ...]:
    """Return paths from a list (TOML) or from a string separated like PATH (environment)."""
    parts = value.split(os.pathsep) if isinstance(value, str) else value
    if not isinstance(parts, (list, tuple)) or not all(isinstance(part, (str, Path)) for part in parts):
        raise UsageError(f"{where}: {value!r} is not a list of paths")
    return tuple(Path(part) for part in parts if str(part))
