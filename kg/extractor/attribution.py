"""Attributions as the rules build them, and the questions about subjects that all frames ask of the tree."""

from __future__ import annotations

from dataclasses import dataclass, field

from kg.extractor.lexicon import Cue, Frame
from kg.extractor.syntax import Syntax
from kg.records import Span

_FINITE_TAGS = frozenset({"VBD", "VBZ", "VBP"})
_SHARES_SUBJECT = frozenset("xcomp advcl conj ccomp dep parataxis".split())
"""Labels of clauses that may take their subject from the predicate above them."""


@dataclass(slots=True)
class Attribution:
    """The claim of the article that somebody said something, in tokens: cue, sources, content, addressees."""

    entry: Cue
    head: int  # verb, noun or adjective of the cue, or "according"
    cue: list[int]
    frame: Frame  # which complement holds the content: that, quote, np, inf, …
    rule: str
    sources: list[int] = field(default_factory=list)  # heads of noun phrases
    content: list[int] = field(default_factory=list)
    quoted_spans: list[Span] = field(default_factory=list)  # quotations in the content
    addressees: list[int] = field(default_factory=list)
    targets: list[int] = field(default_factory=list)  # what is supported or opposed
    light_verb: int | None = None  # of a noun cue
    negated: bool = False
    confidence: float = 0.8

    @property
    def lemma(self) -> str:
        return self.entry.lemma


def subject(syntax: Syntax, verb: int, depth: int = 0) -> tuple[int | None, bool]:
    """Return the head of the understood subject of ``verb``, or None, and True if the subject is acted on.

    The subject may belong to another verb: the one that this verb is coordinated with, or the one that
    governs this participle or infinitive. It may also be the noun that a relative clause modifies.
    """
    subject_token = syntax.child(verb, "nsubj", "nsubjpass", "csubj")
    if subject_token is not None:
        passive = syntax.dep[subject_token] == "nsubjpass"
        return _resolve_relative(syntax, subject_token, verb), passive
    if depth > 6:
        return None, False
    return _inherited_subject(syntax, verb, depth)


def _inherited_subject(syntax: Syntax, verb: int, depth: int) -> tuple[int | None, bool]:
    """Return the subject that a verb without its own subject takes from its governor; see :func:`subject`."""
    dep, head = syntax.dep[verb], syntax.head[verb]
    if dep != "conj" and syntax.child(verb, "auxpass") is not None:
        return None, True
    if dep == "acl" or (dep == "relcl" and syntax.pos[head] != "VERB"):
        return _subject_of_modifier(syntax, verb, head)
    if dep in ("prep", "pcomp"):
        return _subject_after_preposition(syntax, syntax.head[head] if dep == "pcomp" else head, depth)
    if dep in _SHARES_SUBJECT and syntax.pos[head] in ("VERB", "AUX", "ADJ"):
        return _subject_of_predicate_above(syntax, verb, head, depth)
    return None, False


def _subject_of_modifier(syntax: Syntax, verb: int, noun: int) -> tuple[int | None, bool]:
    """Return the subject of a clause that modifies ``noun``; a past participle is passive and has none."""
    if syntax.tag[verb] == "VBN":
        return None, True
    return _owner_or_self(syntax, verb, noun), False


def _subject_after_preposition(syntax: Syntax, governor: int, depth: int) -> tuple[int | None, bool]:
    """Return the subject of a gerund after a preposition: that of a verb, or the possessor of a noun."""
    if syntax.is_verb(governor):
        return subject(syntax, governor, depth + 1)
    return _possessor(syntax, governor), False


def _subject_of_predicate_above(
    syntax: Syntax, verb: int, predicate: int, depth: int
) -> tuple[int | None, bool]:
    """Return the subject that ``verb`` shares with the verb or adjective that governs it."""
    dep, is_past_participle = syntax.dep[verb], syntax.tag[verb] == "VBN"
    if dep == "ccomp" and syntax.tag[verb] in _FINITE_TAGS:
        return None, False
    if dep == "xcomp" and (controller := _controlling_object(syntax, verb, predicate)) is not None:
        return controller, False
    found, passive = subject(syntax, predicate, depth + 1)
    if dep == "advcl":  # passive in "if *convicted*", "*asked* about it"
        return found, is_past_participle and syntax.child(verb, "aux") is None
    return found, passive and dep == "conj" and is_past_participle


def _controlling_object(syntax: Syntax, verb: int, governor: int) -> int | None:
    """Return the object of ``governor`` that is the subject of an infinitive: "asked *him* to leave"."""
    controller = syntax.child(governor, "dobj", "dative")
    return controller if controller is not None and controller < verb else None


