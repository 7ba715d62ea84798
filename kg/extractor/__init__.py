"""From a parsed article to records: who said what, who proposed what, what happened.

    text -> syntax -> names -> cast (actors, roles, pronouns) -> attributions -> events -> statements ->
    records

Rules are code, written once; words are data, in ``lexicon/``. Nothing here knows RDF or files, and nothing
outside of this folder and
``kg.extractor.language_model`` knows spaCy.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.extractor.actions import proposed_events
from kg.extractor.analysis import ArticleAnalysis
from kg.extractor.attribution_finder import find_attributions
from kg.extractor.coreference import Resolver, assign_roles, complete_roles
from kg.extractor.entities import group_names, root_of
from kg.extractor.event_links import relate
from kg.extractor.events import draft, event_at, join
from kg.extractor.metonyms import add_seats
from kg.extractor.names import find_names
from kg.extractor.nominals import add_bodies
from kg.extractor.proposals import action_triggers
from kg.extractor.quotation_attachment import QuotationAttachment
from kg.extractor.quotations import find_quotes
from kg.extractor.roles import find_roles
from kg.extractor.statements import StatementDraft
from kg.extractor.status import is_setting, speaks_of_future
from kg.extractor.syntax import Syntax, read
from kg.extractor.times import find_times
from kg.extractor.to_records import to_extraction, with_evaluation_layers
from kg.extractor.triggers import Trigger, find_triggers
from kg.records import Article, Extraction, Time

if TYPE_CHECKING:
    from spacy.tokens import Doc


def extract(article: Article, doc: Doc, evaluation_layers: bool = False) -> Extraction:
    """Return what the article says.

    Args:
        article: the article.
        doc: its parse by :func:`kg.extractor.language_model.parse`.
        wide: add what evaluation compares and a graph does not hold: ``unattributed``, ``undertakings``,
            ``tellings``.
    """
    return extract_from(article, read(doc, article.text), evaluation_layers)


def extract_from(article: Article, syntax: Syntax, evaluation_layers: bool = False) -> Extraction:
    """Return what the article says, from its syntax; see :func:`extract`."""
    analysis = analyse_entities(article, syntax)
    attachment = QuotationAttachment(syntax, find_quotes(article.text))
    analysis.attributions = find_attributions(analysis.table, attachment)
    _read_events(analysis)
    drafts = _read_statements(analysis)
    extraction = to_extraction(analysis, drafts)
    return with_evaluation_layers(extraction, analysis, drafts) if evaluation_layers else extraction


def analyse_entities(article: Article, syntax: Syntax) -> ArticleAnalysis:
    """Return the article with its actors, places, roles and times found."""
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
    """Return the times of each sentence, each with the word by which it hangs in the tree."""
    marked = [
        syntax.span(first, end - 1) for first, end, label in syntax.entities if label in ("DATE", "TIME")
    ]
    found: dict[int, list[tuple[Time, int]]] = {}
    for time in find_times(article.text, marked, article.day, lambda span: speaks_of_future(syntax, span)):
        head = root_of(syntax, syntax.token_at(time.start), syntax.token_at(time.end - 1))
        found.setdefault(syntax.sentence_of[head], []).append((time, head))
    return found


def _read_events(analysis: ArticleAnalysis) -> None:
    syntax, proposed = analysis.syntax, proposed_events(analysis)
    actions = [event for _, events in proposed for event in events]
    taken = {
        token for event in actions for trigger in event.triggers for token in (trigger.token, *trigger.extra)
    }
    cue_tokens = {
        t for attribution in analysis.attributions if attribution.lemma != "protest" for t in attribution.cue
    }
    told = [
        draft(analysis.table, t) for t in find_triggers(analysis.table, cue_tokens) if t.token not in taken
    ]
    inside = {token for attribution, _ in proposed for token in attribution.content}
    for event in told:
        if (
            event.status == "occurred"
            and event.first.token in inside
            and not is_setting(syntax, event.first.token)
        ):
            event.status = "proposed"
    analysis.events = join(analysis.table, [*actions, *told])
    analysis.event_at = event_at(analysis.events)
    for event in analysis.events:
        event.time = next(
            (t for trigger in event.triggers if (t := analysis.time_of(_bearer(trigger)))), None
        )
    relate(analysis)


def _bearer(trigger: Trigger) -> int:
    return trigger.light_verb if trigger.light_verb is not None else trigger.token


def _read_statements(analysis: ArticleAnalysis) -> list[StatementDraft]:
    drafts = [StatementDraft(analysis, attribution) for attribution in analysis.attributions]
    for one in drafts:
        if one.force is not None:
            tokens = [trigger.token for trigger in action_triggers(analysis.table, one.attribution)]
            one.proposed = list(dict.fromkeys(analysis.event_at[token] for token in tokens))
    return drafts
