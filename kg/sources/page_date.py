"""Find the date of publication that a web page declares. Dates in the running text are not used.

htmldate, which trafilatura uses, falls back to any date on the page. A wrong date of publication would make
the dates of all events and statements of the article wrong.
"""

from __future__ import annotations

import datetime as dt
import html
import re
from collections.abc import Iterator

from kg.sources.dates import parse_date

Date = dt.date | dt.datetime

_LINKED_DATA = re.compile(r'"datePublished"\s*:\s*"([^"]{4,60})"')
_TAG = re.compile(r"<(?P<tag>meta|time|h1|article)\b(?P<attributes>[^<>]*)", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"""([\w:.-]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+)))?""")
_NAMES = re.compile(  # of meta elements of Open Graph, schema.org, Dublin Core, Parse.ly, Sailthru and others
    r"(?:og:|article:)?published_?time|(?:article|news)?[._:-]?date_?published|"
    r"dc(?:terms)?[.:](?:date|created|issued)(?:[.:](?:issued|created))?|parsely-pub-date|sailthru\.date|citation_(?:publication_)?date|date|pub_?date"
    r"|publish_?date|publication_?date|original_?publication_?date|article\.published|cxenseparse:recs:publishtime",
    re.IGNORECASE,
)
_PATH = re.compile(r"/((?:19|20)\d\d)[/-](0?[1-9]|1[0-2])[/-](0?[1-9]|[12]\d|3[01])(?=[/_-]|$)")


def page_date(page: str, url: str | None) -> Date | None:
    """Return the date or time of publication of a page, or None.

    It is taken from the first of these that has one: JSON-LD, meta elements, time elements below the
    headline, the address of the page.
    """
    declared = (parse_date(html.unescape(match[1])) for match in _LINKED_DATA.finditer(page))
    return next(filter(None, declared), None) or _from_elements(page) or _from_address(url or "")


def _from_elements(page: str) -> Date | None:
    times: list[Date] = []
    below_headline = False
    for tag, attributes in _elements(page):
        if tag == "meta" and (date := _from_meta(attributes)):
            return date
        if tag == "time" and (date := parse_date(attributes.get("datetime"))):
            if attributes.get("itemprop") == "datePublished" or "pubdate" in attributes:
                times.insert(0, date)
            elif below_headline:
                times.append(date)
        below_headline = below_headline or tag in ("h1", "article")
    return times[0] if times else None


def _elements(page: str) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield the tag and the attributes of each meta, time, h1 and article element."""
    for match in _TAG.finditer(page):
        attributes = {
            name.lower(): html.unescape(quoted or single or bare)
            for name, quoted, single, bare in _ATTRIBUTE.findall(match["attributes"])
        }
        yield match["tag"].lower(), attributes


def _from_meta(attributes: dict[str, str]) -> Date | None:
    names = (attributes.get(kind, "") for kind in ("property", "name", "itemprop"))
    if not any(_NAMES.fullmatch(name) for name in names):
        return None
    return parse_date(attributes.get("content"))


def _from_address(url: str) -> Date | None:
    match = _PATH.search(url)
    return parse_date(f"{match[1]}-{match[2]:0>2}-{match[3]:0>2}") if match else None
