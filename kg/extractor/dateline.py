"""The dateline before a report: "BRUSSELS (Reuters) -", "TALLINN, March 12 –".

It is not part of any content.
"""

from __future__ import annotations

import re

from kg.extractor.syntax import Syntax
from kg.text.paragraphs import paragraphs

DATELINE = re.compile(
    r"[A-Z][A-Z.'’]+(?:[ -][A-Z][A-Z.'’]+){0,3}(?:, [^\n–—_-]{2,30})?"
    r"(?: \([^)\n]{2,30}\))?\s+(?:–|—|--?|_)\s+"
)


def dateline_tokens(syntax: Syntax) -> set[int]:
    """Return the tokens of datelines, with the dash, in the first four paragraphs."""
    found: set[int] = set()
    for start, _ in paragraphs(syntax.text)[:4]:
        match = DATELINE.match(syntax.text, start)
        if match is not None:
            found.update(range(syntax.token_at(start), syntax.token_at(match.end())))
    return found
