"""Locate the data files of the package: the ontology and the named questions."""

from __future__ import annotations

from pathlib import Path

from kg.errors import StopError

_PACKAGE = Path(__file__).resolve().parent


def ontology_folder() -> Path:
    """Return the folder that holds ``kg.ttl`` and ``shapes.ttl``."""
    return _folder("ontology", "kg.ttl")


def queries_folder() -> Path:
    """Return the folder that holds the named questions, one ``.rq`` file each."""
    return _folder("queries", "what-has-someone-said.rq")


def _folder(name: str, landmark: str) -> Path:
    """Return the folder in the installed wheel, or else the one beside the package in a checkout.

    The file ``landmark`` must be in it, so that another package's ``queries`` folder in ``site-packages`` is
    not used.

    Raises:
        StopError: neither folder holds the landmark.
    """
    places = (_PACKAGE / "_data" / name, _PACKAGE.parent / name)
    for place in places:
        if (place / landmark).is_file():
            return place
    raise StopError(
        f"{name}/{landmark} is missing from this installation (looked in {places[0]} and {places[1]}); "
        "install the package again"
    )
