"""Frames: what a cue verb or adjective takes as its content.

Each frame of the lexicon is one function from a cue to a :class:`Complement`, or None where the tree does not
have the frame.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from kg.extractor.attribution import agent, speaker, speaker_outside
from kg.extractor.cues import FoundCue
from kg.extractor.lexicon import Frame
from kg.extractor.syntax import Syntax

_WH = frozenset("what whether how why who where when which if".split())


@dataclass(slots=True)
class Complement:
    """The content tokens of a cue, with the addressees and targets beside them."""

    content: list[int]
    root: int  # the word that heads the content
    addressees: list[int] = field(default_factory=list)
    targets: list[int] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Site:
    """A cue in its tree: the input of the frame functions."""

    syntax: Syntax
    found: FoundCue
    passive: bool
    object: int | None  # head of the noun phrase that is its object, in passives the subject

    @property
    def head(self) -> int:
        return self.found.head

    @property
    def last(self) -> int:
        """Return the last token of the cue."""
        return self.found.words[-1]


def site_of(syntax: Syntax, found: FoundCue) -> Site:
    """Return the site of a cue."""
    head = found.head
    passive = syntax.child(head, "nsubjpass", "auxpass") is not None or (
        syntax.tag[head] == "VBN"
        and syntax.dep[head] in ("acl", "relcl", "advcl")
        and syntax.child(head, "nsubj", "dobj", "aux") is None
    )
    return Site(syntax, found, passive, _object(syntax, found, passive))


def _object(syntax: Syntax, found: FoundCue, passive: bool) -> int | None:
    """Return the head of the object of the cue, or None."""
    head, last = found.head, found.words[-1]
    if last != head and syntax.dep[last] in ("prep", "agent"):
        return syntax.child(last, "pobj")
    if passive:
        clause_subject = syntax.child(head, "nsubjpass")
        return (
            clause_subject
            if clause_subject is not None
            else (syntax.head[head] if syntax.dep[head] in ("acl", "relcl") else None)
        )
    found_object = syntax.child(head, "dobj", "dative")
    if found_object is None and not any(frame.startswith("obj-") for frame in found.entry.frames):
        found_object = _subject_of_infinitive(syntax, head)
    if found_object in found.words:
        return None
    if (
        found_object is not None
        and syntax.dep[found_object] == "dative"
        and syntax.pos[found_object] == "ADP"
    ):
        return syntax.child(head, "dobj")
    return found_object


def _subject_of_infinitive(syntax: Syntax, verb: int) -> int | None:
    """Return an object that the parser took for the subject of a purpose clause, or None.

    An example is "sought *aid* to rebuild".
    """
    for clause in syntax.children_of(verb, "ccomp"):
        clause_subject = syntax.child(clause, "nsubj")
        if clause_subject is not None and verb < clause_subject < clause and _is_infinitive(syntax, clause):
            return clause_subject
    return None


def complement(site: Site) -> tuple[Frame, Complement] | None:
    """Return the first frame of the cue's entry that the tree has, with its complement, or None."""
    frames = site.found.entry.frames
    for name in _CLAUSES_FIRST:
        if name in frames and (found := _FRAMES[name](site)):
            return name, found
    for name in sorted(frames, key=lambda frame: not frame.startswith("obj-")):
        if (
            name not in _NO_PREPOSITION
            and (name.startswith("obj-") or not _takes_np(site))
            and (found := _prepositional(site, name))
        ):
            return name, found
    if _takes_np(site) and (found := _np(site)):
        return "np", found
    return None


def _takes_np(site: Site) -> bool:
    return "np" in site.found.entry.frames and site.object is not None


def _clauses(site: Site, *deps: str) -> list[int]:
    """Return the dependents of the cue with these labels."""
    return [
        c
        for word in {site.head, site.last}
        for c in site.syntax.children_of(word, *deps)
        if c not in site.found.words
    ]


def _that(site: Site) -> Complement | None:
    """Return the complement of the frame "that": a finite clause, "said (that) ...", also before its cue."""
    syntax = site.syntax
    for clause in _clauses(site, "ccomp"):
        if _is_infinitive(syntax, clause) or _opens_with_wh(syntax, clause):
            continue
        if not _is_finite(syntax, clause):
            continue
        content = _clause_tokens(site, clause)
        addressees = [] if site.passive or site.object is None else [site.object]
        return Complement(content, clause, addressees)
    return None


