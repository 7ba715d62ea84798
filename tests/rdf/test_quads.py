"""Tests of the quads of the harbour article, and of rules for all graphs."""

import dataclasses
import os
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import get_args

import pyoxigraph as ox

from kg.rdf import MAPPINGS, quads
from kg.rdf.actor import ACTOR_TYPES, PLACE_TYPES
from kg.rdf.iri import run_iri
from kg.rdf.vocab import KG, NIF, ORG, PROV, RDF, RDFS, SCHEMA, XSD
from kg.records import Actor, ActorKind, Article, Extraction, Mention, Place, PlaceKind, Statement
from tests.rdf.harbour import ARTICLE_IRI, BASE, EXTRACTION, RUN, SENTENCES, TALKS, span

GOLDEN = Path(__file__).parent / "harbour.ttl"
FOR_EVALUATION = {"unattributed", "undertakings", "event_mentions"}
"""Fields of an extraction that are not written to the graph."""

Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple


def made(extraction: Extraction = EXTRACTION, base: str = BASE) -> list[ox.Quad]:
    return list(quads(extraction, base, run_iri("0.1.0", "test-model", base)))


def values(found: Iterable[ox.Quad], ref: str, predicate: ox.NamedNode) -> set[Term]:
    iri = (ARTICLE_IRI if ref.startswith("#") else BASE) + ref
    return {q.object for q in found if q.subject == ox.NamedNode(iri) and q.predicate == predicate}


def test_graph_of_the_harbour_article() -> None:
    expected = {q.triple for q in ox.parse(path=GOLDEN, format=ox.RdfFormat.TURTLE)}
    got = {q.triple for q in made()}
    assert sorted(map(str, got - expected)) == []
    assert sorted(map(str, expected - got)) == []


def test_all_quads_are_in_the_graph_of_the_article() -> None:
    assert {q.graph_name for q in made()} == {ox.NamedNode(ARTICLE_IRI)}


def test_every_field_of_an_extraction_has_a_mapping() -> None:
    fields = {field.name for field in dataclasses.fields(Extraction)}
    lacking = sorted(fields - MAPPINGS.keys() - FOR_EVALUATION)
    assert lacking == [], "needs a mapping in kg.rdf, or is only for evaluation"
    assert MAPPINGS.keys() | FOR_EVALUATION == fields


def test_every_kind_has_classes() -> None:
    assert ACTOR_TYPES.keys() == set(get_args(ActorKind))
    assert PLACE_TYPES.keys() == set(get_args(PlaceKind))


def test_store_does_not_change_terms() -> None:
    store = ox.Store()
    store.extend(made())
    assert set(store) == set(made())


