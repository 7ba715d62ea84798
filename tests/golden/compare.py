"""Compare the extraction of an article with an annotation by hand, one TOML file for each article.

Each entry of a file is a dict. If a value is a list, each of its members is right. An entry marked
``optional`` counts neither as missed nor as wrong.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from kg.records import Actor, Event, Extraction, Proposal, Role, Statement

Entry = dict[str, Any]
Record = TypeVar("Record", Actor, Role, Statement, Event)
FOLDER = Path(__file__).parent


@dataclass
class Outcome:
    """The comparison of one kind of record: entries found and missed, surplus records, wrong details."""

    found: int = 0
    missed: list[str] = field(default_factory=list)
    right: int = 0
    surplus: list[str] = field(default_factory=list)
    details: int = 0
    wrong: list[str] = field(default_factory=list)

    @property
    def recall(self) -> float:
        """The share of entries found, without optional ones."""
        return self.found / (self.found + len(self.missed))

    @property
    def precision(self) -> float:
        """The share of records that an entry covers; 1 without records."""
        return self.right / (self.right + len(self.surplus)) if self.right or self.surplus else 1.0

    @property
    def detail(self) -> float:
        """The share of the details given by the entries of found records that are right."""
        return 1 - len(self.wrong) / self.details if self.details else 1.0

    def report(self, kind: str) -> str:
        """Return the rates on one line, and each missed, surplus and wrong entry on a line of its own."""
        rates = f"recall {self.recall:.2f}, precision {self.precision:.2f}, details {self.detail:.2f}"
        lines = [f"missed: {line}" for line in self.missed] + [f"surplus: {line}" for line in self.surplus]
        return "\n  ".join([f"{kind}: {rates}", *lines, *(f"wrong: {line}" for line in self.wrong)])


def read_golden(stem: str) -> dict[str, list[Entry]]:
    """Return the entries of the golden file ``stem``, by kind."""
    with (FOLDER / f"{stem}.toml").open("rb") as file:
        return tomllib.load(file)


def compare(entries: dict[str, list[Entry]], extraction: Extraction) -> dict[str, Outcome]:
    """Return the outcome for ``actor``, ``role``, ``statement`` (proposals among them) and ``event``.

    ``named actor`` compares only the actors that have a name, which is why their references are the same in
    every article.
    """
    view = View(extraction)
    named = [actor for actor in extraction.actors if not actor.ref.startswith("#")]
    return {
        "actor": view.outcome(entries["actor"], extraction.actors, view.is_actor, view.show_actor, once=True),
        "named actor": view.outcome(entries["actor"], named, view.is_actor, view.show_actor, once=True),
        "role": view.outcome(entries["role"], extraction.roles, view.is_role, view.show_role),
        "statement": view.outcome(
            entries["statement"], extraction.statements, view.is_statement, view.show_statement
        ),
        "event": view.outcome(entries["event"], extraction.events, view.is_event, view.show_event, once=True),
    }


def any_of(value: Any) -> list[str]:
    """Return the values that are right."""
    return list(value) if isinstance(value, list) else [value]


def plain(name: str) -> str:
    """Return a name in lower case, with a plain apostrophe and without a leading determiner."""
    return re.sub(r"^(?:the|a|an|her|his|its|their|some)\s+", "", name.casefold().replace("’", "'"))


def words(text: str) -> set[str]:
    """Return the words of a text in lower case."""
    return set(re.findall(r"\w+", text.casefold()))


class View:
    """An extraction, with the look-ups that a comparison needs."""

    def __init__(self, extraction: Extraction) -> None:
        self.text = extraction.article.text
        self.sentences = extraction.sentences
        self.names = {actor.ref: self._names(actor) for actor in extraction.actors}
        self.names |= {place.ref: {plain(place.label)} for place in extraction.places}

    def outcome(
        self,
        entries: Sequence[Entry],
        records: Sequence[Record],
        matches: Callable[[Entry, Record], bool],
        show: Callable[[Record], str],
        once: bool = False,
    ) -> Outcome:
        """Compare one kind of record. If ``once``, an entry covers one record and others are surplus."""
        outcome, covered = Outcome(), set()
        for entry in entries:
            fitting = [record for record in records if record.ref not in covered and matches(entry, record)]
            best = max(fitting, key=lambda record: -len(self.wrong_details(entry, record)), default=None)
            covered.update([best.ref] if once and best else [])
            if best is not None:
                outcome.found += not entry.get("optional")
                wrong = self.wrong_details(entry, best)
                outcome.details += sum(key in entry for key in DETAILS)
                outcome.wrong += [f"{detail} of {show(best)}" for detail in wrong]
            elif not entry.get("optional"):
                outcome.missed.append(str(entry))
        if not once:
            covered = {record.ref for record in records if any(matches(entry, record) for entry in entries)}
        outcome.right = len(covered)
        outcome.surplus = [show(record) for record in records if record.ref not in covered]
        return outcome

    def is_actor(self, entry: Entry, actor: Actor) -> bool:
        return self.is_called(actor.ref, entry["name"]) and actor.kind in any_of(entry["class"])

    def is_role(self, entry: Entry, role: Role) -> bool:
        held_in = "organisation" not in entry or self.is_called(
            role.organisation or "", entry["organisation"]
        )
        return (
            held_in
            and self.is_called(role.member, entry["person"])
            and plain(role.name) in map(plain, any_of(entry["role"]))
        )

    def is_statement(self, entry: Entry, statement: Statement) -> bool:
        said = words(statement.content or "")
        overlaps = any(
            len(words(some) & said) >= 0.6 * len(words(some)) for some in any_of(entry.get("words", []))
        )
        has_cue = statement.cue in any_of(entry.get("cue", []))
        return any(self.is_called(ref, entry["speaker"]) for ref in statement.speakers) and (
            overlaps or (has_cue and ("words" not in entry or statement.content is None))
        )

    def is_event(self, entry: Entry, event: Event) -> bool:
        return any(
            words(trigger) <= words(self.text[told.start : told.end])
            and entry.get("near", "") in self.sentence(told.start)
            for told in event.triggers
            for trigger in any_of(entry["trigger"])
        )

    def wrong_details(self, entry: Entry, record: Actor | Role | Statement | Event) -> list[str]:
        """Return the details of the entry that differ in the record."""
        return [key for key in DETAILS if key in entry and not self._agrees(key, entry[key], record)]

    def _agrees(self, key: str, expected: Any, record: Actor | Role | Statement | Event) -> bool:
        if key == "addressee" and isinstance(record, Statement):
            return any(self.is_called(ref, expected) for ref in record.addressees)
        if key == "participants" and isinstance(record, Event):
            refs = record.agents + record.targets + record.participants
            return all(any(self.is_called(ref, name) for ref in refs) for name in any_of(expected))
        if key == "kind":
            return bool(isinstance(record, Proposal) == (expected == "proposal"))
        return getattr(record, key, None) in any_of(expected)

    def is_called(self, ref: str, name: Any) -> bool:
        """Return True if one of the given names is a name of the actor."""
        return not self.names.get(ref, set()).isdisjoint(map(plain, any_of(name)))

    def sentence(self, position: int) -> str:
        """Return the sentence that contains a position."""
        return next(self.text[start:end] for start, end in self.sentences if start <= position < end)

    def _names(self, actor: Actor) -> set[str]:
        """Return the names of an actor: its labels, and the nominals of an actor without a name."""
        called = [actor.label, *actor.alt_labels]
        called += [self.text[m.start : m.end] for m in actor.mentions if m.part == "nominal"]
        return {plain(name) for name in called}

    def show_actor(self, actor: Actor) -> str:
        return f"{actor.label} ({actor.kind}): {self.sentence(actor.mentions[0].start)}"

    def show_role(self, role: Role) -> str:
        return f"{role.name}, {role.member}, {role.organisation}: {self.sentence(role.mentions[0].start)}"

    def show_statement(self, one: Statement) -> str:
        kind = one.force if isinstance(one, Proposal) else one.polarity
        people = f"{', '.join(one.speakers)} -> {', '.join(one.addressees)}"
        return f"{one.ref} {people}: {one.cue} ({kind}) {one.content!r}: {self._at(one)}"

    def show_event(self, event: Event) -> str:
        refs = ", ".join(self._parts(event))
        return (
            f"{event.ref} {event.label!r} {event.type} {event.status} [{refs}]: "
            f"{self.sentence(event.triggers[0].start)}"
        )

    def _parts(self, event: Event) -> Iterator[str]:
        for part, refs in (("agent", event.agents), ("target", event.targets), ("in", event.participants)):
            yield from (f"{part} {ref}" for ref in refs)

    def _at(self, statement: Statement) -> str:
        return self.sentence(statement.cue_spans[0][0]) if statement.cue_spans else ""


DETAILS = ("kind", "force", "addressee", "polarity", "type", "status", "participants")
