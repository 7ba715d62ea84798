"""Read web pages. trafilatura extracts the article text; metadata comes from the page."""

from __future__ import annotations

import logging
import re
from typing import TYPE_CHECKING

from kg.config import Config
from kg.errors import NoArticle, UnreadableSource
from kg.sources.article_draft import ArticleDraft, ArticleDrafts, too_long
from kg.sources.byline import split_names
from kg.sources.encoding import declared_charset, decode
from kg.sources.markup import words_length
from kg.sources.opening import Source, read_limited
from kg.sources.page_date import page_date
from kg.sources.plain import BYTES_A_CHARACTER

if TYPE_CHECKING:
    from trafilatura.settings import Document

_LANGUAGE = re.compile(r"""<html\b[^<>]*?\blang\s*=\s*["']?([\w-]+)""", re.IGNORECASE)
_FEWEST_WORDS = 25  # a shorter text is a teaser, a caption or a cookie banner


def read_html(source: Source, config: Config) -> ArticleDrafts:
    """Yield the article of a web page.

    Raises:
        NoArticle: trafilatura finds no running text on the page.
        UnreadableSource: the page cannot be parsed.
        ArticleTooLong: the text on the page is longer than ``config.max_characters``.
    """
    data = read_limited(source, max(config.fetch_bytes, BYTES_A_CHARACTER * config.max_characters), config)
    page = decode(data, source.charset or declared_charset(data))
    del data  # a page may have 20 MB; parsing needs only the decoded text
    if len(page) > config.max_characters and (length := words_length(page)) > config.max_characters:
        raise too_long(source.origin, f"{length:,} characters of text on the page", config)
    document = _extract(page, source)
    if document is None or len((document.text or "").split()) < _FEWEST_WORDS:
        raise NoArticle(
            source.origin,
            "no article on this page: save the page of one article with its text, or pass the text itself",
        )
    yield _draft(document, page, source)


def _extract(page: str, source: Source) -> Document | None:
    from trafilatura import bare_extraction

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)  # the errors raised below replace its log
    logging.getLogger("htmldate").setLevel(logging.CRITICAL)
    try:
        document = bare_extraction(
            page,
            url=source.url,
            include_comments=False,
            include_tables=False,
            with_metadata=True,
            date_extraction_params={
                "extensive_search": False
            },  # its date is not used: see kg.sources.page_date
        )
    except (ValueError, TypeError, AttributeError, LookupError, RecursionError) as error:
        # The parsers raise these on elements nested thousands deep and on characters that XML does not allow.
        raise UnreadableSource(source.origin, f"the HTML cannot be parsed: {error}") from error
    return document if not isinstance(document, dict) else None


def _draft(document: Document, page: str, source: Source) -> ArticleDraft:
    language = _LANGUAGE.search(page, 0, 20_000)
    url = document.url or source.url
    return ArticleDraft(
        origin=source.origin,
        body="\n\n".join((document.text or "").splitlines()),  # trafilatura writes each paragraph on one line
        title=document.title,
        url=url,
        published=page_date(page, url),
        authors=split_names(document.author) if document.author else (),
        publisher=document.sitename,
        language=document.language or (language[1] if language else None),
    )
