"""Fetch one web page, with limits on time, size and redirections."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.config import Config
from kg.errors import UnreadableSource

if TYPE_CHECKING:
    import httpx

USER_AGENT = "communique/0.1 (+https://w3id.org/communique)"
_REDIRECTS = 8
_ACCEPT = "text/html, application/xhtml+xml, application/json;q=0.9, text/plain;q=0.8, */*;q=0.1"
_TEXTUAL = ("text/", "application/json", "application/ld+json", "application/xhtml+xml", "application/xml")
_GENERIC = (  # media types that servers send for files whose format they do not know, or gzip
    "application/octet-stream",
    "application/gzip",
    "application/x-gzip",
    "application/x-ndjson",
    "application/jsonl",
)


@dataclass(frozen=True, slots=True)
class Page:
    """A page as the server sent it."""

    body: bytes
    url: str  # after redirections
    media_type: str | None  # in lower case, without parameters: "text/html"
    charset: str | None


def fetch(url: str, config: Config) -> Page:
    """Return the page at an http or https address.

    Args:
        url: the address.
        config: ``fetch_timeout`` is the most seconds that the whole request may take, ``fetch_bytes`` the
            most bytes of the page after decompression.

    Raises:
        UnreadableSource: the page does not exist, is too slow or too big, or is not text.
    """
    import httpx

    deadline = time.monotonic() + config.fetch_timeout
    try:
        with (
            httpx.Client(
                follow_redirects=True,
                max_redirects=_REDIRECTS,
                timeout=config.fetch_timeout,
                headers={"User-Agent": USER_AGENT, "Accept": _ACCEPT},
            ) as client,
            client.stream("GET", url) as response,
        ):
            _check(response, url, config)
            body = _body(response, url, config, lambda: time.monotonic() > deadline)
            return Page(body, str(response.url), _media_type(response), response.charset_encoding)
    except (httpx.HTTPError, httpx.InvalidURL, UnicodeError) as error:
        raise UnreadableSource(url, _reason(error, config)) from error


def _check(response: httpx.Response, url: str, config: Config) -> None:
    """Raise UnreadableSource if the status or the headers show that the page cannot be used."""
    if not response.is_success:
        raise UnreadableSource(
            url, f"the server answers {response.status_code} {response.reason_phrase}".rstrip()
        )
    media_type = _media_type(response)
    if media_type and not media_type.startswith(_TEXTUAL + _GENERIC):
        raise UnreadableSource(url, f"the server sends {media_type}; only HTML, JSON and plain text are read")
    length = response.headers.get("content-length", "")
    if length.isdigit() and int(length) > config.fetch_bytes:
        raise _too_big(url, config, f"{int(length):,} bytes")


def _body(response: httpx.Response, url: str, config: Config, late: Callable[[], bool]) -> bytes:
    body = bytearray()
    for chunk in response.iter_bytes():
        body += chunk
        if len(body) > config.fetch_bytes:
            raise _too_big(url, config, f"more than {config.fetch_bytes:,} bytes")
        if late():
            raise UnreadableSource(url, _slow(config))
    return bytes(body)


def _too_big(url: str, config: Config, size: str) -> UnreadableSource:
    return UnreadableSource(
        url, f"too big: {size}; the limit is {config.fetch_bytes:,} (setting fetch_bytes)"
    )


def _slow(config: Config) -> str:
    return f"no answer in full within {config.fetch_timeout:g} seconds (setting fetch_timeout)"


def _media_type(response: httpx.Response) -> str | None:
    declared: str = response.headers.get("content-type", "")
    return declared.split(";")[0].strip().lower() or None


def _reason(error: Exception, config: Config) -> str:
    """Return the message for an error of httpx."""
    import httpx

    if isinstance(error, httpx.TimeoutException):
        return _slow(config)
    if isinstance(error, httpx.TooManyRedirects):
        return f"redirected more than {_REDIRECTS} times"
    if isinstance(error, (httpx.InvalidURL, UnicodeError)):
        return f"not a valid address: {error}"
    if isinstance(error, httpx.UnsupportedProtocol):
        return f"leads to an address that is neither http nor https: {error}"
    if isinstance(error, httpx.ConnectError):
        return f"cannot connect: {error}; check the address and the network"
    return f"cannot be fetched: {error or type(error).__name__}"
