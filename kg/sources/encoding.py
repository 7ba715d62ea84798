"""Decode bytes to text: choose the encoding and repair bytes that do not fit it.

Encodings are tried in this order: the one that a byte order mark shows, UTF-8, the charset that the page or
the server declares, the guess of charset-normalizer, Windows-1252. Texts that were pasted together often mix
Windows-1252 bytes into UTF-8; each such byte is decoded as Windows-1252 and the rest as UTF-8.
"""

from __future__ import annotations

import codecs
import re

REPAIR = "kg.repair"  # name of the error handler that decodes stray bytes in UTF-8 as Windows-1252

_BYTE_ORDER_MARKS = (  # UTF-32 before UTF-16, whose little-endian mark is a prefix of that of UTF-32
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
_MAX_WESTERN_SHARE = 0.05  # share of bytes outside ASCII; above it a text is not in a western language
_MIN_BYTES_TO_GUESS = 8  # bytes outside ASCII that a guess needs


def _repair(error: UnicodeError) -> tuple[str, int]:
    """Decode bytes that are not UTF-8 as Windows-1252; the start of a UTF-8 character cut short is U+FFFD."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    stray = error.object[error.start : error.end]
    cut_off = stray in (b"\xc2", b"\xc3") or stray.startswith(b"\xe2\x80")
    return "\ufffd" if cut_off else stray.decode("cp1252", "replace"), error.end


codecs.register_error(REPAIR, _repair)


def marked_encoding(head: bytes) -> str | None:
    """Return the encoding that a byte order mark or the zero bytes of UTF-16 show; None if neither does."""
    for mark, encoding in _BYTE_ORDER_MARKS:
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
    """Return the charset that an HTML page or XML document declares in its first 4096 bytes, or None."""
    match = _DECLARED.search(page, 0, 4096)
    return match[1].decode("ascii", "ignore") if match else None


def decode(data: bytes, declared: str | None = None) -> str:
    """Return ``data`` as text. A byte that cannot be decoded becomes U+FFFD; no error is raised.

    Args:
        data: the whole text or page.
        declared: the charset that the page or the server declares, or None.
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
    """Return True if most bytes outside ASCII form UTF-8 characters. In other encodings few do."""
    stray, whole = _MULTIBYTE.subn(b"", data)
    return whole > 0 and whole >= len(stray.translate(None, _ASCII))


def _codec(declared: str | None) -> str | None:
    """Return Python's name of a charset, or None if Python does not know it.

    Latin-1 and ASCII are taken as Windows-1252, as in the WHATWG Encoding Standard.
    """
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
    # A few quotation marks and accents do not distinguish one western encoding from another, except Mac Roman
    # and its variants, which give them other code points.
    few = len(data.translate(None, _ASCII)) < max(_MAX_WESTERN_SHARE * len(data), _MIN_BYTES_TO_GUESS)
    return "cp1252" if few and not best.encoding.startswith("mac_") else best.encoding
