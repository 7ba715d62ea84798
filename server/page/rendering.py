"""Templates, the addresses that pages link to, and how a page is sent."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import quote

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from kg.prefixes import prefixes
from server import responding
from server.responding import Headers, Send

HTML = "text/html"
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
"""Content-Security-Policy of every page: nothing from elsewhere, no script and no style within the page."""

SAFETY: Headers = [
    (b"content-security-policy", POLICY.encode("ascii")),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
]
FILES = {"page.css": b"text/css; charset=utf-8", "page.js": b"text/javascript; charset=utf-8"}
"""What pages load, with its media type."""

_WEB = re.compile(r"https?://[^\s<>\"]+")


def render(template: str, base: str, **values: Any) -> bytes:
    """Return a page.

    Args:
        template: name of the file in ``templates/``.
        base: base IRI of the data.
        values: what the template shows; it escapes them.
    """
    known = {"href": lambda iri: href(iri, base), "short": lambda iri: short(iri, base), "base": base}
    return _templates().get_template(template).render(**known, **values).encode("utf-8")


@lru_cache
def _templates() -> Environment:
    return Environment(
        loader=FileSystemLoader(Path(__file__).parent / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


@lru_cache
def file(name: str) -> bytes:
    """Return one of :data:`FILES`."""
    return (Path(__file__).parent / "static" / name).read_bytes()


def href(iri: str, base: str) -> str | None:
    """Return where a link to ``iri`` leads: to this server for what the project mints, to the web for other
    addresses of the web; None if it is no address that a page should link to (``javascript:``).
    """
    if iri.startswith(base):
        path, hash_mark, fragment = iri.removeprefix(base).partition("#")
        return "/" + quote(path, safe="/~") + hash_mark + quote(fragment, safe="=,;~")
    return iri if _WEB.fullmatch(iri) else None


def short(iri: str, base: str) -> str:
    """Return an IRI as ``prefix:name`` where one of the known prefixes fits, else as it is."""
    for prefix, namespace in prefixes(base).items():
        if iri.startswith(namespace) and "/" not in iri.removeprefix(namespace):
            return f"{prefix}:{iri.removeprefix(namespace)}"
    return iri


async def send_page(send: Send, body: bytes, status: int = 200, headers: Headers | None = None) -> None:
    """Send a page, with the headers that keep it from loading anything foreign."""
    kind = (b"content-type", b"text/html; charset=utf-8")
    await responding.respond(send, status, [kind, *SAFETY, *(headers or [])], body)