def speaker(syntax: Syntax, verb: int) -> int | None:
    """Return the head of the understood subject of a verb of saying, or None.

    This is what :func:`subject` finds, except in three constructions that the parser often gets wrong. A verb
    that follows reported speech is attached to the reported verb instead of the reporting one ("*the
    minister* said it would rain and suggested ..."). So is a participle ("*she* said she was sure, adding
    ..."). And a name before the verb may be attached anywhere.
    """
    outer = speaker_outside(syntax, verb)
    if outer is not None:
        return outer
    found, passive = subject(syntax, verb)
    if found is None and not passive and syntax.tag[verb] in _FINITE_TAGS:
        return stranded_subject(syntax, verb)
    return found


def speaker_outside(syntax: Syntax, verb: int) -> int | None:
    """Return the speaker of the reporting clause if it is the speaker of ``verb`` too; otherwise None.

    ``verb`` must be coordinated with the reported verb, or be a participle that follows it.
    """
    if syntax.dep[verb] not in ("conj", "advcl") or syntax.child(verb, "nsubj", "nsubjpass") is not None:
        return None
    reported = syntax.first_conjunct(syntax.head[verb])
    reporting = syntax.head[reported]
    speaker_token = syntax.child(reporting, "nsubj")
    if syntax.dep[reported] != "ccomp" or speaker_token is None or reporting > verb:
        return None
    if syntax.dep[verb] == "advcl":
        shared = _participle_continues(syntax, verb, reported, reporting)
    else:
        shared = _coordination_continues(syntax, verb, reported, reporting)
    return _resolve_relative(syntax, speaker_token, reporting) if shared else None


def _participle_continues(syntax: Syntax, verb: int, reported: int, reporting: int) -> bool:
    """Return True if a participle continues the reporting clause: "said she was sure, *adding*"."""
    if syntax.tag[verb] != "VBG" or syntax.child(verb, "mark") is not None:
        return False
    inner = syntax.child(reported, "nsubj", "nsubjpass")
    cannot_add = inner is None or reporting > reported or syntax.pos[inner] == "NOUN"
    return syntax.words[syntax.left[verb] - 1] == "," and (cannot_add or _is_third_person(syntax, inner))


def _coordination_continues(syntax: Syntax, verb: int, reported: int, reporting: int) -> bool:
    """Return True if a verb continues the reporting clause: "said it would rain and *suggested*".

    It has the tense of the reporting verb.
    """
    if not syntax.tag[verb] == syntax.tag[reporting] != "VB":
        return False
    has_modal = any(syntax.tag[aux] == "MD" for aux in syntax.children_of(reported, "aux"))
    return has_modal or _is_third_person(syntax, syntax.child(reported, "nsubj", "nsubjpass"))


def _is_third_person(syntax: Syntax, token: int | None) -> bool:
    return token is not None and syntax.lower[token] in ("he", "she", "it", "they")


def stranded_subject(syntax: Syntax, verb: int) -> int | None:
    """Return the head of the name directly before the verb, or None.

    An apposition between commas may stand between the two.
    """
    first = syntax.sentences[syntax.sentence_of[verb]][0]
    before = verb - 1
    while before > first and syntax.pos[before] in ("ADV", "AUX", "CCONJ"):
        before -= 1
    if before > first and syntax.words[before] == ",":
        first_comma = next((t for t in range(before - 1, first, -1) if syntax.words[t] == ","), None)
        if first_comma is None or any(syntax.is_verb(t) for t in range(first_comma, before)):
            return None
        before = first_comma - 1
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
    """Return the relative pronoun that refers to ``source`` as the subject of ``verb``, or None."""
    clause = syntax.first_conjunct(verb)
    if syntax.dep[clause] != "relcl" or syntax.head[clause] != source:
        return None
    subject_token = syntax.child(clause, "nsubj")
    return subject_token if subject_token is not None and syntax.tag[subject_token] in ("WDT", "WP") else None


def _owner_or_self(syntax: Syntax, verb: int, noun: int) -> int | None:
    """Return the subject of an infinitive or participle that modifies a noun.

    This is the possessor of the noun ("*its* refusal to condemn") or the noun itself ("*officials* saying").
    """
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


def _resolve_relative(syntax: Syntax, subject_token: int, verb: int) -> int:
    """Return the noun that a relative pronoun in subject position refers to, or the subject itself."""
    if syntax.tag[subject_token] in ("WDT", "WP") and syntax.dep[verb] == "relcl":
        return syntax.head[verb]
    if (
        syntax.tag[subject_token] in ("WDT", "WP")
        and syntax.dep[verb] == "conj"
        and syntax.dep[syntax.head[verb]] == "relcl"
    ):
        return syntax.head[syntax.head[verb]]
    return subject_token


def agent(syntax: Syntax, verb: int) -> int | None:
    """Return the head of the by-phrase of a passive verb or participle, or None."""
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
    """Return True if *not*, *never* or *hardly* negates the verb at ``token``."""
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
    """Return ``tokens`` without punctuation, space and conjunctions at either end.

    Args:
        keep_quotes: keep quotation marks at the ends.
    """
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
