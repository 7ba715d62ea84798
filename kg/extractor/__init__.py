"""The extractor: finds in a parsed article who said what, who proposed what, and what happened.

In: an :class:`~kg.records.Article` and its spaCy Doc (:mod:`~kg.extractor.language_model`). Out: an
:class:`~kg.records.Extraction`, whose records hold strings, numbers and character offsets only. The steps:

    syntax                    Doc -> tokens and tree as plain lists; no later step uses spaCy
    names, name_kinds         names of persons, organisations, countries, places
    entities, name_groups,    names -> entities; capitals that stand for a government; organisations that
      metonyms, nominals        are described ("Russia's armed forces")
    roles, coreference        offices that persons hold; antecedents of pronouns and descriptions
    times                     time expressions -> TIMEX3 values and days
    cues, frames, noun_cues,  cues and their contents, quotations -> attributions, each with a probability
      quotations, quotation_attachment, attribution_finder, confidence
    triggers, participants,   triggers -> events, with participants, status and links; several triggers of
      status, events, event_links   one event are merged
    proposals, actions,       attributions -> statements and proposals, with stance
      statements, stance
    to_records                everything -> records

``component`` and ``doc_items`` offer the same as a component of any spaCy pipeline, with spans.

To change something, add or edit a row of a table in ``lexicon/``: a cue verb in ``cues.tsv``, a trigger in
``event_verbs.tsv`` or ``event_nouns.tsv``, a light verb in ``light_verbs.tsv``, a role in ``roles.tsv``. A
new event type is a value of ``kg.records.EventType`` (and a class of the ontology) before a table may name
it. A time expression is a pattern in ``times/patterns.py`` and a resolver in ``times/resolve.py``.
``benchmarks/train_attribution.py`` trains the weights of ``confidence``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.extractor.actions import proposed_events
from kg.extractor.analysis import ArticleAnalysis
from kg.extractor.attribution_finder import find_attributions
from kg.extractor.coreference import Resolver, assign_roles, complete_roles
from kg.extractor.entities import root_of
from kg.extractor.event_links import link_events
from kg.extractor.events import draft_event, events_by_token, merge_events
from kg.extractor.metonyms import add_seats
from kg.extractor.name_groups import group_names
from kg.extractor.names import find_names
from kg.extractor.nominals import add_bodies
from kg.extractor.proposals import action_triggers
from kg.extractor.quotation_attachment import QuotationAttachment
from kg.extractor.quotations import find_quotations
from kg.extractor.roles import find_roles
from kg.extractor.statements import StatementDraft
from kg.extractor.status import is_setting, speaks_of_future
from kg.extractor.syntax import Syntax, syntax_of
from kg.extractor.times import find_times
from kg.extractor.to_records import to_extraction, with_evaluation_layers
from kg.extractor.triggers import Trigger, find_triggers
from kg.records import Article, Extraction, Time

if TYPE_CHECKING:
    from spacy.tokens import Doc


def extract(article: Article, doc: Doc, evaluation_layers: bool = False) -> Extraction:
    """Return what an article says.

    Args:
        article: the article.
        doc: its parse by :func:`kg.extractor.language_model.parse`, with the offsets of ``article.text``.
        evaluation_layers: fill ``unattributed``, ``undertakings`` and ``event_mentions`` too. An evaluation
            compares these; the graph does not hold them.
    """
    return extract_from(article, syntax_of(doc, article.text), evaluation_layers)


def extract_from(article: Article, syntax: Syntax, evaluation_layers: bool = False) -> Extraction:
    """Return what an article says, from its syntax; see :func:`extract`."""
    analysis = analyse_entities(article, syntax)
    attachment = QuotationAttachment(syntax, find_quotations(article.text))
    analysis.attributions = find_attributions(analysis.table, attachment)
    _find_events(analysis)
    drafts = _find_statements(analysis)
    extraction = to_extraction(analysis, drafts)
    return with_evaluation_layers(extraction, analysis, drafts) if evaluation_layers else extraction


def analyse_entities(article: Article, syntax: Syntax) -> ArticleAnalysis:
    """Return the analysis of an article with its entities, roles and times found."""
    names = find_names(syntax)
    table = group_names(syntax, names)
    add_seats(table, names)
    add_bodies(table)
    roles = find_roles(table)
    assign_roles(table, roles)
    resolver = Resolver(table, roles)
    resolver.run()
    complete_roles(table, roles)
    return ArticleAnalysis(article, table, roles, resolver.pairs, _times_by_sentence(article, syntax))


def _times_by_sentence(article: Article, syntax: Syntax) -> dict[int, list[tuple[Time, int]]]:
    """Return the times of each sentence, each with the head token of its phrase."""
    marked = [
        syntax.span(first, end - 1) for first, end, label in syntax.entities if label in ("DATE", "TIME")
    ]
    found: dict[int, list[tuple[Time, int]]] = {}
    for time in find_times(article.text, marked, article.day, lambda span: speaks_of_future(syntax, span)):
        head = root_of(syntax, syntax.token_at(time.start), syntax.token_at(time.end - 1))
        found.setdefault(syntax.sentence_of[head], []).append((time, head))
    return found


def _find_events(analysis: ArticleAnalysis) -> None:
    """Find the events of the article, merge those that are the same, and link them."""
    syntax, proposed = analysis.syntax, proposed_events(analysis)
    actions = [event for _, events in proposed for event in events]
    taken = {
        token for event in actions for trigger in event.triggers for token in (trigger.token, *trigger.extra)
    }
    cue_tokens = {
        t for attribution in analysis.attributions if attribution.lemma != "protest" for t in attribution.cue
    }
    reported = [
        draft_event(analysis.table, t)
        for t in find_triggers(analysis.table, cue_tokens)
        if t.token not in taken
    ]
    inside = {token for attribution, _ in proposed for token in attribution.content}
    for event in reported:
        if (
            event.status == "occurred"
            and event.first.token in inside
            and not is_setting(syntax, event.first.token)
        ):
            event.status = "proposed"
    analysis.events = merge_events(analysis.table, [*actions, *reported])
    analysis.event_at = events_by_token(analysis.events)
    for event in analysis.events:
        event.time = next(
            (t for trigger in event.triggers if (t := analysis.time_of(_time_token(trigger)))), None
        )
    link_events(analysis)


def _time_token(trigger: Trigger) -> int:
    """Return the token whose clause gives the time of a trigger: its light verb, or the trigger itself."""
    return trigger.light_verb if trigger.light_verb is not None else trigger.token


def _find_statements(analysis: ArticleAnalysis) -> list[StatementDraft]:
    """Return a draft of each statement, with the events that proposals put forward."""
    drafts = [StatementDraft(analysis, attribution) for attribution in analysis.attributions]
    for draft in drafts:
        if draft.force is not None:
            tokens = [trigger.token for trigger in action_triggers(analysis.table, draft.attribution)]
            draft.proposed = list(dict.fromkeys(analysis.event_at[token] for token in tokens))
    return drafts
