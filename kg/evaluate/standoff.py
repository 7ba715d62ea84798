"""Read annotated documents in standoff JSONL, extract their texts, and return the results in the same format.

Each line is one document. Offsets count code points of ``text``; the end is exclusive. A field that may be
discontinuous is a list of ``[start, end]``. The text is not cleaned before extraction, so that the offsets
are those of the file.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import gzip
import io
import json
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from kg.build.batch_extraction import Failed, extract_each, failure, in_batches
from kg.build.processes import Crash, Mapper
from kg.errors import SourceNotFound, UsageError
from kg.linking.linker import Linker, most_popular
from kg.linking.named_events import named_events
from kg.linking.opening import LinkSettings, shared_linker
from kg.linking.subject import LINKED_PARTS, Named
from kg.records import Actor, Article, EventMention, Extraction, Part, Place, Proposal, Span, Statement

LAYERS = ("mentions", "links", "statements", "proposals", "events")

_ACTOR_TYPES = {"person": "PER", "organisation": "ORG", "country": "LOC"}
_NAME_PARTS = ("name", "metonym")
_UNDERTAKING_RULES = frozenset({"undertaking", "list item", "under way", "adjective to"})
_REPORTING_RULES = frozenset({"noun", "support verb", "reversed"})  # of proposals that are only mentioned
_PARTICIPANT_ROLES: dict[Part, str] = {"agent": "Arg0", "target": "Arg1", "participant": "Arg"}


@dataclass(frozen=True, slots=True)
class LineOptions:
    """The optional content of a line."""

    with_text: bool = False  # True repeats text, title and date of the document
    link: LinkSettings | None = None  # settings for the layer "links"; None leaves it out


@dataclass(frozen=True, slots=True)
class Document:
    """A line of a standoff file."""

    article: Article
    fields: dict[str, Any]  # all fields of the line


def read(path: str, stdin: BinaryIO | None = None) -> Iterator[Document]:
    """Yield the documents of a standoff file, which may be gzipped; ``-`` reads ``stdin``.

    Raises:
        SourceNotFound: the file does not exist.
        UsageError: a line is not JSON, or lacks ``id`` or ``text``; the message names the line.
    """
    for origin, fields in read_fields(path, ("id", "text"), stdin):
        day = _day(fields.get("published"))
        yield Document(Article(fields["text"], origin, title=fields.get("title"), published=day), fields)


def read_fields(
    path: str, needed: Sequence[str] = ("id",), stdin: BinaryIO | None = None
) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the lines of a standoff file as ``path:line`` and fields.

    Args:
        path: the file; ``-`` reads ``stdin``.
        needed: the fields that each line must have as a string.
        stdin: the stream for ``-``.

    Raises:
        SourceNotFound: the file does not exist.
        UsageError: a line is not JSON, or lacks a needed field; the message names the line.
    """
    try:
        with _opened(path, stdin) as file:
            for number, text in enumerate(file, 1):
                if text.strip():
                    yield f"{path}:{number}", _fields(text, f"{path}:{number}", needed)
    except FileNotFoundError as error:
        raise SourceNotFound(f"{path}: no such file") from error
    except (OSError, EOFError, zlib.error) as error:
        raise UsageError(f"{path}: cannot be read: {error}") from error


def annotate(
    documents: Iterable[Document], model: str, mapper: Mapper, options: LineOptions
) -> Iterator[dict[str, Any] | Failed]:
    """Extract documents, and yield the line for each in order, or the reason why it failed.

    Args:
        documents: from :func:`read`.
        model: name or path of the spaCy pipeline.
        mapper: applies a function to batches, in this process or in others.
        options: the optional content of a line.
    """
    job = AnnotateJob(model, options)
    for result in mapper(job, in_batches(documents, lambda document: document.article)):
        if isinstance(result, Crash):
            yield from (
                Failed(document.article.origin, "the process that extracted it ended without a result")
                for document in result.task
            )
        else:
            yield from result


@dataclass(frozen=True, slots=True)
class AnnotateJob:
    """A function from a batch of documents to lines. It can be pickled, to run in another process."""

    model: str
    options: LineOptions

    def __call__(self, batch: Sequence[Document]) -> list[dict[str, Any] | Failed]:
        extractions = extract_each(
            [document.article for document in batch], self.model, evaluation_layers=True
        )
        return [
            extraction if isinstance(extraction, Failed) else self._line(document, extraction)
            for document, extraction in zip(batch, extractions, strict=True)
        ]

    def _line(self, document: Document, extraction: Extraction) -> dict[str, Any] | Failed:
        fields = line(document, extraction, self.options)
        if self.options.link is None:
            return fields
        try:
            return fields | {"links": links(extraction, shared_linker(self.options.link))}
        except Exception as error:
            return failure(document.article.origin, error)


def line(document: Document, extraction: Extraction, options: LineOptions) -> dict[str, Any]:
    """Return the line with the layers that were extracted from ``document``, except "links".

    The layers follow public corpora and hold more than the graph: statements without a speaker, and all event
    mentions. A proposal is in its layer only if the sentence itself puts the action forward.
    """
    kept = ("title", "published", "text") if options.with_text else ()
    statements = [*extraction.statements, *extraction.unattributed]
    proposals = [p for p in (*statements, *extraction.undertakings) if isinstance(p, Proposal)]
    return (
        {"id": document.fields["id"]}
        | {name: document.fields[name] for name in kept if name in document.fields}
        | {
            "mentions": _mentions(extraction),
            "statements": [_statement(statement) for statement in statements if statement.content_spans],
            "proposals": [
                _proposal(p, extraction.sentences) for p in proposals if _puts_forward(p, extraction)
            ],
            "events": [_event(mention) for mention in extraction.event_mentions],
        }
    )


