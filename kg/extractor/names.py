"""Finds the names in a text and their kinds.

The tagger of the language model proposes names. Gazetteers, titles, the other names of the article and the
words around correct them.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace

from kg.extractor.dateline import dateline_tokens
from kg.extractor.gazetteer import PlaceName, first_words, from_capitals, look_up
from kg.extractor.lexicon import roles
from kg.extractor.name_kinds import SETTLEMENTS, NameKind, corrected_kind, is_title, is_titled, names_a_body
from kg.extractor.syntax import Syntax

_KIND_BY_LABEL: dict[str, NameKind] = {
    "PERSON": "person",
    "ORG": "organisation",
    "GPE": "place",
    "LOC": "region",
    "FAC": "place",
    "NORP": "group",
    "EVENT": "other",
    "PRODUCT": "other",
    "WORK_OF_ART": "other",
    "LAW": "other",
    "LANGUAGE": "other",
}
_KIND_BY_PLACE_NAME: dict[str, NameKind] = {
    "country": "country",
    "demonym": "demonym",
    "people": "group",
    "seat": "seat",
    "metonym": "metonym",
    "region": "region",
    "regional": "other",
}
_POSSESSIVE = frozenset({"'s", "’s", "'", "’"})
_NOT_IN_NAME = frozenset([*"“”‘’'\"(),.:;-–—", "the", "a", "an", "''", "``"])
_PARTICLES = frozenset("de van von der den bin al el la le da dos di du of ibn abu".split())
_SAYING_VERBS = frozenset("say tell add ask reply argue warn note claim explain write recall insist".split())
_SUFFIXES = frozenset({"jr.", "sr.", "jr", "sr", "ii", "iii", "iv"})


@dataclass(frozen=True, slots=True)
class Name:
    """A name in the text: tokens ``first`` to ``last``, both included."""

    first: int
    last: int
    kind: NameKind
    text: str
    owner: str | None = None  # canonical name of the country or region that a gazetteer name refers to


def find_names(syntax: Syntax) -> list[Name]:
    """Return the names of an article in text order; none overlaps another."""
    found = [
        name for first, end, label in syntax.entities if (name := _from_tagger(syntax, first, end, label))
    ]
    found = [name for name in found if not _is_first_word_of_speaker(syntax, name)]
    taken = {token for name in found for token in range(name.first, name.last + 1)}
    in_dateline = dateline_tokens(syntax)
    found = [replace(n, kind="place") if n.first in in_dateline and n.kind == "person" else n for n in found]
    found += _from_gazetteer(syntax, taken)
    taken = {token for name in found for token in range(name.first, name.last + 1)}
    found += _from_context(syntax, taken)
    found.sort(key=lambda name: name.first)
    found = _unify_kinds(syntax, found)
    found += _missed_repetitions(syntax, found)
    return sorted(found, key=lambda name: name.first)


def _from_tagger(syntax: Syntax, first: int, end: int, label: str) -> Name | None:
    """Return the name that the tagger marked, with corrected bounds and kind, or None.

    Args:
        syntax: the syntax of the article.
        first: the first token.
        end: the token after the last one.
        label: the label of the tagger.
    """
    kind = _KIND_BY_LABEL.get(label)
    if kind is None:
        return None
    last = _before_bracket(syntax, first, end) - 1
    while first <= last and (syntax.lower[first] in _NOT_IN_NAME or syntax.pos[first] in ("SPACE", "PUNCT")):
        first += 1
    while first <= last and _ends_outside(syntax, last):
        last -= 1
    person_start = _person_within(syntax, first, last)
    if person_start is not None:
        return Name(person_start, last, "person", syntax.phrase(person_start, last))
    if kind in ("person", "organisation"):
        first = _behind_titles(syntax, first, last)
    if kind == "person":
        last = _with_surname(syntax, last)
    while kind == "organisation" and last > first and _is_rank(syntax.lower[last]):
        last -= 1
    if first > last or not any(character.isalpha() for character in syntax.words[first]):
        return None
    return _classified(syntax, first, last, kind)


def _before_bracket(syntax: Syntax, first: int, end: int) -> int:
    """Return the end of a name that the tagger marked together with its acronym in brackets."""
    return next((token for token in range(first + 1, end) if syntax.words[token] == "("), end)


def _ends_outside(syntax: Syntax, last: int) -> bool:
    """Return True if the token ``last`` is an ending, a mark or space that is not part of the name."""
    word = syntax.lower[last]
    if word in _SUFFIXES:
        return False
    return word in _POSSESSIVE or word in _NOT_IN_NAME or syntax.pos[last] in ("SPACE", "PUNCT")


def _person_within(syntax: Syntax, first: int, last: int) -> int | None:
    """Return the first token of a person's name that the tagger marked together with a title, or None.

    "Competition Commissioner *Margrethe Vestager*" was marked as one name of something else.
    """
    titles = [t for t in range(first + 1, last) if is_title(syntax.lower[t]) and syntax.words[t][0].isupper()]
    if not titles:
        return None
    start = titles[-1] + 1
    is_name = all(syntax.tag[t] == "NNP" and syntax.words[t][0].isupper() for t in range(start, last + 1))
    return start if is_name and last > start and not names_a_body(syntax.lower[last]) else None


def _behind_titles(syntax: Syntax, first: int, last: int) -> int:
    """Return the first token after titles ("President Xi Jinping"), which are part of the role."""
    while first < last and is_title(syntax.lower[first]) and syntax.tag[first + 1] == "NNP":
        first += 1
    return first


def _is_rank(word: str) -> bool:
    """Return True if the last word of an organisation's name is the title of a person who follows.

    An example is "Houston Police *Capt.*".
    """
    role = roles().get(word.rstrip("."))
    return role is not None and role.kind in ("rank", "title", "spokes")


def _with_surname(syntax: Syntax, last: int) -> int:
    """Return the last token of a person's name that the tagger cut after a particle: "Daniel arap *Moi*"."""
    following = last + 1
    while following < len(syntax.words) and syntax.words[last].islower() and syntax.tag[following] == "NNP":
        last, following = following, following + 1
    return last


