"""The kind of a name: the label of the tagger, corrected by the words in and around the name."""

from __future__ import annotations

from typing import Literal

from kg.extractor.lexicon import bodies, given_names, roles
from kg.extractor.syntax import Syntax

NameKind = Literal[
    "person", "organisation", "country", "demonym", "seat", "metonym", "place", "region", "group", "other"
]

_PLACE_NOUNS = frozenset(
    """
    airport bridge street avenue road boulevard river lake mountain mountains island islands park square
    stadium beach bay valley sea ocean strait peninsula county highway prison jail
    """.split()
)
"""Last words of names of places: "Narita *Airport*"."""
_NOUNS_AFTER_PLACE = frozenset(
    """
    region province district county prefecture reservoir river lake dam valley mountain mountains
    island islands peninsula bay coast basin delta strait canal desert plateau glacier volcano crossing
    """.split()
)
"""Nouns that follow the name of a place: "the El Cajón *reservoir*"."""

_FIRMS = frozenset(
    "company group firm bank airline agency maker retailer carrier giant newspaper broadcaster".split()
)
"""Nouns that precede the name of a company: "the airline *Lufthansa*"."""
SETTLEMENTS = frozenset(
    "town city village port capital suburb hamlet settlement district province island".split()
)


def is_title(word: str) -> bool:
    """Return True if a word may stand as a title before a name."""
    role = roles().get(word.rstrip("."))
    return role is not None and role.kind in ("title", "rank", "office", "spokes", "profession")


def corrected_kind(syntax: Syntax, first: int, last: int, kind: NameKind) -> NameKind | None:
    """Return the kind of the name from ``first`` to ``last``, or None if it is not a name.

    Args:
        syntax: the syntax of the article.
        first: the first token of the name.
        last: the last token, included.
        kind: the kind that the tagger gives it.
    """
    last_word, has_several_words = syntax.lower[last], last > first
    if _is_no_name(syntax, first, last, kind):
        return None
    if has_several_words and kind not in ("organisation", "demonym") and names_a_body(last_word):
        return "organisation"
    if kind == "person" and first and syntax.lower[first - 1] in _FIRMS:
        return "organisation"
    if has_several_words and kind in ("person", "organisation") and last_word in _PLACE_NOUNS:
        return "place"
    if kind == "organisation" and last - first < 3 and not names_a_body(last_word):
        return "person" if _is_person_name(syntax, first, last) else _place_or(syntax, first, last, kind)
    return _place_or(syntax, first, last, kind)


def _is_person_name(syntax: Syntax, first: int, last: int) -> bool:
    """Return True if a title or a given name makes it the name of a person."""
    return is_titled(syntax, first) or (last > first and _is_given_name(syntax, first, last))


def _place_or(syntax: Syntax, first: int, last: int, kind: NameKind) -> NameKind:
    """Return "place" for a person or organisation that the words around make a place, else ``kind``."""
    named_body_or_person = kind in ("person", "organisation")
    return "place" if named_body_or_person and _stands_as_place(syntax, first, last) else kind


def _is_no_name(syntax: Syntax, first: int, last: int, kind: NameKind) -> bool:
    """Return True if what the tagger marked as a person or organisation is not a name.

    It may be a title, the credit of an agency, the title of a work, or a common word.
    """
    if kind not in ("person", "organisation"):
        return False
    words = range(first, last + 1)
    if kind == "person" and any(any(c.isdigit() for c in syntax.words[token]) for token in words):
        return True
    if first == last and not syntax.tag[first].startswith("NNP") and _opens_sentence(syntax, first):
        return True
    titles_only = kind == "organisation" and all(is_title(syntax.lower[token]) for token in words)
    return (
        titles_only
        or (kind == "organisation" and _opens_title(syntax, first, last))
        or _is_quoted_title(syntax, first, last)
        or _is_agency_credit(syntax, first, last)
    )


def _opens_sentence(syntax: Syntax, token: int) -> bool:
    """Return True if only space and punctuation precede the word in its sentence.

    The capital then says nothing.
    """
    start = syntax.sentences[syntax.sentence_of[token]][0]
    return all(syntax.pos[before] in ("SPACE", "PUNCT") for before in range(start, token))


def _is_agency_credit(syntax: Syntax, first: int, last: int) -> bool:
    """Return True if the name is the agency in a dateline: "BRUSSELS (*Reuters*) -"."""
    if first == 0 or last + 2 >= len(syntax.words):
        return False
    return (
        syntax.words[first - 1] == "("
        and syntax.words[last + 1] == ")"
        and syntax.words[last + 2] in ("-", "–", "—", "_", "--")
    )


def _is_quoted_title(syntax: Syntax, first: int, last: int) -> bool:
    """Return True if the name stands alone between quotation marks: the title of a work, or a nickname."""
    before = syntax.words[first - 1] if first else ""
    after = syntax.words[last + 1] if last + 1 < len(syntax.words) else ""
    return before in ("“", "``", '"', "‘") and after in ("”", "''", '"', "’")


def _is_given_name(syntax: Syntax, first: int, last: int) -> bool:
    """Return True if the name starts with a given name and all its words are capitalised: "Leland Ware"."""
    return syntax.words[first] in given_names() and all(
        syntax.words[token][:1].isupper() and syntax.tag[token] == "NNP" for token in range(first, last + 1)
    )


def _stands_as_place(syntax: Syntax, first: int, last: int) -> bool:
    """Return True if the words before or after make it a place: "the town of *Afula*", "in *Limerick*"."""
    before = syntax.lower[max(0, first - 2) : first]
    if len(before) == 2 and before[1] == "of" and before[0] in SETTLEMENTS:
        return True
    after = syntax.lower[last + 1] if last + 1 < len(syntax.words) else ""
    if before[-1:] == ["the"] and after in _NOUNS_AFTER_PLACE:
        return True
    if len(before) == 2 and before[0] == "the" and before[1] in ("lower", "upper", "middle"):
        return True  # "the lower Danube"
    alone_behind_in = first == last and before[-1:] == ["in"] and syntax.dep[last] == "pobj"
    return alone_behind_in and not is_titled(syntax, first)


def _opens_title(syntax: Syntax, first: int, last: int) -> bool:
    """Return True if the words are the beginning of a role: "*Finance* Minister", "*Foreign* Secretary"."""
    return last + 1 < len(syntax.words) and " ".join(syntax.lower[first : last + 2]) in roles()


def names_a_body(word: str) -> bool:
    """Return True if a word ends the name of an organisation: "ministry", "group"."""
    body = bodies().get(word)
    return body is not None and body.kind == "organisation" and body.number == "singular"


def is_titled(syntax: Syntax, first: int) -> bool:
    """Return True if a form of address or a rank precedes the token."""
    role = roles().get(syntax.lower[first - 1].rstrip(".")) if first else None
    return role is not None and role.kind in ("title", "rank") and syntax.words[first - 1][0].isupper()
