"""Settings of the client of a live service, as plain values that can be pickled."""

from __future__ import annotations

import os
import re
import time
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Self

from kg.config import Config
from kg.errors import UsageError

_PROGRAM = "communique/0.1"
_CONTACT = re.compile(r"[^\s@()]+@[^\s@()]+\.[^\s@()]+|(?:https?://|User:)[^\s()]+")


@dataclass(frozen=True, slots=True)
class LiveSettings:
    """The settings of a client of a live service."""

    address: str  # api.php of a Wikibase
    agent: str  # the User-Agent
    cache: Path  # file with the cached answers
    pause: float  # seconds between the end of a request and the start of the next
    run: str  # identifies the run; a service that failed in one run is tried again in the next

    @classmethod
    def of_reconciliation(cls, config: Config) -> Self:
        """Return the settings for the reconciliation service of a run. The contact is optional.

        Raises:
            UsageError: the contact is not an address.
        """
        named = agent(config.contact) if config.contact else _PROGRAM
        return cls(config.reconcile_url, named, config.live_cache.expanduser(), config.live_pause, _run())

    @classmethod
    def of(cls, config: Config) -> Self:
        """Return the settings for the live service of a run.

        Raises:
            UsageError: no contact is configured.
        """
        return cls(
            config.live_url,
            agent(config.contact),
            config.live_cache.expanduser(),
            config.live_pause,
            _run(),
        )


def agent(contact: str) -> str:
    """Return the User-Agent with the name of the program and the contact of its user.

    Wikimedia requires it:
    https://foundation.wikimedia.org/wiki/Policy:Wikimedia_Foundation_User-Agent_Policy.

    Raises:
        UsageError: ``contact`` is not an address.
    """
    if not _CONTACT.fullmatch(contact):
        given = f"{contact!r} is none" if contact else "none is given"
        raise UsageError(
            "contact: a live service wants to know whom to write to about your requests; your mail address "
            f"or web page is needed, {given}: set --contact, KG_CONTACT, or contact in the settings file"
        )
    return f"{_PROGRAM} ({contact}) python-httpx/{version('httpx')}"


def _run() -> str:
    return f"{os.getpid()}-{time.time_ns()}"
