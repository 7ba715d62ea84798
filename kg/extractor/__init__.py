"""From a parsed article to records: who said what, who proposed what, what happened.

    text -> syntax -> names -> cast (actors, roles, pronouns) -> attributions -> events -> statements ->
    records

Rules are code, written once; words are data, in ``lexicon/``. Nothing here knows RDF or files, and nothing
outside of this folder and
``kg.nlp`` knows spaCy.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.extractor.actions import proposed_events
from kg.extractor.attributions import find_attributions
from kg.extractor.cast import cast_from_names, root_of
from kg.extractor.coreference import Resolver, assign_roles, complete_roles
from kg.extractor.emit import emit, widen
from kg.extractor.event_links import relate
from kg.extractor.events import draft, event_at, join
from kg.extractor.metonyms import add_seats
from kg.extractor.names import find_names
from kg.extractor.nominals import add_bodies
from kg.extractor.proposals import action_triggers
from kg.extractor.quotes import find_quotes
from kg.extractor.quoting import Quoting
from kg.extractor.reading import Reading
from kg.extractor.roles import find_roles
from kg.extractor.statements import Draft
from kg.extractor.status import is_setting, speaks_of_future
from kg.extractor.syntax import Syntax, read
from kg.extractor.times import find_times
from kg.extractor.triggers import Trigger, find_triggers
from kg.records import Article, Extraction, Time

if TYPE_CHECKING:
    from spacy.tokens import Doc

VERSION = "0.1.0"
"""Changes whenever the rules find something else: articles built with another version are built again."""


def extract(article: Article, doc: Doc, wide: bool = False) -> Extraction:
    """Return what the article says.

    Args:
        article: the article.
        doc: its parse by :func:`kg.nlp.parse`.
        wide: add what evaluation compares and a graph does not hold: ``unattributed``, ``undertakings``,
            ``tellings``.
    """
    return extract_from(article, read(doc, article.text), wide)


def extract_from(article: Article, syntax: Syntax, wide: bool = False) -> Extraction:
    """Return what the article says, from its syntax; see :func:`extract`."""
    reading = read_cast(article, syntax)
    quoting = Quoting(syntax, find_quotes(article.text))
    reading.attributions = find_attributions(reading.cast, quoting)
    _read_events(reading)
    drafts = _read_statements(reading)
    extraction = emit(reading, drafts)
    return widen(extraction, reading, drafts) if wide else extraction


def read_cast(article: Article, syntax: Syntax) -> Reading:
    """Return the article with its actors, places, roles and times found."""
    names = find_names(syntax)
    cast = cast_from_names(syntax, names)
    add_seats(cast, names)
    add_bodies(cast)
    roles = find_roles(cast)
    assign_roles(cast, roles)
    resolver = Resolver(cast, roles)
    resolver.run()
    complete_roles(cast, roles)
    return Reading(article, cast, roles, resolver.pairs, _times_by_sentence(article, syntax))


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


def _read_events(reading: Reading) -> None:
    syntax, proposed = reading.syntax, proposed_events(reading)
    actions = [event for _, events in proposed for event in events]
    taken = {
        token for event in actions for trigger in event.triggers for token in (trigger.token, *trigger.extra)
    }
    cue_tokens = {t for made in reading.attributions if made.lemma != "protest" for t in made.cue}
    told = [draft(reading.cast, t) for t in find_triggers(reading.cast, cue_tokens) if t.token not in taken]
    inside = {token for made, _ in proposed for token in made.content}
    for event in told:
        if (
            event.status == "occurred"
            and event.first.token in inside
            and not is_setting(syntax, event.first.token)
        ):
            event.status = "proposed"
    reading.events = join(reading.cast, [*actions, *told])
    reading.event_at = event_at(reading.events)
    for event in reading.events:
        event.time = next((t for trigger in event.triggers if (t := reading.time_of(_bearer(trigger)))), None)
    relate(reading)


def _bearer(trigger: Trigger) -> int:
    return trigger.carrier if trigger.carrier is not None else trigger.token


def _read_statements(reading: Reading) -> list[Draft]:
    drafts = [Draft(reading, made) for made in reading.attributions]
    for one in drafts:
        if one.force is not None:
            tokens = [trigger.token for trigger in action_triggers(reading.cast, one.made)]
            one.proposed = list(dict.fromkeys(reading.event_at[token] for token in tokens))
    return drafts
