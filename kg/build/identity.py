"""The identity of a run: a hash of everything that decides what graph an article gets.

An article records the run that built it. When the program, its data or the language model changes, the run of
the present program differs from the recorded one and the article is *outdated*: see
:func:`kg.build.pipeline.rebuild_outdated`. The hash is over bytes of source files, so a changed comment also
makes articles outdated; that costs a rebuild and never leaves a stale graph.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path

from kg.extractor.language_model import installed_folder, installed_model_id
from kg.rdf.iri import run_iri
from kg.version import __version__

ROOMS = ("records", "text", "extractor", "linking", "rdf")
"""Folders of ``kg`` whose code and data decide the graph of an article."""

NOT_DECIDING = ("linking/live", "linking/packs")
"""Folders in them that only fetch or store candidates; the packs of a link are recorded with the link."""

_PACKAGE = Path(__file__).resolve().parents[1]
_DIGITS = 12


def current_run(model: str, base: str) -> str:
    """Return the IRI of the run that this program makes with a language model.

    Args:
        model: package or folder of a spaCy pipeline, as in the setting ``model``.
        base: base IRI of the data.

    Raises:
        ModelError: the model is not installed.
    """
    decided_by = hashlib.sha256(program_hash().encode() + _model_hash(installed_folder(model)).encode())
    return run_iri(f"{__version__}-{decided_by.hexdigest()[:_DIGITS]}", installed_model_id(model), base)


@lru_cache(maxsize=1)
def program_hash() -> str:
    """Return the SHA-256, in hex, of the code and data of this program that decide a graph.

    Takes about 10 ms, once in a process. The hash is the same for a checkout and for a wheel built from it.
    """
    return hash_of_files(_PACKAGE, _deciding_files())


def hash_of_files(folder: Path, files: Iterable[Path]) -> str:
    """Return the SHA-256, in hex, of the names (relative to ``folder``) and contents of files."""
    digest = hashlib.sha256()
    for file in sorted(files):
        content = hashlib.sha256(file.read_bytes()).hexdigest()
        digest.update(f"{file.relative_to(folder).as_posix()} {content}\n".encode())
    return digest.hexdigest()


def _deciding_files() -> Iterator[Path]:
    for room in ROOMS:
        for file in (_PACKAGE / room).rglob("*"):
            inside = file.relative_to(_PACKAGE).as_posix()
            if file.is_file() and "__pycache__" not in file.parts and not inside.startswith(NOT_DECIDING):
                yield file


@lru_cache(maxsize=4)
def _model_hash(folder: Path) -> str:
    """Return a hash of a model: its ``meta.json``, and the name and size of every file.

    The files themselves, up to hundreds of megabytes, are not read: a retrained model has another version in
    ``meta.json`` or other sizes.
    """
    digest = hashlib.sha256((folder / "meta.json").read_bytes())
    for file in sorted(folder.rglob("*")):
        if file.is_file() and "__pycache__" not in file.parts:
            digest.update(f"{file.relative_to(folder).as_posix()} {file.stat().st_size}\n".encode())
    return digest.hexdigest()
