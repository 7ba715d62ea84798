"""Attributions whose cue is a noun.

Examples are "expressed *support* for", "faced *criticism* from" and "the minister's *claim* that".
"""

from __future__ import annotations

from kg.extractor.attribution import Attribution, agent, is_negated, subject, verb_group
from kg.extractor.cues import FoundCue
from kg.extractor.lexicon import Frame, cues, support_verbs
from kg.extractor.syntax import Syntax

_STANCE_ACTS = frozenset({"support", "oppose", "feel"})
_ANSWERING_ACTS = frozenset({"deny", "oppose", "support", "agree", "accuse"})
"""Acts of verbs that answer what the noun names: who "rejected the request" requests nothing."""

_OWNER_LABELS = ("PERSON", "ORG", "GPE", "NORP")
_SOURCE_PREPOSITIONS = ("from", "by", "among")
_NEED_NOUNS = frozenset({"need", "necessity", "importance", "urgency"})
"""Nouns of which the verb is the cue: "*emphasised* the need for"."""


def noun_attribution(syntax: Syntax, found: FoundCue) -> Attribution | None:
    """Return the attribution of a noun cue, or None if the noun reports nothing here."""
    verb = _support_verb(syntax, found.head) if found.entry.lemma not in _NEED_NOUNS else None
    if verb is not None:
        return _with_support_verb(syntax, found, verb)
    return (
        None
        if found.entry.lemma in _NEED_NOUNS or "refusal" in found.entry.note
        else _without_support_verb(syntax, found)
    )


def _support_verb(syntax: Syntax, noun: int) -> int | None:
    """Return the support verb that governs the noun as object or by its preposition, or None."""
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


def _support_verb_key(syntax: Syntax, verb: int, noun: int) -> str:
    """Return the key of the verb in the table of support verbs."""
    head = syntax.head[syntax.first_conjunct(noun)]
    phrase = f"{syntax.lemma[verb]} {syntax.lower[head]}"
    return phrase if phrase in support_verbs() else syntax.lemma[verb]


def _with_support_verb(syntax: Syntax, found: FoundCue, verb: int) -> Attribution | None:
    """Return the attribution of a noun with a support verb, or None."""
    row = support_verbs()[_support_verb_key(syntax, verb, found.head)]
    if row.nouns and found.entry.lemma not in row.nouns:
        return _without_support_verb(syntax, found)
    verb_cue = cues().get((syntax.lemma[verb], "verb"))
    if verb_cue is not None and verb_cue.act in _ANSWERING_ACTS:
        return None
    attribution = _new_attribution(syntax, found, "support verb")
    attribution.cue = sorted({*verb_group(syntax, verb), *found.words})
    attribution.negated = is_negated(syntax, verb)
    attribution.light_verb = verb
    if row.direction == "reversed":
        attribution.rule = "reversed"
        attribution.sources = _prepositional_sources(syntax, found.head) + _prepositional_sources(
            syntax, verb
        )
        target, _ = subject(syntax, verb)
        attribution.addressees = [target] if target is not None else []
        attribution.targets = list(attribution.addressees)
        if target is not None and not attribution.content and syntax.pos[target] == "NOUN":
            attribution.content = syntax.subtree(target)
    else:
        by = agent(syntax, verb)
        subject_token, passive = subject(syntax, verb)
        source = by if by is not None else (None if passive else subject_token)
        attribution.sources = [source] if source is not None else []
        if attribution.entry.act in _STANCE_ACTS:
            attribution.content = _stance_content(syntax, found.head, verb)
            attribution.cue = verb_group(syntax, verb)
    if not attribution.sources or not (attribution.content or attribution.targets):
        return None
    return attribution


def _stance_content(syntax: Syntax, noun: int, verb: int) -> list[int]:
    """Return the tokens of a stance in full: "its support for Russia in safeguarding stability"."""
    tokens = syntax.subtree(noun)
    for preposition in syntax.children_of(verb, "prep"):
        if (
            syntax.lower[preposition] in ("in", "for")
            and (clause := syntax.child(preposition, "pcomp")) is not None
        ):
            cut = [c for c in syntax.children_of(clause, "prep") if syntax.lower[c] == "during"]
            tokens += syntax.subtree(preposition, without=cut)
    return sorted(set(tokens))


def _prepositional_sources(syntax: Syntax, word: int) -> list[int]:
    """Return the heads after from, by and among: the sources of the criticism that somebody faces."""
    sources = []
    for preposition in syntax.children_of(word, "prep", "agent"):
        if syntax.lower[preposition] in _SOURCE_PREPOSITIONS:
            sources += syntax.children_of(preposition, "pobj")
    return sources


def _without_support_verb(syntax: Syntax, found: FoundCue) -> Attribution | None:
    """Return the attribution of a noun with a source and a content beside it, or None.

    Examples are "X's claim that ...", "a warning from X of ..." and "criticism by X of Y".
    """
    attribution = _new_attribution(syntax, found, "noun")
    owner = _possessor(syntax, found.head)
    attribution.sources = ([owner] if owner is not None else []) + _prepositional_sources(syntax, found.head)
    if not attribution.content:
        return None
    if not attribution.sources:
        actor = _agent_of_noun(syntax, found.head)
        attribution.sources = [actor] if actor is not None else []
    return attribution


def _agent_of_noun(syntax: Syntax, noun: int) -> int | None:
    """Return the subject of the verb that has the noun as object, or None.

    In "*the two states* signed an agreement to open the border" these are the sources. Verbs that are cues
    themselves ("they rejected a demand for") have no such reading.
    """
    token = syntax.first_conjunct(noun)
    for _ in range(3):
        if syntax.dep[token] not in ("dobj", "pobj", "prep", "attr"):
            break
        token = syntax.head[token]
    active = syntax.is_verb(token) and syntax.child(token, "auxpass") is None
    if not active or (syntax.lemma[token], "verb") in cues():
        return None
    actor, _ = subject(syntax, token)
    return (
        actor
        if actor is not None and actor < token and syntax.pos[actor] in ("PROPN", "PRON", "NOUN")
        else None
    )


def _possessor(syntax: Syntax, noun: int) -> int | None:
    """Return the possessor of the noun, or a name that modifies it, or None.

    Examples are "*Oslo*'s claim", "the *Kremlin* denial" and "the *European* reluctance".
    """
    owner = syntax.child(noun, "poss")
    if owner is not None:
        return owner
    named = {t for first, end, label in syntax.entities if label in _OWNER_LABELS for t in range(first, end)}
    return next((c for c in syntax.children_of(noun, "compound", "amod", "nmod") if c in named), None)


def _new_attribution(syntax: Syntax, found: FoundCue, rule: str) -> Attribution:
    """Return an attribution of the noun with its frame, content, targets and addressees."""
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
    """Return the frame, the content tokens and the content root of the noun.

    A clause is preferred to a prepositional phrase. Without either, frame and root are None.
    """
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
            if syntax.lower[preposition] == frame and below is not None and frame not in _SOURCE_PREPOSITIONS:
                return frame, [t for t in syntax.subtree(preposition) if t != preposition], below
    return None, [], None
