"""The patterns of time expressions, as regular expressions with named groups.

Groups with the same name mean the same in every pattern: ``lead`` is not part of the time, ``part`` is its
early, middle or late part, ``which`` is last, this or next, and ``of`` gives the year relative to the present
one ("of last year").
"""

from __future__ import annotations

import re

from kg.extractor.times.words import (
    CENTURIES,
    DAYS,
    HOLIDAYS,
    MONTHS,
    NUMBERS,
    ORDINALS,
    SEASONS,
    SHORT_MONTHS,
    TENS,
)

# Months are case sensitive: "at least 5 may have" and "they march 10 miles" are not dates.
_FULL_MONTHS = "|".join([*MONTHS, *(name.upper() for name in MONTHS)])
_MONTH_NAME = rf"(?-i:{_FULL_MONTHS}|(?:{'|'.join(SHORT_MONTHS)}|Sept)\b\.?)"
_MONTH = rf"(?P<month>{_MONTH_NAME})"
_DIGITS = r"(?:1[5-9]|20)\d\d"
_YEAR = rf"(?P<year>{_DIGITS})"
_COUNTED = (
    r"people|persons?|troops|soldiers|votes|points|jobs|men|women|children|students|workers|employees|members"
    r"|migrants|refugees|cases|deaths|homes|houses|miles|km|metres|meters|feet|hectares|acres|tons|tonnes"
    r"|dollars|pounds|euros|yuan|roubles|rubles|percent|per cent|million|billion|hours|days|GMT|Agenda"
)
_NO_YEAR = rf"(?!\w|\s?[-–]\s?\d|[.,]\d|\s+(?:{_COUNTED})\b)"
_SEEN = r"\s+(?:of\s+|in\s+)?(?P<of>last|this|next|the)\s+year\b(?!\s+\d)"
_IN_YEAR = rf"(?:,?\s+(?:of\s+|in\s+)?{_YEAR}{_NO_YEAR}|{_SEEN})"
_DAY = r"(?P<day>[0-3]?\d)(?:st|nd|rd|th)?"
_TO_DAY = r"(?P<to_day>[0-3]?\d)(?:st|nd|rd|th)?"
_DASH, _JOIN = r"\s?[-–—]\s?", r"\s+(?:and|or|to|until|through)\s+"
# In "June 5 and 6 people died" the second number is not a day, because it counts a noun.
_NO_THING = rf"(?=\s*(?:$|[.,;:!?)\]\n—–]|(?:{_DIGITS}|in|at|to|for|by|as|when|during)\b))"
_DAY_MONTH = rf"{_DAY}(?:(?:{_DASH}|{_JOIN}){_TO_DAY})?\s+(?:of\s+)?{_MONTH}(?!\w){_IN_YEAR}?"
_MONTH_DAY = (
    rf"{_MONTH}\s+(?:the\s+)?{_DAY}(?!\w|[:.]\d|\s?%|\s(?:per\s?cent|million|billion)\b)"
    rf"(?:(?:{_DASH}|{_JOIN}(?=[0-3]?\d\w{{0,2}}{_NO_THING})){_TO_DAY}(?!\w|[:.]\d|\s?%))?{_IN_YEAR}?"
)
_WHICH = r"(?P<which>this coming|this past|last|next|this|past|previous|coming)"
_NUMBER = rf"(?:(?:{'|'.join(TENS)})(?:-(?:{'|'.join(NUMBERS[:9])}))?|{'|'.join(reversed(NUMBERS))})"
_COUNT = (
    rf"(?P<count>\d{{1,3}}(?:\.5)?|{_NUMBER}|half an?|a few|few|several|(?:a\s+)?couple of|many|some|an?)"
    r"(?P<half>[-\s]and[-\s]a[-\s]half)?"
)
_UNIT = r"(?P<unit>day|week|month|quarter|year|decade|century|centurie|hour|minute)"
_MORE = r"(?:\s+(?P<more>and\s+a\s+half)\b)?"
_UNITS = r"(?P<unit>days|weeks|months|quarters|years|decades|centuries|hours|minutes)"
_PART = (
    r"(?:(?P<part>early|late|mid|earlier|later|(?:the\s+)?(?:start|beginning|middle|end)\s+of)"
    r"(?:\s+(?:in|on))?[-\s]+(?:the\s+)?)"
)
_HOUR = r"(?:noon|midnight|\d{1,2}(?:[:.]\d\d)?\s?[ap]\.?m\b\.?|\d{1,2}[:.]\d\d)"
_ZONE = r"(?:\s+(?:local\s+time|GMT|UTC|E[DS]?T|CES?T))?"
_CLOCK, _AT = rf"(?:{_HOUR}{_ZONE},?\s+(?:on\s+)?)?", rf"(?:,?\s+at\s+{_HOUR})?"
_WEEKDAYS = "|".join(DAYS)
_OPTIONAL_DAY = rf"(?:(?:{_WEEKDAYS}),?\s+(?:the\s+)?)?"
_OF_DAY = r"(?:\s+(?:morning|afternoon|evening|night)\b)?"
_SEASON = rf"(?P<season>{'|'.join(SEASONS)})"
_ABOUT = (
    r"(?:(?P<about>about|around|roughly|approximately|some|nearly|almost|just|more than|less than"
    r"|fewer than|well over|over|under|at least|up to)\s+)?"
    rf"(?:(?P<least>\d{{1,3}}|{_NUMBER})\s+(?:to|or)\s+)?"
)
_FREE = r"(?<![\w-])"
# Days with a name of their own: "Good Friday" is not the last Friday.
_NO_FEAST = "".join(f"(?<!{name} )" for name in "Ash Black Bloody Cyber Easter Good Holy Palm Super".split())
_NAMES = r"(?!\s+(?:Times|Mail|Telegraph|Mirror|Express|Post|Star|Herald|Standard|Night\s+(?:Live|Football)))"
_OWN = r"[’']s"
_HOLIDAYS = "|".join(HOLIDAYS).replace("'", "[’']")