def links(extraction: Extraction, linker: Linker) -> list[dict[str, Any]]:
    """Return the layer "links": a dict for each name, in text order.

    ``qid`` is the accepted item or None, ``best`` the most likely item, accepted or not, and ``score`` its
    probability. ``popular`` is the most popular item with that name, the baseline for comparison.
    """
    cases = linker.cases(extraction)
    by_ref: dict[str, dict[str, Any]] = {}
    for case, judged in zip(cases, linker.judge(cases), strict=True):
        link = linker.decided(case, judged)
        best = link.candidates[0].qid if link.candidates else None
        by_ref[link.ref] = {
            "qid": link.qid,
            "best": best,
            "score": round(link.probability, 3),
            "popular": most_popular(case),
        }
    records: list[Named] = [*named_events(extraction), *extraction.actors, *extraction.places]
    by_span = {
        mention.span: by_ref[record.ref]
        for record in records
        for mention in record.mentions
        if mention.part in LINKED_PARTS and record.ref in by_ref
    }
    return [{"start": start, "end": end} | by_span[start, end] for start, end in sorted(by_span)]


def _mentions(extraction: Extraction) -> list[dict[str, Any]]:
    """Return the names of persons, organisations, countries and places. Groups have none of the types."""
    records: list[tuple[Actor | Place, str]] = [
        (actor, _ACTOR_TYPES[actor.kind]) for actor in extraction.actors if actor.kind in _ACTOR_TYPES
    ]
    records += [(place, "LOC") for place in extraction.places]
    names = {
        (*mention.span, kind): record
        for record, kind in records
        for mention in record.mentions
        if mention.part in _NAME_PARTS
    }
    return [
        {"start": start, "end": end, "type": kind, "rule": record.rule, "confidence": record.confidence}
        for (start, end, kind), record in sorted(names.items(), key=lambda entry: entry[0])
    ]


def _statement(statement: Statement) -> dict[str, Any]:
    return {
        "source": _lists(statement.source_spans),
        "cue": _lists(statement.cue_spans),
        "content": _lists(statement.content_spans),
        "rule": statement.rule,
        "confidence": statement.confidence,
    }


def _puts_forward(proposal: Proposal, extraction: Extraction) -> bool:
    """Return True if the sentence itself puts the action forward, False if it only mentions a proposal.

    "They demand that he resign", "we will build" and "I promise that" put an action forward. "Their demand"
    and "she plans to" mention a proposal. A wish does not put an action forward.
    """
    if proposal.rule in _UNDERTAKING_RULES:
        return True
    if proposal.force == "wish" or proposal.rule in _REPORTING_RULES:
        return False
    if proposal.force in ("demand", "request", "propose"):
        return True
    words = (extraction.article.text[start:end].lower() for start, end in proposal.source_spans)
    return proposal.rule != "verb inf" and any(word in ("i", "we") for word in words)


def _proposal(proposal: Proposal, sentences: Sequence[Span]) -> dict[str, Any]:
    start = min(start for start, _ in (*proposal.cue_spans, *proposal.content_spans))
    sentence = next(span for span in sentences if start < span[1])
    return {
        "sentence": list(sentence),
        "source": _lists(proposal.source_spans),
        "target": _lists(proposal.addressee_spans),
        "rule": proposal.rule,
        "confidence": proposal.confidence,
    }


def _event(mention: EventMention) -> dict[str, Any]:
    return {
        "trigger": [list(mention.trigger.span)],
        "class": mention.type,
        "polarity": "negative" if mention.status == "not-occurred" else "positive",
        "modality": mention.status,
        "participants": [
            {"role": _PARTICIPANT_ROLES[part], "span": [list(span)]} for part, span in mention.phrases
        ],
        "rule": mention.rule,
        "confidence": mention.confidence,
    }


def _lists(spans: Iterable[Span]) -> list[list[int]]:
    return [list(span) for span in sorted(set(spans))]


@contextlib.contextmanager
def _opened(path: str, stdin: BinaryIO | None) -> Iterator[io.BufferedIOBase]:
    with contextlib.ExitStack() as opened:
        raw: Any = stdin if path == "-" else opened.enter_context(Path(path).open("rb"))
        if raw is None:
            raise UsageError("-: no standard input is available; name a file")
        file = raw if isinstance(raw, io.BufferedReader) else io.BufferedReader(raw)
        is_gzip = file.peek(2)[:2] == b"\x1f\x8b"
        yield gzip.GzipFile(fileobj=file) if is_gzip else file


def _fields(text: bytes, origin: str, needed: Iterable[str]) -> dict[str, Any]:
    try:
        fields = json.loads(text)
    except ValueError as error:
        raise UsageError(f"{origin}: not valid JSON: {error}") from error
    for key in needed:
        if not isinstance(fields, dict) or not isinstance(fields.get(key), str):
            raise UsageError(
                f'{origin}: not a line of a standoff file: it needs the key "{key}" with a string'
            )
    return dict(fields)


def _day(value: Any) -> dt.date | None:
    try:
        return dt.date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None
