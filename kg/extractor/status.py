"""The status of an event, from the verbs, auxiliaries, adjectives and conjunctions around its trigger."""

from __future__ import annotations

from kg.extractor.lexicon import status_words
from kg.extractor.syntax import Syntax
from kg.extractor.triggers import Trigger
from kg.records import EventStatus, Span

_FUTURE = frozenset({"will", "shall", "'ll", "’ll"})
_POSSIBLE = frozenset({"would", "could", "may", "might", "should", "can", "must"})
_SETTING_WORDS = frozenset(
    "during since after following amid despite before at over because in on from".split()
)
_DURATIVE = frozenset({"Cooperation", "ArmedConflict"})
"""Types that last: a noun of them reports an ongoing event."""


def status_of(syntax: Syntax, trigger: Trigger) -> EventStatus:
    """Return the status of the event at one trigger, as the article reports it."""
    word = trigger.light_verb if trigger.light_verb is not None else trigger.token
    modified = _by_modifier(syntax, trigger.token)
    if is_setting(syntax, word):
        return modified or _by_aspect(syntax, None, trigger)
    verb = word if syntax.is_verb(word) else syntax.climb(word, syntax.is_verb)
    over = _by_clause(syntax, word, verb, trigger) if verb is not None else None
    if over == "not-occurred":
        return over
    return modified or over or _by_aspect(syntax, verb, trigger)


def speaks_of_future(syntax: Syntax, span: Span) -> bool:
    """Return True if the clause around ``span`` is about the future: *will*, *is due to*."""
    token = syntax.token_at(span[0])
    verb = token if syntax.is_verb(token) else syntax.climb(token, syntax.is_verb)
    if verb is None:
        return False
    auxiliaries = {syntax.lower[child] for child in syntax.children_of(verb, "aux")}
    return bool(auxiliaries & _FUTURE) or _by_governors(syntax, verb) in ("planned", "proposed")


def is_setting(syntax: Syntax, word: int) -> bool:
    """Return True if the event is the time or cause of another: "during a meeting", "since the invasion"."""
    head = syntax.head[syntax.first_conjunct(word)]
    return syntax.dep[syntax.first_conjunct(word)] == "pobj" and syntax.lower[head] in _SETTING_WORDS


def _by_modifier(syntax: Syntax, token: int) -> EventStatus | None:
    """Return the status by a modifier of the trigger, or None: *planned*, *annual*, *no*."""
    for child in syntax.children[token]:
        if syntax.dep[child] in ("det", "neg") and syntax.lower[child] == "no":
            return "not-occurred"
        for kind in ("adjective", "adverb", "determiner"):
            entry = status_words().get((syntax.lower[child], kind))
            if entry is not None and syntax.dep[child] in ("amod", "advmod", "det", "compound", "nmod"):
                return entry.status
    return None


def _by_clause(syntax: Syntax, word: int, verb: int, trigger: Trigger) -> EventStatus | None:
    """Return the status by auxiliaries and negation of the verb, then by the verbs above it, or None."""
    subject = syntax.dep[word] in ("nsubj", "nsubjpass") and syntax.head[word] == verb
    if verb in (word, trigger.light_verb) or subject:
        by_auxiliaries = _by_auxiliaries(syntax, verb)
        if by_auxiliaries is not None:
            return by_auxiliaries
    if (
        _depends_on(syntax, word, verb)
        and (governed := _by_governor(syntax, verb, infinitive=False)) is not None
    ):
        return governed
    return _by_governors(syntax, verb)


def _depends_on(syntax: Syntax, word: int, verb: int) -> bool:
    """Return True if the event is the object of the verb, directly or by a preposition."""
    first = syntax.first_conjunct(word)
    if syntax.dep[first] == "pobj":
        return syntax.head[syntax.head[first]] == verb
    return syntax.dep[first] in ("dobj", "nsubjpass") and syntax.head[first] == verb


