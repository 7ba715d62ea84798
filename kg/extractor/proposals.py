"""Proposals: the attributions that put an action forward, their force, and the triggers of the actions."""

from __future__ import annotations

from kg.extractor.attribution import Attribution
from kg.extractor.entities import EntityTable
from kg.extractor.lexicon import EventNoun, light_verbs
from kg.extractor.syntax import Syntax
from kg.extractor.triggers import Trigger, noun_entry, verb_entry
from kg.records import EventType, Force

FORCES: dict[str, Force] = {
    "propose": "propose",
    "request": "request",
    "demand": "demand",
    "offer": "offer",
    "promise": "promise",
    "plan": "plan",
    "wish": "wish",
}
"""Acts of cues that make a proposal, with its force."""
_ACTION_FRAMES = frozenset({"inf", "obj-inf", "for-inf", "ing"})
_CLAUSE_FRAMES = frozenset({"that", "obj-that"})
_THING_FRAMES = frozenset("np for of to on with against obj-to obj-for obj-with".split())
_SAYING_ACTS = frozenset("say stress claim warn write reply quote".split())
_NOT_ADDRESSED = frozenset("i we he she it they there this that you who which".split())
_NOUNS_OF_OWN_ACTION = frozenset(
    "withdrawal resignation departure retreat cooperation support surrender meeting session".split()
)
"""Nouns whose of-phrase names the agent: "demanded the withdrawal of X"."""

_SHELTER_NOUNS = frozenset({"refuge", "asylum", "shelter", "sanctuary"})
"""Nouns of protection. The addressee is the country where it is sought."""

_OBLIGATION = frozenset("should must shall ought will would 'll ’ll".split())
_AUXILIARY_LIKE = frozenset({"continue", "begin", "start", "be", "work"})
"""Verbs whose infinitive is the action."""


def force_of(syntax: Syntax, attribution: Attribution) -> Force | None:
    """Return the force of a proposal, or None if the attribution is not a proposal."""
    if attribution.negated or not attribution.content:
        return None
    force = FORCES.get(attribution.entry.act_in(attribution.frame))
    if force is None:
        return _force_of_modal(syntax, attribution)
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


def _force_of_modal(syntax: Syntax, attribution: Attribution) -> Force | None:
    """Return the force of a statement that somebody else must or should act, or None.

    An example is "said Israel *must* end the attacks".
    """
    if attribution.frame not in _CLAUSE_FRAMES or attribution.entry.act not in _SAYING_ACTS:
        return None
    clause = content_root(syntax, attribution)
    subject = syntax.child(clause, "nsubj", "nsubjpass")
    if subject is None or syntax.lower[subject] in _NOT_ADDRESSED or _is_stative(syntax, clause):
        return None
    auxiliaries = {syntax.lower[child] for child in syntax.children_of(clause, "aux")}
    if "must" in auxiliaries:
        return "demand"
    return "propose" if auxiliaries & {"should", "ought"} else None


def _is_stative(syntax: Syntax, clause: int) -> bool:
    """Return True if the clause reports being or having instead of doing.

    "Must be *ready to* help" reports doing.
    """
    if syntax.lemma[clause] == "have":
        return True
    adjective = syntax.child(clause, "acomp")
    return syntax.lemma[clause] == "be" and (adjective is None or syntax.child(adjective, "xcomp") is None)


def addressees_in_content(syntax: Syntax, attribution: Attribution) -> list[int]:
    """Return the heads of those in the content who are to act.

    Examples are "demanded that *X* resign" and "demanded an apology *from X*".
    """
    root = content_root(syntax, attribution)
    if attribution.frame in _CLAUSE_FRAMES:
        subject = syntax.child(root, "nsubj")
        return [subject] if subject is not None and syntax.lower[subject] not in _NOT_ADDRESSED else []
    found = []
    for preposition in syntax.children_of(root, "prep"):
        agentive = syntax.lower[preposition] == "of" and syntax.lemma[root] in _NOUNS_OF_OWN_ACTION
        if syntax.lower[preposition] == "from" or agentive:
            found += syntax.children_of(preposition, "pobj")
    if syntax.lemma[root] in _SHELTER_NOUNS:
        for preposition in (*syntax.children_of(root, "prep"), *syntax.children_of(attribution.head, "prep")):
            found += (
                syntax.children_of(preposition, "pobj") if syntax.lower[preposition] in ("in", "with") else []
            )
    return found


