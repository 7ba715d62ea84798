"""The named questions: their headers and parameters, and that three engines give the same right answers."""

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
import rdflib
from hypothesis import given, settings
from hypothesis import strategies as st
from oxrdflib import OxigraphStore

from kg.config import DEFAULT_BASE
from kg.errors import UnknownParameter, UnknownQuestion, UsageError
from kg.query.questions import Question, bind, get_question, list_questions, read_question
from kg.rdf import quads
from kg.rdf.iri import article_iri
from kg.resources import queries_folder
from tests.rdf.harbour import ARTICLE_IRI, BASE, EXTRACTION, RUN, SENTENCES, STRIKE

pytestmark = pytest.mark.filterwarnings("ignore:Dataset.* is deprecated")  # of rdflib, for its own calls

Row = tuple[str | None, ...]


# ------------------------------------------------------------------ engines


class Engines:
    """A graph in pyoxigraph, rdflib, and rdflib over pyoxigraph."""

    def __init__(self, graph: Sequence[ox.Quad]) -> None:
        self.store = ox.Store()
        self.store.extend(graph)
        nquads = ox.serialize(graph, format=ox.RdfFormat.N_QUADS)
        assert nquads is not None
        in_memory = rdflib.Dataset(default_union=True)
        in_memory.parse(data=nquads, format="nquads")
        over_oxigraph = rdflib.Dataset(store=OxigraphStore(store=self.store), default_union=True)
        self.datasets = [in_memory, over_oxigraph]

    def ask(self, question: str, values: Mapping[str, str]) -> list[list[Row]]:
        """The rows that each engine gives."""
        text = bind(get_question(question), values, BASE).text
        answer = self.store.query(text, use_default_graph_as_union=True)
        assert isinstance(answer, ox.QuerySolutions)
        rows = [tuple(_plain(term) for term in row) for row in answer]
        return [rows, *(_rows(dataset, text) for dataset in self.datasets)]


def _plain(term: object) -> str | None:
    return term.value if isinstance(term, ox.NamedNode | ox.Literal) else None


def _rows(dataset: rdflib.Dataset, text: str) -> list[Row]:
    answer = dataset.query(text)
    return [
        tuple(None if row.get(name) is None else str(row[name]) for name in answer.vars or ())
        for row in answer.bindings
    ]


# ------------------------------------------------------------------ answers


@dataclass(frozen=True)
class Case:
    """A question to the made-up article, and some columns of its answer, in order."""

    question: str
    values: Mapping[str, str]
    columns: tuple[str, ...]
    rows: list[Row] = field(default_factory=list)


