"""Detect the language of an article, offline.

Common English words decide for most articles; py3langid is loaded only for the rest.
"""

from __future__ import annotations

from functools import lru_cache
from importlib import resources
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier  # type: ignore[import-untyped]

_SAMPLE = 3000  # characters from the beginning; a longer sample changes no result
_FEW_WORDS = 20  # words; for a shorter text no detector is reliable
# Words that are rare in other languages. They are 12 % of the words of English news (median of 1,580 texts;
# over 6 % in nine texts out of ten) and under 1.5 % in other languages.
_ENGLISH_WORDS = frozenset("the and that with from said have has which their would this been were".split())
_MIN_ENGLISH_SHARE = 0.04  # share of the words above; more means English
# Least probability of English, from py3langid. Lists of results and tables of figures among the same texts go
# down to 0.05; texts in other languages stay below 0.001.
_MIN_ENGLISH_PROBABILITY = 0.02
_LOOKS_ENGLISH = frozenset(["pcm"])  # Nigerian Pidgin: the detector takes captions full of names for it


def foreign_language(text: str, declared: str | None = None) -> str | None:
    """Return None if ``text`` is English, else the name of its language, such as "French (fr)".

    Args:
        text: clean text.
        declared: the language that the source declares, as a tag ("en-GB") or a word. It decides only for
            texts of fewer than 20 words; without it such a text counts as English.
    """
    sample = text[:_SAMPLE]
    words = sample.lower().split()
    english_words = sum(word in _ENGLISH_WORDS for word in words)
    if english_words > _MIN_ENGLISH_SHARE * len(words) and len(words) >= _FEW_WORDS:
        return None
    if len(words) < _FEW_WORDS and _mostly_latin(sample):
        return _declared_foreign(declared)
    code = _detect(sample)
    return None if code == "en" else f"{language_names().get(code, 'language')} ({code})"


@lru_cache(maxsize=1)
def language_names() -> dict[str, str]:
    """Return the English names of languages by their ISO 639 codes, from ``languages.tsv``."""
    rows = resources.files("kg.sources").joinpath("languages.tsv").read_text("utf-8").splitlines()[1:]
    return dict(row.split("\t") for row in rows)


def _mostly_latin(text: str) -> bool:
    """Return True if most letters are Latin. A long text in Chinese has few words, as it has no spaces."""
    letters = [character for character in text if character.isalpha()]
    return 2 * sum(character < "\u0250" for character in letters) >= len(letters)


def _declared_foreign(declared: str | None) -> str | None:
    """Return the name of the declared language; None if it is English, absent or not known."""
    code = (declared or "en").replace("_", "-").split("-")[0].strip().lower()
    if code in ("en", "eng", "english", "und", "mul", ""):
        return None
    names = language_names()
    if code in names:
        return f"{names[code]} ({code})"
    return declared if code in map(str.lower, names.values()) else None


def _detect(text: str) -> str:
    ranked = _identifier().rank(text)  # codes with probabilities, the most likely first
    return "en" if dict(ranked).get("en", 0.0) >= _MIN_ENGLISH_PROBABILITY else str(ranked[0][0])


@lru_cache(maxsize=1)
def _identifier() -> LanguageIdentifier:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages(set(identifier.labels) - _LOOKS_ENGLISH)
    return identifier
