"""Links between the events of an article: after, during, part of, caused by."""

from __future__ import annotations

from functools import lru_cache

from kg.extractor.analysis import ArticleAnalysis
from kg.extractor.events import EventDraft
from kg.extractor.lexicon import RelationWord, relations
from kg.extractor.syntax import Syntax


@lru_cache(maxsize=1)
def _by_first_word() -> dict[str, list[tuple[tuple[str, ...], RelationWord]]]:
    """Return the rows of the relation table by first word, those with most words first."""
    by_first: dict[str, list[tuple[tuple[str, ...], RelationWord]]] = {}
    for words, row in relations().items():
        first, *rest = words.split()
        by_first.setdefault(first, []).append((tuple(rest), row))
    for rows in by_first.values():
        rows.sort(key=lambda pair: -len(pair[0]))
    return by_first


def link_events(analysis: ArticleAnalysis) -> None:
    """Fill ``after``, ``during``, ``part_of`` and ``caused_by`` of the article's events."""
    syntax, by_first = analysis.syntax, _by_first_word()
    for token, (word, lemma) in enumerate(zip(syntax.lower, syntax.lemma, strict=True)):
        for known in dict.fromkeys((word, lemma)) if word in by_first or lemma in by_first else ():
            for rest, row in by_first.get(known, ()):
                last = token + len(rest)
                if tuple(syntax.lower[token + 1 : last + 1]) == rest and _link_at(analysis, token, last, row):
                    break


def _link_at(analysis: ArticleAnalysis, first: int, last: int, row: RelationWord) -> bool:
    """Link the two events around a relation word, and return True if there are two."""
    for frame in row.frames:
        linked = None
        if frame == "prep":
            linked = _linked_by_preposition(analysis, first, last)
        elif frame == "mark":
            linked = _linked_by_conjunction(analysis, last)
        elif frame in ("verb", "passive"):
            linked = _linked_by_verb(analysis, first, frame == "passive")
        if linked is not None:
            _add_link(*linked, row.relation)
            return True
    return False


def _add_link(event: EventDraft, other: EventDraft, relation: str) -> None:
    """Add a link; "before" and "causes" are stored as their inverses."""
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


def _linked_by_preposition(
    analysis: ArticleAnalysis, first: int, last: int
) -> tuple[EventDraft, EventDraft] | None:
    """Return the events X and Y of "X since Y", or None. Y is below the preposition, X governs the phrase."""
    syntax = analysis.syntax
    below = syntax.child(last, "pobj", "pcomp") or syntax.child(
        first, "pobj"
    )  # parsers attach the object of "because of" to either word
    if below is None or syntax.dep[first] not in ("prep", "agent", "advmod", "pcomp", "advcl", "mark"):
        return None
    other = analysis.event_at.get(below)
    event = _event_over(analysis, syntax.head[first])
    return (event, other) if event is not None and other is not None else None


def _event_over(analysis: ArticleAnalysis, token: int) -> EventDraft | None:
    """Return the event that a word or a head above it reports, or else the event its clause is about."""
    syntax = analysis.syntax
    for _ in range(4):
        found = analysis.event_at.get(token)
        if found is not None:
            return found
        for child in syntax.children_of(token, "dobj", "nsubj", "nsubjpass", "attr"):
            if child in analysis.event_at:
                return analysis.event_at[child]
        if syntax.head[token] == token:
            return None
        token = syntax.head[token]
    return None


def _linked_by_conjunction(analysis: ArticleAnalysis, mark: int) -> tuple[EventDraft, EventDraft] | None:
    """Return the events X and Y of "X after Y happened", or None."""
    syntax = analysis.syntax
    if syntax.dep[mark] != "mark":
        return None
    clause = syntax.head[mark]
    other, event = analysis.event_at.get(clause), analysis.event_at.get(syntax.head[clause])
    return (
        (event, other) if event is not None and other is not None and syntax.dep[clause] == "advcl" else None
    )


def _linked_by_verb(
    analysis: ArticleAnalysis, verb: int, passive: bool
) -> tuple[EventDraft, EventDraft] | None:
    """Return the events X and Y of "X triggered Y" or "X(,) triggered by Y", or None."""
    syntax = analysis.syntax
    if not syntax.is_verb(verb):
        return None
    subject = _event_child(analysis, syntax, verb, "nsubj", "nsubjpass")
    if subject is None and syntax.dep[verb] in ("acl", "relcl"):
        subject = analysis.event_at.get(syntax.head[verb])
    complement = _event_child(analysis, syntax, verb, "dobj")
    if passive or complement is None:
        for preposition in syntax.children_of(verb, "agent", "prep"):
            complement = complement or _event_child(analysis, syntax, preposition, "pobj")
    return (subject, complement) if subject is not None and complement is not None else None


def _event_child(analysis: ArticleAnalysis, syntax: Syntax, token: int, *deps: str) -> EventDraft | None:
    return next(
        (analysis.event_at[c] for c in syntax.children_of(token, *deps) if c in analysis.event_at), None
    )