REOPENING, ATTACK, SANCTION = "Sudria reopening the harbour", "attack on Port Lim", "blockade by Sudria"
MEETING = "talks of Ida Brekke and Tomas Oru in Ostby"
CASES = [
    Case("which-names-are-one-item", {}, ("names",)),
    Case("which-names-stand-for-several", {}, ("name",)),
    Case("which-links-are-uncertain", {}, ("name",)),
    Case("what-has-an-item-said", {}, ("name",)),
    Case(
        "what-has-someone-said",
        {"actor": "Ida Brekke"},
        ("day", "cue", "content", "sentence"),
        [
            ("2024-05-14", "urge", "to reopen the harbour", SENTENCES[1]),
            ("2024-05-15", "tell", "We reject the blockade,", SENTENCES[2]),
        ],
    ),
    Case(
        "what-has-someone-said",
        {"actor": "Ida Brekke", "since": "2024-05-15"},
        ("day", "cue"),
        [("2024-05-15", "tell")],
    ),
    Case("what-has-someone-said", {"actor": "Tomas Oru"}, ("cue", "content"), [("praise", None)]),
    Case("what-has-someone-said", {"actor": "Nobody"}, ("cue",)),
    Case(
        "what-has-someone-proposed",
        {"from": "Norland", "to": "Sudria"},
        ("day", "who", "force", "content"),
        [("2024-05-14", "Ida Brekke", "request", "to reopen the harbour")],
    ),
    Case("what-has-someone-proposed", {"from": "Sudria", "to": "any"}, ("who",)),
    Case("what-has-someone-proposed", {"from": "any", "to": "any", "since": "2024-05-15"}, ("who",)),
    Case(
        "who-supports-or-opposes-what",
        {},
        ("who", "stance", "kind", "what"),
        [
            ("Ida Brekke", "opposes", "actor", "Sudria"),
            ("Ida Brekke", "opposes", "event", SANCTION),
            ("Tomas Oru", "supports", "proposal", "to reopen the harbour"),
        ],
    ),
    Case("who-supports-or-opposes-what", {"actor": "Sudria"}, ("who", "stance"), [("Tomas Oru", "supports")]),
    Case("which-proposals-are-unanswered", {}, ("who",)),
    Case(
        "did-two-parties-meet",
        {"a": "Norland", "b": "Sudria"},
        ("status", "meeting", "one", "other", "place", "from"),
        [("occurred", MEETING, "Ida Brekke", "Tomas Oru", "Ostby", "2024-05-14")],
    ),
    Case(
        "did-two-parties-meet",
        {"a": "Tomas Oru", "b": "any", "only": "occurred"},
        ("other",),
        [("Ida Brekke",)],
    ),
    Case("did-two-parties-meet", {"a": "Norland", "b": "Sudria", "only": "planned"}, ("one",)),
    Case(
        "what-did-someone-take-part-in",
        {"actor": "Norland"},
        ("from", "published", "event", "type", "part", "who"),
        [
            (None, "2024-05-15", ATTACK, "Attack", "target", "Norland"),
            (None, "2024-05-15", SANCTION, "Sanction", "target", "Norland"),
            ("2024-05-14", "2024-05-15", MEETING, "Meeting", "participant", "Ida Brekke"),
        ],
    ),
    Case(
        "what-did-someone-take-part-in",
        {"actor": "Tomas Oru", "since": "2024-05-15"},
        ("event",),
    ),
    Case(
        "what-happened-since",
        {"type": "Attack"},
        ("first", "event", "how"),
        [(ATTACK, MEETING, "the article says so")],
    ),
    Case(
        "what-happened-since",
        {"type": "Sanction"},
        ("first", "event", "how"),
        [(SANCTION, "strike", "the article says so")],
    ),
    Case("what-happened-since", {"type": "Disaster"}, ("event",)),
    Case(
        "who-holds-which-office",
        {},
        ("who", "title", "organisation", "articles", "latest"),
        [
            ("Ida Brekke", "trade minister", "Norland", "1", "2024-05-15"),
            ("Tomas Oru", "president", "Sudria", "1", "2024-05-15"),
        ],
    ),
    Case("who-holds-which-office", {"in": "Sudria"}, ("who",), [("Tomas Oru",)]),
    Case("who-holds-which-office", {"office": "MINISTER"}, ("who",), [("Ida Brekke",)]),
    Case("who-shares-a-title", {}, ("title",)),
    Case(
        "who-criticises-whom",
        {},
        ("who", "whom", "for", "sentence"),
        [("Ida Brekke", "Sudria", "We reject the blockade,", SENTENCES[2])],
    ),
    Case("who-criticises-whom", {"critic": "Norland", "criticised": "Sudria"}, ("who",), [("Ida Brekke",)]),
    Case("who-criticises-whom", {"critic": "Sudria"}, ("who",)),
    Case(
        "what-was-said-second-hand",
        {},
        ("who", "content", "relay"),
        [("Ida Brekke", "to reopen the harbour", "Norlandic trade ministry")],
    ),
    Case("what-was-said-second-hand", {"through": "Sudria"}, ("who",)),
    Case(
        "what-has-not-happened",
        {},
        ("status", "event", "time", "sentence"),
        [
            ("hypothetical", "strike", "next month", SENTENCES[5]),
            ("proposed", REOPENING, None, SENTENCES[1]),
            ("proposed", REOPENING, None, SENTENCES[0]),
        ],
    ),
    Case("what-has-not-happened", {"only": "hypothetical", "actor": "any"}, ("event",), [("strike",)]),
    Case("what-has-not-happened", {"only": "hypothetical", "actor": "Sudria"}, ("event",)),
    Case(
        "who-is-connected-with-whom",
        {},
        ("one", "other", "links"),
        [("Ida Brekke", "Sudria", "2"), ("Ida Brekke", "Tomas Oru", "1"), ("Norland", "Sudria", "1")],
    ),
    Case("who-is-connected-with-whom", {"actor": "Tomas Oru"}, ("one",), [("Ida Brekke",)]),
    Case("who-is-connected-with-whom", {"atLeast": "3"}, ("one",)),
    Case(
        "what-should-a-person-check",
        {"below": "0.48"},
        ("confidence", "kind", "rule", "node"),
        [
            ("0.4", "statement", "negated-cue", ARTICLE_IRI + "#statement-323"),
            ("0.45", "event", "event-noun", ARTICLE_IRI + STRIKE),
        ],
    ),
    Case("what-should-a-person-check", {"in": "https://data.example/other"}, ("node",)),
    Case(
        "which-actors-are-linked-to-wikidata",
        {},
        ("name", "wikidata", "mentions"),
        [
            ("Ida Brekke", None, "3"),
            ("Sudria", None, "3"),
            ("Norland", None, "2"),
            ("Norlandic trade ministry", None, "1"),
            ("Tomas Oru", None, "1"),
            ("port workers", None, "1"),
        ],
    ),
    Case("which-actors-are-linked-to-wikidata", {"linked": "yes"}, ("name",)),
]


