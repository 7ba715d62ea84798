"""Subjects of linking: the named actors, places and events of an article, with the words around them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Literal

from kg.linking.knowledge import ItemType
from kg.linking.named_events import NamedEvent, named_events
from kg.linking.words import stems
from kg.records import Actor, Extraction, Mention, Place

Group = Literal["person", "organisation", "place", "country"]
"""Groups of subjects. Each has weights of its own."""

GROUPS: tuple[Group, ...] = ("person", "organisation", "place", "country")

_GROUP_OF: dict[str, Group] = {
    "person": "person",
    "organisation": "organisation",
    "group": "organisation",
    "country": "country",
    "city": "place",
    "place": "place",
    "event": "organisation",  # named events are too rare for weights of their own
}
_TYPE_OF: dict[Group, ItemType] = {
    "person": "person",
    "organisation": "organisation",
    "place": "place",
    "country": "place",
}
Named = Actor | Place | NamedEvent
LINKED_PARTS = frozenset(("name", "metonym", "demonym"))
"""The parts of mentions that are linked: names, not nominals and pronouns."""

_TITLED = re.compile(
    r"^(?:(?:mr|mrs|ms|dr|sir|lord|lady|dame|prof|president|prime minister|minister|senator|sen|rep|governor"
    r"|gov|general|gen|colonel|col|judge|justice|chancellor|king|queen|prince|princess|pope)\.?\s+)+",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Subject:
    """A named actor, place or event of an article."""

    ref: str
    label: str
    names: tuple[str, ...]  # label and other names, each once, the longest first
    kind: str
    group: Group
    roles: frozenset[str]  # stems of its roles and nominals
    near: frozenset[str]  # stems of the sentences that name it
    mentions: int
    plays: float  # share of its names in the position of a competitor
    placed: float  # share of its names in the position of a place
    dated: float  # share of its names before a date or the name of an agency, as in a dateline

    @property
    def wanted(self) -> ItemType:
        """The type of item that matches the kind of subject."""
        return "event" if self.kind == "event" else _TYPE_OF[self.group]

    @property
    def is_full(self) -> bool:
        """True if the subject is a person with first name and surname."""
        return self.group == "person" and " " in self.names[0]

    @property
    def is_bare(self) -> bool:
        """True if the subject is a person with one name only in the article."""
        return self.group == "person" and all(" " not in name for name in self.names)


def subjects(extraction: Extraction) -> list[Subject]:
    """Return the subjects of an extraction, in its order. An actor that is also a place is one subject."""
    roles = _roles(extraction)
    found: dict[str, Subject] = {}
    records: list[Named] = [*extraction.actors, *extraction.places, *named_events(extraction)]
    mentions: dict[str, set[Mention]] = defaultdict(set)
    for record in records:
        mentions[record.ref].update(record.mentions)
    for one in records:
        record = replace(one, mentions=tuple(sorted(mentions[one.ref])))
        if record.ref in found or not any(mention.part in LINKED_PARTS for mention in record.mentions):
            continue
        if (made := _subject(record, extraction, roles.get(record.ref, ""))) is not None:
            found[record.ref] = made
    people = {subject.names[0].split()[-1]: subject for subject in found.values() if subject.is_full}
    return [_named_in_full(subject, people) for subject in found.values()]


def _named_in_full(subject: Subject, people: Mapping[str, Subject]) -> Subject:
    """Return a subject whose name is the surname of a person as that person, with the full name."""
    full = people.get(subject.names[0])
    if full is None or subject.group == "country" or subject is full:
        return subject
    return replace(subject, names=(full.names[0], *subject.names), group="person")


def _subject(record: Named, extraction: Extraction, roles: str) -> Subject | None:
    names = list(_names(record))
    if not names:
        return None
    text = extraction.article.text
    nominals = " ".join(text[m.start : m.end] for m in record.mentions if m.part == "nominal")
    near = " ".join(text[start:end] for start, end in _sentences(record, extraction))
    own = {stem for name in names for stem in stems(name)}
    return Subject(
        ref=record.ref,
        label=record.label,
        names=tuple(names),
        kind=record.kind,
        group=_GROUP_OF[record.kind],
        roles=frozenset(stems(f"{roles} {nominals}")) - own,
        near=frozenset(stems(near)) - own,
        mentions=sum(mention.part in LINKED_PARTS for mention in record.mentions),
        plays=_share(record, text, _is_competitor),
        placed=_share(record, text, _is_placed),
        dated=_share(record, text, _is_dated),
    )


_RESULT = re.compile(
    r"[\s:]*(?:\(\w+\) )?(?:\d|beat|won|lost|drew|defeat|def\b|bt\b|vs?\b|v\.|play|score|led|qualif|captain"
    r"|coach|win|striker|keeper|innings|squad|team|side\b|bats)",
    re.IGNORECASE,
)
_OPPOSED = re.compile(
    r"(?:against|beat|beating|vs?\.?|defeat(?:ed)?|over|for|between|at|\d|bt|def\.?)[\s:]+(?:the )?$",
    re.IGNORECASE,
)
_DATED = re.compile(
    r",? \d{4}-\d\d-\d\d| \((?:Reuters?|AP|AFP)\)| ?[—–-]{1,2} ?[A-Z]|, [A-Z][a-z]+\.? \d\d?\b"
)
_LOCATED = re.compile(r"(?:\b(?:in|from|near|outside|across|of)\s+(?:the )?|\()$", re.IGNORECASE)


def _share(record: Named, text: str, test: Callable[[str, str], bool]) -> float:
    """Return the share of the names for which ``test`` is True of the 16 characters before and after."""
    spans = [mention.span for mention in record.mentions if mention.part == "name"]
    shown = [test(text[max(0, start - 16) : start], text[end : end + 16]) for start, end in spans]
    return sum(shown) / len(shown) if shown else 0.0


def _is_competitor(before: str, after: str) -> bool:
    """Return True before a result or a verb of sport, and after "against" and the like."""
    return not _is_placed(before, after) and bool(_RESULT.match(after) or _OPPOSED.search(before))


def _is_placed(before: str, after: str) -> bool:
    """Return True after "in" and the like, in parentheses, and before a date, as in a dateline."""
    return bool(_LOCATED.search(before) or _DATED.match(after))


def _is_dated(_: str, after: str) -> bool:
    """Return True before a date or an agency, as in a dateline."""
    return bool(_DATED.match(after))


def _names(record: Named) -> Iterator[str]:
    """Yield the label and the other names without titles, the longest first."""
    every = (record.label, *(record.alt_labels if isinstance(record, Actor) else ()))
    plain = dict.fromkeys(_TITLED.sub("", " ".join(name.split())) for name in every)
    yield from sorted((name for name in plain if _is_name(name)), key=lambda name: (-len(name.split()), name))


def _is_name(name: str) -> bool:
    return any(letter.isupper() for letter in name) or not name.isascii()


def _sentences(record: Named, extraction: Extraction) -> list[tuple[int, int]]:
    starts = [mention.start for mention in record.mentions]
    return [span for span in extraction.sentences if any(span[0] <= start < span[1] for start in starts)]


def _roles(extraction: Extraction) -> dict[str, str]:
    """Return, by actor, the names of its roles and of the organisations of the roles."""
    labels = {actor.ref: actor.label for actor in extraction.actors}
    said: dict[str, list[str]] = defaultdict(list)
    for role in extraction.roles:
        said[role.member].append(f"{role.name} {labels.get(role.organisation or '', '')}")
    return {ref: " ".join(words) for ref, words in said.items()}
