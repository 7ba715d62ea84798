"""Every error that Communiqué raises on purpose, as one tree.

    KgError
    ├── ArticleError            skip this article, report it, go on with the next
    │   ├── UnreadableSource    cannot be decoded, parsed or fetched
    │   ├── NoArticle           nothing in it that reads as an article
    │   ├── ArticleTooLong      more text than the configured limit
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

Each message says what is wrong, where (file, line or parameter), and what to do.
"""

from __future__ import annotations


class KgError(Exception):
    """Base of all errors raised on purpose. ``str(error)`` is fit to be shown to a user."""


class ArticleError(KgError):
    """One article cannot be used; the run goes on.

    Args:
        origin: where the article came from: a path, ``path:line`` or a URL.
        reason: what is wrong and, where it helps, what to do.
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
    """No file of that name in ``queries/``."""


class UnknownParameter(UsageError):
    """A question was given a parameter it does not declare, or lacks one it needs."""


class SourceNotFound(StopError):
    """A path or pattern names nothing that exists."""


class ModelError(StopError):
    """The spaCy pipeline is not installed or lacks a component."""


class StoreError(StopError):
    """The store cannot be opened, read or written."""


class StoreMissing(StoreError):
    """There is no store at that path."""


class StoreLocked(StoreError):
    """Another process has the store open."""


class StoreVersionError(StoreError):
    """The store was written in another format version."""


class QueryError(StopError):
    """SPARQL that does not parse, or that the engine cannot evaluate.

    Args:
        message: the whole text for a user, with the offending line where it is known.
        line: 1-based line of the error in the query text, if known.
        column: 1-based column of the error, if known.
    """

    def __init__(self, message: str, line: int | None = None, column: int | None = None) -> None:
        self.line = line
        self.column = column
        super().__init__(message)
