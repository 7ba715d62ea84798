"""Recognise the format of a source without a known suffix: standard input, web pages, other files."""

from __future__ import annotations

import re

from kg.sources.encoding import decode
from kg.sources.opening import Source

_HEAD = 4096
_MEDIA_TYPES = {
    "text/html": ".html",
    "application/xhtml+xml": ".html",
    "text/markdown": ".md",
    "application/json": ".json",
    "application/ld+json": ".json",
    "application/x-ndjson": ".jsonl",
    "application/jsonl": ".jsonl",
}
_HTML = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*|<!--(?:(?!-->).)*-->\s*)*<(?:!doctype\s+html|html|head|body|title|meta|article|main|section|div|h1|p)\b",
    re.IGNORECASE | re.DOTALL,
)
_JSON = re.compile(r"""\s*(?:\{\s*(?:"|\})|\[\s*[\[{\]])""")


def sniff(source: Source) -> str:
    """Return the suffix of the format of a source, a key of ``kg.sources.SOURCES``.

    The media type that the server sends decides; without one, the first 4096 bytes do. The default is ".txt".
    """
    if source.media_type in _MEDIA_TYPES:
        return _MEDIA_TYPES[source.media_type]
    head = decode(source.stream.peek(_HEAD)[:_HEAD], source.charset)
    if _HTML.match(head):
        return ".html"
    return ".json" if _JSON.match(head) else ".txt"
