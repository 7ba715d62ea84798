"""Names of days, months, seasons, holidays and numbers."""

from __future__ import annotations

MONTHS = "January February March April May June July August September October November December".split()
SHORT_MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
SEASONS = {"spring": "SP", "summer": "SU", "autumn": "FA", "fall": "FA", "winter": "WI"}
NUMBERS = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen"
).split()
TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "1st": 1, "2nd": 2, "3rd": 3, "4th": 4}
CENTURIES = {
    "sixteenth": 16,
    "seventeenth": 17,
    "eighteenth": 18,
    "nineteenth": 19,
    "twentieth": 20,
    "twenty-first": 21,
}
HOLIDAYS = {
    "new year's eve": (12, 31),
    "new year's day": (1, 1),
    "christmas eve": (12, 24),
    "christmas day": (12, 25),
    "boxing day": (12, 26),
    "valentine's day": (2, 14),
    "halloween": (10, 31),
}

_UNIT_NUMBERS = {word: number for number, word in enumerate(NUMBERS, 1)}
_TEN_NUMBERS = {word: 10 * number for number, word in enumerate(TENS, 2)}


def month_number(name: str) -> int:
    """Return 1 to 12 for "June", "Sept." or "OCT"."""
    return [month.lower() for month in SHORT_MONTHS].index(name[:3].lower()) + 1


def weekday_number(name: str) -> int:
    """Return 0 for Monday to 6 for Sunday, in any case."""
    return [day.lower() for day in DAYS].index(name.lower())


def number(words: str) -> float | None:
    """Return the value of "3", "3.5", "an", "half a", "twelve" or "twenty-one"; None for "a few"."""
    if words[:1].isdigit():
        return float(words)
    if words in ("a", "an"):
        return 1
    if words.startswith("half"):
        return 0.5
    tens, _, ones = words.partition("-")
    if tens in _TEN_NUMBERS:
        return _TEN_NUMBERS[tens] + _UNIT_NUMBERS.get(ones, 0)
    return _UNIT_NUMBERS.get(words)
