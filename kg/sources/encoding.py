"""Bytes to text: which encoding, and what to do with bytes that do not fit it.

The order is: byte order mark, UTF-8, the charset that the page or the server declares, charset-normalizer's
guess, Windows-1252. UTF-8 in which some bytes are Windows-1252 is common where texts were pasted together;
those bytes are read as what they are, the rest stays UTF-8.
"""

from __future__ import annotations

import codecs
import re

REPAIR = "kg.repair"  # name of the error handler that reads stray bytes in UTF-8 as Windows-1252

_MARKS = (  # UTF-32 before UTF-16: the mark of the one begins with the mark of the other
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_MULTIBYTE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_ASCII = bytes(range(0x80))
_DECLARED = re.compile(
    rb"""<(?:meta|\?xml)\b[^>]{0,200}?\b(?:charset|encoding)\s*=\s*["']?\s*([\w.:-]+)""", re.I
)
_FEW = 0.05  # share of bytes outside ASCII below which a text is in a western language
_FEWEST = 8  # bytes outside ASCII that allow a guess at all


def _repair(error: UnicodeError) -> tuple[str, int]:
    """Read bytes that are not UTF-8 as Windows-1252, unless they are a piece of a UTF-8 character cut off."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    stray = error.object[error.start : error.end]
    cut_off = stray in (b"\xc2", b"\xc3") or stray.startswith(b"\xe2\x80")
    return "\ufffd" if cut_off else stray.decode("cp1252", "replace"), error.end


codecs.register_error(REPAIR, _repair)


def marked_encoding(head: bytes) -> str | None:
    """Return the encoding that the first bytes show: by a mark, or as UTF-16 without one; else None."""
    for mark, encoding in _MARKS:
        if head.startswith(mark):
            return encoding
    sample = head[: len(head) // 2 * 2][:1000]
    zeros = sample.count(0)
    if zeros * 5 < len(sample) * 2 or len(sample) < 4:  # half of the bytes of English UTF-16 are zero
        return None
    if sample[1::2].count(0) > 0.95 * zeros:
        return "utf-16-le"
    return "utf-16-be" if sample[0::2].count(0) > 0.95 * zeros else None


def declared_charset(page: bytes) -> str | None:
    """Return the charset that an HTML page or an XML declaration names in its first 4096 bytes, or None."""
    match = _DECLARED.search(page, 0, 4096)
    return match[1].decode("ascii", "ignore") if match else None


def decode(data: bytes, declared: str | None = None) -> str:
    """Return ``data`` as text. Never fails: a byte that fits nothing becomes U+FFFD.

    Args:
        data: the whole text, or the whole page.
        declared: the charset named by the page or the server, if any.
    """
    if encoding := marked_encoding(data):
        return data.decode(encoding, REPAIR if encoding == "utf-8-sig" else "replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        encoding = _codec(declared)
    if encoding == "utf-8" or _mostly_utf8(data):
        return data.decode("utf-8", REPAIR)
    return data.decode(encoding or _guess(data), "replace")


def _mostly_utf8(data: bytes) -> bool:
    """Tell whether most bytes outside ASCII form UTF-8 characters. In other encodings few do, by chance."""
    stray, whole = _MULTIBYTE.subn(b"", data)
    return whole > 0 and whole >= len(stray.translate(None, _ASCII))


def _codec(declared: str | None) -> str | None:
    """Return Python's name of a charset; Latin-1 and ASCII mean Windows-1252 (WHATWG Encoding Standard)."""
    try:
        name = codecs.lookup(declared or "").name
    except LookupError:
        return None
    return "cp1252" if name in ("ascii", "iso8859-1") else name


def _guess(data: bytes) -> str:
    from charset_normalizer import from_bytes

    best = from_bytes(data[:100_000]).best()
    if best is None:
        return "cp1252"
    # A handful of quotation marks and accents cannot tell one western encoding from another. Only those of
    # the Macintosh have them in places of their own.
    few = len(data.translate(None, _ASCII)) < max(_FEW * len(data), _FEWEST)
    return "cp1252" if few and not best.encoding.startswith("mac_") else best.encoding
