"""Characters: from decoded text to the clean text that all offsets count. Knows nothing of articles."""

from __future__ import annotations

import re
import unicodedata

# Bytes 80-9F of Windows-1252 that were read as if they were Latin-1. HTML5 reads them so in every page
# (WHATWG Encoding Standard), and in news they are nearly always quotation marks and dashes.
_WINDOWS = {
    code: character for code in range(0x80, 0xA0) if (character := bytes([code]).decode("cp1252", "ignore"))
}

_INVISIBLE = (
    r"\x00-\x08\x0e-\x1f\x7f-\x9f"  # controls; tab and the line ends are treated apart
    r"\u00ad\u034f\u061c\u180e"  # soft hyphen, grapheme joiner, Arabic letter mark, Mongolian vowel separator
    r"\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff"  # zero-width characters and direction marks
    r"\ufff9-\ufffb\ufffe\uffff\ud800-\udfff"  # interlinear marks, noncharacters, halves of surrogate pairs
)
_UNWANTED = re.compile(f"[{_INVISIBLE}]")
_LINE_END = re.compile(r"\r\n?|[\x0b\x0c\u2028]")
_ODD_SPACE = re.compile(r"[\t\r\x0b\x0c\u2028\u2029]")
_ENDS = tuple('.!?…:;"”’»)')
_NEARLY_ALL = 0.75
_LONG = 60  # characters: more than a headline, a byline or a line of verse

_SPACES_ON_BLANK_LINE = re.compile(r"^[^\S\n]+$", re.MULTILINE)


def clean(text: str) -> str:
    """Return ``text`` in NFC with ``\\n`` line ends, without control, zero-width and soft-hyphen characters.

    A tab becomes a space, a line of nothing but spaces an empty line; blank lines at both ends go. All else,
    runs of spaces included, stays as it is.
    """
    if _ODD_SPACE.search(text):
        text = _LINE_END.sub("\n", text).replace("\u2029", "\n\n").replace("\t", " ")
    text = _UNWANTED.sub(_visible, text)
    if not unicodedata.is_normalized("NFC", text):
        text = unicodedata.normalize("NFC", text)
    return _SPACES_ON_BLANK_LINE.sub("", text).strip()


def separate_paragraphs(text: str) -> str:
    """Return clean ``text`` with a blank line between its paragraphs, where it has one paragraph a line.

    That is so if it has no blank line and its long lines end as sentences do. Where a margin broke the
    lines, few do.
    """
    if "\n\n" in text or "\n" not in text:
        return text
    lines = text.split("\n")
    long = [line.rstrip() for line in lines if len(line) > _LONG]
    ended = sum(line.endswith(_ENDS) for line in long)
    return "\n\n".join(lines) if long and ended >= _NEARLY_ALL * len(long) else text


def clean_line(text: str) -> str:
    """Return ``text`` cleaned and on one line, with single spaces: for titles and names."""
    return " ".join(clean(text).split())


def _visible(match: re.Match[str]) -> str:
    return _WINDOWS.get(ord(match[0]), "")
