"""The contents and sources of cues, by frame."""

from __future__ import annotations

import pytest

from kg.extractor.attribution import Attribution
from kg.extractor.attribution_finder import content_tokens
from kg.extractor.syntax import Syntax
from tests.extractor.parsed import attributed, extracted


def attribution(cue: str, sentence: str) -> tuple[Syntax, Attribution]:
    analysis, found = attributed(sentence)
    (only,) = [one for one in found if one.entry.lemma == cue]
    return analysis.syntax, only


def text(syntax: Syntax, tokens: list[int]) -> str:
    return " ".join(syntax.text[slice(*span)] for span in syntax.spans(tokens))


CASES = [
    ("say", "that", "The mayor said the road was closed.", "mayor", "the road was closed"),
    ("say", "that", "The mayor said on Monday that the road was closed.", "mayor", "the road was closed"),
    ("refuse", "inf", "Oslo refused to pay.", "Oslo", "to pay"),
    ("promise", "inf", "The mayor promised to repair the road.", "mayor", "to repair the road"),
    ("urge", "obj-inf", "The mayor urged drivers to stay away.", "mayor", "to stay away"),
    ("call upon", "obj-inf|inf", "The minister called upon Moscow to withdraw.", "minister", "to withdraw"),
    ("recommend", "ing", "The panel recommended closing the road.", "panel", "closing the road"),
    ("criticise", "np", "The mayor criticised the new law.", "mayor", "the new law"),
    ("accuse", "obj-of", "Poland accused the company of bribing officials.", "Poland", "bribing officials"),
    ("accuse", "obj-of", "The company was accused by Poland of bribing officials.", "Poland",
     "bribing officials"),
    ("accuse", "obj-of", "The mayor, accused by Poland of bribing officials, resigned.", "Poland",
     "bribing officials"),
    ("warn of", "np", "The mayor warned of a flood.", "mayor", "a flood"),
    ("ask", "wh|that", "The mayor asked why the road was closed.", "mayor", "why the road was closed"),
    ("describe", "obj-as", "The mayor described the plan as a disgrace.", "mayor", "a disgrace"),
    ("call", "obj-pred", "The mayor called the plan a disgrace.", "mayor", "the plan a disgrace"),
]  # fmt: skip


@pytest.mark.parametrize(("cue", "frame", "sentence", "source", "content"), CASES)
def test_content_and_source(cue: str, frame: str, sentence: str, source: str, content: str) -> None:
    syntax, only = attribution(cue, sentence)
    assert only.frame in frame.split("|")
    assert [syntax.words[token] for token in only.sources] == [source]
    assert text(syntax, content_tokens(syntax, only)) == content


@pytest.mark.parametrize(
    ("cue", "sentence", "addressee"),
    [
        ("urge", "The mayor urged drivers to stay away.", "drivers"),
        ("call upon", "The minister called upon Moscow to withdraw.", "Moscow"),
        ("tell", "The mayor told reporters that the road was closed.", "reporters"),
        ("warn", "The mayor warned drivers that the road was closed.", "drivers"),
    ],
)
def test_addressees(cue: str, sentence: str, addressee: str) -> None:
    syntax, only = attribution(cue, sentence)
    assert [syntax.words[token] for token in only.addressees] == [addressee]


def test_a_participle_has_the_subject_of_the_main_clause() -> None:
    syntax, only = attribution("claim", "Despite claiming neutrality, China sent arms.")
    assert [syntax.words[token] for token in only.sources] == ["China"]
    assert text(syntax, only.content) == "neutrality"


def test_coordinated_cues_share_their_subject() -> None:
    syntax, only = attribution("promise", "The mayor said the road was closed and promised repairs.")
    assert [syntax.words[token] for token in only.sources] == ["mayor"]


def test_the_source_in_a_relative_clause_is_the_modified_noun() -> None:
    syntax, only = attribution("say", "Residents who said the road was closed turned back.")
    assert [syntax.words[token] for token in only.sources] == ["Residents"]


def test_a_passive_without_an_agent_has_no_source() -> None:
    _, only = attribution("accuse", "The company was accused of bribing officials.")
    assert only.sources == []


@pytest.mark.parametrize(
    ("cue", "sentence", "negated"),
    [
        ("say", "The mayor did not say when the road would open.", True),
        ("say", "The mayor never said the road was closed.", True),
        ("say", "The mayor said the road was closed.", False),
    ],
)
def test_negation(cue: str, sentence: str, negated: bool) -> None:
    assert attribution(cue, sentence)[1].negated is negated


def test_an_infinitive_that_did_not_happen_is_no_statement() -> None:
    _, found = attributed("Oslo refused to condemn the attack.")
    assert {one.entry.lemma for one in found} == {"refuse"}


def test_the_subject_of_a_passive_request_is_not_its_source() -> None:
    found = extracted("Asked whether he would stay, he replied that he would.")
    assert all(one.cue != "ask" for one in found.statements)


def test_a_participle_is_the_content_of_want() -> None:
    (wanted,) = extracted("One investor wants the vote postponed.").statements
    assert wanted.content == "the vote postponed"
