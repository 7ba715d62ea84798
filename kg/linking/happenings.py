"""Events that have a name: "the World Cup", "the Battle of Hastings", "the 2024 Summer Olympics".

An event of the extractor is named if the word that tells it is part of a run of capitalised words. Where the
capital says nothing, in headlines and of the first word of a sentence, it does not count.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kg.records import Actor, Extraction, Mention, Place, Span

_CAPITALISED = r"(?:(?:[A-Z]\.){2,}|[A-Z][\w’'-]*)"
_RUN = re.compile(
    rf"(?:(?:1[89]|20)\d\d )?{_CAPITALISED}(?:(?: (?:of|for|the|and|de)){{0,2}} {_CAPITALISED})*"
    r"(?: (?:(?:1[89]|20)?\d\d|[IVX]+)\b)?"
)
_DAY = re.compile(
    r"^(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|January|February|March|April|May|June|July|August"
    r"|September|October|November|December)$"
)
_ARTICLE = re.compile(r"(?:The|An?) ")
_POSSESSIVE = re.compile(r"['’]s?$")


@dataclass(frozen=True, slots=True)
class Happening:
    """An event with its name, as linking looks at actors and places."""

    ref: str
    label: str  # the name
    mentions: tuple[Mention, ...]  # of the name
    kind: str = "event"


def happenings(extraction: Extraction) -> Iterator[Happening]:
    """Yield the events of an extraction that have a name, in its order."""
    text = extraction.article.text
    headline = text.partition("\n")[0]
    runs = [_without_article(*found.span(), text) for found in _RUN.finditer(text, len(headline))]
    runs = [span for span in runs if not text[slice(*span)].isupper()]
    starts = {_first_letter(text, start) for start, _ in extraction.sentences}
    named: list[Actor | Place] = [*extraction.actors, *extraction.places]
    taken = [mention.span for one in named for mention in one.mentions]
    for event in extraction.events:
        spans = [span for trigger in event.triggers if (span := _name_at(trigger, runs, text, starts, taken))]
        if spans:
            names = tuple(Mention(start, end, "name") for start, end in dict.fromkeys(spans))
            yield Happening(event.ref, text[slice(*spans[0])], names)


def _name_at(
    trigger: Mention, runs: list[Span], text: str, starts: set[int], taken: list[Span]
) -> Span | None:
    """Return where the name is that a trigger is part of; None if it is part of none."""
    for start, end in runs:
        if start <= trigger.start and trigger.end <= end:
            break
    else:
        return None
    words = list(re.finditer(r"\S+", text[start:end]))
    capitals = [word for word in words if word[0][0].isupper() and not _DAY.match(word[0])]
    certain = [word for word in capitals if start + word.start() not in starts]
    named = any(begin <= start and end <= finish for begin, finish in taken)
    told = text[trigger.start].isupper() and trigger.start not in starts
    if named or not told or len(capitals) < 2 or not certain or _POSSESSIVE.search(words[0][0]):
        return None
    return start, end


def _without_article(start: int, end: int, text: str) -> Span:
    article = _ARTICLE.match(text, start, end)
    return (article.end() if article else start), end


def _first_letter(text: str, start: int) -> int:
    while start < len(text) and not text[start].isalnum():
        start += 1
    return start