def test_order_does_not_depend_on_the_hash_seed() -> None:
    script = (
        "from kg.rdf import quads; from tests.rdf.harbour import BASE, EXTRACTION, RUN\n"
        "for quad in quads(EXTRACTION, BASE, RUN): print(quad)"
    )
    outputs = {
        subprocess.run(
            [sys.executable, "-c", script],
            env=os.environ | {"PYTHONHASHSEED": seed, "PYTHONPATH": os.pathsep.join(sys.path)},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(outputs) == 1


def test_base_changes_iris_of_data_only() -> None:
    terms = {t for q in made(base="https://data.example/kg/") for t in (q.subject, q.predicate, q.object)}
    iris = {term.value for term in terms if isinstance(term, ox.NamedNode)}
    ours = {iri for iri in iris if iri.startswith(BASE.rstrip("/"))}
    assert ours == {iri for iri in iris if iri.startswith(KG.namespace)}
    assert any(iri.startswith("https://data.example/kg/article/norlands-") for iri in iris)
    assert "https://data.example/kg/actor/sudria" in iris


def test_supertypes_are_written_out() -> None:
    found = made()
    by_class: dict[Term, set[Term]] = {}
    for quad in found:
        if quad.predicate == RDF.type:
            by_class.setdefault(quad.object, set()).add(quad.subject)
    assert by_class[KG.Organisation] < by_class[KG.Actor]
    assert by_class[KG.Proposal] < by_class[KG.Statement]
    assert by_class[NIF.Sentence] < by_class[KG.Mention]
    assert by_class[SCHEMA.Person] < by_class[KG.Actor]
    assert by_class[SCHEMA.City] | by_class[SCHEMA.Country] < by_class[SCHEMA.Place]


def test_agents_and_targets_are_participants_once() -> None:
    shared = dataclasses.replace(EXTRACTION.events[0], agents=("actor/sudria",), targets=("actor/sudria",))
    found = made(dataclasses.replace(EXTRACTION, events=(shared,)))
    participants = [q for q in found if q.predicate == KG.participant]
    assert [q.object for q in participants] == [ox.NamedNode(f"{BASE}actor/sudria")]


def test_country_and_actor_are_one_node() -> None:
    types = values(made(), "actor/sudria", RDF.type)
    assert types == {KG.Actor, SCHEMA.Country, SCHEMA.Place}


def test_confidence_has_two_digits() -> None:
    for value, digits in ((0.123456, "0.12"), (1.0, "1"), (0.5, "0.5"), (0.0, "0")):
        actor = dataclasses.replace(EXTRACTION.actors[0], confidence=value)
        found = made(dataclasses.replace(EXTRACTION, actors=(actor,)))
        assert values(found, actor.ref, KG.confidence) == {ox.Literal(digits, datatype=XSD.decimal)}


def test_one_mention_node_for_each_span() -> None:
    words = span("Tomas Oru")
    both = (Mention(*words, "name"), Mention(*words, "role"))
    extraction = Extraction(
        article=EXTRACTION.article,
        sentences=EXTRACTION.sentences,
        actors=(Actor("actor/a", "A", "person", both, "r", 1.0),),
        places=(Place("place/b", "B", "place", both[:1], "r", 1.0),),
    )
    found = made(extraction)
    ref = f"#char={words[0]},{words[1]}"
    assert sum(q.subject == ox.NamedNode(ARTICLE_IRI + ref) and q.predicate == KG.text for q in found) == 1
    assert values(found, ref, KG.mentionPart) == {ox.Literal("name"), ox.Literal("role")}


def test_mention_across_sentences_is_in_both() -> None:
    start, end = span(SENTENCES[3])[0], span(SENTENCES[4])[1]
    statement = dataclasses.replace(EXTRACTION.statements[1], content_spans=((start, end),))
    found = made(dataclasses.replace(EXTRACTION, statements=(statement,)))
    sentences = values(found, f"#char={start},{end}", KG.sentence)
    assert sentences == {
        ox.NamedNode(f"{ARTICLE_IRI}#char={s},{e}") for s, e in map(span, (SENTENCES[3], SENTENCES[4]))
    }


def test_mention_of_a_whole_sentence_is_in_itself() -> None:
    whole = span(SENTENCES[4])
    statement = dataclasses.replace(EXTRACTION.statements[1], content_spans=(whole,))
    found = made(dataclasses.replace(EXTRACTION, statements=(statement,)))
    ref = f"#char={whole[0]},{whole[1]}"
    assert values(found, ref, KG.sentence) == {ox.NamedNode(ARTICLE_IRI + ref)}
    assert values(found, ref, RDF.type) == {KG.Mention, NIF.Sentence}


def test_offsets_count_code_points() -> None:
    article = Article(text="🙂 Ann said “no”.", origin="-")
    extraction = Extraction(
        article=article,
        sentences=((0, 16),),
        actors=(Actor("actor/ann", "Ann", "person", (Mention(2, 5, "name"),), "name", 1.0),),
    )
    texts = {q.object for q in made(extraction) if q.predicate == KG.text}
    assert texts == {ox.Literal("Ann"), ox.Literal("🙂 Ann said “no”.")}


def test_unknown_values_are_absent() -> None:
    bare = Extraction(article=Article(text="Nothing is known.", origin="somewhere"), sentences=())
    article = {q.predicate: q.object for q in made(bare) if isinstance(q.object, ox.Literal)}
    assert article.keys() == {SCHEMA.articleBody, SCHEMA.inLanguage, KG.contentHash, RDFS.label}
    assert not any("somewhere" in str(q) for q in made(bare))


def test_a_statement_without_content_or_time() -> None:
    statement: Statement = EXTRACTION.statements[3]
    found = made()
    for absent in (KG.content, KG.timeText, KG.timeValue, KG.earliest, KG.force, KG.proposes):
        assert values(found, statement.ref, absent) == set()
    assert values(found, TALKS, KG.earliest) == {ox.Literal("2024-05-14", datatype=XSD.date)}


def test_the_run_has_no_time() -> None:
    about = {(q.predicate, q.object) for q in made() if q.subject == ox.NamedNode(RUN)}
    assert about == {
        (RDF.type, PROV.SoftwareAgent),
        (RDFS.label, ox.Literal("0.1.0-test-model", language="en")),
    }


def test_organisation_is_part_of_its_country() -> None:
    assert values(made(), "actor/norlandic-trade-ministry", ORG.subOrganizationOf) == {
        ox.NamedNode(f"{BASE}actor/norland")
    }
