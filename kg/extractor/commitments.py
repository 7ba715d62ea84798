"""Undertakings without a word of speech: "Labor will invest in ...", "we must act", the items of a list of
promises.

The article does not report that somebody *said* so: these are kept apart from the statements that have a
speaker
(``Extraction.unattributed``), for readers and corpora that count them as proposals.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.extractor.attribution import Attribution
from kg.extractor.entities import EntityTable, is_actor_noun
from kg.extractor.lexicon import Cue, cues, event_verbs
from kg.extractor.syntax import Syntax

WILL = Cue("will", "verb", "promise", ("inf",), "none", (), ())
UNDER_WAY = Cue("be", "verb", "promise", ("ing",), "none", (), ())
ITEM = Cue("-", "verb", "plan", ("ing",), "none", (), ())

_WILL = frozenset({"will", "shall", "'ll", "’ll"})
_NOT_DONE = frozenset(
    "be have see need mean remain include become know know continue seem cost result lead".split()
)
_BULLET = re.compile(r"(?:<li>|^[ \t]*(?:[•●▪‣·*–—-]|\d{1,2}[.)]))\s*", re.MULTILINE)
_GIVING = frozenset(
    "invest provide allocate deliver commit fund build spend give offer introduce expand".split()
)
_MONEY = frozenset("$£€¥")
_INSTRUMENTS = frozenset(
    "plan program programme scheme fund funding package policy measure initiative reform review strategy"
    " investment project bill legislation law ban taskforce".split()
)
"""What those who undertake something do it with."""


def find_commitments(table: EntityTable, taken: set[int]) -> Iterator[Attribution]:
    """Yield an attribution for each undertaking; ``taken`` are tokens of cues and contents found already."""
    syntax = table.syntax
    for token, word in enumerate(syntax.lower):
        if word in _WILL and syntax.dep[token] == "aux" and token not in taken:
            attribution = _undertaken(table, token, syntax.head[token])
            if attribution is not None:
                yield attribution
    yield from _under_way(table, taken)
    yield from _list_items(syntax, taken)


def _under_way(table: EntityTable, taken: set[int]) -> Iterator[Attribution]:
    """Yield what somebody is giving: "the government is investing $2 billion in ..."."""
    syntax = table.syntax
    for verb, tag in enumerate(syntax.tag):
        if tag != "VBG" or syntax.lemma[verb] not in _GIVING or verb in taken:
            continue
        being, giver = syntax.child(verb, "aux"), syntax.child(verb, "nsubj")
        if being is None or giver is None or syntax.tag[being] not in ("VBZ", "VBP"):
            continue
        if _can_undertake(table, giver) and syntax.child(verb, "dobj") is not None:
            content = syntax.subtree(verb, without=[giver, being])
            attribution = Attribution(
                UNDER_WAY, verb, [being], "ing", "under way", content=content, confidence=0.5
            )
            attribution.sources = [giver]
            yield attribution


def _undertaken(table: EntityTable, auxiliary: int, verb: int) -> Attribution | None:
    syntax = table.syntax
    subject = syntax.child(verb, "nsubj", "nsubjpass")
    passive = syntax.child(verb, "nsubjpass") is not None
    if subject is None or syntax.child(verb, "mark") is not None or syntax.dep[verb] == "relcl":
        return None
    if syntax.lemma[verb] in _NOT_DONE or not (passive or _can_undertake(table, subject)):
        return None
    outside = {subject, *syntax.children_of(verb, "punct", "cc", "advcl", "ccomp", "parataxis")}
    content = [t for t in syntax.subtree(verb, without=outside) if t != auxiliary]
    attribution = Attribution(WILL, verb, [auxiliary], "inf", "undertaking", content=content, confidence=0.5)
    attribution.sources = [] if passive else [subject]
    return attribution


def _can_undertake(table: EntityTable, subject: int) -> bool:
    """Tell whether the subject is somebody who can bind himself: we, I, a name, a body."""
    syntax = table.syntax
    if syntax.lower[subject] in ("we", "i"):
        return True
    if syntax.pos[subject] == "PRON":
        return False
    return (
        syntax.pos[subject] == "PROPN"
        or syntax.lemma[subject] in _INSTRUMENTS
        or bool(table.at.get(subject))
        or is_actor_noun(syntax, subject)
    )


def _opens_with_action(syntax: Syntax, token: int) -> bool:
    """Tell whether a word is a gerund or bare verb, or may be one that the tagger took for a name in its
    capital."""
    word = syntax.lower[token]
    if syntax.tag[token] in ("VBG", "VB", "VBP"):
        return True
    return syntax.tag[token].startswith("NN") and (
        (word.endswith("ing") and len(word) > 5) or word in event_verbs() or (word, "verb") in cues()
    )


def _list_items(syntax: Syntax, taken: set[int]) -> Iterator[Attribution]:
    """Yield the items of a list that open with what is to be done or given: "• Investing in ...", "- Double
    the number of ...", "- $4 million for ..."."""
    for bullet in _BULLET.finditer(syntax.text):
        if bullet.end() == len(syntax.text):
            return
        start = syntax.token_at(bullet.end())
        given = syntax.words[start] in _MONEY
        if start in taken or not (given or _opens_with_action(syntax, start)):
            continue
        end = syntax.sentences[syntax.sentence_of[start]][1]
        content = list(range(start, end)) if given else syntax.subtree(start)
        mark = start - 1 if bullet.start() <= syntax.start[start - 1] < syntax.start[start] else start
        yield Attribution(ITEM, start, [mark], "ing", "list item", content=content, confidence=0.5)