def _is_finite(syntax: Syntax, clause: int) -> bool:
    tag = syntax.tag[clause]
    if tag in ("VBD", "VBZ", "VBP", "MD"):
        return True
    auxiliaries = syntax.children_of(clause, "aux", "auxpass", "cop")
    return (
        bool(auxiliaries)
        or syntax.child(clause, "nsubj", "nsubjpass", "mark", "expl") is not None
        or tag in ("VB", "VBN")
    )


def _clause_tokens(site: Site, clause: int) -> list[int]:
    """Return the tokens of a clause, without the words of the cue and without verbs of the main clause."""
    syntax = site.syntax
    beside = [
        c for c in syntax.children_of(clause, "advcl", "conj") if speaker_outside(syntax, c) is not None
    ]
    tokens = syntax.subtree(clause, without=[site.head, *beside, *syntax.foreign_conjuncts(clause)])
    return [token for token in tokens if token not in site.found.words]


def _wh(site: Site) -> Complement | None:
    """Return the complement of the frame "wh": an indirect question."""
    syntax = site.syntax
    for clause in _clauses(site, "ccomp", "pcomp", "advcl"):
        if _opens_with_wh(syntax, clause):
            return Complement(
                _clause_tokens(site, clause),
                clause,
                [site.object] if site.object is not None and not site.passive else [],
            )
    return None


def _opens_with_wh(syntax: Syntax, clause: int) -> bool:
    return syntax.lower[syntax.left[clause]] in _WH


def _inf(site: Site) -> Complement | None:
    """Return the complement of the frame "inf": an infinitive with the subject of the cue."""
    syntax = site.syntax
    for clause in _clauses(site, "xcomp", "ccomp", "advcl", "acl"):
        if _is_infinitive(syntax, clause) and clause > site.head and syntax.child(clause, "nsubj") is None:
            if syntax.dep[clause] == "advcl" and clause > site.last + 4:
                continue
            return Complement(_clause_tokens(site, clause), clause)
    return None


def _obj_inf(site: Site) -> Complement | None:
    """Return the complement of the frames "obj-inf" and "for-inf": "urge *X* to do".

    The parser takes X for the object of the cue or for the subject of the infinitive.
    """
    syntax = site.syntax
    for clause in _clauses(site, "xcomp", "ccomp", "advcl", "acl", "relcl"):
        clause_subject = syntax.child(clause, "nsubj", "nsubjpass")
        if (
            clause_subject is not None
            and site.last < clause_subject < clause
            and _is_participle(syntax, clause)
        ):
            return Complement(_clause_tokens(site, clause), clause, targets=[clause_subject])
        if not _is_infinitive(syntax, clause) or clause < site.head:
            continue
        if clause_subject is not None:
            tokens = [t for t in _clause_tokens(site, clause) if t > syntax.right[clause_subject]]
            return Complement(tokens, clause, [clause_subject], [clause_subject])
        if site.object is not None:
            return Complement(_clause_tokens(site, clause), clause, [site.object], [site.object])
    return _infinitive_on_object(site)


def _is_participle(syntax: Syntax, clause: int) -> bool:
    """Return True if a past participle is the content: "wants the vote *postponed*".

    Taggers take it for the past tense.
    """
    return (
        syntax.tag[clause] in ("VBN", "VBD")
        and syntax.child(clause, "aux", "auxpass", "dobj", "mark") is None
    )


def _infinitive_on_object(site: Site) -> Complement | None:
    """Return the complement of an infinitive that the parser attached to the object, or None.

    An example is "urged the country to …".
    """
    if site.object is None or site.passive:
        return None
    for clause in site.syntax.children_of(site.object, "acl", "relcl"):
        if _is_infinitive(site.syntax, clause):
            return Complement(_clause_tokens(site, clause), clause, [site.object], [site.object])
    return None


def _is_infinitive(syntax: Syntax, clause: int) -> bool:
    return any(syntax.tag[child] == "TO" for child in syntax.children_of(clause, "aux")) and syntax.tag[
        clause
    ] in ("VB", "VBN")


