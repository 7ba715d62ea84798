"""Which attributions are proposals, with which force, and the actions that they put forward."""

from __future__ import annotations

from kg.extractor.attribution import Attribution
from kg.extractor.entities import EntityTable
from kg.extractor.lexicon import light_verbs
from kg.extractor.syntax import Syntax
from kg.extractor.triggers import Trigger, noun_entry, verb_entry
from kg.records import Force

FORCES: dict[str, Force] = {
    "propose": "propose",
    "request": "request",
    "demand": "demand",
    "offer": "offer",
    "promise": "promise",
    "plan": "plan",
    "wish": "wish",
}
_ACTION_FRAMES = frozenset({"inf", "obj-inf", "for-inf", "ing"})
_CLAUSE_FRAMES = frozenset({"that", "obj-that"})
_THING_FRAMES = frozenset("np for of to on with against obj-to obj-for obj-with".split())
_TELLING = frozenset("say stress claim warn write reply quote".split())
_SELF = frozenset("i we he she it they there this that you who which".split())
_THEIR_OWN = frozenset(
    "withdrawal resignation departure retreat cooperation support surrender meeting session".split()
)
"""Acts whose of-phrase names who is to do them."""

_SHELTER = frozenset({"refuge", "asylum", "shelter", "sanctuary"})
"""What is sought of those in whose land it is sought."""

_OBLIGATION = frozenset("should must shall ought will would 'll ’ll".split())


def force_of(syntax: Syntax, attribution: Attribution) -> Force | None:
    """Return the force of an attribution that puts an action forward, or None if it is no proposal."""
    if attribution.negated or not attribution.content:
        return None
    force = FORCES.get(attribution.entry.act_in(attribution.frame))
    if force is None:
        return _directive(syntax, attribution)
    if attribution.frame in _ACTION_FRAMES:
        return force
    root = content_root(syntax, attribution)
    if attribution.frame in _CLAUSE_FRAMES:
        return force if _is_call_to_act(syntax, root, force) else None
    if attribution.frame in _THING_FRAMES and (
        force not in ("wish", "plan") or noun_entry(syntax, root) is not None
    ):
        ceremony = force in ("offer", "propose") and _is_ceremony(syntax, root)
        return force if syntax.pos[root] in ("NOUN", "VERB") and not ceremony else None
    return None


def _directive(syntax: Syntax, attribution: Attribution) -> Force | None:
    """Return the force of saying that somebody else must or should act: "said Israel *must* end the
    attacks"."""
    if attribution.frame not in _CLAUSE_FRAMES or attribution.entry.act not in _TELLING:
        return None
    clause = content_root(syntax, attribution)
    subject = syntax.child(clause, "nsubj", "nsubjpass")
    if subject is None or syntax.lower[subject] in _SELF or _is_state(syntax, clause):
        return None
    auxiliaries = {syntax.lower[child] for child in syntax.children_of(clause, "aux")}
    if "must" in auxiliaries:
        return "demand"
    return "propose" if auxiliaries & {"should", "ought"} else None


def _is_state(syntax: Syntax, clause: int) -> bool:
    """Tell being and having from doing; to be *ready to* do something is as good as doing it."""
    if syntax.lemma[clause] == "have":
        return True
    adjective = syntax.child(clause, "acomp")
    return syntax.lemma[clause] == "be" and (adjective is None or syntax.child(adjective, "xcomp") is None)


def asked_in(syntax: Syntax, attribution: Attribution) -> list[int]:
    """Return who is to act by the content itself: "demanded that *X* resign", "demanded an apology *from
    X*"."""
    root = content_root(syntax, attribution)
    if attribution.frame in _CLAUSE_FRAMES:
        subject = syntax.child(root, "nsubj")
        return [subject] if subject is not None and syntax.lower[subject] not in _SELF else []
    found = []
    for preposition in syntax.children_of(root, "prep"):
        agentive = syntax.lower[preposition] == "of" and syntax.lemma[root] in _THEIR_OWN
        if syntax.lower[preposition] == "from" or agentive:
            found += syntax.children_of(preposition, "pobj")
    if syntax.lemma[root] in _SHELTER:
        for preposition in (*syntax.children_of(root, "prep"), *syntax.children_of(attribution.head, "prep")):
            found += (
                syntax.children_of(preposition, "pobj") if syntax.lower[preposition] in ("in", "with") else []
            )
    return found


