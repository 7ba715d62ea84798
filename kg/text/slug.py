"""Turn names into slugs, the readable ASCII part of an IRI."""

from __future__ import annotations

import hashlib
import re

from anyascii import anyascii

_APOSTROPHES = re.compile(r"['`]")
_OTHER = re.compile(r"[^a-z0-9]+")


def slug(name: str, longest: int | None = None) -> str:
    """Return ``name`` as lower-case ASCII letters and digits, joined by single hyphens.

    "Li Shangfu" gives ``li-shangfu``, "Côte d’Ivoire" ``cote-divoire``, a name in another script its
    transliteration. The same name always gives the same slug, whatever its Unicode normal form.

    Args:
        name: any text.
        longest: most characters of the result; None for no limit. A longer slug is cut after a whole word if
            its first word fits.

    Returns:
        A slug that is not empty. A name without any letter or digit gives 8 hex digits of its SHA-256.
    """
    ascii_name = _APOSTROPHES.sub("", anyascii(name).lower())
    result = _OTHER.sub("-", ascii_name).strip("-")
    if not result:
        return hashlib.sha256(name.encode("utf-8", "backslashreplace")).hexdigest()[:8]
    return result if longest is None or len(result) <= longest else _cut(result, longest)


def _cut(result: str, longest: int) -> str:
    boundary = result.rfind("-", 0, longest + 1)
    return result[: boundary if boundary > 0 else longest]
