"""Article drafts, which readers yield, and the step that turns a draft into an article.

The step is the same for all formats: check the length, clean the text, separate headline, byline and
boilerplate from the body, check the language.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Generator
from dataclasses import dataclass

from kg.config import Config
from kg.errors import ArticleError, ArticleTooLong, NoArticle, WrongLanguage
from kg.records import Article
from kg.sources.cleaning import clean, clean_line, separate_paragraphs
from kg.sources.header import split_header
from kg.sources.language import foreign_language


@dataclass(frozen=True, slots=True)
class ArticleDraft:
    """The fields of an article as the format gives them, neither cleaned nor checked."""

    origin: str  # path, path:line or URL, for messages
    body: str
    title: str | None = None  # the headline, where the format keeps it apart from the body
    url: str | None = None
    published: dt.date | dt.datetime | None = None
    authors: tuple[str, ...] = ()
    publisher: str | None = None
    language: str | None = None  # the language that the source declares
    identifier: str | None = None  # the source's own id


ArticleDrafts = Generator[ArticleDraft | ArticleError, None, None]
"""The result of a reader: drafts, and an error in place of each draft that cannot be read."""


def finish(draft: ArticleDraft, config: Config) -> Article | ArticleError:
    """Return the article that a draft holds, or the error that says why it is refused."""
    try:
        return _article(draft, config)
    except ArticleError as error:
        return error


def too_long(origin: str, length: str, config: Config) -> ArticleTooLong:
    """Return the error for an article longer than ``max_characters``.

    Args:
        origin: path, path:line or URL of the article.
        length: the length with its unit, for the message: "2,000,000 characters".
        config: the settings with the limit.
    """
    return ArticleTooLong(
        origin,
        f"too long: {length}; the limit is {config.max_characters:,} characters (setting max_characters)",
    )


def _article(draft: ArticleDraft, config: Config) -> Article:
    if len(draft.body) > config.max_characters:
        raise too_long(draft.origin, f"{len(draft.body):,} characters", config)
    title = clean_line(draft.title) if draft.title else None
    split = split_header(separate_paragraphs(clean(draft.body)), title)
    if not any(map(str.isalpha, split.text)) or split.text == title:
        raise NoArticle(draft.origin, "empty: it holds no article text; leave it out of the run")
    if language := foreign_language(split.text, draft.language):
        raise WrongLanguage(draft.origin, f"in {language}; only English is read")
    return Article(
        text=split.text,
        origin=draft.origin,
        title=split.title,
        url=draft.url,
        published=draft.published or split.published,
        authors=draft.authors or split.authors,
        publisher=clean_line(draft.publisher) or None if draft.publisher else None,
        identifier=draft.identifier,
    )
