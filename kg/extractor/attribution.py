"""An attribution in the making: the cue, who says it, what is said, to whom. And the questions that all
frames ask of the tree."""

from __future__ import annotations

from dataclasses import dataclass, field

from kg.extractor.lexicon import Cue, Frame
from kg.extractor.syntax import Syntax
from kg.records import Span

CLAUSAL = frozenset("ccomp xcomp advcl relcl acl pcomp conj ROOT parataxis csubj dep appos intj".split())


@dataclass(slots=True)
class Attribution:
    """What a cue attributes to whom; all by tokens."""

    entry: Cue
    head: int  # the word that carries the meaning: verb, noun, adjective or "according"
    cue: list[int]
    frame: Frame  # which complement holds the content: that, quote, np, inf, …
    rule: str
    sources: list[int] = field(default_factory=list)  # heads of noun phrases
    content: list[int] = field(default_factory=list)
    quotes: list[Span] = field(default_factory=list)  # quotation spans that are (part of) the content
    addressees: list[int] = field(default_factory=list)
    targets: list[int] = field(default_factory=list)  # what is supported or opposed
    conveyed: list[int] = field(default_factory=list)
    light_verb: int | None = None  # the verb that lends itself to a noun cue
    negated: bool = False
    confidence: float = 0.8

    @property
    def lemma(self) -> str:
        return self.entry.lemma


def subject(syntax: Syntax, verb: int, depth: int = 0) -> tuple[int | None, bool]:
    """Return the head of the understood subject of ``verb``, and whether it is the one acted on (passive).

    The subject may stand further up: of the verb this one is coordinated with, of the clause it is a
    participle or
    infinitive in, or be the noun that a relative clause describes.
    """
    own = syntax.child(verb, "nsubj", "nsubjpass", "csubj")
    if own is not None:
        passive = syntax.dep[own] == "nsubjpass"
        return _behind_relative(syntax, own, verb), passive
    if depth > 6:
        return None, False
    return _inherited_subject(syntax, verb, depth)


def _inherited_subject(syntax: Syntax, verb: int, depth: int) -> tuple[int | None, bool]:
    dep, head = syntax.dep[verb], syntax.head[verb]
    if syntax.child(verb, "auxpass") is not None and dep != "conj":
        return None, True
    if dep == "acl" or (dep == "relcl" and syntax.pos[head] != "VERB"):
        return (None, True) if syntax.tag[verb] == "VBN" else (_owner_or_self(syntax, verb, head), False)
    if dep in ("prep", "pcomp"):
        governor = syntax.head[head] if dep == "pcomp" else head
        return (
            subject(syntax, governor, depth + 1)
            if syntax.is_verb(governor)
            else (_possessor(syntax, governor), False)
        )
    if dep in ("xcomp", "advcl", "conj", "ccomp", "dep", "parataxis") and syntax.pos[head] in (
        "VERB",
        "AUX",
        "ADJ",
    ):
        if dep == "ccomp" and syntax.tag[verb] in ("VBD", "VBZ", "VBP"):
            return None, False
        if dep == "xcomp":
            controller = syntax.child(head, "dobj", "dative")
            if controller is not None and controller < verb:
                return controller, False
        found, passive = subject(syntax, head, depth + 1)
        if dep == "advcl" and syntax.tag[verb] == "VBN" and syntax.child(verb, "aux") is None:
            return found, True  # "if *convicted*", "*asked* about it"
        return found, passive and dep == "conj" and syntax.tag[verb] == "VBN"
    return None, False


def speaker(syntax: Syntax, verb: int) -> int | None:
    """Return the head of the understood subject of a verb of saying.

    What :func:`subject` finds, but for three habits of the parser: a verb coordinated with what somebody
    said is often coordinated with the saying ("*the minister* said it would rain and suggested ..."), so is
    a participle behind it ("*she* said she was sure, adding ..."), and a name before the verb may hang
    anywhere.
    """
    outer = speaker_outside(syntax, verb)
    if outer is not None:
        return outer
    found, passive = subject(syntax, verb)
    if found is None and not passive and syntax.tag[verb] in ("VBD", "VBZ", "VBP"):
        return stranded_subject(syntax, verb)
    return found


def speaker_outside(syntax: Syntax, verb: int) -> int | None:
    """Return who says ``verb``, if that is who says the clause the parser hung it on; else None."""
    if syntax.dep[verb] not in ("conj", "advcl") or syntax.child(verb, "nsubj", "nsubjpass") is not None:
        return None
    inner = syntax.first_conjunct(syntax.head[verb])
    saying = syntax.head[inner]
    own = syntax.child(saying, "nsubj")
    if syntax.dep[inner] != "ccomp" or own is None or saying > verb:
        return None
    theirs = syntax.child(inner, "nsubj", "nsubjpass")
    same_person = theirs is not None and syntax.lower[theirs] in ("he", "she", "it", "they")
    if syntax.dep[verb] == "advcl":
        things = theirs is None or saying > inner or syntax.pos[theirs] == "NOUN"
        participle = syntax.tag[verb] == "VBG" and syntax.child(verb, "mark") is None
        fits = participle and syntax.words[syntax.left[verb] - 1] == "," and (same_person or things)
    else:
        modal = any(syntax.tag[aux] == "MD" for aux in syntax.children_of(inner, "aux"))
        fits = syntax.tag[verb] == syntax.tag[saying] != "VB" and (modal or same_person)
    return _behind_relative(syntax, own, saying) if fits else None