def content_root(syntax: Syntax, attribution: Attribution) -> int:
    """Return the word that heads the content."""
    inside = set(attribution.content)
    roots = [
        t
        for t in attribution.content
        if syntax.head[t] not in inside and syntax.pos[t] not in ("PUNCT", "SPACE", "ADP", "SCONJ")
    ]
    return roots[0] if roots else attribution.content[0]


def _is_call_to_act(syntax: Syntax, clause: int, force: Force) -> bool:
    """Tell whether a that-clause puts an action forward: *should*, *will*, or the bare verb ("proposed that
    talks be held")."""
    auxiliaries = {syntax.lower[child] for child in syntax.children_of(clause, "aux", "auxpass")}
    if auxiliaries & _OBLIGATION:
        return True
    return force in ("propose", "demand", "request") and (
        "be" in auxiliaries or _is_subjunctive(syntax, clause, force)
    )


def _is_subjunctive(syntax: Syntax, clause: int, force: Force) -> bool:
    """Tell a bare verb, whatever the tagger took it for: "demanded that he *appear*", "that it *cut*"."""
    if syntax.tag[clause] == "VB":
        return True
    if syntax.lower[clause] != syntax.lemma[clause] or syntax.child(clause, "aux", "auxpass") is not None:
        return False
    subject = syntax.child(clause, "nsubj")
    singular = subject is not None and syntax.tag[subject] in ("NN", "NNP")
    return subject is not None and (singular or force == "demand")


def _is_ceremony(syntax: Syntax, root: int) -> bool:
    return syntax.lemma[root] in (
        "condolence",
        "toast",
        "marriage",
        "congratulation",
        "sympathy",
        "apology",
        "thank",
        "prayer",
        "glimpse",
        "view",
    )


def action_triggers(table: EntityTable, attribution: Attribution) -> list[Trigger]:
    """Return a trigger for each action that a proposal puts forward.

    "Organising A, B and C, and expanding D" are four: a light verb lends itself to each noun it carries,
    any other verb is an action
    of its own together with its object.
    """
    syntax = table.syntax
    found: list[Trigger] = []
    for root in syntax.conjuncts(content_root(syntax, attribution)):
        if root not in attribution.content:
            continue
        found += _actions(syntax, root) if syntax.is_verb(root) else _things(syntax, root)
    return found


def _actions(syntax: Syntax, verb: int) -> list[Trigger]:
    while (
        syntax.lemma[verb] in ("continue", "begin", "start", "be", "work")
        and (deeper := syntax.child(verb, "xcomp")) is not None
    ):
        verb = deeper
    objects = [o for first in syntax.children_of(verb, "dobj", "nsubjpass") for o in syntax.conjuncts(first)]
    if not objects:
        objects = [o for p in syntax.children_of(verb, "prep") for o in syntax.children_of(p, "pobj")]
    nouns = [(o, known[0]) for o in objects if (known := noun_entry(syntax, o)) is not None]
    if nouns and syntax.lemma[verb] in light_verbs():
        return [Trigger(noun, entry.type, "proposed action", 0.75, light_verb=verb) for noun, entry in nouns]
    entry, particle = verb_entry(syntax, verb)
    direct = [noun for noun, _ in nouns if syntax.dep[syntax.first_conjunct(noun)] in ("dobj", "nsubjpass")]
    kind = (
        entry.type
        if entry is not None and entry.strength == "strong"
        else (nouns[0][1].type if direct else None)
    )
    kind = kind if kind is not None else "Other"
    extra = direct[:1] + ([particle] if particle is not None else [])
    return [Trigger(verb, kind, "proposed action", 0.7, extra=extra)]


def _things(syntax: Syntax, noun: int) -> list[Trigger]:
    known = noun_entry(syntax, noun)
    return [Trigger(noun, known[0].type, "proposed action", 0.75)] if known is not None else []