def _classified(syntax: Syntax, first: int, last: int, kind: NameKind) -> Name | None:
    """Return the name with its kind from the gazetteer or the words around, or None if it is not a name."""
    text = syntax.phrase(first, last).replace("\n", " ")
    known = look_up(tuple(word.replace("’", "'") for word in syntax.words[first : last + 1]))
    if known is not None and not (known.ambiguous and kind == "person"):
        return Name(first, last, _KIND_BY_PLACE_NAME[known.kind], text, known.owner)
    corrected = corrected_kind(syntax, first, last, kind)
    if corrected is None or (corrected != "group" and not _capitalised(syntax, first, last)):
        return None
    return Name(first, last, corrected, text)


def _capitalised(syntax: Syntax, first: int, last: int) -> bool:
    return any(
        syntax.words[token][0].isupper() or syntax.words[token][:1].isdigit()
        for token in range(first, last + 1)
    )


def _from_gazetteer(syntax: Syntax, taken: set[int]) -> Iterator[Name]:
    """Yield the names of the gazetteer outside of the tokens ``taken``."""
    starts, token = first_words(), 0
    while token < len(syntax.words):
        longest = starts.get(from_capitals(syntax.words[token].replace("’", "'")), 0)
        found = _longest_place_name(syntax, token, longest, taken) if longest and token not in taken else None
        if found is None:
            token += 1
            continue
        last, place = found
        yield Name(token, last, _KIND_BY_PLACE_NAME[place.kind], syntax.phrase(token, last), place.owner)
        token = last + 1


