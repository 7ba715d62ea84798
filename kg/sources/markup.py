"""Words and tags of HTML told apart, in one pass and in linear time whatever is in it.

For pieces of pages and for a first look at whole ones. (The standard library's parser takes minutes for a
megabyte of unclosed comments; trafilatura parses whole pages.)
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
    """Tell whether a text is a piece of HTML. A sign < or & alone does not make it one."""
    return _MARKUP.search(text) is not None


def words_of(text: str) -> str:
    """Return the words of a piece of HTML, its blocks as paragraphs."""
    pieces = "".join(map(_words, _PIECE.finditer(text)))
    return _GAP.sub("\n\n", "\n".join(line.strip() for line in pieces.split("\n"))).strip()


def words_length(text: str) -> int:
    """Return how many characters of a page are not markup, without taking it apart."""
    return sum(len(match["words"]) for match in _PIECE.finditer(text) if match["words"])


def _words(match: re.Match[str]) -> str:
    if match["words"]:
        return html.unescape(match["words"])
    tag = match["tag"] or match["silent"] or ""
    if tag.lower() == "br":
        return "\n"
    return "\n\n" if _BLOCK.fullmatch(tag) else ""
