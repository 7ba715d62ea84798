"""Undertakings: promises and plans that the article reports without an act of speech.

Examples are "Labor will invest in ...", "we must act", and the items of a list of promises. They have no
place in the graph, because nobody is reported to have said them. ``Extraction.undertakings`` holds them for
corpora that count them as proposals.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.extractor.attribution import Attribution
from kg.extractor.entities import EntityTable, is_actor_noun
from kg.extractor.lexicon import Cue, cues, event_verbs
from kg.extractor.syntax import Syntax

WILL = Cue("will", "verb", "promise", ("inf",), "none", (), ())
"""Entry that stands for *will* with a verb: "Labor will invest"."""
UNDER_WAY = Cue("be", "verb", "promise", ("ing",), "none", (), ())
"""Entry that stands for a progressive verb of giving: "the government is investing"."""
ITEM = Cue("-", "verb", "plan", ("ing",), "none", (), ())
"""Entry that stands for the bullet of a list item."""

_WILL = frozenset({"will", "shall", "'ll", "’ll"})
_PREDICTING = frozenset(
    "be have see need mean remain include become know know continue seem cost result lead".split()
)
"""Verbs with which *will* makes a prediction, not a promise: "it will cost"."""
_BULLET = re.compile(r"(?:<li>|^[ \t]*(?:[•●▪‣·*–—-]|\d{1,2}[.)]))\s*", re.MULTILINE)
_GIVING_VERBS = frozenset(
    "invest provide allocate deliver commit fund build spend give offer introduce expand".split()
)
"""Verbs whose progressive form reports a promise that is being kept: "is investing $2 billion"."""
_MONEY = frozenset("$£€¥")
_INSTRUMENTS = frozenset(
    "plan program programme scheme fund funding package policy measure initiative reform review strategy"
    " investment project bill legislation law ban taskforce".split()
)
"""Nouns of means by which an undertaking is carried out: "the plan will ..."."""


def find_undertakings(table: EntityTable, used: set[int]) -> Iterator[Attribution]:
    """Yield an attribution for each undertaking.

    Args:
        table: the entities of the article.
        used: tokens of the cues of proposals, which are not reported again.
    """
    syntax = table.syntax
    for token, word in enumerate(syntax.lower):
        if word in _WILL and syntax.dep[token] == "aux" and token not in used:
            attribution = _from_auxiliary(table, token, syntax.head[token])
            if attribution is not None:
                yield attribution
    yield from _under_way(table, used)
    yield from _list_items(syntax, used)


def _under_way(table: EntityTable, used: set[int]) -> Iterator[Attribution]:
    """Yield an undertaking for each progressive verb of giving: "the government is investing in ..."."""
    syntax = table.syntax
    for verb, tag in enumerate(syntax.tag):
        if tag != "VBG" or syntax.lemma[verb] not in _GIVING_VERBS or verb in used:
            continue
        auxiliary, subject = syntax.child(verb, "aux"), syntax.child(verb, "nsubj")
        if auxiliary is None or subject is None or syntax.tag[auxiliary] not in ("VBZ", "VBP"):
            continue
        if _can_undertake(table, subject) and syntax.child(verb, "dobj") is not None:
            content = syntax.subtree(verb, without=[subject, auxiliary])
            attribution = Attribution(
                UNDER_WAY, verb, [auxiliary], "ing", "under way", content=content, confidence=0.5
            )
            attribution.sources = [subject]
            yield attribution


def _from_auxiliary(table: EntityTable, auxiliary: int, verb: int) -> Attribution | None:
    """Return the undertaking of *will* or *shall* with ``verb``, or None."""
    syntax = table.syntax
    subject = syntax.child(verb, "nsubj", "nsubjpass")
    passive = syntax.child(verb, "nsubjpass") is not None
    if subject is None or syntax.child(verb, "mark") is not None or syntax.dep[verb] == "relcl":
        return None
    if syntax.lemma[verb] in _PREDICTING or not (passive or _can_undertake(table, subject)):
        return None
    outside = {subject, *syntax.children_of(verb, "punct", "cc", "advcl", "ccomp", "parataxis")}
    content = [t for t in syntax.subtree(verb, without=outside) if t != auxiliary]
    attribution = Attribution(WILL, verb, [auxiliary], "inf", "undertaking", content=content, confidence=0.5)
    attribution.sources = [] if passive else [subject]
    return attribution


def _can_undertake(table: EntityTable, subject: int) -> bool:
    """Return True if the subject can bind itself: we, I, a name, an organisation, a plan."""
    syntax = table.syntax
    if syntax.lower[subject] in ("we", "i"):
        return True
    if syntax.pos[subject] == "PRON":
        return False
    return (
        syntax.pos[subject] == "PROPN"
        or syntax.lemma[subject] in _INSTRUMENTS
        or bool(table.indexes_at.get(subject))
        or is_actor_noun(syntax, subject)
    )


def _opens_with_action(syntax: Syntax, token: int) -> bool:
    """Return True if ``token`` is a gerund or bare verb.

    A capital may have led the tagger to take it for a noun.
    """
    word = syntax.lower[token]
    if syntax.tag[token] in ("VBG", "VB", "VBP"):
        return True
    return syntax.tag[token].startswith("NN") and (
        (word.endswith("ing") and len(word) > 5) or word in event_verbs() or (word, "verb") in cues()
    )


def _list_items(syntax: Syntax, used: set[int]) -> Iterator[Attribution]:
    """Yield an undertaking for each list item that opens with an action or a sum.

    Examples are "• Investing in ...", "- Double the number of ..." and "- $4 million for ...".
    """
    for bullet in _BULLET.finditer(syntax.text):
        if bullet.end() == len(syntax.text):
            return
        start = syntax.token_at(bullet.end())
        is_sum = syntax.words[start] in _MONEY
        if start in used or not (is_sum or _opens_with_action(syntax, start)):
            continue
        end = syntax.sentences[syntax.sentence_of[start]][1]
        content = list(range(start, end)) if is_sum else syntax.subtree(start)
        mark = start - 1 if bullet.start() <= syntax.start[start - 1] < syntax.start[start] else start
        yield Attribution(ITEM, start, [mark], "ing", "list item", content=content, confidence=0.5)
