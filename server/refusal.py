"""What the server answers when it does not do what it was asked."""

from __future__ import annotations

from collections.abc import Mapping

from kg.errors import KgError, QueryError, StoreError, UnknownQuestion, UsageError

STATUS: dict[type[KgError], int] = {UnknownQuestion: 404, QueryError: 400, UsageError: 400, StoreError: 503}
"""What each error of the program is to a client; the most specific class counts."""


class Refusal(KgError):
    """A request that is refused.

    Args:
        status: of HTTP.
        reason: for the client: what is wrong, and what to do.
        headers: further headers of the response.
    """

    def __init__(self, status: int, reason: str, headers: Mapping[str, str] | None = None) -> None:
        self.status = status
        self.reason = reason
        self.headers = dict(headers or {})
        super().__init__(reason)

    def __reduce__(self) -> tuple[type[Refusal], tuple[int, str, dict[str, str]]]:
        return Refusal, (self.status, self.reason, self.headers)


def as_refusal(error: KgError) -> Refusal:
    """Return any error of the program as what it is to a client."""
    if isinstance(error, Refusal):
        return error
    return Refusal(next((STATUS[kind] for kind in type(error).__mro__ if kind in STATUS), 500), str(error))
