"""The spaCy components ``communique`` and ``communique_paragraphs``."""

from __future__ import annotations

import datetime as dt
import doctest
import importlib
import os
import pickle
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc, DocBin

from kg.config import Config
from kg.errors import ModelError
from kg.extractor import component, extract
from kg.extractor.doc_items import DocProposal
from kg.extractor.language_model import SUBSTITUTES, parse
from kg.records import Article

TEXT = """Mayor of Harlow resigns

Mayor Ada Quist said on Monday that the talks had failed. “The council,” she said, “was not ready.”

Norwegian Finance Minister Marta Oduya urged Poland to withdraw its troops."""
PUBLISHED = dt.date(2024, 5, 15)
ROOT = Path(__file__).parents[2]


def load_package() -> Language:
    """Return the installed model as spaCy loads it, without any component of this project."""
    name = Config().model
    return spacy.load(name if spacy.util.is_package(name) else SUBSTITUTES[name])


@pytest.fixture(scope="module")
def pipeline() -> Language:
    nlp = load_package()
    nlp.add_pipe("communique")
    return nlp


@pytest.fixture(scope="module")
def doc(pipeline: Language) -> Doc:
    made = pipeline.make_doc(TEXT)
    made._.published = PUBLISHED
    return pipeline(made)


@pytest.mark.model
def test_the_example_of_the_module() -> None:
    result = doctest.testmod(component)
    assert result.attempted > 10
    assert result.failed == 0


@pytest.mark.model
def test_the_extraction_is_that_of_kg_build(doc: Doc, nlp: Language) -> None:
    article = Article(TEXT, "spaCy Doc", published=PUBLISHED)
    ((_, parsed),) = parse([article], nlp)
    assert doc._.extraction == extract(article, parsed)


@pytest.mark.model
def test_the_paragraphs_component_is_before_the_parser(pipeline: Language) -> None:
    names = pipeline.pipe_names
    assert names.index("communique_paragraphs") == names.index("parser") - 1
    assert names[-1] == "communique"


@pytest.mark.model
def test_a_headline_is_a_sentence(doc: Doc) -> None:
    assert next(iter(doc.sents)).text.strip() == "Mayor of Harlow resigns"


@pytest.mark.model
def test_items_have_the_spans_of_their_records(doc: Doc) -> None:
    actors = {actor.label: actor for actor in doc._.actors}
    assert {"Ada Quist", "Marta Oduya", "Poland"} <= set(actors)
    assert "she" in [span.text for span in actors["Ada Quist"].spans]
    assert {span.label_ for span in actors["Ada Quist"].spans} >= {"name", "pronoun"}
    for actor in doc._.actors:
        assert [span.text for span in actor.spans] == [TEXT[m.start : m.end] for m in actor.record.mentions]
    for event in doc._.events:
        assert [span.text for span in event.spans] == [TEXT[m.start : m.end] for m in event.record.triggers]


@pytest.mark.model
def test_a_statement_has_cue_source_content_and_speakers(doc: Doc) -> None:
    first, interrupted, urged = doc._.statements
    assert [span.text for span in first.source] == ["Mayor Ada Quist"]
    assert [span.text for span in first.content] == ["the talks had failed"]
    assert [span.text for span in interrupted.content] == ["“The council,”", "“was not ready.”"]
    assert [speaker.label for speaker in interrupted.speakers] == ["Ada Quist"]
    assert [span.label_ for span in first.spans] == ["source", "cue", "content"]
    assert first.record.time is not None
    assert first.record.time.earliest == dt.date(2024, 5, 13)
    assert urged in doc._.proposals


@pytest.mark.model
def test_a_proposal_has_the_events_that_it_puts_forward(doc: Doc) -> None:
    (proposal,) = doc._.proposals
    assert isinstance(proposal, DocProposal)
    assert [addressee.label for addressee in proposal.addressees] == ["Poland"]
    (event,) = proposal.events
    assert [span.text for span in event.spans] == ["withdraw"]
    assert [agent.label for agent in event.agents] == ["Poland"]


@pytest.mark.model
def test_a_role_has_its_person_and_organisation(doc: Doc) -> None:
    held = {role.person.label: role for role in doc._.roles}
    assert held["Marta Oduya"].record.name == "Finance Minister"
    assert held["Marta Oduya"].organisation is not None
    assert held["Marta Oduya"].organisation.label == "Norway"
    assert held["Ada Quist"].organisation is None


@pytest.mark.model
@pytest.mark.parametrize("text", ["", " ", "\n\n", "Hello", "\n\n one \n two", "🔥 said “we 💪 won”"])
def test_strange_texts(pipeline: Language, text: str) -> None:
    found = pipeline(text)
    assert all(span.text for actor in found._.actors for span in actor.spans)
    assert len(found._.statements) == len(found._.extraction.statements)


