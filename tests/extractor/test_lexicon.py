"""The tables of the lexicon: complete, sorted, in both spellings; a wrong line is an error with file and
line.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

from kg.errors import StopError
from kg.extractor import lexicon
from kg.extractor.lexicon import Country, Region, tables
from kg.extractor.lexicon.rows import GivenName

READERS: dict[str, tuple[Callable[[], Any], int]] = {  # the reader, and the fewest rows that will do
    "bodies.tsv": (lexicon.bodies, 300),
    "countries.tsv": (lexicon.countries, 200),
    "cues.tsv": (lexicon.cues, 700),
    "event_nouns.tsv": (lexicon.event_nouns, 400),
    "event_verbs.tsv": (lexicon.event_verbs, 400),
    "forms.tsv": (lexicon.form_lemmas, 50),
    "given_names.tsv": (lexicon.given_names, 600),
    "leaders.tsv": (lexicon.leaders, 200),
    "light_verbs.tsv": (lexicon.light_verbs, 40),
    "regions.tsv": (lexicon.regions, 50),
    "relations.tsv": (lexicon.relations, 100),
    "roles.tsv": (lexicon.roles, 250),
    "status.tsv": (lexicon.status_words, 200),
    "support_verbs.tsv": (lexicon.support_verbs, 60),
}
OF_NAMES = {"countries.tsv", "given_names.tsv", "leaders.tsv", "regions.tsv"}
# fmt: off
ALWAYS_S = {  # spelt alike in British and American
    "advertise", "advise", "appraise", "apprise", "arise", "chastise", "comprise", "compromise", "concise",
    "cruise", "demise", "despise", "disenfranchise", "disguise", "enterprise", "excise", "exercise",
    "expertise", "franchise", "merchandise", "noise", "otherwise", "paradise", "praise", "precise",
    "liaise", "premise", "promise", "raise", "revise", "rise", "supervise", "surmise", "surprise", "televise",
    "wise",
}
# fmt: on
BRITISH_AMERICAN = {
    "defence": "defense",
    "offence": "offense",
    "sceptical": "skeptical",
    "judgement": "judgment",
    "programme": "program",
    "labour": "labor",
    "honour": "honor",
    "favour": "favor",
    "rumour": "rumor",
    "neighbour": "neighbor",
    "neighbours": "neighbors",
    "clamour": "clamor",
    "endeavour": "endeavor",
    "organisation": "organization",
    "mobilisation": "mobilization",
    "legalisation": "legalization",
    "councillor": "councilor",
    "manoeuvre": "maneuver",
    "enquiry": "inquiry",
    "paralyse": "paralyze",
}


def keys(name: str) -> list[Any]:
    found = READERS[name][0]()
    return [row.name for row in found] if isinstance(found, tuple) else list(found)


def words(key: str | tuple[str, ...]) -> str:
    return key if isinstance(key, str) else key[0]


def test_every_table_has_a_reader() -> None:
    found = {file.name for file in files(lexicon).iterdir() if file.name.endswith(".tsv")}
    assert found == set(READERS)


@pytest.mark.parametrize("name", READERS)
def test_table_is_large_enough(name: str) -> None:
    reader, fewest = READERS[name]
    assert len(reader()) >= fewest


@pytest.mark.parametrize("name", READERS)
def test_table_is_sorted(name: str) -> None:
    assert keys(name) == sorted(keys(name))


@pytest.mark.parametrize(("pos", "fewest"), [("verb", 400), ("noun", 150), ("adj", 50)])
def test_enough_cues_of_each_part_of_speech(pos: str, fewest: int) -> None:
    assert sum(cue.pos == pos for cue in lexicon.cues().values()) >= fewest


def test_a_reader_reads_once() -> None:
    assert lexicon.cues() is lexicon.cues()


def twins(key: str) -> Iterable[str]:
    """The American spellings of ``key``, one word changed at a time."""
    parts = key.split(" ")
    for at, word in enumerate(parts):
        american = BRITISH_AMERICAN.get(word)
        if american is None and word.endswith("ise") and word not in ALWAYS_S:
            american = word[:-3] + "ize"
        if american is not None:
            yield " ".join([*parts[:at], american, *parts[at + 1 :]])


@pytest.mark.parametrize("name", sorted(READERS.keys() - OF_NAMES - {"forms.tsv"}))
def test_both_spellings_stand_in_the_table(name: str) -> None:
    known = {words(key) for key in keys(name)}
    assert [twin for key in known for twin in twins(key) if twin not in known] == []


def test_words_with_one_spelling_are_not_changed() -> None:
    known = {word for name in READERS for key in keys(name) for word in words(key).split()}
    assert known & {word[:-3] + "ize" for word in ALWAYS_S} == set()
    assert not {word for word in known if word.startswith("fundraiz")}


@pytest.mark.parametrize(
    ("british", "american"),
    [("emphasise", "emphasize"), ("criticise", "criticize"), ("apologise", "apologize")],
)
def test_british_and_american_spelling_are_compared(british: str, american: str) -> None:
    one, other = lexicon.cues()[british, "verb"], lexicon.cues()[american, "verb"]
    assert (one.act, one.frames, one.addressee) == (other.act, other.frames, other.addressee)


@pytest.mark.parametrize(
    ("lemma", "pos", "frame", "act"),
    [
        ("say", "verb", "that", "say"),
        ("suggest", "verb", "that", "say"),
        ("suggest", "verb", "ing", "propose"),
        ("ask", "verb", "wh", "ask"),
        ("ask", "verb", "obj-inf", "request"),
        ("insist", "verb", "on", "demand"),
        ("insist", "verb", "that", "stress"),
        ("call for", "verb", "np", "propose"),
        ("call upon", "verb", "inf", "request"),
        ("accuse", "verb", "obj-of", "accuse"),
        ("threaten", "verb", "inf", "promise"),
        ("hope", "noun", "of", "wish"),
        ("reluctant", "adj", "inf", "deny"),
        ("desire", "noun", "inf", "wish"),
    ],
)
def test_act_of_a_cue_with_a_complement(lemma: str, pos: str, frame: Any, act: str) -> None:
    cue = lexicon.cues()[lemma, pos]
    assert frame in cue.frames
    assert cue.act_in(frame) == act


def test_acts_of_frames_are_of_frames_the_cue_has() -> None:
    assert [
        cue for cue in lexicon.cues().values() if {frame for frame, _ in cue.frame_acts} - set(cue.frames)
    ] == []


def test_support_verbs_go_with_cue_nouns() -> None:
    nouns = {lemma for lemma, pos in lexicon.cues() if pos == "noun"}
    assert {noun for row in lexicon.support_verbs().values() for noun in row.nouns} <= nouns
    assert lexicon.support_verbs()["express"].nouns == ()
    assert lexicon.support_verbs()["face"].direction == "reversed"


@pytest.mark.parametrize(
    ("name", "adjective", "capital", "metonym"),
    [
        ("China", "Chinese", "Beijing", "Zhongnanhai"),
        ("Russia", "Russian", "Moscow", "Kremlin"),
        ("United Kingdom", "British", "London", "Downing Street"),
        ("United States", "American", "Washington", "White House"),
        ("Ukraine", "Ukrainian", "Kyiv", "Kiev"),
    ],
)
def test_country(name: str, adjective: str, capital: str, metonym: str) -> None:
    country = next(country for country in lexicon.countries() if country.name == name)
    assert country.adjectives[0] == adjective
    assert country.capital == capital
    assert metonym in country.metonyms


def test_no_name_stands_for_two_countries_or_regions() -> None:
    owners: dict[str, set[str]] = {}
    places: tuple[Country | Region, ...] = (*lexicon.countries(), *lexicon.regions())
    for place in places:
        for name in (place.name, *place.aliases, *place.adjectives, *place.demonyms):
            owners.setdefault(name, set()).add(place.name)
    assert {name: found for name, found in owners.items() if len(found) > 1} == {}


def test_countries_have_no_names_that_are_common_words() -> None:
    short = {
        name for country in lexicon.countries() for name in (country.name, *country.aliases) if len(name) < 3
    }
    assert short == {"US", "UK", "EU", "NZ"}


def test_countries_with_ambiguous_names_are_marked() -> None:
    ambiguous = {country.name for country in lexicon.countries() if country.note == "ambiguous"}
    assert {"Georgia", "Jordan", "Chad", "Turkey", "Congo", "Guinea"} <= ambiguous


def test_leaders_lead_countries_of_the_table() -> None:
    known = {country.name for country in lexicon.countries()}
    assert {leader.country for leader in lexicon.leaders().values()} <= known


def test_forms_are_of_words_in_the_tables() -> None:
    rows = (
        lexicon.cues,
        lexicon.event_verbs,
        lexicon.support_verbs,
        lexicon.light_verbs,
        lexicon.status_words,
    )
    known = {words(key).split()[0] for reader in rows for key in reader()} | {"sense", "use"}
    assert {row.lemma for row in lexicon.form_lemmas().values()} <= known
    assert lexicon.form_lemmas()["hoped"].lemma == "hope"


@pytest.fixture
def table(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], Any]:
    """Read a table of given names with the given text."""

    def read(text: str) -> Any:
        (tmp_path / "names.tsv").write_text(text, "utf-8")
        monkeypatch.setattr(tables, "files", lambda _: tmp_path)
        columns = (tables.word, tables.choice(lexicon.Gender))
        return tables.read_table("names.tsv", GivenName, columns, lambda row: row.name)

    return read


def test_comments_and_empty_lines_are_skipped(table: Callable[[str], Any]) -> None:
    assert table("name\tgender\n# of anyone\n\nAda\tf\n") == {"Ada": GivenName("Ada", "f")}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("name,gender\n", "names.tsv:1: the header must be name gender"),
        ("name\tgender\nAda\n", "names.tsv:2: 1 cells, not 2"),
        ("name\tgender\nAda\tx\n", "names.tsv:2: gender: 'x' is not one of m, f, -"),
        ("name\tgender\n# c\nAda\tf\nAda\tf\n", "names.tsv:4: 'Ada' is in the table already"),
        ("name\tgender\nAda \tf\n", "names.tsv:2: name: 'Ada ' is empty or has space at an end"),
        ("name\tgender\n-\tf\n", 'names.tsv:2: name: must not be "-"'),
    ],
)
def test_a_wrong_line_is_an_error_with_file_and_line(
    table: Callable[[str], Any], text: str, message: str
) -> None:
    with pytest.raises(StopError) as raised:
        table(text)
    assert message in str(raised.value)


def test_lists_have_no_item_twice() -> None:
    with pytest.raises(ValueError, match="twice"):
        tables.several(tables.word)("a,b,a")


def test_a_pair_needs_its_colon() -> None:
    with pytest.raises(ValueError, match="colon"):
        tables.pair(tables.word, tables.word)("a")