# Kind, anchor, pattern.
_SOURCES: tuple[tuple[str, str, str], ...] = (
    ("iso", "year", rf"(?<![\w.-])(?P<iso>{_DIGITS}-[01]\d-[0-3]\d)(?![\d-])"),
    (
        "numeric",
        "year",
        rf"(?<![\w./-])(?P<number>[0-3]?\d)(?P<mark>[./])(?P<second_number>[0-3]?\d)(?P=mark){_YEAR}(?![\w/]|[.,]\d)",
    ),
    ("date", "month", rf"{_FREE}{_PART}?{_CLOCK}{_OPTIONAL_DAY}{_DAY_MONTH}{_AT}"),
    ("date", "month", rf"{_FREE}{_PART}?{_CLOCK}{_OPTIONAL_DAY}{_MONTH_DAY}{_AT}"),
    ("week_of", "month", rf"\bthe\s+week\s+(?:of|beginning|starting)\s+(?:{_WEEKDAYS})?\s?{_DAY_MONTH}"),
    ("week_of", "month", rf"\bthe\s+week\s+(?:of|beginning|starting)\s+(?:{_WEEKDAYS})?\s?{_MONTH_DAY}"),
    ("month", "month", rf"{_FREE}{_PART}?(?:{_WHICH}\s+)?{_MONTH}{_IN_YEAR}?(?!\w)"),
    ("loose", "following", rf"\bthe\s+(?:following|preceding|previous)\s+(?P<loose>{_MONTH_NAME})(?!\w)"),
    (
        "season",
        "season",
        rf"{_FREE}{_PART}?(?:{_WHICH}\s+|the\s+)?{_SEASON}(?:\s+(?:of\s+|in\s+)?{_YEAR}(?:{_DASH}\d\d)?\b|{_SEEN})",
    ),
    ("season", "season", rf"{_FREE}{_PART}?{_WHICH}\s+{_SEASON}\b"),
    (
        "season",
        "season",
        rf"\b(?P<lead>(?:in|by|since|until|during|over|through)\s+){_PART}?(?:the\s+)?{_SEASON}"
        r"(?![\w-]|\s+of\b|\s+(?-i:[A-Z]))",
    ),
    ("quarter", "short", rf"\bQ(?P<quarter>[1-4])(?:{_IN_YEAR}|(?!\w))"),
    (
        "quarter",
        "quarter",
        rf"\b(?:the\s+)?(?P<ordinal>{'|'.join(ORDINALS)})[-\s]quarter\b{_IN_YEAR}?",
    ),
    ("half", "short", rf"\bH(?P<half>[12])\s+(?:of\s+)?{_YEAR}\b"),
    ("half", "half", rf"\b(?:the\s+)?(?P<ordinal>first|second)\s+half{_IN_YEAR}"),
    (
        "months",
        "months",
        rf"\bthe\s+(?P<end>first|last|final)\s+(?P<months>{_NUMBER}|\d\d?)\s+months{_IN_YEAR}",
    ),
    (
        "holiday",
        "holiday",
        rf"\b(?:{_WHICH}\s+)?(?P<holiday>{_HOLIDAYS})\b{_IN_YEAR}?",
    ),
    (
        "weekday",
        "weekday",
        rf"(?<!\w)(?<![\w-]){_NO_FEAST}{_PART}?{_CLOCK}(?:{_WHICH}\s+)?"
        rf"(?P<weekday>{_WEEKDAYS}){_OF_DAY}{_AT}(?!\w|{_OWN}\s+Child){_NAMES}",
    ),
    (
        "loose",
        "following",
        rf"\bthe\s+(?:following|preceding|previous)\s+(?P<loose>{_WEEKDAYS}){_OF_DAY}(?!\w)",
    ),
    (
        "near",
        "near",
        r"\b(?:(?P<part>earlier|later)\s+)?(?P<near>the\s+day\s+(?:before\s+yesterday|after\s+tomorrow)"
        rf"|yesterday|today|tonight|tomorrow|last\s+night|this\s+(?:morning|afternoon|evening)){_OF_DAY}(?!\w)",
    ),
    ("ago", "ago", rf"\b{_ABOUT}{_COUNT}\s+{_UNIT}s?{_MORE}\s+(?P<side>ago|from\s+now)\b"),
    ("ago", "time", rf"\b(?P<lead>in\s+){_ABOUT}{_COUNT}\s+{_UNIT}(?:s?[’']s?)\s+(?P<side>time)\b"),
    ("ago", "ago", rf"\b{_UNITS}\s+(?P<side>ago|from\s+now)\b"),
    (
        "loose",
        "later",
        rf"\b{_ABOUT}(?:{_COUNT}\s+)?(?P<loose>day|week|month|quarter|year|decade|hour|minute)s?"
        r"\s+(?:earlier|later)\b(?!\s+than)",
    ),
    (
        "loose",
        "following",
        r"\b(?:the\s+)?(?:next|following|previous|preceding)\s+(?P<loose>day|morning|afternoon|evening|night)\b",
    ),
    ("loose", "day", r"\bthe\s+(?P<loose>day)\s+(?:before|after)(?=\s*(?:$|[.,;:!?)]))"),
    ("loose", "later", r"\b(?:earlier|later)\s+in\s+the\s+(?P<loose>day)\b"),
    (
        "loose",
        "following",
        r"\bthe\s+(?:following|previous|preceding)\s+(?P<loose>weekend|week|month|quarter|year|decade)\b",
    ),
    (
        "span",
        "which",
        r"\b(?P<lead>(?:in|over|during|for|within)\s+)?(?:the\s+)?"
        rf"(?P<which>last|past|next|coming|recent|previous)\s+(?:{_ABOUT}{_COUNT}\s+)?{_UNITS}\b(?![’'])",
    ),
    (
        "unit",
        "unit",
        rf"{_FREE}{_PART}?{_WHICH}\s+(?P<unit>weekend|week|month|quarter|year|decade)\b(?!-)",
    ),
    ("unit", "unit", rf"{_FREE}{_PART}(?P<unit>week|month|quarter|year|decade)\b(?!-|\s+\d)"),
    ("unit", "unit", r"\bthe\s+(?P<which>past)\s+(?P<unit>decade|century|year|month|week)\b(?!-)"),
    (
        "weekend",
        "weekend",
        r"\b(?P<lead>(?:over|at|during|on|by|since|until|before|after)\s+)(?:the\s+)?(?P<weekend>weekend)\b"
        r"(?!\s+of\b|-)",
    ),
    ("year_end", "unit", rf"{_FREE}(?:the\s+)?(?P<year_end>year(?:-end|{_OWN}\s+end))\b"),
    (
        "set",
        "every",
        rf"\b(?:every|each)\s+(?:(?P<count>other|{_NUMBER}|few|\d\d?)\s+)?"
        r"(?P<each>day|week|month|quarter|year|decade|hour|minute|morning|evening|night"
        rf"|{'|'.join(SEASONS)}|{_WEEKDAYS})s?\b",
    ),
    (
        "set",
        "often",
        r"\b(?:once|twice|\w+\s+times)\s+(?:a|an|every)\s+(?P<each>day|week|month|year|decade)\b",
    ),
    ("set", "weekdays", rf"\b(?P<lead>on\s+)(?P<each>{_WEEKDAYS})s\b"),
    ("set", "daily", r"\b(?P<daily>daily|weekly|monthly|quarterly|annually|yearly)\b"),
    (
        "duration",
        "unit",
        rf"\b(?P<lead>(?:for|within|throughout|during)\s+){_ABOUT}{_COUNT}\s+{_UNIT}s?\b{_MORE}(?![’'-]|\s+old\b)",
    ),
    (
        "duration",
        "unit",
        rf"\b(?P<lead>(?:in|over)\s+)(?!some|many){_ABOUT}{_COUNT}\s+{_UNIT}s?\b{_MORE}(?![’'-]|\s+old\b)",
    ),
    ("duration", "unit", rf"\b(?P<lead>for\s+){_UNITS}\b(?![’'-])"),
    ("decade", "decade", rf"{_FREE}(?:the\s+)?{_PART}?(?P<decade>(?:1[5-9]|20)\d0)[’']?s\b"),
    ("decade", "decade", rf"(?<!\w)(?:the\s+)?{_PART}?[’‘'](?P<short>[2-9]0)s\b"),
    (
        "century",
        "century",
        rf"\b(?:the\s+)?(?:{_PART})?(?:(?P<nth>1[6-9]|2[01])(?:st|th)|(?P<ordinal>{'|'.join(CENTURIES)}))"
        r"\s+century\b",
    ),
    (
        "fiscal",
        "fiscal",
        rf"\b(?:(?:fiscal|financial)(?:\s+year)?\s+|FY\s?){_YEAR}(?:[-–/](?:{_DIGITS}|\d\d))?\b",
    ),
    ("years", "year", rf"(?<![\w$£€#.,/-]){_YEAR}\s?[-–—/]\s?(?P<to>{_DIGITS}|\d\d)(?![\w%/]|[.,-]\d)"),
    ("year", "year", rf"(?<![\w$£€#.,/-]){_PART}?{_YEAR}(?![\w%]|[.,/-]\d|\s+(?:{_COUNTED})\b)"),
    (
        "vague",
        "vague",
        r"\b(?P<vague>recently|lately|nowadays|these\s+days|currently|right\s+now|at\s+present|at\s+the\s+moment"
        r"|in\s+(?:the\s+)?(?:(?:near|foreseeable|distant)\s+)?future"
        r"|in\s+the\s+(?:(?:recent|distant)\s+)?past)\b",
    ),
    (
        "vague",
        "vague",
        r"\b(?P<vague>in\s+the\s+(?:days|weeks|months|years|decades)\s+(?:ahead|to\s+come))\b",
    ),
    ("now", "vague", r"\b(?P<vague>now)\b"),
)


def _by_anchor() -> dict[str, list[tuple[str, re.Pattern[str]]]]:
    found: dict[str, list[tuple[str, re.Pattern[str]]]] = {}
    for kind, anchor, source in _SOURCES:
        found.setdefault(anchor, []).append((kind, re.compile(source, re.IGNORECASE)))
    return found


PATTERNS = _by_anchor()
"""Kinds and patterns by anchor; see :mod:`~kg.extractor.times.anchors`."""
