"""Tests that compare the extraction of the sample articles with annotations by hand (tests/golden)."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from kg.config import Config
from kg.records import Article, Extraction
from kg.sources import read_articles
from tests.golden.compare import FOLDER, Outcome, compare, read_golden

if TYPE_CHECKING:
    from spacy.language import Language

SEEDS = Path(__file__).parent.parent / "seeds"
STEMS = sorted(path.stem for path in FOLDER.glob("*.toml"))

FLOORS = {  # without the precision of events, as annotators seldom agree on what counts as an event
    ("actor", "recall"): 0.9,
    ("actor", "precision"): 0.8,
    ("named actor", "precision"): 0.75,
    ("role", "recall"): 0.6,
    ("role", "precision"): 0.6,
    ("statement", "recall"): 0.75,
    ("statement", "precision"): 0.85,
    ("statement", "detail"): 0.9,
    ("event", "recall"): 0.6,
    ("event", "detail"): 0.7,
}

BELOW = {
    ("002_court-case", "actor", "recall"): "prosecutors, shareholders, a judge passed over",
}
"""The floors not reached yet, and why. The tests are strict: remove a row when its test passes."""


@pytest.fixture(scope="module")
def outcomes(nlp: Language) -> dict[str, dict[str, Outcome]]:
    """The outcome of each seed by kind of record."""
    from kg.extractor import extract
    from kg.extractor.language_model import parse

    articles = [one for one in read_articles([str(SEEDS)], Config()) if isinstance(one, Article)]
    return {
        Path(article.origin).stem: compare(
            read_golden(Path(article.origin).stem), extract(article, next(parse([article], nlp))[1])
        )
        for article in articles
    }


def cases() -> list[object]:
    """Return each seed with each floor; those in ``BELOW`` are marked as expected failures."""
    return [
        pytest.param(stem, kind, rate, marks=_marks(BELOW.get((stem, kind, rate))))
        for stem in STEMS
        for kind, rate in FLOORS
    ]


def _marks(reason: str | None) -> list[pytest.MarkDecorator]:
    return [pytest.mark.xfail(strict=True, raises=AssertionError, reason=reason)] if reason else []


@pytest.mark.model
@pytest.mark.parametrize(("stem", "kind", "rate"), cases())
def test_extraction_reaches_the_floors(
    stem: str, kind: str, rate: str, outcomes: dict[str, dict[str, Outcome]]
) -> None:
    outcome = outcomes[stem][kind]
    assert getattr(outcome, rate) >= FLOORS[kind, rate], outcome.report(f"{stem} {kind}")


def test_known_shortfalls_name_a_floor() -> None:
    assert {(stem, kind, rate) for stem in STEMS for kind, rate in FLOORS} >= set(BELOW)


def test_every_seed_has_its_golden_file() -> None:
    seeds = {path.stem for path in SEEDS.iterdir() if path.suffix}
    assert seeds == set(STEMS)


def test_empty_extraction_scores_zero() -> None:
    entries = read_golden(STEMS[1])
    outcomes = compare(entries, Extraction(Article("Nothing.", "test"), ((0, 8),)))
    for kind, outcome in outcomes.items():
        expected = entries[kind.removeprefix("named ")]
        assert len(outcome.missed) == sum(not entry.get("optional") for entry in expected)
        assert outcome.recall == 0
        assert not outcome.surplus