@pytest.mark.model
def test_a_pipeline_is_written_and_loaded_with_its_settings(tmp_path: Path) -> None:
    nlp = load_package()
    nlp.add_pipe("communique", config={"published": "2024-05-15", "evaluation_layers": True})
    nlp.to_disk(tmp_path)
    loaded = spacy.load(tmp_path)
    assert loaded.pipe_names == nlp.pipe_names
    found = loaded(TEXT)
    assert found._.extraction == nlp(TEXT)._.extraction
    assert found._.extraction.event_mentions
    assert found._.extraction.article.published == PUBLISHED


@pytest.mark.model
def test_a_doc_is_written_with_its_extraction(pipeline: Language, doc: Doc) -> None:
    copy = Doc(pipeline.vocab).from_bytes(doc.to_bytes())
    assert copy._.extraction == doc._.extraction
    (in_bin,) = DocBin(docs=[doc], store_user_data=True).get_docs(pipeline.vocab)
    assert in_bin._.extraction == doc._.extraction
    assert pickle.loads(pickle.dumps(doc))._.extraction == doc._.extraction
    assert [span.text for span in copy._.statements[0].cue] == ["said"]


@pytest.mark.model
def test_the_pipeline_says_what_it_assigns(pipeline: Language) -> None:
    analysis = pipeline.analyze_pipes(keys=["assigns", "requires"])
    assert analysis is not None
    assert "doc._.statements" in analysis["summary"]["communique"]["assigns"]
    assert analysis["problems"]["communique"] == []


@pytest.mark.model
@pytest.mark.parametrize(
    "without", [["tagger", "attribute_ruler", "lemmatizer"], ["lemmatizer"], ["ner"], ["lemmatizer", "ner"]]
)
def test_a_missing_component_is_an_error_with_its_name(without: list[str]) -> None:
    nlp = load_package()
    for name in without:
        nlp.remove_pipe(name)
    nlp.add_pipe("communique")
    with pytest.raises(ModelError, match=f"needs {', '.join(without)} before"):
        nlp("Ada Quist resigned.")


def test_a_pipeline_without_a_parser_is_an_error() -> None:
    with pytest.raises(ModelError, match="needs parser"):
        spacy.blank("en").add_pipe("communique")


def test_a_pipeline_of_another_language_is_an_error() -> None:
    with pytest.raises(ModelError, match="'de'"):
        spacy.blank("de").add_pipe("communique")


@pytest.mark.model
def test_a_wrong_day_of_publication_is_an_error() -> None:
    with pytest.raises(ModelError, match="'yesterday' is not an ISO date"):
        load_package().add_pipe("communique", config={"published": "yesterday"})


def test_a_doc_without_an_extraction_is_an_error() -> None:
    component.register_extensions()
    with pytest.raises(AttributeError, match="communique"):
        _ = spacy.blank("en")("Hello")._.statements


def test_extensions_may_be_registered_twice() -> None:
    component.register_extensions()
    component.register_extensions()
    assert Doc.get_extension("actors")[2] is not None


def test_the_extension_of_another_project_is_not_replaced(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(component._ITEMS, "of_another_project", component._ITEMS["events"])
    Doc.set_extension("of_another_project", default="theirs")
    try:
        with pytest.raises(ValueError, match="of_another_project"):
            component.register_extensions()
    finally:
        Doc.remove_extension("of_another_project")


@pytest.mark.model
def test_spacy_finds_the_components_of_an_installed_project(tmp_path: Path) -> None:
    nlp = load_package()
    nlp.add_pipe("communique")
    nlp.to_disk(tmp_path / "pipeline")
    installed = tmp_path / "communique-0.dist-info"
    installed.mkdir()
    (installed / "METADATA").write_text("Metadata-Version: 2.1\nName: communique\nVersion: 0\n")
    entries = "".join(f"{name} = {target}\n" for name, target in entry_points().items())
    (installed / "entry_points.txt").write_text(f"[spacy_factories]\n{entries}")
    script = (
        f"import spacy; nlp = spacy.load({str(tmp_path / 'pipeline')!r}); "
        "print([cue.text for s in nlp('Ada Quist said the talks had failed.')._.statements for cue in s.cue])"
    )
    environment = os.environ | {"PYTHONPATH": os.pathsep.join([str(tmp_path), str(ROOT)])}
    run = subprocess.run(
        [sys.executable, "-c", script],
        env=environment,
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.stdout == "['said']\n", run.stderr


def entry_points() -> dict[str, str]:
    """Return the entry points for spaCy in ``pyproject.toml``, by name."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    return dict(project["entry-points"]["spacy_factories"])


def test_the_entry_points_name_what_there_is() -> None:
    assert set(entry_points()) == {"communique", "communique_paragraphs"}
    for target in entry_points().values():
        module, _, name = target.partition(":")
        assert callable(getattr(importlib.import_module(module), name))