def _ing(site: Site) -> Complement | None:
    """Return the complement of the frame "ing": a gerund."""
    syntax = site.syntax
    for clause in _clauses(site, "xcomp", "ccomp", "pcomp", "dobj", "pobj"):
        if syntax.tag[clause] == "VBG" and clause > site.head and syntax.child(clause, "aux") is None:
            return Complement(_clause_tokens(site, clause), clause)
    return None


def _np(site: Site) -> Complement | None:
    """Return the complement of the frame "np": the object."""
    if site.object is None or site.syntax.pos[site.object] == "PRON":
        return None
    content = noun_phrase(site.syntax, site.object, barred=site.found.words)
    if site.passive and site.object < site.head:
        content = [token for token in content if token < site.head]
    return Complement(content, site.object, targets=[site.object]) if content else None


def noun_phrase(syntax: Syntax, head: int, barred: tuple[int, ...] = ()) -> list[int]:
    """Return the tokens of a noun phrase, with coordination, of-phrases and clauses that belong to it."""
    cut = [c for c in syntax.children[head] if syntax.dep[c] == "parataxis"]
    cut += syntax.foreign_conjuncts(head)
    return [token for token in syntax.subtree(head, without=[*barred, *cut]) if token not in barred]


def _obj_that(site: Site) -> Complement | None:
    """Return the complement of the frame "obj-that": an object and a finite clause."""
    return _that(site) if site.object is not None else None


def _obj_pred(site: Site) -> Complement | None:
    """Return the complement of the frame "obj-pred", object and predicate: "called *the plan a disgrace*"."""
    syntax = site.syntax
    predicate = syntax.child(site.head, "oprd", "xcomp", "acomp", "attr")
    if predicate is not None and syntax.is_verb(predicate):
        return None
    if predicate is not None and site.object is not None:
        content = sorted(
            {*noun_phrase(syntax, site.object), *syntax.subtree(predicate)} - set(site.found.words)
        )
        return Complement(content, predicate, targets=[site.object])
    small = next((c for c in _clauses(site, "ccomp") if syntax.pos[c] in ("NOUN", "PROPN", "ADJ")), None)
    if small is None:
        return None
    clause_subject = syntax.child(small, "nsubj")
    return Complement(
        _clause_tokens(site, small), small, targets=[clause_subject] if clause_subject is not None else []
    )


def _prepositional(site: Site, name: str) -> Complement | None:
    """Return the object of a preposition, "warned *of a crisis*", or with "obj-", "accused X *of lying*"."""
    syntax = site.syntax
    preposition = name.removeprefix("obj-")
    with_object = name.startswith("obj-")
    if with_object and site.object is None:
        return None
    holders = [site.head, site.last] + ([site.object] if with_object and site.object is not None else [])
    for holder in dict.fromkeys(holders):
        for prep in syntax.children_of(holder, "prep", "agent", "dative"):
            if syntax.lower[prep] == preposition and prep > site.head and prep not in site.found.words:
                below = [c for c in syntax.children[prep] if syntax.dep[c] in ("pobj", "pcomp")]
                if below:
                    content = [token for token in syntax.subtree(prep) if token != prep]
                    targets = [site.object] if with_object and site.object is not None else [below[0]]
                    return Complement(content, below[0], targets=targets)
    return None


_FRAMES: dict[Frame, Callable[[Site], Complement | None]] = {
    "that": _that,
    "obj-that": _obj_that,
    "wh": _wh,
    "obj-inf": _obj_inf,
    "for-inf": _obj_inf,
    "inf": _inf,
    "ing": _ing,
    "obj-pred": _obj_pred,
    "np": _np,
}
_NO_PREPOSITION = frozenset({*_FRAMES, "quote"})
"""Frames that name no preposition; quotations are attached by ``kg.extractor.quotation_attachment``."""

_CLAUSES_FIRST: tuple[Frame, ...] = ("that", "obj-that", "wh", "obj-inf", "for-inf", "inf", "ing", "obj-pred")
"""Clauses are tried before phrases: beside a clause, a phrase mostly names the addressee."""


def understood_subject(site: Site) -> int | None:
    """Return the head of the source of a cue, or None: the subject, or the agent of a passive."""
    if site.passive:
        return agent(site.syntax, site.head)
    return speaker(site.syntax, site.head)
