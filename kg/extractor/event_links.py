"""How the events of an article hang together: after, during, part of, caused by."""

from __future__ import annotations

from functools import lru_cache

from kg.extractor.events import EventDraft
from kg.extractor.lexicon import RelationWord, relations
from kg.extractor.reading import Reading
from kg.extractor.syntax import Syntax


@lru_cache(maxsize=1)
def _by_first_word() -> dict[str, list[tuple[tuple[str, ...], RelationWord]]]:
    table: dict[str, list[tuple[tuple[str, ...], RelationWord]]] = {}
    for words, row in relations().items():
        first, *rest = words.split()
        table.setdefault(first, []).append((tuple(rest), row))
    for rows in table.values():
        rows.sort(key=lambda pair: -len(pair[0]))
    return table


def relate(reading: Reading) -> None:
    """Fill the relations of the article's events."""
    syntax, table = reading.syntax, _by_first_word()
    for token, (word, lemma) in enumerate(zip(syntax.lower, syntax.lemma, strict=True)):
        for known in dict.fromkeys((word, lemma)) if word in table or lemma in table else ():
            for rest, row in table.get(known, ()):
                last = token + len(rest)
                if tuple(syntax.lower[token + 1 : last + 1]) == rest and _relate(reading, token, last, row):
                    break


def _relate(reading: Reading, first: int, last: int, row: RelationWord) -> bool:
    for frame in row.frames:
        ends = None
        if frame == "prep":
            ends = _around_preposition(reading, first, last)
        elif frame == "mark":
            ends = _around_conjunction(reading, last)
        elif frame in ("verb", "passive"):
            ends = _around_verb(reading, first, frame == "passive")
        if ends is not None:
            _link(*ends, row.relation)
            return True
    return False


def _link(event: EventDraft, other: EventDraft, relation: str) -> None:
    if relation in ("before", "causes"):
        event, other = other, event
        relation = {"before": "after", "causes": "causedBy"}[relation]
    if event is other:
        return
    links = {
        "after": event.after,
        "during": event.during,
        "partOf": event.part_of,
        "causedBy": event.caused_by,
    }[relation]
    if other not in links:
        links.append(other)


def _around_preposition(reading: Reading, first: int, last: int) -> tuple[EventDraft, EventDraft] | None:
    """Read "X since Y": Y is below the preposition, X what the phrase hangs on."""
    syntax = reading.syntax
    below = syntax.child(last, "pobj", "pcomp") or syntax.child(
        first, "pobj"
    )  # parsers differ on "because of"
    if below is None or syntax.dep[first] not in ("prep", "agent", "advmod", "pcomp", "advcl", "mark"):
        return None
    other = reading.event_at.get(below)
    event = _event_over(reading, syntax.head[first])
    return (event, other) if event is not None and other is not None else None


def _event_over(reading: Reading, token: int) -> EventDraft | None:
    """Return the event that a word tells, or else the one its clause is about."""
    syntax = reading.syntax
    for _ in range(4):
        found = reading.event_at.get(token)
        if found is not None:
            return found
        for child in syntax.children_of(token, "dobj", "nsubj", "nsubjpass", "attr"):
            if child in reading.event_at:
                return reading.event_at[child]
        if syntax.head[token] == token:
            return None
        token = syntax.head[token]
    return None


def _around_conjunction(reading: Reading, mark: int) -> tuple[EventDraft, EventDraft] | None:
    """Read "X after Y happened"."""
    syntax = reading.syntax
    if syntax.dep[mark] != "mark":
        return None
    clause = syntax.head[mark]
    other, event = reading.event_at.get(clause), reading.event_at.get(syntax.head[clause])
    return (
        (event, other) if event is not None and other is not None and syntax.dep[clause] == "advcl" else None
    )


def _around_verb(reading: Reading, verb: int, passive: bool) -> tuple[EventDraft, EventDraft] | None:
    """Read "X triggered Y", "X was triggered by Y", "X, triggered by Y"."""
    syntax = reading.syntax
    if not syntax.is_verb(verb):
        return None
    subject = _event_child(reading, syntax, verb, "nsubj", "nsubjpass")
    if subject is None and syntax.dep[verb] in ("acl", "relcl"):
        subject = reading.event_at.get(syntax.head[verb])
    complement = _event_child(reading, syntax, verb, "dobj")
    if passive or complement is None:
        for preposition in syntax.children_of(verb, "agent", "prep"):
            complement = complement or _event_child(reading, syntax, preposition, "pobj")
    return (subject, complement) if subject is not None and complement is not None else None


def _event_child(reading: Reading, syntax: Syntax, token: int, *deps: str) -> EventDraft | None:
    return next(
        (reading.event_at[c] for c in syntax.children_of(token, *deps) if c in reading.event_at), None
    )
