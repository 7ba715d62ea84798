"""A stretch of an article's text, and what it does there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Span = tuple[int, int]
"""Start and end in code points of the article's text, the end exclusive."""

MentionPart = Literal["name", "demonym", "metonym", "nominal", "pronoun", "role", "cue", "content", "trigger"]


@dataclass(frozen=True, slots=True, order=True)
class Mention:
    """One place where the article says something of a node; becomes a ``kg:Mention``."""

    start: int
    end: int
    part: MentionPart

    @property
    def span(self) -> Span:
        return self.start, self.end
