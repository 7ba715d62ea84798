"""How the events of an article hang together: after, during, part of, caused by."""

from __future__ import annotations

from functools import lru_cache

from kg.extractor.analysis import ArticleAnalysis
from kg.extractor.events import EventDraft
from kg.extractor.lexicon import RelationWord, relations
from kg.extractor.syntax import Syntax


@lru_cache(maxsize=1)
def _by_first_word() -> dict[str, list[tuple[tuple[str, ...], RelationWord]]]:
    by_first: dict[str, list[tuple[tuple[str, ...], RelationWord]]] = {}
    for words, row in relations().items():
        first, *rest = words.split()
        by_first.setdefault(first, []).append((tuple(rest), row))
    for rows in by_first.values():
        rows.sort(key=lambda pair: -len(pair[0]))
    return by_first


def relate(analysis: ArticleAnalysis) -> None:
    """Fill the relations of the article's events."""
    syntax, by_first = analysis.syntax, _by_first_word()
    for token, (word, lemma) in enumerate(zip(syntax.lower, syntax.lemma, strict=True)):
        for known in dict.fromkeys((word, lemma)) if word in by_first or lemma in by_first else ():
            for rest, row in by_first.get(known, ()):
                last = token + len(rest)
                if tuple(syntax.lower[token + 1 : last + 1]) == rest and _relate(analysis, token, last, row):
                    break


def _relate(analysis: ArticleAnalysis, first: int, last: int, row: RelationWord) -> bool:
    for frame in row.frames:
        ends = None
        if frame == "prep":
            ends = _around_preposition(analysis, first, last)
        elif frame == "mark":
            ends = _around_conjunction(analysis, last)
        elif frame in ("verb", "passive"):
            ends = _around_verb(analysis, first, frame == "passive")
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


def _around_preposition(
    analysis: ArticleAnalysis, first: int, last: int
) -> tuple[EventDraft, EventDraft] | None:
    """Read "X since Y": Y is below the preposition, X what the phrase hangs on."""
    syntax = analysis.syntax
    below = syntax.child(last, "pobj", "pcomp") or syntax.child(
        first, "pobj"
    )  # parsers differ on "because of"
    if below is None or syntax.dep[first] not in ("prep", "agent", "advmod", "pcomp", "advcl", "mark"):
        return None
    other = analysis.event_at.get(below)
    event = _event_over(analysis, syntax.head[first])
    return (event, other) if event is not None and other is not None else None


def _event_over(analysis: ArticleAnalysis, token: int) -> EventDraft | None:
    """Return the event that a word tells, or else the one its clause is about."""
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


def _around_conjunction(analysis: ArticleAnalysis, mark: int) -> tuple[EventDraft, EventDraft] | None:
    """Read "X after Y happened"."""
    syntax = analysis.syntax
    if syntax.dep[mark] != "mark":
        return None
    clause = syntax.head[mark]
    other, event = analysis.event_at.get(clause), analysis.event_at.get(syntax.head[clause])
    return (
        (event, other) if event is not None and other is not None and syntax.dep[clause] == "advcl" else None
    )


def _around_verb(analysis: ArticleAnalysis, verb: int, passive: bool) -> tuple[EventDraft, EventDraft] | None:
    """Read "X triggered Y", "X was triggered by Y", "X, triggered by Y"."""
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
