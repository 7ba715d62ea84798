"""What each reader hands over, and how it becomes an article: limit, cleaning, headline, language."""

from __future__ import annotations

import datetime as dt
from collections.abc import Generator
from dataclasses import dataclass

from kg.config import Config
from kg.errors import ArticleError, ArticleTooLong, NoArticle, WrongLanguage
from kg.records import Article
from kg.sources.cleaning import clean, clean_line, separate_paragraphs
from kg.sources.language import foreign_language
from kg.sources.masthead import read_masthead


@dataclass(frozen=True, slots=True)
class ArticleDraft:
    """An article as a format gives it: nothing cleaned, nothing checked."""

    origin: str
    body: str
    title: str | None = None  # given apart from the body
    url: str | None = None
    published: dt.date | dt.datetime | None = None
    authors: tuple[str, ...] = ()
    publisher: str | None = None
    language: str | None = None  # as declared
    identifier: str | None = None


ArticleDrafts = Generator[ArticleDraft | ArticleError, None, None]
"""What a reader gives: drafts, and in the place of each that cannot be had, the reason."""


def finish(draft: ArticleDraft, config: Config) -> Article | ArticleError:
    """Return the article of a draft, or the error that says why there is none."""
    try:
        return _article(draft, config)
    except ArticleError as error:
        return error


def too_long(origin: str, length: str, config: Config) -> ArticleTooLong:
    """Return the error for an article over the limit; ``length`` says how long it is, with its unit."""
    return ArticleTooLong(
        origin,
        f"too long: {length}; the limit is {config.max_characters:,} characters (setting max_characters)",
    )


def _article(draft: ArticleDraft, config: Config) -> Article:
    if len(draft.body) > config.max_characters:
        raise too_long(draft.origin, f"{len(draft.body):,} characters", config)
    title = clean_line(draft.title) if draft.title else None
    found = read_masthead(separate_paragraphs(clean(draft.body)), title)
    if not any(map(str.isalpha, found.text)) or found.text == title:
        raise NoArticle(draft.origin, "empty: no text of an article in it; nothing to do but leave it out")
    if language := foreign_language(found.text, draft.language):
        raise WrongLanguage(draft.origin, f"in {language}; only English is read")
    return Article(
        text=found.text,
        origin=draft.origin,
        title=found.title,
        url=draft.url,
        published=draft.published or found.published,
        authors=draft.authors or found.authors,
        publisher=clean_line(draft.publisher) or None if draft.publisher else None,
        identifier=draft.identifier,
    )