def content_root(syntax: Syntax, attribution: Attribution) -> int:
    """Return the head token of the content."""
    inside = set(attribution.content)
    roots = [
        t
        for t in attribution.content
        if syntax.head[t] not in inside and syntax.pos[t] not in ("PUNCT", "SPACE", "ADP", "SCONJ")
    ]
    return roots[0] if roots else attribution.content[0]


def _is_call_to_act(syntax: Syntax, clause: int, force: Force) -> bool:
    """Return True if a that-clause puts an action forward.

    It has *should* or *will*, or the bare verb: "proposed that talks be held".
    """
    auxiliaries = {syntax.lower[child] for child in syntax.children_of(clause, "aux", "auxpass")}
    if auxiliaries & _OBLIGATION:
        return True
    return force in ("propose", "demand", "request") and (
        "be" in auxiliaries or _is_subjunctive(syntax, clause, force)
    )


def _is_subjunctive(syntax: Syntax, clause: int, force: Force) -> bool:
    """Return True if the verb is bare, whatever its tag: "demanded that he *appear*", "that it *cut*"."""
    if syntax.tag[clause] == "VB":
        return True
    if syntax.lower[clause] != syntax.lemma[clause] or syntax.child(clause, "aux", "auxpass") is not None:
        return False
    subject = syntax.child(clause, "nsubj")
    singular = subject is not None and syntax.tag[subject] in ("NN", "NNP")
    return subject is not None and (singular or force == "demand")


def _is_ceremony(syntax: Syntax, root: int) -> bool:
    """Return True if the offer is a gesture: "offered condolences"."""
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

    "Organising A, B and C, and expanding D" are four actions. A light verb makes one with each of its nouns;
    any other verb is one action together with its object.
    """
    syntax = table.syntax
    found: list[Trigger] = []
    for root in syntax.conjuncts(content_root(syntax, attribution)):
        if root not in attribution.content:
            continue
        found += _verb_actions(syntax, root) if syntax.is_verb(root) else _noun_actions(syntax, root)
    return found


def _verb_actions(syntax: Syntax, verb: int) -> list[Trigger]:
    """Return the triggers of the action that a verb puts forward."""
    verb = _main_verb(syntax, verb)
    nouns = _event_nouns(syntax, _objects(syntax, verb))
    if nouns and syntax.lemma[verb] in light_verbs():
        return [Trigger(noun, entry.type, "proposed action", 0.75, light_verb=verb) for noun, entry in nouns]
    entry, particle = verb_entry(syntax, verb)
    direct = [noun for noun, _ in nouns if _is_direct_object(syntax, noun)]
    event_type: EventType = "Other"
    if entry is not None and entry.strength == "strong":
        event_type = entry.type
    elif direct:
        event_type = nouns[0][1].type
    extra = direct[:1] + ([particle] if particle is not None else [])
    return [Trigger(verb, event_type, "proposed action", 0.7, extra=extra)]


def _main_verb(syntax: Syntax, verb: int) -> int:
    """Return the verb of the action: "continue to *work* on", "begin to *build*"."""
    while syntax.lemma[verb] in _AUXILIARY_LIKE and (deeper := syntax.child(verb, "xcomp")) is not None:
        verb = deeper
    return verb


def _objects(syntax: Syntax, verb: int) -> list[int]:
    """Return the heads of the objects with coordinated ones, else those of the prepositional objects."""
    objects = [o for first in syntax.children_of(verb, "dobj", "nsubjpass") for o in syntax.conjuncts(first)]
    return objects or [o for p in syntax.children_of(verb, "prep") for o in syntax.children_of(p, "pobj")]


def _is_direct_object(syntax: Syntax, noun: int) -> bool:
    return syntax.dep[syntax.first_conjunct(noun)] in ("dobj", "nsubjpass")


def _event_nouns(syntax: Syntax, nouns: list[int]) -> list[tuple[int, EventNoun]]:
    """Return those of ``nouns`` that are in the lexicon, with their entries."""
    return [(noun, known[0]) for noun in nouns if (known := noun_entry(syntax, noun)) is not None]


def _noun_actions(syntax: Syntax, noun: int) -> list[Trigger]:
    """Return the trigger of an event noun as a list, empty if the noun is not in the lexicon."""
    known = noun_entry(syntax, noun)
    return [Trigger(noun, known[0].type, "proposed action", 0.75)] if known is not None else []