def columns(question: str) -> list[str]:
    answer = ox.Store().query(get_question(question).text)
    assert isinstance(answer, ox.QuerySolutions)
    return [variable.value for variable in answer.variables]


def case_name(case: Case) -> str:
    return " ".join([case.question, *case.values.values()])


@pytest.fixture(scope="module")
def one() -> Engines:
    return Engines(list(quads(EXTRACTION, BASE, RUN)))


def articles(*changes: Mapping[str, Any]) -> list[ox.Quad]:
    """The made-up article, and others with these changes, each under another address."""
    graph = list(quads(EXTRACTION, BASE, RUN))
    for number, change in enumerate(changes):
        article = dataclasses.replace(
            EXTRACTION.article, url=f"https://news.example/{number}", published=None
        )
        graph += quads(dataclasses.replace(EXTRACTION, **{"article": article, **change}), BASE, RUN)
    return graph


@pytest.fixture(scope="module")
def two() -> Engines:
    """Two articles that say the same of the same actors, the second under other labels, and a link."""
    relabelled = tuple(dataclasses.replace(a, label=f"{a.label} II") for a in EXTRACTION.actors)
    link = ox.Quad(
        ox.NamedNode(f"{BASE}actor/norland"),
        ox.NamedNode("https://schema.org/sameAs"),
        ox.NamedNode("http://www.wikidata.org/entity/Q20"),
        ox.NamedNode(f"{BASE}graph/links"),
    )
    return Engines([*articles({"actors": relabelled}), link])


@pytest.mark.parametrize("case", CASES, ids=case_name)
def test_the_answer_is_right_in_every_engine(case: Case, one: Engines) -> None:
    shown = [columns(case.question).index(name) for name in case.columns]
    answers = one.ask(case.question, case.values)
    assert [[tuple(row[index] for index in shown) for row in rows] for rows in answers] == [case.rows] * 3


@pytest.mark.parametrize("case", CASES, ids=case_name)
def test_the_engines_agree_over_two_articles(case: Case, two: Engines) -> None:
    first, *others = (sorted(rows, key=repr) for rows in two.ask(case.question, case.values))
    assert len(first) == len(set(first))
    assert others == [first, first]


def test_every_question_is_asked() -> None:
    federated = {question.name for question in list_questions() if "SERVICE" in question.text}
    asked = {case.question for case in CASES}
    assert asked | federated == {question.name for question in list_questions()}
    assert asked & federated == set()  # those are asked in test_questions_of_links.py


def test_a_name_is_shown_once_whatever_the_articles_call_it(two: Engines) -> None:
    expected = [
        ("Ida Brekke", "trade minister", "Norland", "2", "2024-05-15"),
        ("Tomas Oru", "president", "Sudria", "2", "2024-05-15"),
    ]
    assert two.ask("who-holds-which-office", {}) == [expected] * 3


def test_a_link_is_shown(two: Engines) -> None:
    row = (f"{BASE}actor/norland", "Norland", "http://www.wikidata.org/entity/Q20", "4")
    assert two.ask("which-actors-are-linked-to-wikidata", {"linked": "yes"}) == [[row]] * 3


def test_people_who_share_a_title() -> None:
    successor = dataclasses.replace(EXTRACTION.roles[0], ref="#role-900", member="actor/tomas-oru")
    engines = Engines(articles({"roles": (successor,)}))
    for values, organisation in (({}, ""), ({"within": "organisation"}, "Norland")):
        row = ("trade minister", "2", "Ida Brekke", "Tomas Oru", organisation)
        assert engines.ask("who-shares-a-title", values) == [[row]] * 3


def test_what_happened_later_by_its_day() -> None:
    strike = dataclasses.replace(EXTRACTION.events[5], participants=("actor/ida-brekke",), caused_by=())
    changed = dataclasses.replace(EXTRACTION, events=(*EXTRACTION.events[:5], strike))
    engines = Engines(list(quads(changed, BASE, RUN)))
    row = (MEETING, "strike", "hypothetical", "by its day", "2024-06-01", ARTICLE_IRI)
    assert engines.ask("what-happened-since", {"type": "Meeting"}) == [[row]] * 3


