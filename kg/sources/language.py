"""Is this article in English? Offline, by py3langid, which is asked only where the words leave it open."""

from __future__ import annotations

from functools import lru_cache
from importlib import resources
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier  # type: ignore[import-untyped]

_SAMPLE = 3000  # characters from the beginning; more changes no answer
_FEW_WORDS = 20  # below this no detector is to be trusted
# Words that no other language uses at this rate. Running English has 12 % of them (median of 1,580 news
# texts; nine in ten have over 6 %), other languages under 1.5 %: for most articles the detector need not even
# be loaded.
_ENGLISH_WORDS = frozenset(
    (
        "the",
        "and",
        "that",
        "with",
        "from",
        "said",
        "have",
        "has",
        "which",
        "their",
        "would",
        "this",
        "been",
        "were",
    )
)
_SURE = 0.04
# Where English is less likely than this the article is refused. Lists of results and tables of figures, all
# names and numbers, come down to 0.05 in the same texts; texts in other languages stay below 0.001.
_LEAST = 0.02
_LOOKS_ENGLISH = frozenset(["pcm"])  # Nigerian Pidgin: captions full of names are taken for it


def foreign_language(text: str, declared: str | None = None) -> str | None:
    """Return None if ``text`` is English, else the language it is in, as "French (fr)".

    Args:
        text: clean text. declared: the language the source names, as a tag ("en-GB") or a word; it decides
        only for texts of fewer than
            20 words. Without it such a text counts as English.
    """
    sample = text[:_SAMPLE]
    words = sample.lower().split()
    if sum(word in _ENGLISH_WORDS for word in words) > _SURE * len(words) and len(words) >= _FEW_WORDS:
        return None
    if len(words) < _FEW_WORDS and _latin(sample):
        return _declared_foreign(declared)
    code = _detect(sample)
    return None if code == "en" else f"{language_names().get(code, 'language')} ({code})"


@lru_cache(maxsize=1)
def language_names() -> dict[str, str]:
    """Return the English names of languages by their ISO 639 codes, from ``languages.tsv``."""
    rows = resources.files("kg.sources").joinpath("languages.tsv").read_text("utf-8").splitlines()[1:]
    return dict(row.split("\t") for row in rows)


def _latin(text: str) -> bool:
    """Tell whether most letters are Latin. In Chinese, without spaces, few words may be a long text."""
    letters = [character for character in text if character.isalpha()]
    return 2 * sum(character < "\u0250" for character in letters) >= len(letters)


def _declared_foreign(declared: str | None) -> str | None:
    code = (declared or "en").replace("_", "-").split("-")[0].strip().lower()
    if code in ("en", "eng", "english", "und", "mul", ""):
        return None
    names = language_names()
    if code in names:
        return f"{names[code]} ({code})"
    return declared if code in map(str.lower, names.values()) else None


def _detect(text: str) -> str:
    identifier = _identifier()
    likely = identifier.rank(text)
    return "en" if dict(likely).get("en", 0.0) >= _LEAST else str(likely[0][0])


@lru_cache(maxsize=1)
def _identifier() -> LanguageIdentifier:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages(set(identifier.labels) - _LOOKS_ENGLISH)
    return identifier
