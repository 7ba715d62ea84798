"""The tree of all errors that Communiqué raises on purpose.

    KgError
    ├── ArticleError            skip this article, report it, go on with the next
    │   ├── UnreadableSource    cannot be decoded, parsed or fetched
    │   ├── NoArticle           holds no article text
    │   ├── ArticleTooLong      longer than the configured limit
    │   └── WrongLanguage       not English
    └── StopError               stop the run
        ├── UsageError          an argument or a configuration value is wrong
        │   ├── UnknownQuestion
        │   └── UnknownParameter
        ├── SourceNotFound      a path or pattern on the command line names nothing
        ├── ModelError          the language model is missing or does not fit
        ├── StoreError          the store cannot be opened, read or written
        │   ├── StoreMissing
        │   ├── StoreLocked
        │   └── StoreVersionError
        └── QueryError          SPARQL that does not parse or cannot be evaluated

Each message says what is wrong, names the file, line or parameter, and says what to do.
"""

from __future__ import annotations


class KgError(Exception):
    """Base of all errors raised on purpose. ``str(error)`` is a message for users."""


class ArticleError(KgError):
    """One article cannot be used; the run goes on.

    Args:
        origin: the path, ``path:line`` or URL of the article.
        reason: what is wrong and what to do.
    """

    def __init__(self, origin: str, reason: str) -> None:
        self.origin = origin
        self.reason = reason
        super().__init__(f"{origin}: {reason}")

    def __reduce__(self) -> tuple[type[ArticleError], tuple[str, str]]:
        return type(self), (self.origin, self.reason)


class UnreadableSource(ArticleError):
    """The bytes cannot be fetched, decoded or parsed."""


class NoArticle(ArticleError):
    """The source was read, but holds no article text."""


class ArticleTooLong(ArticleError):
    """The article has more characters than the configured limit."""


class WrongLanguage(ArticleError):
    """The article is not written in a language the extractor knows."""


class StopError(KgError):
    """The run cannot go on."""


class UsageError(StopError):
    """An argument, a parameter or a configuration value is wrong."""


class UnknownQuestion(UsageError):
    """``queries/`` has no file of that name."""


class UnknownParameter(UsageError):
    """A question is asked with a parameter that it does not declare, or without one that it needs."""


class SourceNotFound(StopError):
    """A path or pattern names nothing that exists."""


class ModelError(StopError):
    """The spaCy pipeline is not installed or lacks a component."""


class StoreError(StopError):
    """The store cannot be opened, read or written."""


class StoreMissing(StoreError):
    """The path holds no store."""


class StoreLocked(StoreError):
    """Another process has the store open."""


class StoreVersionError(StoreError):
    """The store was written in another format version."""


class QueryError(StopError):
    """SPARQL that does not parse, or that the engine cannot evaluate.

    Args:
        message: the text for users, with the faulty line of the query if it is known.
        line: 1-based line of the error in the query text, if known.
        column: 1-based column of the error, if known.
    """

    def __init__(self, message: str, line: int | None = None, column: int | None = None) -> None:
        self.line = line
        self.column = column
        super().__init__(message)
