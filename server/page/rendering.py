"""Templates, the addresses that pages link to, and how a page is sent."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import quote

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from kg.rdf.formats import GRAPH_FORMATS, TRIPLE_FORMATS
from kg.rdf.prefixes import prefixes
from kg.rdf.vocab import KG, Vocabulary
from server import responding
from server.responding import Headers, Send

HTML = "text/html"
ENDINGS = {
    "text/turtle": ".ttl",
    HTML: ".html",
    **{GRAPH_FORMATS[name].media_types[0]: GRAPH_FORMATS[name].suffix for name in TRIPLE_FORMATS},
}
"""Of documents, by media type; the first is given to those who take anything."""

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
_CSS, _SCRIPT = b"text/css; charset=utf-8", b"text/javascript; charset=utf-8"
_SCRIPTS = ("page", "triples", "results", "names", "graph", "line", "svg", "editor")
BUILT = {"yasqe.min.css": _CSS, "yasqe.min.js": _SCRIPT, "force.min.js": _SCRIPT}
"""What pages load of that which comes from npm (``make page``), which needs node."""
FILES = {
    "page.css": _CSS,
    **{f"{name}.js": _SCRIPT for name in _SCRIPTS},
    **BUILT,
    "terms.json": b"application/json",
}
"""What pages load, with its media type."""
_STATIC = Path(__file__).parent / "static"

_WIDER = {"actor", "place", "statement"}
_WEB = re.compile(r"https?://[^\s<>\"]+")


def render(template: str, base: str, **values: Any) -> bytes:
    """Return a page.

    Args:
        template: name of the file in ``templates/``.
        base: base IRI of the data.
        values: what the template shows; it escapes them.
    """
    known = {
        "href": lambda iri: href(iri, base),
        "short": lambda iri: short(iri, base),
        "kinds": kinds,
        "base": base,
        "namespace": KG.namespace,
    }
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
def file(name: str, base: str) -> bytes:
    """Return one of :data:`FILES`.

    Args:
        name: of the file; if it is one of :data:`BUILT`, these are there.
        base: base IRI of the data.
    """
    return _terms(base) if name == "terms.json" else (_STATIC / name).read_bytes()


def is_built() -> bool:
    """Whether what comes from npm is there: the SPARQL editor, and what lays graphs out."""
    return all((_STATIC / name).is_file() for name in BUILT)


def _terms(base: str) -> bytes:
    """Return the prefixes, classes and properties that the editor completes, as JSON."""
    named = [
        getattr(vocabulary, name).value
        for vocabulary in Vocabulary.__subclasses__()
        for name in vocabulary.__annotations__
    ]
    named.sort(key=lambda iri: (not iri.startswith(KG.namespace), iri))  # our own first
    return json.dumps(
        {
            "prefixes": [f"{prefix}: <{iri}>" for prefix, iri in prefixes(base).items()],
            "classes": [iri for iri in named if _local(iri)[0].isupper()],
            "properties": [iri for iri in named if _local(iri)[0].islower()],
        }
    ).encode("utf-8")


def _local(iri: str) -> str:
    return re.split("[#/]", iri)[-1]


def href(iri: str, base: str) -> str | None:
    """Return where a link to ``iri`` leads: to this server for what the project mints (terms, too), to the
    web for other addresses of the web; None if it is no address that a page should link to (``javascript:``).
    """
    if iri.startswith(KG.namespace):
        return f"/?terms#{quote(iri.removeprefix(KG.namespace))}"
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


def kinds(types: Iterable[str]) -> str:
    """Return classes, or names of other things, in words: "person", "news article"; no wider class beside one
    that is not."""
    named = {re.sub(r"(?<=[a-z])(?=[A-Z])", " ", _local(iri)).lower() for iri in types}
    return ", ".join(sorted(named - _WIDER if named - _WIDER else named))


async def send_page(send: Send, body: bytes, status: int = 200, headers: Headers | None = None) -> None:
    """Send a page, with the headers that keep it from loading anything foreign."""
    kind = (b"content-type", b"text/html; charset=utf-8")
    await responding.respond(send, status, [kind, *SAFETY, *(headers or [])], body)
