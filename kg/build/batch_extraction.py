"""Extracts batches of articles so that one bad article costs only itself. Runs in worker processes, too."""

from __future__ import annotations

import functools
import os
import traceback
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from kg.errors import ArticleError, StopError
from kg.records import Article, Extraction

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

BATCH_ARTICLES = 16
BATCH_CHARACTERS = 100_000
"""A batch ends with the article that reaches one of these limits, which bound memory."""

T = TypeVar("T")
_PACKAGE = Path(__file__).resolve().parents[1]


@dataclass(frozen=True, slots=True)
class Failed:
    """An article that could not be read, extracted or linked."""

    origin: str  # path, path:line or URL
    reason: str


def in_batches(items: Iterable[T], article_of: Callable[[T], Article]) -> Iterator[tuple[T, ...]]:
    """Yield ``items``, each of which holds an article, in batches. Items are taken as they are needed."""
    batch: list[T] = []
    characters = 0
    for item in items:
        batch.append(item)
        characters += len(article_of(item).text)
        if len(batch) == BATCH_ARTICLES or characters >= BATCH_CHARACTERS:
            yield tuple(batch)
            batch, characters = [], 0
    if batch:
        yield tuple(batch)


def extract_each(
    articles: Sequence[Article], model: str, evaluation_layers: bool = False
) -> Iterator[Extraction | Failed]:
    """Yield, for each article in order, its extraction or its failure.

    The model is loaded once in each process. For ``evaluation_layers`` see :func:`kg.extractor.extract`.

    Raises:
        StopError: the model is missing, or something else that concerns every article.
    """
    from kg.extractor import extract

    for article, doc in _parse_each(articles, pipeline(model)):
        if isinstance(doc, Failed):
            yield doc
            continue
        try:
            yield extract(article, doc, evaluation_layers)
        except Exception as error:
            yield failure(article.origin, error)


def failure(origin: str, error: Exception) -> Failed:
    """Return the failure of an article: the reason of an expected error, else its type, message and place.

    Raises:
        StopError: ``error`` is a StopError, which concerns the whole run.
    """
    if isinstance(error, StopError):
        raise error
    if isinstance(error, ArticleError):
        return Failed(error.origin, error.reason)
    if os.environ.get("KG_DEBUG"):
        return Failed(origin, "".join(traceback.format_exception(error)))
    frames = traceback.extract_tb(error.__traceback__)
    ours = [frame for frame in frames if _PACKAGE in Path(frame.filename).parents] or frames
    place = f"{Path(ours[-1].filename).name}:{ours[-1].lineno}"
    return Failed(
        origin, f"an error in the program: {type(error).__name__}: {error} ({place}; more with KG_DEBUG=1)"
    )


@functools.lru_cache(maxsize=1)
def pipeline(model: str) -> Language:
    """Return the language model, loaded once."""
    from kg.extractor.language_model import load

    return load(model)


def _parse_each(articles: Sequence[Article], nlp: Language) -> Iterator[tuple[Article, Doc | Failed]]:
    from kg.extractor.language_model import parse

    try:
        yield from list(parse(articles, nlp))
    except Exception as error:
        if len(articles) == 1:
            yield articles[0], failure(articles[0].origin, error)
        else:  # parse one by one to find the article that fails
            for article in articles:
                yield from _parse_each([article], nlp)