def _from_context(syntax: Syntax, taken: set[int]) -> Iterator[Name]:
    """Yield capitalised words that the tagger did not mark.

    After a title, or before a verb of saying, they are a person; after "the town of" a place; in brackets an
    acronym.
    """
    token = 0
    while token < len(syntax.words):
        last = _capitals_from(syntax, token, taken)
        if (
            last is not None
            and last > token
            and (_titled_person(syntax, token) or _speaks(syntax, token, last))
        ):
            yield Name(token, last, "person", syntax.phrase(token, last))
        elif last == token and _is_acronym(syntax, token):
            yield Name(token, token, "organisation", syntax.words[token])
        elif (
            last is not None
            and syntax.lower[max(0, token - 1)] == "of"
            and syntax.lower[token - 2] in SETTLEMENTS
        ):
            yield Name(token, last, "place", syntax.phrase(token, last))
        token = token + 1 if last is None else last + 1


def _is_first_word_of_speaker(syntax: Syntax, name: Name) -> bool:
    """Return True if the tagger marked only the first word of the name: "*Marta* Ilenia Cruz said"."""
    head = syntax.head[name.last]
    cut = (
        name.first == name.last and syntax.dep[name.last] == "compound" and name.last < head <= name.last + 3
    )
    return cut and syntax.tag[head] == "NNP" and _speaks(syntax, name.first, head)


def _speaks(syntax: Syntax, first: int, last: int) -> bool:
    """Return True if capitalised words are the subject of a verb of saying."""
    verb = syntax.head[last]
    capitals = all(
        syntax.words[token][0].isupper() and not syntax.words[token].isupper() for token in (first, last)
    )
    return (
        capitals
        and syntax.dep[last] == "nsubj"
        and syntax.lemma[verb] in _SAYING_VERBS
        and not any(names_a_body(syntax.lower[token]) for token in range(first, last + 1))
    )


def _is_acronym(syntax: Syntax, token: int) -> bool:
    """Return True if the word stands alone in brackets, in capitals: "World Health Organization (*WHO*)"."""
    word = syntax.words[token]
    if not (word.isupper() and len(word) > 1) or token + 1 >= len(syntax.words) or token < 2:
        return False
    return (
        syntax.words[token - 1] == "(" and syntax.words[token + 1] == ")" and syntax.tag[token - 2] == "NNP"
    )


def _capitals_from(syntax: Syntax, first: int, taken: set[int]) -> int | None:
    """Return the last of up to four capitalised proper nouns from ``first`` on, without titles, or None."""
    last = None
    if syntax.tag[first] != "NNP":
        return None
    for token in range(first, min(first + 4, len(syntax.words))):
        word = syntax.words[token]
        if (
            token in taken
            or syntax.tag[token] != "NNP"
            or not word[0].isupper()
            or is_title(syntax.lower[token])
        ):
            break
        last = token
    return last


def _titled_person(syntax: Syntax, first: int) -> bool:
    """Return True if a title precedes: "Commissioner *Margrethe Vestager*"."""
    before = syntax.words[first - 1] if first else ""
    return (
        bool(before[:1].isupper())
        and is_title(before.lower())
        and syntax.sentence_of[first - 1] == syntax.sentence_of[first]
    )


def _longest_place_name(
    syntax: Syntax, token: int, longest: int, taken: set[int]
) -> tuple[int, PlaceName] | None:
    """Return the last token and the entry of the longest gazetteer name at ``token``, or None."""
    for last in range(min(token + longest, len(syntax.words)) - 1, token - 1, -1):
        known = look_up(tuple(word.replace("’", "'") for word in syntax.words[token : last + 1]))
        if (
            known
            and not known.ambiguous
            and taken.isdisjoint(range(token, last + 1))
            and _is_whole_name(syntax, token, last)
        ):
            return last, known
    return None


def _is_whole_name(syntax: Syntax, first: int, last: int) -> bool:
    """Return True if the words are not part of a longer name.

    They are in "Bank of *China* Tower" and "*Jordan* Peterson".
    """
    return syntax.tag[last] in ("NNP", "NNPS", "JJ", "NN", "NNS") and not (
        syntax.tag[first] == "NNP"
        and syntax.dep[last] == "compound"
        and syntax.tag[syntax.head[last]] == "NNP"
        and last - first == 0
        and look_up((syntax.words[first],)) is not None
        and syntax.head[last] == last + 1
        and not names_a_body(syntax.lower[last + 1])
        and not is_title(syntax.lower[last + 1])
    )