def _by_auxiliaries(syntax: Syntax, verb: int) -> EventStatus | None:
    """Return the status by auxiliaries, negation, conjunctions and adverbs of the verb, or None."""
    for child in syntax.children[verb]:
        lower = syntax.lower[child]
        if syntax.dep[child] == "neg" or (syntax.dep[child] == "advmod" and lower == "never"):
            return "not-occurred"
        if syntax.dep[child] == "aux" and lower in _FUTURE:
            return "planned"
        if syntax.dep[child] == "aux" and lower == "would" and _is_reported(syntax, verb):
            return "planned"
        if syntax.dep[child] == "aux" and lower in _POSSIBLE:
            return "hypothetical"
        if syntax.dep[child] == "mark" and lower in ("if", "unless"):
            return "hypothetical"
        if syntax.dep[child] == "npadvmod" and _is_every(syntax, child):
            return "recurring"
        entry = status_words().get((lower, "adverb"))
        if syntax.dep[child] in ("advmod", "npadvmod") and entry is not None:
            return entry.status
    return None


def _is_every(syntax: Syntax, token: int) -> bool:
    determiner = syntax.child(token, "det")
    return determiner is not None and syntax.lower[determiner] in ("every", "each")


def _is_reported(syntax: Syntax, verb: int) -> bool:
    """Return True if the clause is reported in the past tense.

    In "announced it would" the *would* was a *will*.
    """
    above = syntax.head[verb]
    unconditional = not any(syntax.lower[c] in ("if", "unless") for c in syntax.subtree(verb))
    return syntax.dep[verb] == "ccomp" and syntax.tag[above] in ("VBD", "VBN") and unconditional


def _by_governors(syntax: Syntax, verb: int) -> EventStatus | None:
    """Return the status by the words that govern infinitives and participles, or None.

    Examples are *failed to*, *is due to*, *plans to* and *has yet to*.
    """
    steps = 0
    while syntax.dep[verb] in ("xcomp", "pcomp", "acl", "ccomp", "conj", "advcl") and steps < 4:
        link, above = syntax.dep[verb], syntax.head[verb]
        infinitive = any(syntax.tag[child] == "TO" for child in syntax.children_of(verb, "aux"))
        if link in ("xcomp", "acl") and (infinitive or syntax.tag[verb] == "VBG"):
            found = _by_governor(syntax, above, infinitive)
            if found is not None:
                return found
        if link in ("ccomp", "advcl") or (link == "acl" and not infinitive):
            return None
        if syntax.is_verb(above) and link in ("xcomp", "conj"):
            by_auxiliaries = _by_auxiliaries(syntax, above)
            if by_auxiliaries is not None and link == "xcomp":
                return by_auxiliaries
        verb, steps = above, steps + 1
    return None


def _by_governor(syntax: Syntax, word: int, infinitive: bool) -> EventStatus | None:
    """Return the status by one governing word, or None.

    Args:
        syntax: the syntax of the article.
        word: the governing word; it is looked up with its particle too.
        infinitive: an infinitive depends on it, so that it is looked up with "to" as well.
    """
    lemma = syntax.lemma[word]
    if lemma in ("have", "be") and any(syntax.lower[c] == "yet" for c in syntax.children_of(word, "advmod")):
        return "not-occurred"
    particles = [f"{lemma} {syntax.lower[p]}" for p in syntax.children_of(word, "prt", "prep")]
    candidates = [f"{lemma} to"] * infinitive + particles + [lemma]
    kind = (
        "verb" if syntax.is_verb(word) else "noun" if syntax.pos[word] in ("NOUN", "PROPN") else "adjective"
    )
    for words in candidates:
        entry = status_words().get((words, kind))
        if entry is not None:
            denied = entry.status == "not-occurred" and syntax.child(word, "neg") is not None
            return "hypothetical" if denied else entry.status  # "did not rule out resigning"
    return None


def _by_aspect(syntax: Syntax, verb: int | None, trigger: Trigger) -> EventStatus:
    """Return the status where nothing else decides: lasting events are ongoing, all others occurred."""
    if trigger.type in _DURATIVE and not syntax.is_verb(trigger.token):
        return "ongoing"
    if verb == trigger.token and syntax.tag[verb] == "VBG":
        auxiliary = syntax.child(verb, "aux")
        if auxiliary is not None and syntax.lower[auxiliary] in ("is", "are", "'s", "'re", "’s", "’re"):
            return "ongoing"
    return "occurred"
