"""Separate the words of HTML fragments from the tags, in one pass and in linear time.

Whole pages are parsed by trafilatura. The parser of the standard library is not used because it takes minutes
for a megabyte of unclosed comments.
"""

from __future__ import annotations

import html
import re

_PIECE = re.compile(
    r"<(?P<silent>script|style|figcaption)\b.*?(?:</(?P=silent)\s*>|\Z)|<!--.*?(?:-->|\Z)"
    r"|</?(?P<tag>[a-z][a-z0-9]*)\b[^<>]*>|<[!?][^<>]*>|(?P<words>[^<]+|<)",
    re.IGNORECASE | re.DOTALL,
)
_BLOCK = re.compile(r"p|div|li|ul|ol|blockquote|h[1-6]|table|tr|section|article|figure|hr", re.IGNORECASE)
_MARKUP = re.compile(
    r"</(?:p|div|a|b|i|strong|em|span|li|ul|ol|blockquote|h[1-6])\s*>|<(?:br|p)\s*/?>", re.IGNORECASE
)
_GAP = re.compile(r"\n{2,}")


def has_markup(text: str) -> bool:
    """Return True if a text is an HTML fragment. The characters < and & alone do not make it one."""
    return _MARKUP.search(text) is not None


def words_of(text: str) -> str:
    """Return the words of an HTML fragment, with its blocks as paragraphs."""
    pieces = "".join(map(_words, _PIECE.finditer(text)))
    return _GAP.sub("\n\n", "\n".join(line.strip() for line in pieces.split("\n"))).strip()


def words_length(text: str) -> int:
    """Return the number of characters of a page that are not markup."""
    return sum(len(match["words"]) for match in _PIECE.finditer(text) if match["words"])


def _words(match: re.Match[str]) -> str:
    """Return the text that one piece of HTML stands for: words, a line break, a paragraph break, or ""."""
    if match["words"]:
        return html.unescape(match["words"])
    tag = match["tag"] or match["silent"] or ""
    if tag.lower() == "br":
        return "\n"
    return "\n\n" if _BLOCK.fullmatch(tag) else ""
