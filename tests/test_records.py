"""Tests of the records: they are frozen, hold plain values and can be pickled."""

from __future__ import annotations

import dataclasses
import datetime as dt
import pickle
import unicodedata
from typing import get_args

import pytest

from kg import records
from kg.records import Article, EventStatus, EventType, Mention, Statement
from tests import sample

EXPORTED: list[object] = [getattr(records, name) for name in records.__all__]
CLASSES = [kind for kind in EXPORTED if isinstance(kind, type) and dataclasses.is_dataclass(kind)]
MADE = [value for value in vars(sample).values() if isinstance(value, tuple(CLASSES))]


def test_every_class_is_frozen_and_without_a_dict() -> None:
    assert len(CLASSES) >= 10
    for kind in CLASSES:
        assert vars(kind)["__dataclass_params__"].frozen, kind
        assert "__slots__" in vars(kind), kind


def test_every_class_has_a_docstring() -> None:
    for kind in CLASSES:
        assert kind.__doc__, kind
        assert not kind.__doc__.startswith(f"{kind.__name__}("), f"{kind} has only the generated docstring"


@pytest.mark.parametrize("record", MADE, ids=lambda record: type(record).__name__)
def test_records_can_be_pickled(record: object) -> None:
    assert pickle.loads(pickle.dumps(record)) == record
    hash(record)


def test_records_are_immutable() -> None:
    mention = Mention(0, 3, "name")
    with pytest.raises(dataclasses.FrozenInstanceError):
        mention.start = 1  # type: ignore[misc]


def test_mentions_sort_by_offset() -> None:
    late, early, long = Mention(9, 12, "name"), Mention(0, 3, "name"), Mention(0, 7, "name")
    assert sorted([late, long, early]) == [early, long, late]
    assert early.span == (0, 3)


def test_the_evidence_of_a_statement_is_cue_and_content() -> None:
    said = next(value for value in MADE if isinstance(value, Statement))
    parts = [(mention.span, mention.part) for mention in said.evidence]
    assert parts == [(span, "cue") for span in said.cue_spans] + [
        (span, "content") for span in said.content_spans
    ]


def test_the_day_of_an_article() -> None:
    moment = dt.datetime(2024, 5, 15, 23, 30, tzinfo=dt.UTC)
    assert Article("a", "test", published=moment).day == dt.date(2024, 5, 15)
    assert Article("a", "test", published=dt.date(2024, 5, 15)).day == dt.date(2024, 5, 15)
    assert Article("a", "test").day is None


def test_the_hash_is_of_the_text_alone() -> None:
    text = unicodedata.normalize("NFC", "Ålesund")
    one, other = Article(text, "a.txt"), Article(text, "b.txt", title="B")
    assert one.content_hash == other.content_hash
    assert len(one.content_hash) == 64
    assert one.content_hash != Article(text + " ", "a.txt").content_hash


def test_event_types_and_statuses_are_in_the_ontology_style() -> None:
    assert all(kind[0].isupper() and kind.isalpha() for kind in get_args(EventType))
    assert all(status == status.lower() for status in get_args(EventStatus))
