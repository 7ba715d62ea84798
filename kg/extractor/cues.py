"""Finds the entries of the cue lexicon in a text.

An entry of several words ("call upon", "claim responsibility for") matches if its words are below its first
word in the tree, in their order, and near each other.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from kg.extractor.lexicon import Cue, cues
from kg.extractor.syntax import Syntax

GAP = 6
"""Greatest number of tokens from one word of an entry to the next."""


@dataclass(frozen=True, slots=True)
class FoundCue:
    """An entry of the lexicon at a place in the text; ``words`` are its tokens, the first is the head."""

    entry: Cue
    words: tuple[int, ...]

    @property
    def head(self) -> int:
        return self.words[0]


@lru_cache(maxsize=1)
def _by_first_word() -> dict[tuple[str, str], list[tuple[tuple[str, ...], Cue]]]:
    """Return the entries by first word and part of speech, those with most words first."""
    table: defaultdict[tuple[str, str], list[tuple[tuple[str, ...], Cue]]] = defaultdict(list)
    for (lemma, pos), entry in cues().items():
        first, *rest = lemma.split()
        table[first, pos].append((tuple(rest), entry))
    for entries in table.values():
        entries.sort(key=lambda pair: -len(pair[0]))
    return dict(table)


def find_cues(syntax: Syntax) -> Iterator[FoundCue]:
    """Yield the cues of an article in text order: at most one for each word, the longest entry first."""
    table = _by_first_word()
    for token, lemma in enumerate(syntax.lemma):
        pos = _part_of_speech(syntax, token)
        if pos is None:
            continue
        for rest, entry in table.get((lemma, pos), ()):
            words = _match(syntax, token, rest)
            if words is not None:
                yield FoundCue(entry, words)
                break


def _part_of_speech(syntax: Syntax, token: int) -> str | None:
    """Return "verb", "noun" or "adj", or None if the word cannot be a cue."""
    tag = syntax.tag[token]
    if tag.startswith("VB") and syntax.dep[token] not in ("aux", "auxpass"):
        return None if syntax.dep[token] in ("amod", "compound") else "verb"
    if tag in ("NN", "NNS", "NNP"):
        return "noun"
    return "adj" if tag in ("JJ", "VBN", "VBD") else None


def _match(syntax: Syntax, token: int, rest: tuple[str, ...]) -> tuple[int, ...] | None:
    """Return ``token`` with the tokens of the ``rest`` of an entry, or None if one is missing."""
    words, position = [token], token
    for wanted in rest:
        found = _next_word(syntax, token, position, wanted)
        if found is None:
            return None
        words.append(found)
        position = found
    return tuple(words)


def _next_word(syntax: Syntax, head: int, position: int, wanted: str) -> int | None:
    stop = min(position + GAP + 1, len(syntax.words), syntax.right[head] + 1)
    for token in range(position + 1, stop):
        if syntax.lower[token] == wanted or syntax.lemma[token] == wanted:
            return token if _is_below(syntax, token, head) and not _opens_time(syntax, token) else None
        if syntax.words[token] in (".", "?", "!", ";", ":") or (
            syntax.is_verb(token) and syntax.dep[token] in ("ccomp", "conj", "advcl")
        ):
            return None
    return None


def _opens_time(syntax: Syntax, token: int) -> bool:
    """Return True if a preposition opens a time instead of completing the cue: "called him *on Friday*"."""
    below = syntax.child(token, "pobj") if syntax.dep[token] == "prep" else None
    return below is not None and any(
        first <= below < end for first, end, label in syntax.entities if label in ("DATE", "TIME")
    )


def _is_below(syntax: Syntax, token: int, head: int) -> bool:
    """Return True if ``head`` is at most three steps above ``token``."""
    for _ in range(3):
        token = syntax.head[token]
        if token == head:
            return True
    return False
