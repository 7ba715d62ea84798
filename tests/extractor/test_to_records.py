"""The records of an article."""

from __future__ import annotations

import pickle

from spacy.lang.en import English

from kg.extractor import extract
from kg.records import Article, Extraction
from tests.extractor.consistent import assert_consistent
from tests.extractor.parsed import article, extracted, parsed, parses
from tests.extractor.views import labels, mentions, statement

SENTENCES = (
    "Norwegian Finance Minister Marta Oduya resigned.",
    "\n\nOduya said on Monday that the talks had failed.",
    "She urged Poland to withdraw its troops.",
    "\n\n“The bridge is safe,” added Marta Oduya, the engineer.",
    "China and Brazil held talks.",
)


def everything() -> Extraction:
    return extracted(*SENTENCES)


def test_every_reference_resolves() -> None:
    assert_consistent(everything())


def test_the_extraction_of_every_frozen_sentence_is_consistent() -> None:
    assert len(parses()) > 250
    for sentence in parses():
        assert_consistent(extracted(sentence))


def test_all_frozen_sentences_make_one_consistent_article() -> None:
    paragraphs = [f"\n\n{sentence}" for sentence in parses()]
    assert_consistent(extracted(paragraphs[0].strip(), *paragraphs[1:]))


def test_extraction_is_deterministic() -> None:
    assert everything() == everything()


def test_records_can_be_pickled() -> None:
    found = everything()
    assert pickle.loads(pickle.dumps(found)) == found


def test_offsets_are_those_of_the_article() -> None:
    found = everything()
    said = statement(found, "say")
    ((start, end),) = said.cue_spans
    assert found.article.text[start:end] == "said"
    assert said.content == "the talks had failed"
    assert [found.article.text[slice(*span)] for span in said.content_spans] == ["the talks had failed"]


def test_sentence_spans_have_no_space_at_the_ends() -> None:
    found = everything()
    assert [found.article.text[start:end] for start, end in found.sentences] == [
        sentence.strip() for sentence in SENTENCES
    ]


def test_alternative_labels_are_names_only() -> None:
    found = everything()
    person = next(actor for actor in found.actors if actor.label == "Marta Oduya")
    assert person.ref == "actor/marta-oduya"
    assert person.alt_labels == ("Oduya",)
    assert "She" in mentions(found, "Marta Oduya")


def test_a_person_without_a_full_name_has_a_reference_of_this_article() -> None:
    found = extracted("Mrs. Oduya left early.")
    (person,) = found.actors
    assert person.ref.startswith("#actor-")


def test_a_country_is_an_actor_and_the_place_of_an_event() -> None:
    found = extracted("The earthquake in Peru killed two people.")
    assert "Peru" in labels(found, "country")
    assert found.places == ()
    assert found.events[0].place == "actor/peru"


def test_a_group_outside_of_statements_and_events_is_no_record() -> None:
    assert extracted("The weather pleased Norwegians.").actors == ()


def test_evaluation_layers_leave_the_other_records_as_they_are() -> None:
    default, with_layers = everything(), extracted(*SENTENCES, evaluation_layers=True)
    assert default.event_mentions == ()
    assert [mention.trigger for mention in with_layers.event_mentions] == sorted(
        t.trigger for t in with_layers.event_mentions
    )
    assert len(with_layers.event_mentions) >= len(default.events)
    assert (with_layers.statements, with_layers.events, with_layers.actors) == (
        default.statements,
        default.events,
        default.actors,
    )


def test_an_empty_article() -> None:
    found = extract(Article("", "test"), English()(""))
    assert (found.sentences, found.actors, found.statements, found.events) == ((), (), (), ())


def test_frozen_parses_keep_offsets_and_heads() -> None:
    syntax = parsed("The leaders met in Moscow.", "\n\nPeter Okello resigned.")
    assert article(syntax).text == "The leaders met in Moscow.\n\nPeter Okello resigned."
    assert [syntax.text[s:e] for s, e in zip(syntax.start, syntax.end, strict=True)] == syntax.words
    assert [syntax.words[first:end] for first, end in syntax.sentences][1][:2] == ["Peter", "Okello"]
    assert syntax.words[syntax.head[syntax.words.index("Okello")]] == "resigned"
