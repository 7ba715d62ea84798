"""All attributions of an article: verbs and adjectives with their complements, nouns, quotations,
*according to*, headline colons."""

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
COLON = Cue(":", "verb", "say", ("quote",), "none", (), ())

_CLAUSE_FRAMES = frozenset({"that", "obj-that", "wh"})


def find_attributions(table: EntityTable, attachment: QuotationAttachment) -> list[Attribution]:
    """Return what the article attributes to whom, by position of the cue, each with its confidence."""
    kept = []
    for attribution in candidates(table, attachment):
        attribution.confidence = round(probability(table, attribution, attachment.inside), 2)
        if _is_deed(table, attribution):
            continue
        if attribution.confidence >= threshold(table, attribution, attachment.inside):
            kept.append(attribution)
    return kept


def _is_deed(table: EntityTable, attribution: Attribution) -> bool:
    """Tell whether it is done rather than said: a town attacked, a minister dismissed, a company sued."""
    if attribution.entry.act not in ("oppose", "accuse", "deny") or not attribution.targets:
        return False
    word = table.syntax.lemma[attribution.head]
    known = event_verbs().get(word) if attribution.entry.pos == "verb" else event_nouns().get(word)
    hit = [entity for target in attribution.targets for entity in table.standing_at(target)]
    if known is not None and attribution.frame == "np" and known.type in ("Trial", "Personnel"):
        return bool(hit)
    if known is None or known.type not in ("Attack", "Invasion", "ArmedConflict"):
        return False
    return not any(entity.kind in ("person", "organisation") for entity in hit)


def candidates(table: EntityTable, attachment: QuotationAttachment) -> list[Attribution]:
    """Return all that may be an attribution by its form, by position of the cue."""
    syntax = table.syntax
    cues = list(find_cues(syntax))
    by_head = {attribution.head: attribution for attribution in attachment.attribute(cues)}
    for cue in cues:
        attribution = _of_cue(table, cue, by_head.get(cue.head))
        if attribution is not None:
            by_head[cue.head] = attribution
    for light_verb in [by_head[head].light_verb for head in list(by_head)]:
        if light_verb is not None and light_verb in by_head and by_head[light_verb].frame == "np":
            del by_head[light_verb]
    for attribution in (*_according(syntax), *_headline_colons(table)):
        by_head.setdefault(attribution.head, attribution)
    placed = dateline_tokens(syntax)
    for attribution in by_head.values():
        attribution.content = [token for token in attribution.content if token not in placed]
    return [by_head[head] for head in sorted(by_head) if _has_body(by_head[head])]


def _has_body(attribution: Attribution) -> bool:
    return bool(attribution.content or attribution.quotes or attribution.targets)


def _of_cue(table: EntityTable, cue: FoundCue, quoted: Attribution | None) -> Attribution | None:
    syntax = table.syntax
    if cue.entry.pos == "noun":
        return noun_attribution(syntax, cue)
    if cue.entry.pos == "adj":
        return _of_adjective(table, cue)
    if _not_done(syntax, cue.head):
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
        return _mixed(attribution, quoted)
    return attribution


def _not_done(syntax: Syntax, head: int) -> bool:
    """Tell whether the saying is an infinitive that its governor says did not come about ("refusal to
    *condemn*")."""
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


def _mixed(attribution: Attribution, quoted: Attribution) -> Attribution:
    """Join a clause and the quotations tied to the same cue: mixed speech, or one quotation the parser cut
    in two."""
    attribution.quotes = quoted.quotes
    attribution.addressees = attribution.addressees or quoted.addressees
    attribution.rule = "mixed quotation"
    attribution.confidence = 0.9
    return attribution


def _addressees(table: EntityTable, cue: FoundCue, frame: str, stated: list[int]) -> list[int]:
    """Return whom the cue addresses, by the place that its entry names."""
    syntax, place = table.syntax, cue.entry.addressee
    if place == "none":
        return _told(syntax, cue) if cue.entry.act in ("request", "demand") else []
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


def _told(syntax: Syntax, cue: FoundCue) -> list[int]:
    """Return the object of a verb whose content stands behind a preposition: "asked *Poland* for help"."""
    last = cue.words[-1]
    told = syntax.child(cue.head, "dobj", "dative")
    behind = last != cue.head and syntax.dep[last] == "prep"
    return [told] if behind and told is not None and told < last else []


def _of_adjective(table: EntityTable, cue: FoundCue) -> Attribution | None:
    """Read "X is confident that ...": the adjective must be predicate of somebody."""
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
    """Read "The talks, he said, will go on": the cue's clause hangs in or behind the clause that it
    reports."""
    syntax, head = table.syntax, cue.head
    own = syntax.child(head, "nsubj")
    if own is None or not {"that", "quote"} & set(cue.entry.frames):
        return None
    host = syntax.head[head]
    if syntax.dep[head] not in ("parataxis", "ccomp", "conj", "advcl", "dep", "relcl") or not syntax.is_verb(
        host
    ):
        return None
    if not _set_off(syntax, head):
        return None
    mine = set(syntax.subtree(head))
    content = [token for token in syntax.subtree(host) if token not in mine]
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
    attribution.sources = [own]
    return attribution


def _set_off(syntax: Syntax, head: int) -> bool:
    """Tell whether the clause of ``head`` stands between commas, or between a comma and the sentence's
    end."""
    first = syntax.words[syntax.left[head]]
    before = syntax.words[syntax.left[head] - 1] if syntax.left[head] else ""
    after_at = syntax.right[head] + 1
    after = syntax.words[after_at] if after_at < len(syntax.words) else "."
    marks = (",", "–", "—", "-", "--", "(", ")")
    return (before in marks or first in marks) and (
        after in (*marks, ".", ";") or syntax.words[syntax.right[head]] in marks
    )


def _according(syntax: Syntax) -> Iterator[Attribution]:
    """Read "according to X": the rest of its clause is the content."""
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
    """Read "Obama: Climate change is real" and transcripts: a name, a colon, what is said."""
    syntax = table.syntax
    for first, end in syntax.sentences:
        colon = next((t for t in range(first, min(first + 7, end)) if syntax.words[t] == ":"), None)
        if colon is None or colon + 2 >= end:
            continue
        before = [t for t in range(first, colon) if syntax.pos[t] not in ("PUNCT", "SPACE")]
        heads = [
            t
            for t in before
            if t in table.at and table.standing_at(t)[0].kind in ("person", "organisation", "country")
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
    """Return the content of an attribution that is not quotation, without commas at its ends and its
    leading "that"."""
    tokens = trimmed(syntax, [t for t in attribution.content if t not in attribution.cue])
    if attribution.rule in ("parenthetical", "according to"):
        return tokens
    if (
        tokens
        and attribution.frame in ("that", "obj-that")
        and syntax.lower[tokens[0]] == "that"
        and (syntax.dep[tokens[0]] == "mark" or syntax.tag[tokens[0]] == "IN")
    ):
        tokens = trimmed(syntax, tokens[1:])
    return tokens


def content_spans(syntax: Syntax, attribution: Attribution, lifted: Collection[int] = ()) -> tuple[Span, ...]:
    """Return the spans of the content, quotations and other words together, less the tokens ``lifted``."""
    tokens = trimmed(syntax, [t for t in content_tokens(syntax, attribution) if t not in lifted])
    joined: list[Span] = []
    for start, end in sorted([*attribution.quotes, *syntax.spans(tokens)]):
        if joined and start <= joined[-1][1] + 1:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return tuple(joined)
