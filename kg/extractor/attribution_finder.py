"""Finds the attributions of an article.

The cues are verbs, adjectives, nouns, quotations, *according to*, and the colon of a headline.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from kg.extractor.attribution import Attribution, is_negated, subject, trimmed, verb_group
from kg.extractor.confidence import probability, threshold
from kg.extractor.cues import FoundCue, find_cues
from kg.extractor.dateline import dateline_tokens
from kg.extractor.entities import EntityTable
from kg.extractor.frames import complement, site_of, understood_subject
from kg.extractor.lexicon import Cue, event_nouns, event_verbs, status_words
from kg.extractor.noun_cues import noun_attribution
from kg.extractor.quotation_attachment import QuotationAttachment
from kg.extractor.syntax import Syntax
from kg.records import Span

ACCORDING = Cue("according to", "verb", "say", ("that",), "none", (), ())
"""Entry that stands for *according to*, which is not in the table of cues."""
COLON = Cue(":", "verb", "say", ("quote",), "none", (), ())
"""Entry that stands for a colon between speaker and content."""

_CLAUSE_FRAMES = frozenset({"that", "obj-that", "wh"})


def find_attributions(table: EntityTable, attachment: QuotationAttachment) -> list[Attribution]:
    """Return the attributions that are likely enough, by position of the cue, each with its confidence."""
    kept = []
    for attribution in candidates(table, attachment):
        attribution.confidence = round(probability(table, attribution, attachment.quoted_tokens), 2)
        if _is_physical_act(table, attribution):
            continue
        if attribution.confidence >= threshold(table, attribution, attachment.quoted_tokens):
            kept.append(attribution)
    return kept


def _is_physical_act(table: EntityTable, attribution: Attribution) -> bool:
    """Return True if the cue reports an act instead of words: "attacked the town", "sued the company"."""
    if attribution.entry.act not in ("oppose", "accuse", "deny") or not attribution.targets:
        return False
    word = table.syntax.lemma[attribution.head]
    known = event_verbs().get(word) if attribution.entry.pos == "verb" else event_nouns().get(word)
    affected = [entity for target in attribution.targets for entity in table.entities_at(target)]
    if known is not None and attribution.frame == "np" and known.type in ("Trial", "Personnel"):
        return bool(affected)
    if known is None or known.type not in ("Attack", "Invasion", "ArmedConflict"):
        return False
    return not any(entity.kind in ("person", "organisation") for entity in affected)


def candidates(table: EntityTable, attachment: QuotationAttachment) -> list[Attribution]:
    """Return every attribution that the grammar allows, however unlikely, in the order of the cues."""
    syntax = table.syntax
    cues = list(find_cues(syntax))
    by_head = {attribution.head: attribution for attribution in attachment.attribute(cues)}
    for cue in cues:
        attribution = _from_cue(table, cue, by_head.get(cue.head))
        if attribution is not None:
            by_head[cue.head] = attribution
    for light_verb in [by_head[head].light_verb for head in list(by_head)]:
        if light_verb is not None and light_verb in by_head and by_head[light_verb].frame == "np":
            del by_head[light_verb]
    for attribution in (*_according_to(syntax), *_headline_colons(table)):
        by_head.setdefault(attribution.head, attribution)
    in_dateline = dateline_tokens(syntax)
    for attribution in by_head.values():
        attribution.content = [token for token in attribution.content if token not in in_dateline]
    return [by_head[head] for head in sorted(by_head) if _has_content(by_head[head])]


def _has_content(attribution: Attribution) -> bool:
    """Return True if the attribution has a content, or a target of support or opposition."""
    return bool(attribution.content or attribution.quoted_spans or attribution.targets)


def _from_cue(table: EntityTable, cue: FoundCue, quoted: Attribution | None) -> Attribution | None:
    """Return the attribution of one cue, or None.

    Args:
        quoted: the attribution of the quotations that are attached to the same cue, if there are any.
    """
    syntax = table.syntax
    if cue.entry.pos == "noun":
        return noun_attribution(syntax, cue)
    if cue.entry.pos == "adj":
        return _from_adjective(table, cue)
    if _is_unrealised_infinitive(syntax, cue.head):
        return None
    site = site_of(syntax, cue)
    found = complement(site)
    if found is None:
        return quoted or _parenthetical(table, cue)
    frame, body = found
    if quoted is not None and frame not in _CLAUSE_FRAMES:
        return quoted
    attribution = Attribution(
        cue.entry, cue.head, sorted({*verb_group(syntax, cue.head), *cue.words}), frame, f"verb {frame}"
    )
    attribution.content = body.content
    attribution.targets = body.targets if frame not in ("that", "wh", "inf", "ing") else []
    attribution.addressees = _addressees(table, cue, frame, body.addressees)
    source = understood_subject(site)
    attribution.sources = [source] if source is not None else (quoted.sources if quoted is not None else [])
    attribution.negated = is_negated(syntax, cue.head)
    if quoted is not None:
        return _merge_quotation(attribution, quoted)
    return attribution


def _is_unrealised_infinitive(syntax: Syntax, head: int) -> bool:
    """Return True if ``head`` is an infinitive whose governor says that it did not happen.

    In "refusal to *condemn*" nobody condemns.
    """
    if not any(syntax.tag[child] == "TO" for child in syntax.children_of(head, "aux")):
        return False
    above = syntax.head[head]
    if syntax.dep[head] not in ("xcomp", "acl", "ccomp") or above == head:
        return False
    kind = "verb" if syntax.is_verb(above) else "noun"
    entry = status_words().get((f"{syntax.lemma[above]} to", kind)) or status_words().get(
        (syntax.lemma[above], kind)
    )
    return entry is not None and entry.status == "not-occurred"


def _merge_quotation(attribution: Attribution, quoted: Attribution) -> Attribution:
    """Add to a clause the quotations of the same cue, and return the attribution."""
    attribution.quoted_spans = quoted.quoted_spans
    attribution.addressees = attribution.addressees or quoted.addressees
    attribution.rule = "mixed quotation"
    attribution.confidence = 0.9
    return attribution


def _addressees(table: EntityTable, cue: FoundCue, frame: str, stated: list[int]) -> list[int]:
    """Return the heads of the addressees, found where the entry of the cue places them."""
    syntax, place = table.syntax, cue.entry.addressee
    if place == "none":
        return _object_before_preposition(syntax, cue) if cue.entry.act in ("request", "demand") else []
    if place == "obj":
        if stated:
            return stated
        found = syntax.child(cue.head, "dobj", "dative") if frame != "np" else None
        last = cue.words[-1]
        if found is None and last != cue.head and syntax.dep[last] == "prep":
            found = syntax.child(last, "pobj")
        return [found] if found is not None else []
    return [
        child
        for prep in syntax.children_of(cue.head, "prep", "dative")
        if syntax.lower[prep] == place
        for child in syntax.children_of(prep, "pobj")
    ]


def _object_before_preposition(syntax: Syntax, cue: FoundCue) -> list[int]:
    """Return the object of a verb whose content follows a preposition: "asked *Poland* for help"."""
    last = cue.words[-1]
    addressee = syntax.child(cue.head, "dobj", "dative")
    behind = last != cue.head and syntax.dep[last] == "prep"
    return [addressee] if behind and addressee is not None and addressee < last else []


def _from_adjective(table: EntityTable, cue: FoundCue) -> Attribution | None:
    """Return the attribution of a predicative adjective, "X is confident that ...", or None."""
    syntax = table.syntax
    if (
        syntax.dep[cue.head] not in ("acomp", "oprd", "attr", "advcl", "conj", "ROOT", "amod")
        or syntax.dep[cue.head] == "amod"
    ):
        return None
    found = complement(site_of(syntax, cue))
    if found is None or found[0] == "np":
        return None
    frame, body = found
    verb = syntax.head[cue.head]
    source = (
        syntax.child(verb, "nsubj")
        if syntax.dep[cue.head] in ("acomp", "oprd")
        else subject(syntax, cue.head)[0]
    )
    words = {
        *cue.words,
        *(verb_group(syntax, verb) if syntax.pos[verb] in ("AUX", "VERB") and verb < cue.head else ()),
    }
    attribution = Attribution(
        cue.entry, cue.head, sorted(words), frame, f"adjective {frame}", content=body.content, confidence=0.6
    )
    attribution.sources = [source] if source is not None else []
    attribution.negated = is_negated(syntax, verb)
    return attribution if attribution.sources else None


def _parenthetical(table: EntityTable, cue: FoundCue) -> Attribution | None:
    """Return the attribution of a cue clause that interrupts or follows its content, or None.

    An example is "The talks, he said, will go on".
    """
    syntax, head = table.syntax, cue.head
    source = syntax.child(head, "nsubj")
    if source is None or not {"that", "quote"} & set(cue.entry.frames):
        return None
    host = syntax.head[head]
    if syntax.dep[head] not in ("parataxis", "ccomp", "conj", "advcl", "dep", "relcl") or not syntax.is_verb(
        host
    ):
        return None
    if not _is_set_off(syntax, head):
        return None
    cue_clause = set(syntax.subtree(head))
    content = [token for token in syntax.subtree(host) if token not in cue_clause]
    mark = syntax.child(head, "mark")
    if syntax.dep[head] == "advcl" and mark is not None and syntax.lower[mark] != "as":
        return None
    attribution = Attribution(
        cue.entry,
        head,
        sorted({*verb_group(syntax, head), *cue.words}),
        "that",
        "parenthetical",
        content=content,
    )
    attribution.sources = [source]
    return attribution


def _is_set_off(syntax: Syntax, head: int) -> bool:
    """Return True if punctuation sets off the clause of ``head``, or the clause ends the sentence."""
    first = syntax.words[syntax.left[head]]
    before = syntax.words[syntax.left[head] - 1] if syntax.left[head] else ""
    after_at = syntax.right[head] + 1
    after = syntax.words[after_at] if after_at < len(syntax.words) else "."
    marks = (",", "–", "—", "-", "--", "(", ")")
    return (before in marks or first in marks) and (
        after in (*marks, ".", ";") or syntax.words[syntax.right[head]] in marks
    )


def _according_to(syntax: Syntax) -> Iterator[Attribution]:
    """Yield the attributions of "according to X": the rest of the clause is the content."""
    for token, word in enumerate(syntax.lower):
        if word != "according":
            continue
        to = next((c for c in syntax.children_of(token, "prep") if syntax.lower[c] == "to"), None)
        source = syntax.child(to, "pobj") if to is not None else None
        clause = syntax.climb(token, lambda t: syntax.is_verb(t) or syntax.dep[t] == "ROOT")
        if to is None or source is None or clause is None:
            continue
        attribution = Attribution(
            ACCORDING, token, [token, to], "that", "according to", sources=[source], confidence=0.85
        )
        attribution.content = syntax.subtree(clause, without=[token])
        yield attribution


def _headline_colons(table: EntityTable) -> Iterator[Attribution]:
    """Yield the attributions of headlines and transcripts: a name, a colon, the content.

    An example is "Obama: Climate change is real".
    """
    syntax = table.syntax
    for first, end in syntax.sentences:
        colon = next((t for t in range(first, min(first + 7, end)) if syntax.words[t] == ":"), None)
        if colon is None or colon + 2 >= end:
            continue
        before = [t for t in range(first, colon) if syntax.pos[t] not in ("PUNCT", "SPACE")]
        heads = [
            t
            for t in before
            if t in table.indexes_at and table.entities_at(t)[0].kind in ("person", "organisation", "country")
        ]
        if not heads or any(syntax.is_verb(t) for t in before):
            continue
        yield Attribution(
            COLON,
            colon,
            [colon],
            "quote",
            "colon",
            sources=[heads[-1]],
            content=list(range(colon + 1, end)),
            confidence=0.6,
        )


def content_tokens(syntax: Syntax, attribution: Attribution) -> list[int]:
    """Return the content without quotations, without punctuation at its ends and without a leading "that"."""
    tokens = trimmed(syntax, [t for t in attribution.content if t not in attribution.cue])
    if attribution.rule in ("parenthetical", "according to") or attribution.frame not in ("that", "obj-that"):
        return tokens
    return trimmed(syntax, tokens[1:]) if tokens and _is_conjunction_that(syntax, tokens[0]) else tokens


def _is_conjunction_that(syntax: Syntax, token: int) -> bool:
    return syntax.lower[token] == "that" and (syntax.dep[token] == "mark" or syntax.tag[token] == "IN")


def content_spans(
    syntax: Syntax, attribution: Attribution, excluded: Collection[int] = ()
) -> tuple[Span, ...]:
    """Return the spans of the content: quotations and other words, with neighbours joined.

    Args:
        excluded: tokens that are not part of the content.
    """
    tokens = trimmed(syntax, [t for t in content_tokens(syntax, attribution) if t not in excluded])
    joined: list[Span] = []
    for start, end in sorted([*attribution.quoted_spans, *syntax.spans(tokens)]):
        if joined and start <= joined[-1][1] + 1:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return tuple(joined)
