"""Forms of names for look-up, which are equal for different spellings of a name.

``key``         ignores case, accents, script, punctuation and a leading article; for exact look-up
``loose``       also ignores word order, transliteration, and British or American spelling
``skeleton``    also ignores vowels; finds names that may be the same, which ``alike`` compares
``acronym``     the capital letters of the name of an organisation

Each returns "" for a name that has no such form.
"""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from functools import lru_cache

from anyascii import anyascii

_APOSTROPHES = re.compile(r"['`’‘ʼʻ´′]")
_PLAIN = re.compile(r"[a-z]{2,}(?: [a-z]{2,})*")
_OTHER = re.compile(r"[^a-z0-9]+")
_INITIALS = re.compile(r"\b([a-z]) (?=[a-z]\b)")
_POSSESSIVE = re.compile(r"(?<=\w)(?:['’]s|(?<=s)['’])$")
_UNCOUNTED = frozenset("the of for and".split())

# The manners of writing Russian, Ukrainian, Arabic and Persian names with Latin letters that the English
# press mixes: BGN/PCGN (Yevgeniy), its simplified form (Yevgeny), ISO 9 (Evgenij), the French manner
# (Moustafa); and British and American spelling. Chinese syllables that differ in one consonant (Zhang, Zang)
# are different names and stay so. Applied in this order to a lower-case word with blanks around it ("_").
_SPELLINGS = tuple(
    pair.replace("_", " ").split(">")
    for pair in (
        "our_>or_ tre_>ter_ gh>g dh>d bh>b th>t ph>f ck>k x>ks q>k w>v tz>ts ou>u oo>u ee>i ce>se ci>si "
        "cy>si ch>% c>k %>ch iza>isa ize>ise izi>isi yze>yse _ye>_e y>i _el_>_al_"
    ).split()
)
_FINAL_J = re.compile(r"(?<=[aeiou])j(?![aeiou])")
_DOUBLED = re.compile(r"([a-z])\1+")
_VOWELS = re.compile(r"[aeiou]")

SKELETON_LETTERS = 5  # fewer consonants than this fit too many names
ALIKE_LETTERS = 10  # shorter names that differ in vowels are mostly different names
ALIKE_RATIO = 0.85


def key(name: str) -> str:
    """Return the form of a name without case, accents, script, punctuation and a leading article.

    "Côte d’Ivoire" gives "cote divoire", "the U.S." "us", "J. K. Rowling" "jk rowling", "Kim Jong-un"
    "kim jong un", "AT&T" "at and t".
    """
    if not name.isascii():
        name = anyascii(_APOSTROPHES.sub("", name))
    words = name.lower()
    if not _PLAIN.fullmatch(words):
        words = _OTHER.sub(" ", _APOSTROPHES.sub("", words).replace("&", " and ")).strip()
        words = _INITIALS.sub(r"\1", words)
    return words.removeprefix("the ")


def without_possessive(name: str) -> str:
    """Return ``name`` without a final "’s" or "’". Look up the name itself first: "McDonald's"."""
    return _POSSESSIVE.sub("", name)


def loose(name: str) -> str:
    """Return the form of a name that also ignores transliteration and word order.

    "Zelenskyy, Volodymyr" and "Volodymyr Zelensky" give "volodimir zelenski"; "Ministry of Defence" and
    "Defense Ministry" "defense ministri".
    """
    words = {_respelled(word) for word in key(name).split() if word not in _UNCOUNTED}
    return " ".join(sorted(words))


@lru_cache(maxsize=100_000)  # given names and words like "ministry" recur often
def _respelled(word: str) -> str:
    padded = f" {word} "
    for spelling, plain in _SPELLINGS:
        padded = padded.replace(spelling, plain)
    return _DOUBLED.sub(r"\1", _FINAL_J.sub("i", padded)).strip()


def skeleton(name: str) -> str:
    """Return the consonants of ``loose(name)``. Different names may share a skeleton; ``alike`` compares
    them.

    A name of one word, or with few consonants, has no skeleton, because too many names would share it.
    """
    words = loose(name)
    if " " not in words:
        return ""
    bones = " ".join(sorted(_VOWELS.sub("", words).split()))
    return bones if len(bones.replace(" ", "")) >= SKELETON_LETTERS else ""


def alike(one: str, other: str) -> bool:
    """Return True if two names with the same skeleton may be spellings of one name.

    They must be long, share most letters, and have the same endings: Ivanov and Ivanova are two persons.
    """
    first, second = _by_bones(one), _by_bones(other)
    if min(len(first), len(second)) < ALIKE_LETTERS or _endings(first) != _endings(second):
        return False
    return SequenceMatcher(None, first, second, autojunk=False).ratio() >= ALIKE_RATIO


def _by_bones(name: str) -> str:
    """Return the loose form with its words sorted by their consonants."""
    return " ".join(sorted(loose(name).split(), key=lambda word: _VOWELS.sub("", word)))


def _endings(words: str) -> list[bool]:
    return [word[-1] in "aeo" for word in words.split()]


def acronym(name: str) -> str:
    """Return the initials of the capitalised words of a name, in lower case; "" for fewer than three.

    "International Atomic Energy Agency" gives "iaea", as does "IAEA" itself.
    """
    if 3 <= len(name) <= 6 and name.isascii() and name.isalpha() and name.isupper():
        return name.lower()
    words = re.split(r"[\s-]+", name)
    letters = "".join(anyascii(word[0]).lower()[:1] for word in words if word and word[0].isupper())
    return letters if len(letters) >= 3 else ""
