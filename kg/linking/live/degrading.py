"""Continue after a service has failed: warn once, and record the names without an answer."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager

from kg.linking.live.service import Service, Unavailable

_SHAPES = (AttributeError, IndexError, KeyError, TypeError, ValueError)
"""The exceptions raised by an answer that is JSON of another shape, such as one of a proxy."""


class Degrading:
    """The names that one service did not answer for."""

    def __init__(self, service: Service, warn: Callable[[str], None] | None = None) -> None:
        """Take a service that may fail.

        Args:
            service: the client of the service.
            warn: a function for the one warning of a run; the default writes to standard error.
        """
        self._service = service
        self._warn = warn or _to_standard_error
        self._missed: set[str] = set()

    @contextmanager
    def of(self, names: Iterable[str]) -> Iterator[None]:
        """Suppress failures of the service in the block, and record ``names``, which are read only then."""
        try:
            yield
        except (Unavailable, *_SHAPES) as error:
            self._missed.update(names)
            if self._service.is_first_failure():
                said = str(error) if isinstance(error, Unavailable) else self._odd(error)
                self._warn(f"{said}; names are linked with what is at hand, such links are marked degraded")

    def _odd(self, error: Exception) -> str:
        return f"{self._service.address}: answers as no such service does ({type(error).__name__}: {error})"

    def missed(self, name: str) -> bool:
        """Return True if the service did not answer for ``name``."""
        return name in self._missed

    def answered(self, names: Iterable[str]) -> None:
        """Remove names that the service has answered since."""
        self._missed.difference_update(names)


def _to_standard_error(message: str) -> None:
    sys.stderr.write(f"kg: {message}\n")
