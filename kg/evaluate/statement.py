"""Score the layer "statements": contents (at two thresholds and by character), cues and sources.

Direct quotations are also scored separately.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from kg.evaluate.figures import Agreement, Fields, Figures, Pair, Prediction, Share, rule_of, to_spans
from kg.evaluate.mention import bare_name
from kg.text.spans import Spans, matched, merged, shared, size

_DOUBLE_QUOTES = '"“”„«»'


@dataclass(frozen=True, slots=True)
class _Statement:
    source: Spans
    cue: Spans
    content: Spans
    rule: str = ""
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class _Document:
    text: str
    gold: list[_Statement]
    predicted: list[_Statement]

    def matches(self, least: float) -> list[tuple[int, int]]:
        """Return the indexes of gold and predicted statements whose contents overlap by ``least`` or more."""
        return matched(
            [statement.content for statement in self.gold],
            [statement.content for statement in self.predicted],
            least,
        )


def score(pairs: Sequence[Pair]) -> Figures:
    """Compare the layer ``statements`` of all pairs."""
    documents = [_document(pair) for pair in pairs]
    direct = [
        _Document(
            document.text, _direct(document.gold, document.text), _direct(document.predicted, document.text)
        )
        for document in documents
    ]
    return _figures(documents) | {f"direct quotes: {name}": value for name, value in _figures(direct).items()}


def predictions(pairs: Sequence[Pair]) -> Iterator[Prediction]:
    """Yield each predicted statement, right if its content overlaps an annotated one by at least a half."""
    for pair in pairs:
        document = _document(pair)
        right = {j for _, j in document.matches(0.5)}
        for index, statement in enumerate(document.predicted):
            yield Prediction(statement.rule, statement.confidence, index in right)


def _figures(documents: Sequence[_Document]) -> Figures:
    gold = sum(len(document.gold) for document in documents)
    predicted = sum(len(document.predicted) for document in documents)
    at_half = sum(len(document.matches(0.5)) for document in documents)
    at_nine_tenths = sum(len(document.matches(0.9)) for document in documents)
    return {
        "content IoU>=.5": Agreement(at_half, predicted, gold),
        "content IoU>=.9": Agreement(at_nine_tenths, predicted, gold),
        "content characters": _characters(documents),
        "cue overlap": _cues(documents),
        **_sources(documents),
    }


def _characters(documents: Sequence[_Document]) -> Agreement:
    sides = [(_all_contents(document.predicted), _all_contents(document.gold)) for document in documents]
    return Agreement(
        sum(shared(predicted, gold) for predicted, gold in sides),
        sum(size(predicted) for predicted, _ in sides),
        sum(size(gold) for _, gold in sides),
    )


def _all_contents(statements: Iterable[_Statement]) -> Spans:
    return merged(span for statement in statements for span in statement.content)


def _cues(documents: Sequence[_Document]) -> Agreement:
    """Return the agreement of cues. Statements without a cue are left out in both documents."""
    sides = [
        ([s.cue for s in document.gold if s.cue], [s.cue for s in document.predicted if s.cue])
        for document in documents
    ]
    return Agreement(
        sum(len(matched(gold, predicted)) for gold, predicted in sides),
        sum(len(predicted) for _, predicted in sides),
        sum(len(gold) for gold, _ in sides),
    )


def _sources(documents: Sequence[_Document]) -> Figures:
    """Return the figures of sources, of statements whose contents match and whose gold has a source."""
    cases = [
        (document.text, document.gold[i].source, document.predicted[j].source)
        for document in documents
        for i, j in document.matches(0.5)
        if document.gold[i].source
    ]
    overlapping = sum(shared(gold, predicted) > 0 for _, gold, predicted in cases)
    exact = sum(
        bool(predicted)
        and [bare_name(text, *span) for span in gold] == [bare_name(text, *span) for span in predicted]
        for text, gold, predicted in cases
    )
    return {
        "source overlaps, of matched": Share(overlapping, len(cases)),
        "source exact, of matched": Share(exact, len(cases)),
    }


def _document(pair: Pair) -> _Document:
    return _Document(pair.text, _statements(pair, pair.gold), _statements(pair, pair.predicted))


def _statements(pair: Pair, side: Fields) -> list[_Statement]:
    statements = [
        _Statement(
            to_spans(fields.get("source")),
            to_spans(fields.get("cue")),
            to_spans(fields["content"]),
            *rule_of(fields),
        )
        for fields in side.get("statements", ())
    ]
    return [statement for statement in statements if pair.is_annotated(statement.content)]


def _direct(statements: Iterable[_Statement], text: str) -> list[_Statement]:
    """Return the statements whose content begins with, or directly after, a double quotation mark."""
    return [
        statement
        for statement in statements
        if set(text[max(0, statement.content[0][0] - 1) : statement.content[0][0] + 1]) & set(_DOUBLE_QUOTES)
    ]