def test_an_unanswered_proposal() -> None:
    changed = dataclasses.replace(EXTRACTION, statements=EXTRACTION.statements[:2])
    engines = Engines(list(quads(changed, BASE, RUN)))
    row = ("Ida Brekke", "request", "to reopen the harbour", ARTICLE_IRI)
    for kind, expected in (("any", [row]), ("request", [row]), ("offer", [])):
        assert engines.ask("which-proposals-are-unanswered", {"kind": kind}) == [expected] * 3


# ------------------------------------------------------------------ headers


@pytest.mark.parametrize("question", list_questions(), ids=lambda question: question.name)
def test_a_question_runs_as_it_stands_and_the_defaults_are_in_it(question: Question) -> None:
    assert question.title.endswith("?")
    assert question.description.endswith(".")
    assert bind(question, {}, DEFAULT_BASE).text == question.text
    assert columns(question.name)
    for parameter in question.parameters:
        assert parameter.description
        given = bind(question, {parameter.name: parameter.default}, DEFAULT_BASE)
        assert given.text == question.text


def test_questions_come_by_name() -> None:
    names = [question.name for question in list_questions()]
    assert names == sorted(path.stem for path in queries_folder().glob("*.rq"))
    assert get_question("what-has-someone-said").parameters[0].name == "actor"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("SELECT * {}", 'one line "# title'),
        ("# title: A?\nSELECT * {}", 'one line "# description'),
        ("# A remark\n", 'x.rq:1: expected "# title:"'),
        ("# title: A?\n# description: B.\n# parameter: x (date) c\n", 'is not of the form "?name'),
        (
            "# title: A?\n# description: B.\n# parameter: ?x (date) c\n",
            "one line of the query has to be: VALUES",
        ),
        (
            "# title: A?\n# description: B.\n# parameter: ?x (day) c\n  VALUES ?x { UNDEF }\n",
            "?x has no known type: day",
        ),
        (
            '# title: A?\n# description: B.\n# parameter: ?x (date) c\n  VALUES ?x { "2024-05-14" }\n',
            'the default "2024-05-14" of ?x is not of type date',
        ),
        (
            "# title: A?\n# description: B.\n# parameter: ?x (integer) c\n  VALUES ?x { UNDEF }\n",
            "'any' is not a whole number",
        ),
    ],
)
def test_a_faulty_file_is_refused(tmp_path: Path, text: str, message: str) -> None:
    path = tmp_path / "x.rq"
    path.write_text(text, "utf-8")
    with pytest.raises(UsageError) as error:
        read_question(path)
    assert message in str(error.value)


# ------------------------------------------------------------------ values


def bound(question: str, values: Mapping[str, str], base: str = BASE) -> str:
    """The lines in which a bound question differs from its file."""
    chosen = get_question(question)
    before, after = chosen.text.split("\n"), bind(chosen, values, base).text.split("\n")
    assert len(before) == len(after)
    return "\n".join(line.strip() for line, old in zip(after, before, strict=True) if line != old)


@pytest.mark.parametrize(
    "value",
    ["Ida Brekke", "ida brekke", "actor:ida-brekke", f"{BASE}actor/ida-brekke", f"<{BASE}actor/ida-brekke>"],
)
def test_an_actor_by_name_prefix_or_iri(value: str) -> None:
    assert bound("what-has-someone-said", {"actor": value}) == "VALUES ?actor { actor:ida-brekke }"


def test_an_actor_of_one_article() -> None:
    iri = f"{article_iri(EXTRACTION.article, BASE)}#actor-306"
    assert bound("what-has-someone-said", {"actor": iri}) == f"VALUES ?actor {{ <{iri}> }}"


def test_another_base() -> None:
    text = bound("what-has-someone-said", {"actor": "Ida Brekke"}, "https://data.example/kg/")
    assert text == "PREFIX actor: <https://data.example/kg/actor/>\nVALUES ?actor { actor:ida-brekke }"
    kept = bound("what-has-someone-said", {"actor": f"{BASE}actor/ida-brekke"}, "https://data.example/kg/")
    assert kept.endswith(f"VALUES ?actor {{ <{BASE}actor/ida-brekke> }}")


