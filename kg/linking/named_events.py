"""Find events with a name: "the World Cup", "the Battle of Hastings", "the 2024 Summer Olympics".

An event has a name if its trigger is part of a run of capitalised words. Headlines, and the first words of
sentences, are not evidence, because they are always capitalised.
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
class NamedEvent:
    """An event with a name, in the same form as actors and places."""

    ref: str
    label: str  # the name
    mentions: tuple[Mention, ...]  # of the name
    kind: str = "event"


def named_events(extraction: Extraction) -> Iterator[NamedEvent]:
    """Yield the events of an extraction that have a name, in the order of the extraction."""
    text = extraction.article.text
    headline = text.partition("\n")[0]
    runs = [_without_article(*match.span(), text) for match in _RUN.finditer(text, len(headline))]
    runs = [span for span in runs if not text[slice(*span)].isupper()]
    starts = {_first_letter(text, start) for start, _ in extraction.sentences}
    entities: list[Actor | Place] = [*extraction.actors, *extraction.places]
    taken = [mention.span for entity in entities for mention in entity.mentions]
    for event in extraction.events:
        spans = [span for trigger in event.triggers if (span := _name_at(trigger, runs, text, starts, taken))]
        if spans:
            names = tuple(Mention(start, end, "name") for start, end in dict.fromkeys(spans))
            yield NamedEvent(event.ref, text[slice(*spans[0])], names)


def _name_at(
    trigger: Mention, runs: list[Span], text: str, starts: set[int], taken: list[Span]
) -> Span | None:
    """Return the span of the name that contains a trigger; None if no name contains it.

    Args:
        trigger: the trigger of an event.
        runs: spans of capitalised words.
        text: the text of the article.
        starts: offsets of the first letters of sentences, whose capital is not evidence.
        taken: spans of the mentions of actors and places.
    """
    run = next((run for run in runs if run[0] <= trigger.start and trigger.end <= run[1]), None)
    if run is None or not text[trigger.start].isupper() or trigger.start in starts:
        return None
    if any(begin <= run[0] and run[1] <= finish for begin, finish in taken):
        return None
    return run if _is_name(run, text, starts) else None


def _is_name(run: Span, text: str, starts: set[int]) -> bool:
    """Return True if a run has two capitalised words, one of them not at the start of a sentence."""
    words = list(re.finditer(r"\S+", text[slice(*run)]))
    capitalised = [word for word in words if word[0][0].isupper() and not _DAY.match(word[0])]
    within_sentence = any(run[0] + word.start() not in starts for word in capitalised)
    return len(capitalised) >= 2 and within_sentence and not _POSSESSIVE.search(words[0][0])


def _without_article(start: int, end: int, text: str) -> Span:
    article = _ARTICLE.match(text, start, end)
    return (article.end() if article else start), end


def _first_letter(text: str, start: int) -> int:
    while start < len(text) and not text[start].isalnum():
        start += 1
    return start
