"""Tests that the harbour article conforms to the shapes, and that each fault is reported in words."""

import dataclasses
import gc
import weakref
from collections.abc import Callable, Iterator

import pyoxigraph as ox
import pytest

from kg.errors import UsageError
from kg.rdf import quads
from kg.rdf.shapes import Violation, validate
from kg.rdf.vocab import EVENT_TYPES, KG, NIF, ORG, RDF, RDFS, SCHEMA, XSD
from kg.records import Extraction, Time
from tests.rdf import harbour
from tests.rdf.harbour import ARTICLE_IRI, BASE, EXTRACTION, RUN

QUADS = tuple(quads(EXTRACTION, BASE, RUN))
ARTICLE = ox.NamedNode(ARTICLE_IRI)
STATEMENT = ox.NamedNode(ARTICLE_IRI + harbour.REJECTED)
SILENT = ox.NamedNode(ARTICLE_IRI + harbour.DECLINED)
PROPOSAL = ox.NamedNode(ARTICLE_IRI + harbour.URGED)
TALKS = ox.NamedNode(ARTICLE_IRI + harbour.TALKS)
SANCTION = ox.NamedNode(ARTICLE_IRI + harbour.BLOCKADE)
ROLE = ox.NamedNode(ARTICLE_IRI + harbour.MINISTER)
MINISTRY = ox.NamedNode(f"{BASE}actor/norlandic-trade-ministry")
SUDRIA = ox.NamedNode(f"{BASE}actor/sudria")
OSTBY = ox.NamedNode(f"{BASE}place/ostby")
CUE = ox.NamedNode("{}#char={},{}".format(ARTICLE_IRI, *harbour.span("told")))

Term = ox.NamedNode | ox.Literal
Fault = Callable[[list[ox.Quad]], list[ox.Quad]]


def decimal(text: str) -> ox.Literal:
    return ox.Literal(text, datatype=XSD.decimal)


def without(subject: ox.NamedNode, predicate: ox.NamedNode, value: Term | None = None) -> Fault:
    """Return the fault that a triple is missing."""

    def apply(graph: list[ox.Quad]) -> list[ox.Quad]:
        kept = [
            q
            for q in graph
            if (q.subject, q.predicate) != (subject, predicate) or value not in (None, q.object)
        ]
        assert len(kept) < len(graph)
        return kept

    return apply


def with_(subject: ox.NamedNode, predicate: ox.NamedNode, *values: Term) -> Fault:
    """Return the fault that there are additional triples."""
    return lambda graph: [*graph, *(ox.Quad(subject, predicate, value, ARTICLE) for value in values)]


def changed(subject: ox.NamedNode, predicate: ox.NamedNode, *values: Term) -> Fault:
    """Return the fault that a property has other values."""
    return lambda graph: with_(subject, predicate, *values)(without(subject, predicate)(graph))


