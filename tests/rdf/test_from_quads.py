"""Tests of reading the names of an article back from its graph."""

from __future__ import annotations

import pytest

from kg.linking.subject import Subject, subjects
from kg.rdf import quads
from kg.rdf.from_quads import read_names
from kg.records import Extraction
from tests.rdf.harbour import ARTICLE_IRI, BASE, EXTRACTION, RUN


@pytest.fixture(scope="module")
def read() -> Extraction:
    return read_names(quads(EXTRACTION, BASE, RUN), ARTICLE_IRI, BASE)


def test_actors_places_and_roles_are_read(read: Extraction) -> None:
    for ours, theirs in ((read.actors, EXTRACTION.actors), (read.roles, EXTRACTION.roles)):
        assert {one.ref for one in ours} == {one.ref for one in theirs}
    kinds = {(one.ref, one.kind, one.label, one.alt_labels, one.part_of) for one in read.actors}
    assert kinds == {(one.ref, one.kind, one.label, one.alt_labels, one.part_of) for one in EXTRACTION.actors}
    assert {(one.ref, one.kind) for one in EXTRACTION.places} <= {(one.ref, one.kind) for one in read.places}
    assert [(one.member, one.organisation, one.name) for one in read.roles] == [
        (one.member, one.organisation, one.name) for one in EXTRACTION.roles
    ]


def test_text_date_and_sentences_are_read(read: Extraction) -> None:
    assert read.article.text == EXTRACTION.article.text
    assert read.article.day == EXTRACTION.article.day
    assert set(read.sentences) == set(EXTRACTION.sentences)


def test_linking_cases_are_the_same(read: Extraction) -> None:
    def by_ref(extraction: Extraction) -> dict[str, Subject]:
        return {one.ref: one for one in subjects(extraction)}

    assert by_ref(read) == by_ref(EXTRACTION)