def stranded_subject(syntax: Syntax, verb: int) -> int | None:
    """Return the head of the name right before the verb, at most an apposition between commas from it."""
    first = syntax.sentences[syntax.sentence_of[verb]][0]
    before = verb - 1
    while before > first and syntax.pos[before] in ("ADV", "AUX", "CCONJ"):
        before -= 1
    if before > first and syntax.words[before] == ",":
        opening = next((t for t in range(before - 1, first, -1) if syntax.words[t] == ","), None)
        if opening is None or any(syntax.is_verb(t) for t in range(opening, before)):
            return None
        before = opening - 1
    before = _before_bracket(syntax, before, first)
    if before < first:
        return None
    names = {end - 1 for _, end, label in syntax.entities if label in ("PERSON", "ORG", "GPE", "NORP")}
    noun = syntax.pos[before] in ("NOUN", "PROPN", "PRON") and syntax.dep[before] != "pobj"
    return before if before in names or (noun and before + 1 == verb) else None


def _before_bracket(syntax: Syntax, token: int, first: int) -> int:
    """Return the token before the bracket that closes at ``token``: "Ann Lee *(Labour)* said"."""
    if token <= first or syntax.words[token] != ")":
        return token
    return next((t - 1 for t in range(token, max(first, token - 8), -1) if syntax.words[t] == "("), token)


def relative_pronoun(syntax: Syntax, source: int, verb: int) -> int | None:
    """Return "who", "which" or "that" by which the clause of ``verb`` takes up the noun ``source``."""
    clause = syntax.first_conjunct(verb)
    if syntax.dep[clause] != "relcl" or syntax.head[clause] != source:
        return None
    own = syntax.child(clause, "nsubj")
    return own if own is not None and syntax.tag[own] in ("WDT", "WP") else None


def _owner_or_self(syntax: Syntax, verb: int, noun: int) -> int | None:
    """Return the subject of an infinitive or participle on a noun: "*its* refusal to condemn", "*officials*
    saying"."""
    if syntax.tag[verb] == "VBG":
        return noun
    owner = _possessor(syntax, noun)
    if owner is not None:
        return owner
    governor = syntax.head[noun]
    return (
        subject(syntax, governor, 4)[0]
        if syntax.is_verb(governor) and syntax.dep[noun] in ("dobj", "pobj")
        else None
    )


def _possessor(syntax: Syntax, noun: int) -> int | None:
    return syntax.child(noun, "poss")


def _behind_relative(syntax: Syntax, own: int, verb: int) -> int:
    if syntax.tag[own] in ("WDT", "WP") and syntax.dep[verb] == "relcl":
        return syntax.head[verb]
    if (
        syntax.tag[own] in ("WDT", "WP")
        and syntax.dep[verb] == "conj"
        and syntax.dep[syntax.head[verb]] == "relcl"
    ):
        return syntax.head[syntax.head[verb]]
    return own


def agent(syntax: Syntax, verb: int) -> int | None:
    """Return the head of the by-phrase of a passive or participle, or None."""
    by = syntax.child(verb, "agent")
    if by is None:
        by = next(
            (
                c
                for c in syntax.children_of(verb, "prep")
                if syntax.lower[c] == "by" and syntax.tag[verb] == "VBN"
            ),
            None,
        )
    return syntax.child(by, "pobj") if by is not None else None


def is_negated(syntax: Syntax, token: int) -> bool:
    """Tell whether a verb is negated: by *not*, *never*, or *no longer*."""
    return any(
        syntax.dep[child] == "neg"
        or (syntax.lower[child] in ("never", "hardly") and syntax.dep[child] == "advmod")
        for child in syntax.children[token]
    )


def verb_group(syntax: Syntax, verb: int) -> list[int]:
    """Return the verb with its particle, auxiliaries and negation, in text order."""
    parts = [verb, *syntax.children_of(verb, "aux", "auxpass", "neg", "prt")]
    return sorted(parts)


def trimmed(syntax: Syntax, tokens: list[int], keep_quotes: bool = True) -> list[int]:
    """Return ``tokens`` without commas, stops and space at either end; quotation marks stay."""
    marks = "“”\"«»„``''‘’"
    kept = list(tokens)
    while kept and _is_edge(syntax, kept[0], marks if keep_quotes else ""):
        kept.pop(0)
    while kept and (_is_edge(syntax, kept[-1], marks if keep_quotes else "") or syntax.dep[kept[-1]] == "cc"):
        kept.pop()
    return kept


def _is_edge(syntax: Syntax, token: int, marks: str) -> bool:
    if syntax.pos[token] == "SPACE":
        return True
    return (
        syntax.pos[token] == "PUNCT"
        and syntax.words[token] not in (marks or ())
        and syntax.words[token] not in "([$%)]?!"
    )


def without_conjunction(syntax: Syntax, tokens: list[int], root: int) -> list[int]:
    """Drop a leading coordinating conjunction or comma that ties ``root`` to what stands before."""
    kept = trimmed(syntax, tokens)
    return kept[1:] if kept and syntax.dep[kept[0]] == "cc" and kept[0] < root and len(kept) > 1 else kept
