"""The finished records of an article."""

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


def test_all_that_is_referred_to_is_there() -> None:
    assert_consistent(everything())


def test_every_frozen_sentence_is_read_consistently() -> None:
    assert len(parses()) > 250
    for sentence in parses():
        assert_consistent(extracted(sentence))


def test_all_frozen_sentences_make_one_consistent_article() -> None:
    paragraphs = [f"\n\n{sentence}" for sentence in parses()]
    assert_consistent(extracted(paragraphs[0].strip(), *paragraphs[1:]))


def test_reading_twice_gives_the_same() -> None:
    assert everything() == everything()


def test_records_travel_to_other_processes() -> None:
    found = everything()
    assert pickle.loads(pickle.dumps(found)) == found


def test_offsets_are_those_of_the_article() -> None:
    found = everything()
    said = statement(found, "say")
    ((start, end),) = said.cue_spans
    assert found.article.text[start:end] == "said"
    assert said.content == "the talks had failed"
    assert [found.article.text[slice(*span)] for span in said.content_spans] == ["the talks had failed"]


def test_sentences_are_without_the_space_around_them() -> None:
    found = everything()
    assert [found.article.text[start:end] for start, end in found.sentences] == [
        sentence.strip() for sentence in SENTENCES
    ]


def test_other_names_are_names_only() -> None:
    found = everything()
    person = next(actor for actor in found.actors if actor.label == "Marta Oduya")
    assert person.ref == "actor/marta-oduya"
    assert person.alt_labels == ("Oduya",)
    assert "She" in mentions(found, "Marta Oduya")


def test_a_person_without_a_full_name_is_the_articles_own() -> None:
    found = extracted("Mrs. Oduya left early.")
    (person,) = found.actors
    assert person.ref.startswith("#actor-")


def test_a_country_is_an_actor_and_no_place() -> None:
    found = extracted("The earthquake in Peru killed two people.")
    assert "Peru" in labels(found, "country")
    assert found.places == ()
    assert found.events[0].place == "actor/peru"


def test_a_group_that_does_nothing_is_not_written() -> None:
    assert extracted("The weather pleased Norwegians.").actors == ()


def test_wide_adds_and_takes_nothing_away() -> None:
    narrow, evaluation_layers = everything(), extracted(*SENTENCES, evaluation_layers=True)
    assert narrow.event_mentions == ()
    assert [mention.trigger for mention in evaluation_layers.event_mentions] == sorted(
        t.trigger for t in evaluation_layers.event_mentions
    )
    assert len(evaluation_layers.event_mentions) >= len(narrow.events)
    assert (evaluation_layers.statements, evaluation_layers.events, evaluation_layers.actors) == (
        narrow.statements,
        narrow.events,
        narrow.actors,
    )


def test_an_empty_article() -> None:
    found = extract(Article("", "test"), English()(""))
    assert (found.sentences, found.actors, found.statements, found.events) == ((), (), (), ())


def test_the_builder_of_test_articles_keeps_offsets_and_trees() -> None:
    syntax = parsed("The leaders met in Moscow.", "\n\nPeter Okello resigned.")
    assert article(syntax).text == "The leaders met in Moscow.\n\nPeter Okello resigned."
    assert [syntax.text[s:e] for s, e in zip(syntax.start, syntax.end, strict=True)] == syntax.words
    assert [syntax.words[first:end] for first, end in syntax.sentences][1][:2] == ["Peter", "Okello"]
    assert syntax.words[syntax.head[syntax.words.index("Okello")]] == "resigned"
