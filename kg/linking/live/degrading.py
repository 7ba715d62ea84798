"""Going on where a service fails: one warning, and the names that it was not asked for."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager

from kg.linking.live.service import Service, Unavailable

_SHAPES = (AttributeError, IndexError, KeyError, TypeError, ValueError)
"""What reading runs into where an answer is JSON of another shape than the service's: a proxy's, say."""


class Degrading:
    """What one client could not ask its service."""

    def __init__(self, service: Service, warn: Callable[[str], None] | None = None) -> None:
        """Make it.

        Args:
            service: what may fail.
            warn: told once in a run; by default it is written to standard error.
        """
        self._service = service
        self._warn = warn or _to_standard_error
        self._missed: set[str] = set()

    @contextmanager
    def of(self, names: Iterable[str]) -> Iterator[None]:
        """Go on if the service fails within, and note ``names``, which are looked at only then."""
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
        """Tell whether ``name`` could not be asked for."""
        return name in self._missed

    def answered(self, names: Iterable[str]) -> None:
        """Note that these names have been answered after all."""
        self._missed.difference_update(names)


def _to_standard_error(message: str) -> None:
    sys.stderr.write(f"kg: {message}\n")
