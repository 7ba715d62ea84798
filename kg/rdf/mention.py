"""Map mentions and sentences to triples: one node for each span that a record refers to."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator

from pyoxigraph import Literal, NamedNode

from kg.rdf.scope import Scope, Triple, integer, word
from kg.rdf.vocab import KG, NIF, RDF
from kg.records import Actor, Extraction, Mention, MentionPart, Place, Role, Span


def mention_triples(extraction: Extraction, scope: Scope) -> Iterator[Triple]:
    """Yield the triples of all sentences and mentions, in the order of the text."""
    text = extraction.article.text
    sentences = sorted(set(extraction.sentences))
    ends = [end for _, end in sentences]
    parts = _parts(extraction)
    sentence_set = set(sentences)
    for span in sorted(parts.keys() | sentence_set):
        node = scope.mention(span)
        yield node, RDF.type, KG.Mention
        if span in sentence_set:
            yield node, RDF.type, NIF.Sentence
        yield node, KG.start, integer(span[0])
        yield node, KG.end, integer(span[1])
        yield node, KG.text, Literal(text[span[0] : span[1]])
        if span in parts:
            yield from _mention(span, node, parts[span], scope, sentences, ends)


def _mention(
    span: Span,
    node: NamedNode,
    parts: Iterable[MentionPart],
    scope: Scope,
    sentences: list[Span],
    ends: list[int],
) -> Iterator[Triple]:
    for part in parts:
        yield node, KG.mentionPart, word(part)
    for sentence in _overlapping(span, sentences, ends):
        yield node, KG.sentence, scope.mention(sentence)


def _overlapping(span: Span, sentences: list[Span], ends: list[int]) -> Iterator[Span]:
    """Yield the sentences that share a character with the span. Sentences and their ends are sorted."""
    start, end = span
    for index in range(bisect_left(ends, start + 1), len(sentences)):
        if sentences[index][0] >= end:
            return
        yield sentences[index]


def _parts(extraction: Extraction) -> dict[Span, dict[MentionPart, None]]:
    """Return the parts of each span that is evidence. The inner dict is a set that keeps its order."""
    parts: dict[Span, dict[MentionPart, None]] = {}
    for mention in _evidence(extraction):
        parts.setdefault((mention.start, mention.end), {})[mention.part] = None
    return parts


def _evidence(extraction: Extraction) -> Iterator[Mention]:
    named: tuple[Actor | Place | Role, ...] = (*extraction.actors, *extraction.places, *extraction.roles)
    for record in named:
        yield from record.mentions
    for statement in extraction.statements:
        yield from statement.evidence
    for event in extraction.events:
        yield from event.triggers
