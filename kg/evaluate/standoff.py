"""Standoff JSONL, the format of annotated corpora: read for its texts, written with what was extracted from
them.

One document a line; offsets count code points of ``text``, the end exclusive; what may be discontinuous is a
list of ``[start, end]``. The text is extracted as it stands: nothing is cleaned, so that the offsets stay
those of the file.
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
from kg.linking.happenings import happenings
from kg.linking.linker import Linker, most_popular
from kg.linking.opening import LinkSettings, shared_linker
from kg.linking.subject import LINKED_PARTS, Named
from kg.records import Actor, Article, EventMention, Extraction, Part, Place, Proposal, Span, Statement

LAYERS = ("mentions", "links", "statements", "proposals", "events")

_ACTOR_TYPES = {"person": "PER", "organisation": "ORG", "country": "LOC"}
_NAMED = ("name", "metonym")


@dataclass(frozen=True, slots=True)
class Layout:
    """What the lines hold besides the layers, and how statements and events share their words."""

    with_text: bool = False  # repeat text, title and date
    link: LinkSettings | None = None  # link names, too


@dataclass(frozen=True, slots=True)
class Document:
    """A line of a standoff file."""

    article: Article
    fields: dict[str, Any]  # the line as it was


def read(path: str, stdin: BinaryIO | None = None) -> Iterator[Document]:
    """Yield the documents of a standoff file, gzipped or not; ``-`` reads ``stdin``.

    Raises:
        SourceNotFound: there is no such file.
        UsageError: a line is not JSON, or lacks ``id`` or ``text``; the message says which line.
    """
    for origin, fields in read_fields(path, ("id", "text"), stdin):
        day = _day(fields.get("published"))
        yield Document(Article(fields["text"], origin, title=fields.get("title"), published=day), fields)


def read_fields(
    path: str, needed: Sequence[str] = ("id",), stdin: BinaryIO | None = None
) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the lines of a standoff file as they are, each with its place; raises as :func:`read` does."""
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
    documents: Iterable[Document], model: str, mapper: Mapper, layout: Layout
) -> Iterator[dict[str, Any] | Failed]:
    """Yield, in order, the line to write for each document, or why it could not be extracted."""
    job = AnnotateJob(model, layout)
    for result in mapper(job, in_batches(documents, lambda document: document.article)):
        if isinstance(result, Crash):
            yield from (
                Failed(document.article.origin, "the process that extracted it ended without a word")
                for document in result.task
            )
        else:
            yield from result


@dataclass(frozen=True, slots=True)
class AnnotateJob:
    """Turns documents into lines; picklable, to run in any process."""

    model: str
    layout: Layout

    def __call__(self, batch: Sequence[Document]) -> list[dict[str, Any] | Failed]:
        found = extract_each([document.article for document in batch], self.model, evaluation_layers=True)
        return [
            extraction if isinstance(extraction, Failed) else self._line(document, extraction)
            for document, extraction in zip(batch, found, strict=True)
        ]

    def _line(self, document: Document, extraction: Extraction) -> dict[str, Any] | Failed:
        made = line(document, extraction, self.layout)
        if self.layout.link is None:
            return made
        try:
            return made | {"links": links(extraction, shared_linker(self.layout.link))}
        except Exception as error:
            return failure(document.article.origin, error)


def line(document: Document, extraction: Extraction, layout: Layout) -> dict[str, Any]:
    """Return the line that says what was extracted from ``document``.

    The layers are as wide as public corpora annotate them: statements also without a speaker, every verb that
    tells of a happening. A proposal is there what the sentence itself puts forward.
    """
    kept = ("title", "published", "text") if layout.with_text else ()
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
            "events": [_telling(mention) for mention in extraction.event_mentions],
        }
    )


def links(extraction: Extraction, linker: Linker) -> list[dict[str, Any]]:
    """Return, for each name, the item it is linked to, or None.

    Beside it stand the likeliest item (``best``) with its probability (``score``), accepted or not, and the
    item that bears the name and is the best known (``popular``): what the linking is to be compared with.
    """
    cases = linker.cases(extraction)
    chosen: dict[str, dict[str, Any]] = {}
    for case, judged in zip(cases, linker.judge(cases), strict=True):
        link = linker.decided(case, judged)
        best = link.candidates[0].qid if link.candidates else None
        chosen[link.ref] = {
            "qid": link.qid,
            "best": best,
            "score": round(link.probability, 3),
            "popular": most_popular(case),
        }
    records: list[Named] = [*happenings(extraction), *extraction.actors, *extraction.places]
    found = {
        mention.span: chosen[record.ref]
        for record in records
        for mention in record.mentions
        if mention.part in LINKED_PARTS and record.ref in chosen
    }
    return [{"start": start, "end": end} | found[start, end] for start, end in sorted(found)]


def _mentions(extraction: Extraction) -> list[dict[str, Any]]:
    """Names only: of people, organisations, countries and places. Groups are none of the three types."""
    records: list[tuple[Actor | Place, str]] = [
        (actor, _ACTOR_TYPES[actor.kind]) for actor in extraction.actors if actor.kind in _ACTOR_TYPES
    ]
    records += [(place, "LOC") for place in extraction.places]
    found = {
        (*mention.span, kind): record
        for record, kind in records
        for mention in record.mentions
        if mention.part in _NAMED
    }
    return [
        {"start": start, "end": end, "type": kind, "rule": record.rule, "confidence": record.confidence}
        for (start, end, kind), record in sorted(found.items(), key=lambda entry: entry[0])
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
    """Tell a proposal that is made from one that is only spoken of.

    "They demand that he resign" asks, "we will build" and "I promise that" bind; "their demand", "she plans
    to" tell that there is a demand, a plan. A wish binds and asks nobody.
    """
    if proposal.rule in _UNDERTAKEN:
        return True
    if proposal.force == "wish" or proposal.rule in _SPOKEN_OF:
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


_UNDERTAKEN = frozenset({"undertaking", "list item", "under way", "adjective to"})
_SPOKEN_OF = frozenset({"noun", "support verb", "reversed"})

_ROLES: dict[Part, str] = {"agent": "Arg0", "target": "Arg1", "participant": "Arg"}


def _telling(mention: EventMention) -> dict[str, Any]:
    return {
        "trigger": [list(mention.trigger.span)],
        "class": mention.type,
        "polarity": "negative" if mention.status == "not-occurred" else "positive",
        "modality": mention.status,
        "participants": [{"role": _ROLES[part], "span": [list(span)]} for part, span in mention.phrases],
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
            raise UsageError("-: there is no standard input to read")
        file = raw if isinstance(raw, io.BufferedReader) else io.BufferedReader(raw)
        is_gzip = file.peek(2)[:2] == b"\x1f\x8b"
        yield gzip.GzipFile(fileobj=file) if is_gzip else file


def _fields(text: bytes, origin: str, needed: Iterable[str]) -> dict[str, Any]:
    try:
        fields = json.loads(text)
    except ValueError as error:
        raise UsageError(f"{origin}: not JSON: {error}") from error
    for key in needed:
        if not isinstance(fields, dict) or not isinstance(fields.get(key), str):
            raise UsageError(f'{origin}: not a line of a standoff file: it needs "{key}", a string')
    return dict(fields)


def _day(value: Any) -> dt.date | None:
    try:
        return dt.date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None