FAULTS: list[tuple[str, Fault, ox.NamedNode, str, str]] = [
    (
        "no speaker",
        without(STATEMENT, KG.speaker),
        STATEMENT,
        "it has no kg:speaker",
        "a statement has at least one speaker, an actor",
    ),
    (
        "neither content nor stance",
        changed(SILENT, KG.polarity, ox.Literal("positive")),
        SILENT,
        "",
        "a statement has content or takes a stance, unless its polarity is negative",
    ),
    (
        "proposal that is no statement",
        without(PROPOSAL, RDF.type, KG.Statement),
        PROPOSAL,
        "",
        "a proposal is typed kg:Statement too",
    ),
    (
        "unknown force",
        changed(PROPOSAL, KG.force, ox.Literal("beg")),
        PROPOSAL,
        'kg:force is "beg"',
        "a proposal has one force: propose, request, demand, offer, promise, plan or wish",
    ),
    (
        "proposed event that occurred",
        with_(PROPOSAL, KG.proposes, TALKS),
        PROPOSAL,
        'there is "occurred"',
        "the status of what a proposal proposes is proposed",
    ),
    (
        "two statuses",
        with_(TALKS, KG.status, ox.Literal("planned")),
        TALKS,
        "it has more than one kg:status",
        "an event has one status: occurred, ongoing, recurring, planned, proposed, hypothetical or "
        "not-occurred",
    ),
    (
        "unknown type of event",
        changed(TALKS, KG.eventType, ox.NamedNode(KG.namespace + "Party")),
        TALKS,
        "kg:eventType is kg:Party",
        "an event has one type, a concept of kg:EventTypes",
    ),
    (
        "agent that is no participant",
        without(SANCTION, KG.participant, SUDRIA),
        SANCTION,
        "there is actor:sudria",
        "agents and targets are written as participants too",
    ),
    (
        "place that is none",
        changed(TALKS, KG.place, MINISTRY),
        TALKS,
        "kg:place is actor:norlandic-trade-ministry",
        "where an event happens is a place",
    ),
    (
        "last day before the first",
        changed(TALKS, KG.latest, ox.Literal("2024-05-01", datatype=XSD.date)),
        TALKS,
        'kg:earliest is "2024-05-14"',
        "it has at most one earliest day, an xsd:date, not later than its latest",
    ),
    (
        "no normal form of time",
        changed(TALKS, KG.timeValue, ox.Literal("14 May")),
        TALKS,
        'kg:timeValue is "14 May"',
        "it has at most one normalised time, a TIMEX3 value",
    ),
    (
        "organisation that is no actor",
        without(MINISTRY, RDF.type, KG.Actor),
        MINISTRY,
        "",
        "an organisation is typed kg:Actor too",
    ),
    (
        "city that is no place",
        without(OSTBY, RDF.type, SCHEMA.Place),
        OSTBY,
        "",
        "a city or country is typed schema:Place too",
    ),
    (
        "actor without a name",
        without(SUDRIA, RDFS.label),
        SUDRIA,
        "it has no rdfs:label",
        "an actor or place has a label",
    ),
    (
        "surer than sure",
        changed(ROLE, KG.confidence, decimal("1.5")),
        ROLE,
        'kg:confidence is "1.5"',
        "it says once how sure the extractor is, as a decimal from 0 to 1",
    ),
    (
        "no rule",
        without(ROLE, KG.rule),
        ROLE,
        "it has no kg:rule",
        "it says which one rule found it",
    ),
    (
        "evidence that is nowhere",
        with_(ROLE, KG.evidence, ox.NamedNode(f"{ARTICLE_IRI}#char=1,2")),
        ROLE,
        "kg:evidence is article:norlands-minister-urges-sudria-to-reopen-harbour-bca09931#char=1,2",
        "it is tied to the words that say it, by at least one mention",
    ),
    (
        "role of two people",
        with_(ROLE, ORG.member, SUDRIA),
        ROLE,
        "it has more than one org:member",
        "a role has one member, an actor",
    ),
    (
        "words that are not there",
        changed(CUE, KG.text, ox.Literal("sang")),
        ARTICLE,
        f"there is article:{CUE.value.rpartition('/')[2]}",
        "the text of a mention is that stretch of its article",
    ),
    (
        "mention outside of sentences",
        without(CUE, KG.sentence),
        CUE,
        "",
        "a mention is a sentence or is in one",
    ),
    (
        "date that is none",
        changed(ARTICLE, SCHEMA.datePublished, ox.Literal("yesterday")),
        ARTICLE,
        'schema:datePublished is "yesterday"',
        "an article has at most one date of publication, an xsd:date or xsd:dateTime",
    ),
]


def test_harbour_article_conforms() -> None:
    assert validate(QUADS) == []


@pytest.mark.parametrize(
    ("fault", "node", "finding", "rule"), [fault[1:] for fault in FAULTS], ids=[fault[0] for fault in FAULTS]
)
def test_fault_is_reported(fault: Fault, node: ox.NamedNode, finding: str, rule: str) -> None:
    found = [(v.node, v.finding, v.rule) for v in validate(fault(list(QUADS)))]
    assert (node.value, finding, rule) in found
    assert len(found) <= 2  # a fault may break two rules, but nothing else is blamed


