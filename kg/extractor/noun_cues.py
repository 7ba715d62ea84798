"""Statements whose cue is a noun: "expressed *support* for", "faced *criticism* from", "the minister's
*claim* that"."""

from __future__ import annotations

from kg.extractor.attribution import Attribution, agent, is_negated, subject, verb_group
from kg.extractor.cues import FoundCue
from kg.extractor.lexicon import Frame, cues, support_verbs
from kg.extractor.syntax import Syntax

_STANCES = frozenset({"support", "oppose", "feel"})
_ANSWERS = frozenset({"deny", "oppose", "support", "agree", "accuse"})
"""Acts of a verb that take up what its noun names: "rejected the request" asks for nothing."""

_OWNERS = ("PERSON", "ORG", "GPE", "NORP")
_FROM = ("from", "by", "among")
_NEEDS = frozenset({"need", "necessity", "importance", "urgency"})
"""What is stressed rather than expressed: "emphasised the need for" is said with the verb."""


def noun_attribution(syntax: Syntax, found: FoundCue) -> Attribution | None:
    """Return what the noun cue attributes, or None if the noun is only a noun here."""
    verb = _support_verb(syntax, found.head) if found.entry.lemma not in _NEEDS else None
    if verb is not None:
        return _with_support_verb(syntax, found, verb)
    return None if found.entry.lemma in _NEEDS or "refusal" in found.entry.note else _possessed(syntax, found)


def _support_verb(syntax: Syntax, noun: int) -> int | None:
    """Return the verb that carries the noun, if it is one of the lexicon's: as its object, or behind its
    preposition."""
    noun = syntax.first_conjunct(noun)
    head = syntax.head[noun]
    if syntax.dep[noun] == "pobj":
        verb = syntax.head[head]
        phrase = f"{syntax.lemma[verb]} {syntax.lower[head]}"
        return verb if phrase in support_verbs() else None
    if syntax.dep[noun] in ("dobj", "nsubjpass") and syntax.lemma[head] in support_verbs():
        return head
    if syntax.dep[head] == "relcl" or syntax.dep[noun] != "ROOT":
        return None
    return None


def _row(syntax: Syntax, verb: int, noun: int) -> str:
    head = syntax.head[syntax.first_conjunct(noun)]
    phrase = f"{syntax.lemma[verb]} {syntax.lower[head]}"
    return phrase if phrase in support_verbs() else syntax.lemma[verb]


def _with_support_verb(syntax: Syntax, found: FoundCue, verb: int) -> Attribution | None:
    row = support_verbs()[_row(syntax, verb, found.head)]
    if row.nouns and found.entry.lemma not in row.nouns:
        return _possessed(syntax, found)
    verb_cue = cues().get((syntax.lemma[verb], "verb"))
    if verb_cue is not None and verb_cue.act in _ANSWERS:
        return None
    attribution = _base(syntax, found, "support verb")
    attribution.cue = sorted({*verb_group(syntax, verb), *found.words})
    attribution.negated = is_negated(syntax, verb)
    attribution.light_verb = verb
    if row.direction == "reversed":
        attribution.rule = "reversed"
        attribution.sources = _givers(syntax, found.head) + _givers(syntax, verb)
        target, _ = subject(syntax, verb)
        attribution.addressees = [target] if target is not None else []
        attribution.targets = list(attribution.addressees)
        if target is not None and not attribution.content and syntax.pos[target] == "NOUN":
            attribution.content = syntax.subtree(target)
    else:
        by = agent(syntax, verb)
        own, passive = subject(syntax, verb)
        source = by if by is not None else (None if passive else own)
        attribution.sources = [source] if source is not None else []
        if attribution.entry.act in _STANCES:
            attribution.content = _whole_stance(syntax, found.head, verb)
            attribution.cue = verb_group(syntax, verb)
    if not attribution.sources or not (attribution.content or attribution.targets):
        return None
    return attribution


