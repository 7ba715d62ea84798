"""Clean the characters of decoded text. All offsets of the graph count the characters of clean text.

Rules about articles (headlines, boilerplate) do not belong here.
"""

from __future__ import annotations

import re
import unicodedata

# The control characters U+0080 to U+009F are bytes of Windows-1252 that were decoded as Latin-1. The WHATWG
# Encoding Standard decodes them as Windows-1252; in news nearly all are quotation marks and dashes.
_WINDOWS = {
    code: character for code in range(0x80, 0xA0) if (character := bytes([code]).decode("cp1252", "ignore"))
}

_INVISIBLE = (
    r"\x00-\x08\x0e-\x1f\x7f-\x9f"  # controls, except tab and line ends, which are replaced
    r"\u00ad\u034f\u061c\u180e"  # soft hyphen, grapheme joiner, Arabic letter mark, Mongolian vowel separator
    r"\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff"  # zero-width characters and direction marks
    r"\ufff9-\ufffb\ufffe\uffff\ud800-\udfff"  # interlinear marks, noncharacters, halves of surrogate pairs
)
_UNWANTED = re.compile(f"[{_INVISIBLE}]")
_LINE_END = re.compile(r"\r\n?|[\x0b\x0c\u2028]")
_ODD_SPACE = re.compile(r"[\t\r\x0b\x0c\u2028\u2029]")
_ENDS_OF_SENTENCE = tuple('.!?…:;"”’»)')
_MIN_SHARE_ENDED = 0.75  # share of the long lines that must end like a sentence
_LONG_LINE = 60  # characters; headlines, bylines and lines of verse are shorter

_SPACES_ON_BLANK_LINE = re.compile(r"^[^\S\n]+$", re.MULTILINE)


def clean(text: str) -> str:
    """Return ``text`` in NFC with ``\\n`` line ends, without control, zero-width and soft-hyphen characters.

    A tab becomes a space. A line of spaces becomes an empty line. White space at the start and the end of the
    text is removed. Runs of spaces within a line are kept.
    """
    if _ODD_SPACE.search(text):
        text = _LINE_END.sub("\n", text).replace("\u2029", "\n\n").replace("\t", " ")
    text = _UNWANTED.sub(_visible, text)
    if not unicodedata.is_normalized("NFC", text):
        text = unicodedata.normalize("NFC", text)
    return _SPACES_ON_BLANK_LINE.sub("", text).strip()


def separate_paragraphs(text: str) -> str:
    """Return clean ``text`` with a blank line between its paragraphs if each of its lines is a paragraph.

    Each line is a paragraph if the text has no blank line and three quarters of its long lines end like a
    sentence. In hard-wrapped text few lines do.
    """
    if "\n\n" in text or "\n" not in text:
        return text
    lines = text.split("\n")
    long = [line.rstrip() for line in lines if len(line) > _LONG_LINE]
    ended = sum(line.endswith(_ENDS_OF_SENTENCE) for line in long)
    return "\n\n".join(lines) if long and ended >= _MIN_SHARE_ENDED * len(long) else text


def clean_line(text: str) -> str:
    """Return ``text`` cleaned and on one line, with single spaces. Used for titles and names."""
    return " ".join(clean(text).split())


def _visible(match: re.Match[str]) -> str:
    """Return the Windows-1252 character that a control character stands for, or ""."""
    return _WINDOWS.get(ord(match[0]), "")
