"""Spans of an article's text, and mentions: spans with the part that they play."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Span = tuple[int, int]
"""Start and end offset in code points of the article's text; the end is exclusive."""

MentionPart = Literal["name", "demonym", "metonym", "nominal", "pronoun", "role", "cue", "content", "trigger"]


@dataclass(frozen=True, slots=True, order=True)
class Mention:
    """A span that refers to an entity or gives evidence for a node; written as a ``kg:Mention``."""

    start: int
    end: int
    part: MentionPart

    @property
    def span(self) -> Span:
        return self.start, self.end