def _whole_stance(syntax: Syntax, noun: int, verb: int) -> list[int]:
    """Return the stance in full, "its support for Russia in safeguarding stability": its object alone says
    nothing."""
    tokens = syntax.subtree(noun)
    for preposition in syntax.children_of(verb, "prep"):
        if (
            syntax.lower[preposition] in ("in", "for")
            and (clause := syntax.child(preposition, "pcomp")) is not None
        ):
            cut = [c for c in syntax.children_of(clause, "prep") if syntax.lower[c] == "during"]
            tokens += syntax.subtree(preposition, without=cut)
    return sorted(set(tokens))


def _givers(syntax: Syntax, word: int) -> list[int]:
    """Return the heads behind from/by/among: who gives the criticism that somebody faces."""
    givers = []
    for preposition in syntax.children_of(word, "prep", "agent"):
        if syntax.lower[preposition] in _FROM:
            givers += syntax.children_of(preposition, "pobj")
    return givers


def _possessed(syntax: Syntax, found: FoundCue) -> Attribution | None:
    """Read "X's claim that ...", "a warning from X of ...", "criticism by X of Y": a source and a content
    must both be there."""
    attribution = _base(syntax, found, "noun")
    owner = _owner(syntax, found.head)
    attribution.sources = ([owner] if owner is not None else []) + _givers(syntax, found.head)
    if not attribution.content:
        return None
    if not attribution.sources:
        doer = _doer(syntax, found.head)
        attribution.sources = [doer] if doer is not None else []
    return attribution


def _doer(syntax: Syntax, noun: int) -> int | None:
    """Return who makes what the noun names: "*the two states* signed an agreement to open the border".

    Not where the verb answers it ("they rejected a demand for") or is a saying of its own.
    """
    token = syntax.first_conjunct(noun)
    for _ in range(3):
        if syntax.dep[token] not in ("dobj", "pobj", "prep", "attr"):
            break
        token = syntax.head[token]
    active = syntax.is_verb(token) and syntax.child(token, "auxpass") is None
    if not active or (syntax.lemma[token], "verb") in cues():
        return None
    doer, _ = subject(syntax, token)
    return (
        doer if doer is not None and doer < token and syntax.pos[doer] in ("PROPN", "PRON", "NOUN") else None
    )


def _owner(syntax: Syntax, noun: int) -> int | None:
    """Return whose it is: "*Oslo*'s claim", "the *Kremlin* denial", "the *European* reluctance"."""
    owner = syntax.child(noun, "poss")
    if owner is not None:
        return owner
    named = {t for first, end, label in syntax.entities if label in _OWNERS for t in range(first, end)}
    return next((c for c in syntax.children_of(noun, "compound", "amod", "nmod") if c in named), None)


def _base(syntax: Syntax, found: FoundCue, rule: str) -> Attribution:
    frame, content, root = _content(syntax, found)
    attribution = Attribution(
        found.entry, found.head, list(found.words), frame or "np", rule, content=content
    )
    if root is not None and frame not in ("that", "wh", "inf"):
        attribution.targets = [root]
    if found.entry.addressee not in ("none", "obj"):
        attribution.addressees = [
            child for prep in syntax.children_of(found.head, "prep", "dative")
            if syntax.lower[prep] == found.entry.addressee for child in syntax.children_of(prep, "pobj")
        ]  # fmt: skip
    return attribution


def _content(syntax: Syntax, found: FoundCue) -> tuple[Frame | None, list[int], int | None]:
    """Return frame, content tokens and content root of the noun: a clause on it, else a prepositional
    phrase."""
    frames = found.entry.frames
    for clause in syntax.children_of(found.head, "acl", "ccomp", "relcl"):
        infinitive = any(syntax.tag[child] == "TO" for child in syntax.children_of(clause, "aux"))
        if infinitive and "inf" in frames:
            return "inf", syntax.subtree(clause), clause
        opens = syntax.lower[syntax.left[clause]]
        if opens == "that" and "that" in frames and syntax.dep[clause] != "relcl":
            return "that", syntax.subtree(clause), clause
    for frame in frames:
        for preposition in syntax.children_of(found.head, "prep"):
            below = syntax.child(preposition, "pobj", "pcomp")
            if syntax.lower[preposition] == frame and below is not None and frame not in _FROM:
                return frame, [t for t in syntax.subtree(preposition) if t != preposition], below
    return None, [], None