def _unify_kinds(syntax: Syntax, names: list[Name]) -> list[Name]:
    """Return the names with one kind for the same words: that of the full name, else the most frequent."""
    votes: defaultdict[str, Counter[NameKind]] = defaultdict(Counter)
    for name in (name for name in names if name.owner is None):
        votes[name.text][name.kind] += 2 if name.last > name.first else 1
        if name.kind == "person" and is_titled(syntax, name.first):
            votes[name.text]["person"] += 2
    surnames = {syntax.words[name.last] for name in names if name.kind == "person" and name.last > name.first}
    single_word_persons = {name.text for name in names if name.kind == "person" and name.last == name.first}
    names = [_with_known_surname(syntax, name, single_word_persons) for name in names]
    bodies = [name.text for name in names if name.kind == "organisation"]
    return [
        _short_organisation(_most_frequent_kind(name, votes[name.text], surnames), bodies) for name in names
    ]


def _with_known_surname(syntax: Syntax, name: Name, single_word_persons: set[str]) -> Name:
    """Return "Majed Shehadeh" as a person if "Shehadeh" alone is one."""
    if (
        name.kind == "organisation"
        and name.last - name.first == 1
        and syntax.words[name.last] in single_word_persons
    ):
        return replace(name, kind="person")
    return name


def _short_organisation(name: Name, bodies: list[str]) -> Name:
    """Return "Van Rijswick" as an organisation if "Van Rijswick Marine" is one."""
    short = name.kind == "person" and any(body.startswith(name.text + " ") for body in bodies)
    return replace(name, kind="organisation") if short else name


def _most_frequent_kind(name: Name, votes: Counter[NameKind], surnames: set[str]) -> Name:
    """Return the name with the kind that has most votes; the surname of a person is a person."""
    if name.owner is not None:
        return name
    if name.text in surnames and name.kind in ("organisation", "place", "group", "other", "region"):
        return replace(name, kind="person")
    best = max(votes, key=lambda kind: (votes[kind], kind == name.kind))
    return replace(name, kind=best) if votes[best] > votes[name.kind] else name


def _missed_repetitions(syntax: Syntax, names: list[Name]) -> Iterator[Name]:
    """Yield names that the tagger marked elsewhere in the article but not here."""
    taken = {token for name in names for token in range(name.first, name.last + 1)}
    kinds = _single_words(syntax, names)
    for token, word in enumerate(syntax.words):
        if word in kinds and token not in taken and _may_be_name(syntax, token):
            yield Name(token, token, kinds[word], word)


def _single_words(syntax: Syntax, names: list[Name]) -> dict[str, NameKind]:
    """Return the surnames of persons and the names of one word, each with its kind."""
    kinds: dict[str, NameKind] = {}
    for name in names:
        if name.kind in ("person", "organisation", "place") and name.owner is None:
            if name.kind == "person" and syntax.lower[name.last] not in _SUFFIXES:
                kinds.setdefault(syntax.words[name.last], "person")
            if name.last == name.first:
                kinds.setdefault(name.text, name.kind)
    return kinds


def _may_be_name(syntax: Syntax, token: int) -> bool:
    """Return True if the word is a capitalised noun or adjective that is not part of a longer name."""
    word = syntax.words[token]
    is_nominal = syntax.tag[token] in ("NNP", "NNPS", "NN", "NNS", "JJ")
    return is_nominal and len(word) > 1 and word[0].isupper() and not _inside_longer_name(syntax, token)


def _inside_longer_name(syntax: Syntax, token: int) -> bool:
    """Return True if a neighbour is a proper noun and not a title."""
    near = (token - 1, token + 1)
    return any(
        0 <= other < len(syntax.words) and syntax.tag[other] == "NNP" and not is_title(syntax.lower[other])
        for other in near
    )