def test_violation_as_text() -> None:
    (violation,) = validate(without(STATEMENT, KG.speaker)(list(QUADS)))
    assert str(violation) == (
        f"{STATEMENT.value} (“We reject the blockade,”): it has no kg:speaker, "
        "against the rule that a statement has at least one speaker, an actor"
    )
    assert violation.graph == ARTICLE_IRI
    assert str(Violation("", "urn:x", "", "", "it is")) == "urn:x: against the rule that it is"


def test_long_values_are_shortened() -> None:
    (violation,) = validate(changed(ROLE, KG.confidence, ox.Literal("x" * 500))(list(QUADS)))
    assert len(str(violation)) < 500


def test_every_type_of_event_conforms() -> None:
    events = tuple(
        dataclasses.replace(EXTRACTION.events[4], ref=f"#event-{number}", type=kind)
        for number, kind in enumerate(EVENT_TYPES)
    )
    kept = Extraction(article=EXTRACTION.article, sentences=EXTRACTION.sentences, events=events)
    assert validate(quads(kept, BASE, RUN)) == []


@pytest.mark.parametrize(
    "value",
    [
        "2023", "2023-06", "2023-06-05", "2023-W27", "2023-W27-WE", "2023-Q3", "2023-SU", "XXXX-06", "202",
        "2023-06-05TMO", "2023-06-05T14:30", "T14:30", "P2Y", "PT3H", "PXM", "PAST_REF", "PRESENT_REF",
    ],
)  # fmt: skip
def test_timex3_values_conform(value: str) -> None:
    time = Time(0, 7, "some day", value)
    event = dataclasses.replace(EXTRACTION.events[4], time=time)
    kept = Extraction(article=EXTRACTION.article, sentences=EXTRACTION.sentences, events=(event,))
    assert validate(quads(kept, BASE, RUN)) == []


def test_two_articles_conform() -> None:
    other = dataclasses.replace(
        EXTRACTION,
        article=dataclasses.replace(EXTRACTION.article, url="https://news.example/again"),
        actors=tuple(dataclasses.replace(a, label=f"{a.label} II", rule="other") for a in EXTRACTION.actors),
    )
    both = [*QUADS, *quads(other, BASE, RUN)]
    assert validate(both) == []
    assert validate(quad.triple for quad in both) == []


def test_each_graph_is_checked_by_itself() -> None:
    elsewhere = ox.NamedNode("urn:elsewhere")
    moved = [ox.Quad(q.subject, q.predicate, q.object, elsewhere) if q.subject == CUE else q for q in QUADS]
    assert {v.graph for v in validate(moved)} == {ARTICLE_IRI, "urn:elsewhere"}


def test_turtle_is_accepted() -> None:
    turtle = f"<{BASE}actor/x> a <{KG.Organisation.value}> ; <{NIF.namespace}n> [] , true , 'é'@fr ."
    rules = {v.rule for v in validate(turtle.encode())}
    assert "an organisation is typed kg:Actor too" in rules
    assert "an actor or place has a label" in rules
    assert validate(turtle) == validate(turtle.encode())


def test_invalid_turtle_is_refused() -> None:
    with pytest.raises(UsageError, match="not valid Turtle"):
        validate(b"<a> <b> .")


def test_triple_term_is_refused() -> None:
    inner = ox.Triple(SUDRIA, RDF.type, KG.Actor)
    with pytest.raises(UsageError, match="triple inside a triple"):
        validate([ox.Triple(SUDRIA, RDF.type, inner)])


def test_data_is_released_after_validation() -> None:
    """The garbage collector might release an iterator of the engine in another thread."""
    held: list[weakref.ref[Iterator[ox.Quad]]] = []

    def given() -> Iterator[ox.Quad]:
        iterator = (quad for quad in QUADS)
        held.append(weakref.ref(iterator))
        return iterator

    gc.disable()
    try:
        validate(given())
        assert held[0]() is None
    finally:
        gc.enable()
