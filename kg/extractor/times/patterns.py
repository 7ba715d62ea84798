"""The phrases that news writes times with, as patterns: one line a form, its kind before it."""

from __future__ import annotations

import re

from kg.extractor.times.periods import SEASONS

MONTHS = "January February March April May June July August September October November December".split()
SHORT = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
NUMBERS = "one two three four five six seven eight nine ten eleven twelve".split()
ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "1st": 1, "2nd": 2, "3rd": 3, "4th": 4}

_MONTH = rf"(?P<month>{'|'.join(MONTHS)}|(?:{'|'.join(SHORT)}|Sept)\b\.?)"
_YEAR = r"(?P<year>(?:1[5-9]|20)\d\d)"
_D = r"(?P<day>[0-3]?\d)(?:st|nd|rd|th)?"
_WHICH = r"(?P<which>last|next|this|past|previous|coming|this coming|this past|the previous|the following)"
_COUNT = rf"(?P<count>\d{{1,3}}|{'|'.join(NUMBERS)}|a|an|a few|few|several|a couple of|couple of|many|some)"
_UNIT = r"(?P<unit>day|week|month|quarter|year|decade|century|hour|minute)"
_PART = (
    r"(?P<part>early|late|mid|earlier|later|(?:the\s+)?(?:start|beginning|middle|end)\s+of)"
    r"(?:\s+in)?[-\s]+(?:the\s+)?"
)
_CLOCK = r"(?:\d{1,2}(?:[:.]\d\d)?\s?[ap]\.?m\.?\s+(?:\w+\s+)?(?:on\s+)?)?"
_DAYS_OF_WEEK = "|".join(DAYS)
_SEASONS = "|".join(SEASONS)
_ABOUT = r"(?:about\s+|nearly\s+|almost\s+|more than\s+|at least\s+)?"
_FREE = r"(?<![\w-])"
_NO_COUNT = r"people|troops|votes|points|jobs|men|women|miles|km|metres|meters|dollars|pounds|euros"

_SOURCES: tuple[tuple[str, str], ...] = (
    ("iso", r"\b(?P<iso>\d{4}-\d\d-\d\d)\b"),
    (
        "date",
        rf"{_FREE}(?:{_PART})?{_CLOCK}(?:(?:on\s+)?(?:{_DAYS_OF_WEEK}),?\s+)?{_D}\s+{_MONTH}"
        rf"(?:,?\s+{_YEAR})?(?!\w)",
    ),
    (
        "date",
        rf"{_FREE}(?:{_PART})?{_CLOCK}(?:(?:{_DAYS_OF_WEEK}),?\s+)?{_MONTH}\s+{_D}"
        rf"(?!\d|[:.]\d|\s?(?:percent|%))(?:,?\s+{_YEAR})?",
    ),
    ("month", rf"{_FREE}(?:{_PART})?(?:{_WHICH}\s+)?{_MONTH}(?:,?\s+(?:of\s+)?{_YEAR})?(?![\w’'])"),
    (
        "season",
        rf"{_FREE}(?:{_PART})?(?:{_WHICH}\s+|the\s+)?(?P<season>{_SEASONS})\s+(?:of\s+)?{_YEAR}\b",
    ),
    ("season", rf"\b(?:{_PART})?{_WHICH}\s+(?P<season>{_SEASONS})\b"),
    ("quarter", rf"\bQ(?P<quarter>[1-4])(?:\s+(?:of\s+)?{_YEAR})?\b"),
    (
        "quarter",
        rf"\b(?:the\s+)?(?P<ordinal>{'|'.join(ORDINALS)})[-\s]quarter(?:\s+(?:of\s+)?{_YEAR})?\b",
    ),
    (
        "weekday",
        rf"{_FREE}(?:{_PART})?{_CLOCK}(?:{_WHICH}\s+)?(?P<weekday>{_DAYS_OF_WEEK})"
        r"(?:\s+(?:morning|afternoon|evening|night))?(?!\w)",
    ),
    (
        "near",
        r"\b(?P<near>the day before yesterday|yesterday|today|tonight|tomorrow|last night"
        r"|this (?:morning|afternoon|evening))(?:\s+(?:morning|afternoon|evening|night))?\b",
    ),
    ("ago", rf"\b{_ABOUT}{_COUNT}\s+{_UNIT}s?\s+(?P<side>ago|earlier|later|from now)\b"),
    (
        "span",
        r"\b(?:(?:in|over|during|for|within)\s+)?(?:the\s+)?"
        rf"(?P<which>last|past|next|coming|recent|previous)\s+(?:{_COUNT}\s+)?"
        r"(?P<unit>days|weeks|months|quarters|years|decades|hours|minutes)\b",
    ),
    (
        "unit",
        rf"\b(?:{_PART})?{_WHICH}\s+(?P<unit>weekend|week|month|quarter|year|decade|century)\b(?!-old)",
    ),
    ("unit", rf"\b(?:{_PART})(?P<unit>week|month|quarter|year|decade|century)\b(?!-old)"),
    ("unit", r"\b(?:the\s+)?(?P<which>past)\s+(?P<unit>decade|century|year|month|week)\b"),
    (
        "set",
        r"\b(?:(?:every|each)\s+(?P<each>day|week|month|quarter|year|morning|night"
        rf"|{_DAYS_OF_WEEK})|(?P<daily>daily|weekly|monthly|quarterly|annually|yearly))\b",
    ),
    ("duration", rf"\bfor\s+{_ABOUT}{_COUNT}\s+{_UNIT}s?\b"),
    ("decade", rf"\b(?:{_PART})?(?:the\s+)?(?P<decade>(?:1[5-9]|20)\d0)s\b"),
    ("year", rf"(?<![\w$£€#.,/-])(?:{_PART})?{_YEAR}(?![\w%]|[.,/-]\d|\s+(?:{_NO_COUNT}))"),
    ("vague", r"\b(?P<vague>recently|in the future|in the past|nowadays|these days)\b"),
)
PATTERNS = [
    (kind, re.compile(pattern, re.IGNORECASE if kind not in ("month",) else 0)) for kind, pattern in _SOURCES
]

ANCHOR = re.compile(
    rf"\b(?:{'|'.join(MONTHS + SHORT + DAYS)}|Sept|Q[1-4]|(?:1[5-9]|20)\d\d|{_SEASONS}"
    r"|quarter|days?|weeks?|weekend|months?|years?|decades?|century|hours?|minutes?"
    r"|yesterday|today|tonight|tomorrow|morning|evening|afternoon|night"
    r"|daily|weekly|monthly|quarterly|annually|yearly|recently|nowadays|future|past)",
    re.IGNORECASE,
)
BEFORE, BEHIND = 48, 30
"""Characters around such a word that an expression may reach to."""

_LEADS = r"in|since|by|until|till|of|from|to|before|after|early|late|mid|during|through|and|between|for"
YEAR_BEFORE = re.compile(rf"(?:\b(?:{_LEADS}|the)\s+|[(\[-])$", re.IGNORECASE)
MONTH_BEFORE = re.compile(rf"\b(?:{_LEADS}|on|last|next|this)[\s-]+(?:the\s+|about\s+)?$", re.IGNORECASE)