@pytest.mark.parametrize(
    ("question", "name", "value", "line"),
    [
        ("what-has-someone-said", "since", "2024-05-14", '{ "2024-05-14"^^xsd:date }'),
        ("what-has-someone-proposed", "to", "any", "{ UNDEF }"),
        ("what-happened-since", "type", "Attack", "{ kg:Attack }"),
        ("who-is-connected-with-whom", "atLeast", "05", "{ 5 }"),
        ("what-should-a-person-check", "below", "1", "{ 1.0 }"),
        ("what-should-a-person-check", "in", "urn:x:y", "{ <urn:x:y> }"),
        ("who-holds-which-office", "office", 'a "b" \\', '{ "a \\"b\\" \\\\" }'),
        ("what-has-not-happened", "only", "planned", '{ "planned" }'),
    ],
)
def test_a_value_is_written_as_its_type(question: str, name: str, value: str, line: str) -> None:
    assert bound(question, {name: value}) == f"VALUES ?{name} {line}"


@pytest.mark.parametrize(
    ("question", "name", "value", "expected"),
    [
        ("what-has-someone-said", "actor", " ", "an actor: an IRI"),
        ("what-has-someone-said", "actor", "https://a b/", "an actor: an IRI"),
        ("what-has-someone-said", "actor", "any", None),
        ("what-has-someone-said", "since", "last week", "a date such as 2023-06-30, or 'any'"),
        ("what-has-someone-said", "since", "2024-02-30", "a date such as"),
        ("what-happened-since", "type", "attack", "one of Agreement, Aid"),
        ("who-is-connected-with-whom", "atLeast", "two", "a whole number"),
        ("what-should-a-person-check", "below", "1e3", "a decimal number"),
        ("what-should-a-person-check", "below", "NaN", "a decimal number"),
        ("what-should-a-person-check", "in", "harbour", "an absolute IRI, or 'any'"),
        ("what-should-a-person-check", "in", "urn:x> } #", "an absolute IRI"),
        ("what-has-not-happened", "only", "occurred", "one of not-occurred, planned"),
    ],
)
def test_a_value_of_another_type_is_refused(
    question: str, name: str, value: str, expected: str | None
) -> None:
    chosen = get_question(question)
    if expected is None:  # a required actor may be called so
        assert "{ actor:any }" in bind(chosen, {name: value}, BASE).text
        return
    with pytest.raises(UsageError) as error:
        bind(chosen, {name: value}, BASE)
    assert f"parameter {name}: {value!r} is not {expected}" in str(error.value)


def test_unknown_names_are_answered_with_near_ones() -> None:
    with pytest.raises(UnknownQuestion, match="did you mean who-holds-which-office"):
        get_question("who-holds-an-office")
    with pytest.raises(UnknownQuestion, match="known are: did-two-parties-meet, what-did"):
        get_question("zzz")
    with pytest.raises(UnknownParameter, match="has no parameter 'acter'; did you mean actor"):
        bind(get_question("what-has-someone-said"), {"acter": "x"}, BASE)
    bare = Question("bare", "?", ".", (), "ASK {}")
    with pytest.raises(UnknownParameter, match="it has none"):
        bind(bare, {"x": "y"}, BASE)


def test_a_bound_question_tells_how_values_were_understood() -> None:
    made = bind(get_question("what-has-someone-said"), {"actor": "Ida Brekke"}, BASE)
    assert made.values == {"actor": "actor:ida-brekke", "since": "UNDEF"}


TEXTS = st.text(alphabet=st.characters(exclude_categories=["Cs"]))
BREAKERS = st.sampled_from(
    ['" }', "> }", "} DELETE { ?s ?p ?o }", '"""', "\\", "\n  VALUES ?in { UNDEF }", "#", "'", "\r", "\u2028"]
)


@settings(deadline=None)
@given(st.lists(st.one_of(TEXTS, BREAKERS)).map("".join))
def test_no_text_gets_out_of_its_place(text: str) -> None:
    question = get_question("who-holds-which-office")
    made = bind(question, {"office": text}, BASE) if text != "any" else bind(question, {}, BASE)
    answer = ox.Store().query(
        made.text.replace("SELECT", "SELECT ?office", 1).replace("GROUP BY", "GROUP BY ?office")
    )
    assert isinstance(answer, ox.QuerySolutions)
    changed = [
        (a, b) for a, b in zip(made.text.split("\n"), question.text.split("\n"), strict=True) if a != b
    ]
    assert all(line.startswith("  VALUES ?office { ") for line, _ in changed)


@settings(deadline=None)
@given(st.lists(st.one_of(st.text(), BREAKERS)).map("".join))
def test_no_actor_gets_out_of_its_place(text: str) -> None:
    question = get_question("what-has-someone-said")
    try:
        made = bind(question, {"actor": text}, BASE)
    except UsageError:
        return
    assert made.text.count("\n") == question.text.count("\n")
    assert isinstance(ox.Store().query(made.text), ox.QuerySolutions)
