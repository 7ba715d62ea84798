"""The part of the OpenAPI document that FastAPI cannot know: the routes that are plain ASGI."""

from __future__ import annotations

from server.openapi.parts import Json
from server.openapi.people import people
from server.openapi.protocols import protocols
from server.openapi.reconciliation import reconciliation

SECURITY: Json = {"token": {"type": "http", "scheme": "bearer"}}
"""How writing is asked for."""


def plain_routes() -> Json:
    """Return the ``paths`` that are not FastAPI's."""
    return {**protocols(), **people(), **reconciliation()}
