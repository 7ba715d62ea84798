"""Fixtures for all tests."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kg.config import Config

if TYPE_CHECKING:
    from spacy.language import Language


@pytest.fixture(scope="session")
def nlp() -> Language:
    """The default language model, loaded once; only for tests marked ``model``."""
    from kg.extractor.language_model import load

    return load(Config().model)
